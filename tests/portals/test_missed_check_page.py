"""Where a missed or withdrawn check leads: to the page of the session that tells of it, then and later (clauses T2.6, T1.3)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Interruption
from tests.attacks.checks import MINUTE_MS, due_after, learn, passed, sweep, wrong
from tests.attacks.client import LEAVE, Page
from tests.attacks.transports import post_through
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


@pytest.fixture
def page(room: Classroom, learner: Client, hot: Harness, clock: HandClock, chance: Drawn) -> Page:
    """Return a page whose check was asked after ten minutes."""
    return asked_page(room, learner, hot, clock, chance)


def asked_page(room: Classroom, learner: Client, hot: Harness, clock: HandClock, chance: Drawn) -> Page:
    due_after(chance, 10 * MINUTE_MS)
    found = Page(post_through(learner, hot), f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/")
    found.open()
    learn(found, clock, 10 * MINUTE_MS)
    return found


def told(learner: Client, check: str) -> str:
    """Follow where a page leads that asks for a check that is over."""
    return learner.get(f"/learn/check/?check={check}", follow=True).content.decode()


def test_who_left_at_an_open_check_is_told_of_the_miss(page: Page, learner: Client, clock: HandClock) -> None:
    prompt = page.show_check()
    assert prompt
    clock.advance(1_000)
    page.beat(10 * MINUTE_MS, flags=LEAVE)
    clock.advance(61_000)
    sweep()
    found = told(learner, prompt["check"])
    assert "<h1>未打卡</h1>" in found
    assert "打卡前 7 分不计入" in found
    assert "已计入的时间都已保存" not in found


def test_who_leaves_at_an_open_check_is_led_to_it(page: Page, learner: Client, clock: HandClock) -> None:
    page.show_check()
    clock.advance(1_000)
    page.beat(10 * MINUTE_MS, flags=LEAVE)
    for url in (f"/learn/sessions/{page.session}/", "/learn/appeals/"):
        assert learner.get(url).headers["location"].startswith("/learn/check/?next=")


def test_a_miss_that_ended_another_session_is_told_on_that_ones_page(
    page: Page, room: Classroom, learner: Client, hot: Harness, clock: HandClock
) -> None:
    other = Page(post_through(learner, hot), page.open_url)
    other.open(take_over=True)
    prompt = other.show_check()
    assert prompt
    prompt = other.answer_check(prompt, wrong(prompt))[1]["prompt"]
    answer = other.answer_check(prompt, wrong(prompt))[1]
    assert other.session in answer["url"].replace("-", "")
    assert "打卡前 7 分不计入" in learner.get(answer["url"]).content.decode()


def test_what_is_learned_later_changes_nothing_on_the_page_of_a_miss(
    page: Page, learner: Client, clock: HandClock, chance: Drawn
) -> None:
    prompt = page.show_check()
    assert prompt
    clock.advance(61_000)
    sweep()
    before = told(learner, prompt["check"])
    assert "未打卡" in before
    later = Page(page.post, page.open_url)
    due_after(chance, 5 * MINUTE_MS)
    later.open()
    learn(later, clock, 5 * MINUTE_MS)
    passed(later)
    after = told(learner, prompt["check"])
    assert [line for line in after.splitlines() if "打卡前" in line] == [
        line for line in before.splitlines() if "打卡前" in line
    ]


def test_a_check_withdrawn_after_leaving_says_that_nothing_is_taken(
    room: Classroom, learner: Client, hot: Harness, clock: HandClock, chance: Drawn
) -> None:
    clock.advance(75 * 24 * 60 * MINUTE_MS)  # such notes stay in the database of these tests
    page = asked_page(room, learner, hot, clock, chance)
    prompt = page.show_check()
    assert prompt
    clock.advance(1_000)
    page.beat(10 * MINUTE_MS, flags=LEAVE)
    Interruption.objects.create(at=clock.now(), kind="started")
    clock.advance(61_000)
    sweep()
    found = told(learner, prompt["check"])
    assert "这次打卡作废，已计入的时间不变" in found
    assert "已计入的时间都已保存" in found


def test_a_check_failed_by_choosing_wrongly_is_not_called_late(page: Page, learner: Client) -> None:
    prompt = page.show_check()
    assert prompt
    prompt = page.answer_check(prompt, wrong(prompt))[1]["prompt"]
    answer = page.answer_check(prompt, wrong(prompt))[1]
    found = learner.get(answer["url"]).content.decode()
    assert "打卡选错 2 次，没有通过" in found
    assert "没有在限时内" not in found


def test_staff_see_who_missed_a_check_after_leaving(
    page: Page, room: Classroom, learner: Client, head: Client, clock: HandClock
) -> None:
    page.show_check()
    clock.advance(1_000)
    page.beat(10 * MINUTE_MS, flags=LEAVE)
    clock.advance(61_000)
    sweep()
    board = head.get(f"/institution/classes/{room.training_class.pk}/live/").content.decode()
    assert board.count('<td data-label="原因">未打卡</td>') == 1
