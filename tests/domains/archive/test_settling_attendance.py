"""Settling recognises hours of live and practice lessons by the minutes of presence, and waits for what is open (clauses T1.3, C3)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jiangxue.archive.errors import AttendanceOpen, FiguresChanged, HoursSettled
from jiangxue.archive.models import SettledPlace
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.archive.services.unsettled import unless_settled
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel.clock import HandClock
from tests.factories import people
from tests.factories.attendance import attends, item, objects, reviews, signs, states
from tests.factories.lives import Life, life
from tests.refusals import refusal_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T1.3", "C3")


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


@pytest.fixture
def lesson(lived: Life, clock: HandClock) -> PlanItem:
    return item(lived.room, clock.now() + timedelta(hours=1))


def over(lived: Life) -> None:
    lived.clock.at = lived.room.training_class.term.closes_at + timedelta(hours=1)


def propose_now(lived: Life) -> None:
    propose(people.viewer(lived.room.head_teacher), lived.room.training_class.pk, by=PROGRAM, clock=lived.clock)


def test_hours_are_recognised_by_mode_with_what_does_not_count_and_why(lived: Life, lesson: PlanItem) -> None:
    live = item(lived.room, lesson.ends_at, length=timedelta(minutes=45), mode="live", title="答疑")
    attends(lived.room.learner, lesson, lived.clock)
    lived.clock.at = live.starts_at
    signs(lived.room.learner, live, lived.clock)
    lived.settle()
    row = SettledPlace.objects.get()
    assert row.figures["hours"] == {"online": 0, "live": 0, "practice": 200}
    assert row.hours == 200
    assert [(each["title"], each["counted_ms"], each["refused_ms"]) for each in row.figures["attendance"]] == [
        ("接线实操", 90 * 60_000, {}),
        ("答疑", 0, {"no_sign_out": 45 * 60_000}),
    ]
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    assert dossier.settlements[-1].values["attendance"] == row.figures["attendance"]
    assert [each.kind for each in dossier.attendance] == ["signed", "signed", "signed"]


def test_a_statement_that_nobody_has_signed_keeps_a_class_open(lived: Life, lesson: PlanItem) -> None:
    over(lived)
    states(people.viewer(lived.room.head_teacher), lesson, lived.clock, None)
    assert refusal_of(lambda: propose_now(lived)) is AttendanceOpen
    reviews(people.viewer(lived.second), lesson, lived.clock)
    propose_now(lived)


def test_an_objection_keeps_a_class_open_until_two_persons_have_answered(lived: Life, lesson: PlanItem) -> None:
    over(lived)
    objects(lived.room.learner, lesson, lived.clock)
    assert refusal_of(lambda: propose_now(lived)) is AttendanceOpen
    states(people.viewer(lived.room.head_teacher), lesson, lived.clock, (lesson.starts_at, lesson.ends_at))
    reviews(people.viewer(lived.second), lesson, lived.clock)
    propose_now(lived)


def test_an_objection_that_comes_too_late_keeps_nobody_waiting(lived: Life, lesson: PlanItem) -> None:
    lived.clock.at = lived.room.training_class.term.closes_at + timedelta(days=14)
    objects(lived.room.learner, lesson, lived.clock)
    propose_now(lived)


def test_attendance_that_changed_after_the_proposal_is_not_confirmed_unseen(lived: Life, lesson: PlanItem) -> None:
    over(lived)
    propose_now(lived)
    states(people.viewer(lived.room.head_teacher), lesson, lived.clock, (lesson.starts_at, lesson.ends_at))
    reviews(people.viewer(lived.second), lesson, lived.clock)
    said = Review(1, confirms=True, text="")
    class_id, viewer = lived.room.training_class.pk, people.viewer(lived.second)
    assert refusal_of(lambda: review(viewer, class_id, said, by=PROGRAM, clock=lived.clock)) is FiguresChanged


def test_when_the_hours_are_settled_attendance_stays_as_it_is(lived: Life, lesson: PlanItem) -> None:
    lived.settle()
    done: list[int] = []
    late = lambda: unless_settled(lived.room.training_class.pk, lambda: done.append(1))  # noqa: E731
    assert refusal_of(late) is HoursSettled
    assert not done
