"""Checks on the day's page and behind its stretches, as the real endpoint made them (clauses T1.3, T2.6)."""

import re

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.attacks.checks import MINUTE_MS, due_after, learn, right, sweep
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness
from tests.portals.appealing import DAY, rows_of
from tests.portals.clients import text_of


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


@pytest.fixture
def day(room: Classroom, learner: Client, clock: HandClock, chance: Drawn, hot: Harness) -> str:
    """Pass a check after ten minutes, miss one ten minutes later, and return the day's page."""
    due_after(chance, 10 * MINUTE_MS)
    url = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    page = Page(post_through(learner, hot), url)
    assert page.open()[0] == 200
    learn(page, clock, 10 * MINUTE_MS)
    prompt = page.show_check()
    assert prompt
    due_after(chance, 10 * MINUTE_MS)
    page.answer_check(prompt, right(prompt))
    learn(page, clock, 10 * MINUTE_MS)
    page.show_check()
    clock.advance(61_000)
    sweep()
    return text_of(learner, DAY)


@pytest.mark.clause("T1.3", "T2.6")
def test_the_checks_of_a_day_are_rows_and_seals(day: str) -> None:
    assert re.search(r"09:10:00</span> · \S+打卡 · 通过", day)
    assert "确认 10 分" in day
    assert re.search(r"· 未打卡</strong>", day)
    assert "未计入 7 分" in day
    assert "<li>09:10 随机打卡 · 通过</li>" in day
    assert "<li>09:20 随机打卡 · 未打卡</li>" in day
    drawn = re.findall(r'<g class="(bar-seal[^"]*)"><path class="seal-edge"', day)
    assert drawn[:2] == ["bar-seal", "bar-seal bar-seal-hollow"]


@pytest.mark.clause("T1.3", "T2.6")
@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("<h1>已确认", ("通过随机打卡后确认", "这次打卡", "09:10:00", "您不需要做什么")),
        ("<h1>待确认", ("按服务器时间", "通过下一次打卡后即确认")),
        ("<h1>未计入 · 未打卡", ("打卡前最多 7 分不计入", "打卡限时 60 秒", "09:20:00", "申诉")),
        ("<h1>未计入 · 等待打卡", ("从打卡出现到完成打卡不计时", "09:20:00", "未打卡", "申诉")),
    ],
)
def test_a_stretch_names_the_check_that_made_it_so(
    day: str, learner: Client, title: str, words: tuple[str, ...]
) -> None:
    page = next(page for page in (text_of(learner, url) for url in rows_of(day)) if title in page)
    for each in words:
        assert each in page
    assert ("这次打卡" in page) != (title == "<h1>待确认")
