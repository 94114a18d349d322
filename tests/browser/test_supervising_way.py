"""A supervisor draws a sample, opens a case about whom it drew, hears both sides and decides with a second person (clauses C5, M6)."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.archive.models import Freeze, FreezeEnd
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.supervision.models import Case
from tests.browser.appealing import learned, long_named_room, yesterday
from tests.browser.conftest import Enter
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import assert_sound
from tests.factories.cases import officer
from tests.factories.classes import Classroom

pytestmark = pytest.mark.clause("C5", "M6")
GROUNDS = "抽查时发现当日有一次打卡未完成，需要了解情况。"
QUESTION = "请说明当日九点三十分前后是谁在学习，当时使用什么设备。"
ANSWER = "当天是我本人在单位电脑上学习，同事可以证明。"
REASONS = "经核对学习记录和双方说明，提出如下意见。"


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    made = long_named_room(clock)
    learned(made, clock)
    return made


@pytest.fixture
def officers(room: Classroom, clock: HandClock) -> tuple[Account, Account]:
    first, second = (officer(clock.now() - timedelta(hours=1), name=name) for name in ("陈科员", "林科长"))
    return first, second


def test_a_sample_leads_to_a_case_that_two_persons_decide(
    room: Classroom, clock: HandClock, officers: tuple[Account, Account], entering: Enter
) -> None:
    page = entering(officers[0], "/region/samples/")
    _draw(page, room)
    _open_the_case(page, room)
    case = Case.objects.get(enrolment=room.enrolment)
    _explain(entering(room.learner, f"/learn/cases/{case.pk}/"))
    _explain(entering(room.head_teacher, f"/institution/cases/{case.pk}/"))
    page.reload()
    day = learning_day(clock.now()).isoformat()
    _propose(page, day)
    _decide(entering(officers[1], f"/region/cases/{case.pk}/"))
    kept = FreezeEnd.objects.get(freeze__enrolment=room.enrolment)
    assert [str(each) for each in kept.days] == [day]
    told = entering(room.learner, f"/learn/cases/{case.pk}/")
    assert f"学时不予认定：{day}" in told.inner_text("main")
    assert_sound(told)


def _draw(page: Page, room: Classroom) -> None:
    assert_sound(page)
    follow(page, "main a[href$='/samples/draw/'] >> nth=0")
    page.select_option("[name=training_class]", str(room.training_class.pk))
    page.fill("[name=seed]", "８号球")
    follow(page, "main form button.button-main")
    assert "请写明种子数由谁提出。" in page.inner_text("main")
    assert page.input_value("[name=seed]") == "８号球"
    assert_sound(page)
    page.fill("[name=named_by]", "省专家组")
    follow(page, "main form button.button-main")
    assert "8号球" in page.inner_text("main")
    assert page.locator(".sampled").count() == 1
    assert room.learner.name not in page.inner_text("main")
    assert_sound(page)
    follow(page, "main button[value=look_closer]")
    assert page.locator(".sampled-words").is_visible()


def _open_the_case(page: Page, room: Classroom) -> None:
    follow(page, "main a[href*='/case/']")
    assert_sound(page)
    page.fill("[name=grounds]", GROUNDS)
    follow(page, "main form button.button-main")
    assert page.input_value("[name=grounds]") == GROUNDS
    assert_sound(page)
    page.check("[name=reason] >> nth=0")
    page.fill("[name=question]", QUESTION)
    follow(page, "main form button.button-main")
    assert re.search(r"/region/cases/[0-9a-f-]+/$", page.url)
    assert "暂缓认定" in page.inner_text("main")
    assert Freeze.objects.filter(enrolment=room.enrolment).exists()
    assert_sound(page)


def _explain(page: Page) -> None:
    assert GROUNDS in page.inner_text("main")
    assert_sound(page)
    page.fill("[name=text]", ANSWER)
    follow(page, "main form button.button-main")
    assert ANSWER in page.inner_text("main")
    assert_sound(page)


def _propose(page: Page, day: str) -> None:
    assert page.inner_text("main").count(ANSWER) == 2
    page.check("[name=result][value=withheld]")
    page.check(f"[name=days][value='{day}']")
    page.fill("form[action$='/propose/'] [name=text]", REASONS)
    follow(page, "form[action$='/propose/'] button.button-main")
    assert "意见是您提出的" in page.inner_text("main")
    assert_sound(page)


def _decide(page: Page) -> None:
    assert REASONS in page.inner_text("main")
    assert_sound(page)
    follow(page, "main button[value=approve]")
    assert "核查单已作出决定。" in page.inner_text("body")
    assert_sound(page)
