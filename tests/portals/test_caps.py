"""Whichever of the two caps of a day binds is the one that pages name, with its own figures (clause T2.5)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.models import DayTotal
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.learning.running import opening_facts
from jiangxue.learning.services.ending import end_overdue
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from tests.attacks.checks import learn, passed
from tests.attacks.client import Page
from tests.attacks.conftest import end_in
from tests.attacks.transports import post_through
from tests.conftest import MORNING
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom, training_class
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.hot.harness import Harness

pytestmark = pytest.mark.clause("T2.5")
TODAY = date(2026, 11, 24)
OF_CLASS = "本班每天最多计入 12 分，今天已学满，其他班级仍可计入，明天 0 点后可继续。"
OF_PERSON = "今天已学满 8 学时，明天 0 点后可继续。"


def lesson_url(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"


def learned(room: Classroom, minutes: int, class_id: int | None = None) -> None:
    DayTotal.objects.create(
        learner=room.learner,
        training_class_id=class_id or room.training_class.pk,
        day=TODAY,
        credited_ms=minutes * MINUTE_MS,
        refused_ms={},
    )


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def elsewhere(room: Classroom, clock: HandClock) -> int:
    """Return another class of the learner, which says nothing of its own."""
    other = training_class(room.institution, now=clock.now()).pk
    enrol(class_id=other, learner_id=room.learner.pk, now=clock.now())
    return other


@pytest.mark.parametrize(
    ("held", "sentence"), [((12, 5), OF_CLASS), ((5, 355), OF_PERSON), ((12, 348), OF_PERSON)], ids=str
)
def test_an_opening_is_refused_with_the_cap_that_is_full(
    room: Classroom, learner: Client, elsewhere: int, held: tuple[int, int], sentence: str
) -> None:
    set_rule(room, MORNING, class_day_cap_ms=12 * MINUTE_MS)
    learned(room, held[0])
    learned(room, held[1], elsewhere)
    status, answer = Page(post_through(learner), lesson_url(room) + "open/").open()
    assert (status, answer["error"], answer["message"]) == (403, "cap_reached", sentence)


def test_a_session_that_fills_its_class_is_told_so_at_its_end_and_when_it_opens_again(
    room: Classroom, learner: Client, clock: HandClock, elsewhere: int, hot: Harness
) -> None:
    set_rule(room, MORNING, class_day_cap_ms=12 * MINUTE_MS)
    learned(room, 11)
    learned(room, 5, elsewhere)
    page = Page(post_through(learner, hot), lesson_url(room) + "open/")
    _status, answer = page.open()
    assert (answer["day_ms"], answer["cap_ms"]) == (16 * MINUTE_MS, 17 * MINUTE_MS)
    learn(page, clock, MINUTE_MS)
    passed(page)
    clock.advance(2_000)
    assert end_in(page.beat(MINUTE_MS)[1]) == "cap_reached"
    assert OF_CLASS in learner.get(f"/learn/sessions/{page.session}/").content.decode()
    assert page.open()[1]["message"] == OF_CLASS


@pytest.mark.parametrize(("held", "sentence"), [((12, 5), OF_CLASS), ((5, 355), OF_PERSON)], ids=str)
def test_the_sign_out_page_names_the_cap_that_was_reached(
    room: Classroom, learner: Client, clock: HandClock, held: tuple[int, int], sentence: str
) -> None:
    balance = DayBalance(TODAY.toordinal(), sum(held) * MINUTE_MS, held[0] * MINUTE_MS)
    ended = sessions.session(
        room,
        clock.now(),
        **opening_facts(Running(to_ms(clock.now()), 0, 0, room.lesson.media.length_ms, (balance,))),
        policy=TimePolicy(class_day_cap_ms=12 * MINUTE_MS).to_values(),
        closed_at=clock.now() + timedelta(minutes=1),
        end_reason="cap_reached",
    )
    assert sentence in learner.get(f"/learn/sessions/{ended.pk.hex}/").content.decode()


def test_home_shows_the_cap_of_the_only_class_and_what_it_leaves(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    set_rule(room, MORNING, class_day_cap_ms=12 * MINUTE_MS)
    watched(opened(room, clock), clock, 4)
    page = learner.get("/learn/").content.decode()
    assert "「低压电工一班」每日上限 12 分 · 还可计入 10 分" in page
    clock.advance(10 * MINUTE_MS)
    end_overdue(clock=clock)
    ended = sessions.session(room, clock.now(), closed_at=clock.now() + timedelta(hours=1), end_reason="by_learner")
    start_ms = to_ms(clock.now())
    credited_ms = 10 * MINUTE_MS
    sessions.segment(ended, clock.now(), credited_ms=credited_ms, stretches=[[start_ms, start_ms + credited_ms, None]])
    assert "「低压电工一班」每日上限 12 分 · 已达到" in learner.get("/learn/").content.decode()


def test_home_shows_the_class_that_leaves_most(room: Classroom, learner: Client, elsewhere: int) -> None:
    set_rule(room, MORNING, class_day_cap_ms=12 * MINUTE_MS)
    assert "每日上限 6 小时 · 还可计入 6 小时" in learner.get("/learn/").content.decode()


def test_a_lesson_leads_to_the_records(room: Classroom, learner: Client) -> None:
    assert (
        '<a href="/learn/records/">学习记录</a>'
        in learner.get(lesson_url(room)).content.decode().split('class="lesson-more"')[1]
    )
