"""Whoever is concerned reads in plain words which hours wait, why, and what to do, where they look for their hours (clauses M6, C5, T1.3)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.archive.rules.freezes import Days
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import DayTotal, StudySession
from jiangxue.portals.cases.of_class import MOST_SHOWN
from jiangxue.supervision.models import WorthALook
from jiangxue.supervision.services.cases_deciding import let_lapse
from jiangxue.supervision.services.looking import count_worth_a_look
from tests.factories import cases, people, sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened
from tests.factories.supervising import classmates
from tests.portals.clients import client_of, main_of, supervisor

pytestmark = pytest.mark.clause("M6")


@pytest.fixture
def opener(room: Classroom, clock: HandClock) -> Account:
    return cases.officer(clock.now())


@pytest.fixture
def learned(session: StudySession, clock: HandClock) -> str:
    """Learn on a day, and return it as addresses have it."""
    found = DayTotal.objects.get(learner=session.learner_id)
    return found.day.isoformat()


def frozen(room: Classroom, opener: Account, clock: HandClock) -> object:
    today = learning_day(clock.now())
    return cases.opened_case(people.viewer(opener), room, clock, Days(today, today)).pk


def test_the_learner_reads_which_hours_wait_and_what_to_do(
    room: Classroom, learned: str, learner: Client, opener: Account, clock: HandClock
) -> None:
    case = frozen(room, opener, clock)
    addresses = (
        "/learn/",
        f"/learn/classes/{room.training_class.pk}/",
        "/learn/records/",
        f"/learn/records/{learned}/",
    )
    for address in addresses:
        page = main_of(learner, address)
        assert learned in page
        assert "暂缓认定" in page
        assert "请在 2026-12-01" in page
        assert f"/learn/cases/{case}/" in page
        assert cases.GROUNDS not in page
    cases.explained(room.viewer, case, clock)  # type: ignore[arg-type]
    for address in addresses:
        assert "您不需要再做什么" in main_of(learner, address)


def test_a_day_says_after_the_decision_whether_its_hours_are_recognised(
    room: Classroom, learned: str, learner: Client, opener: Account, clock: HandClock
) -> None:
    case, decider = frozen(room, opener, clock), people.viewer(cases.officer(clock.now()))
    cases.both_explained(room, case, clock)  # type: ignore[arg-type]
    cases.proposes(people.viewer(opener), case, clock, learning_day(clock.now()))  # type: ignore[arg-type]
    cases.decides(decider, case, clock)  # type: ignore[arg-type]
    assert "学时不予认定" in main_of(learner, "/learn/records/")
    for address in (f"/learn/records/{learned}/", f"/learn/classes/{room.training_class.pk}/"):
        page = main_of(learner, address)
        assert "学时不予认定" in page
        assert "学习记录仍然保留" in page
    assert "不予认定" not in main_of(learner, "/learn/"), "nothing is to be done any more"


def test_hours_that_stand_leave_no_word(
    room: Classroom, learned: str, learner: Client, opener: Account, clock: HandClock
) -> None:
    case, decider = frozen(room, opener, clock), people.viewer(cases.officer(clock.now()))
    cases.proposes(people.viewer(opener), case, clock)  # type: ignore[arg-type]
    cases.decides(decider, case, clock)  # type: ignore[arg-type]
    for address in ("/learn/", f"/learn/records/{learned}/", f"/learn/classes/{room.training_class.pk}/"):
        assert "认定" not in main_of(learner, address).replace("认定学时", "").replace("学时认定", "")


def test_hours_that_came_back_by_themselves_are_said_to_be_back(
    room: Classroom, learned: str, learner: Client, opener: Account, clock: HandClock
) -> None:
    frozen(room, opener, clock)
    clock.at += timedelta(days=60)
    let_lapse(clock=clock)
    page = main_of(learner, f"/learn/records/{learned}/")
    assert "已恢复认定" in page
    assert "暂缓" not in page


def test_another_day_and_another_class_say_nothing(
    room: Classroom, learned: str, learner: Client, opener: Account, clock: HandClock
) -> None:
    today = learning_day(clock.now())
    days = Days(today - timedelta(days=5), today - timedelta(days=2))
    cases.opened_case(people.viewer(opener), room, clock, days)
    assert "暂缓认定" not in main_of(learner, f"/learn/records/{learned}/")
    assert "暂缓认定" in main_of(learner, "/learn/records/")


@pytest.mark.clause("C5")
def test_the_page_of_a_case_says_of_each_day_what_holds_by_all_cases_about_it(
    room: Classroom, learned: str, opener: Account, clock: HandClock
) -> None:
    case, decider = frozen(room, opener, clock), people.viewer(cases.officer(clock.now()))
    cases.both_explained(room, case, clock)  # type: ignore[arg-type]
    cases.proposes(people.viewer(opener), case, clock, learning_day(clock.now()))  # type: ignore[arg-type]
    cases.decides(decider, case, clock)  # type: ignore[arg-type]
    later = frozen(room, opener, clock)
    clock.at += timedelta(days=60)
    assert let_lapse(clock=clock) == 1
    for each in (case, later):
        days = main_of(client_of(opener), f"/region/cases/{each}/").split('id="days"')[1]
        assert "不予认定" in days
        assert "恢复认定" not in days


@pytest.mark.clause("C5")
def test_the_page_of_a_class_lists_hours_that_wait_for_those_who_answer_and_for_the_authority(
    room: Classroom, head: Client, second: Client, opener: Account, clock: HandClock
) -> None:
    case, address = frozen(room, opener, clock), f"classes/{room.training_class.pk}/"
    for client in (head, second):
        page = main_of(client, f"/institution/{address}")
        assert "暂缓认定的学时" in page
        assert "请在 2026-12-01" in page
        assert f"/institution/cases/{case}/" in page
        assert room.learner.name not in page.split("class-cases")[1].split("</section>")[0], "masked as everywhere"
    page = main_of(client_of(opener), f"/region/{address}")
    assert "暂缓认定的学时" in page
    assert "请在 2026-12-01" not in page
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    assert str(case) not in main_of(client_of(teacher), f"/institution/{address}")


@pytest.mark.clause("C5")
def test_the_page_of_a_class_says_how_many_more_hours_wait_than_it_lists(
    room: Classroom, head: Client, opener: Account, clock: HandClock
) -> None:
    for place in classmates(room, clock, MOST_SHOWN + 2):
        cases.case(room, clock.now(), enrolment=place)
    assert "本班还有 2 份核查单" in main_of(head, f"/institution/classes/{room.training_class.pk}/")


def missed(session: StudySession, clock: HandClock) -> None:
    for minute in range(3):
        at = clock.now() + timedelta(minutes=10 * minute)
        sessions.check(session, at, outcome="missed", settled_at=at)


@pytest.mark.clause("C5")
def test_the_overview_of_a_region_counts_what_is_worth_a_look_as_the_classes_do(
    room: Classroom, clock: HandClock
) -> None:
    missed(opened(room, clock), clock)
    other = classroom(clock.now(), region="440300")
    district = supervisor("440104", clock)
    assert "近七天异常线索" not in main_of(district, "/region/"), "nothing was counted yet"
    for _ in range(2):
        assert count_worth_a_look(clock=clock) == 2
    page = main_of(district, "/region/")
    assert "近七天异常线索" in page
    assert "涉及 1 个班级" in page
    counted = WorthALook.objects.get(training_class=room.training_class).to_look_at
    assert counted
    assert f'<span class="figure">({counted})</span>' in page
    tab = main_of(district, f"/region/classes/{room.training_class.pk}/")
    assert f'tab-count">{counted}<' in tab, "the same figure as in the class"
    assert "涉及 0 个班级" in main_of(supervisor("440300", clock), "/region/")
    assert WorthALook.objects.filter(training_class=other.training_class).get().to_look_at == 0
    assert "近七天异常线索" not in main_of(supervisor("51", clock), "/region/")


def test_a_class_that_is_over_is_counted_no_more(db: None, clock: HandClock) -> None:
    today = learning_day(clock.now())
    classroom(clock.now(), term=(today, today + timedelta(days=1)))
    assert count_worth_a_look(clock=clock) == 1
    clock.at += timedelta(days=20)
    assert count_worth_a_look(clock=clock) == 0
    assert not WorthALook.objects.exists()
