"""Facts of one class and one period are gathered, no more and no less (clause M6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jiangxue.enrolment.errors import NotInClass
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import Period, week_until
from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind
from jiangxue.learning.rules.reasons import EndReason
from tests.factories import people, sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.crowds import classmates

pytestmark = [pytest.mark.django_db, pytest.mark.clause("M6")]
TODAY = date(2026, 11, 24)
MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)
HOME = "113.65.20.7"


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


def found(room: Classroom, clock: HandClock, period: Period | None = None) -> list[Anomaly]:
    viewer = people.viewer(room.head_teacher)
    return anomalies(viewer, room.training_class.pk, period or week_until(TODAY), clock.now())


def kinds(anomalies: list[Anomaly]) -> list[AnomalyKind]:
    return [each.kind for each in anomalies]


def learned(room: Classroom, at: datetime, minutes: int, **facts: object) -> None:
    ended = {"closed_at": at + timedelta(minutes=minutes), "end_reason": EndReason.BY_LEARNER}
    sessions.session(room, at, address=HOME, **ended, **facts)


def test_a_period_is_seven_learning_days_with_their_midnights_in_shanghai() -> None:
    week = week_until(TODAY)
    assert (week.first, len(week.days)) == (date(2026, 11, 18), 7)
    assert Period(TODAY, TODAY).begins_at == MIDNIGHT
    assert Period(TODAY, TODAY).ends_at == MIDNIGHT + timedelta(days=1)


def test_a_session_over_midnight_belongs_to_both_sides(room: Classroom, clock: HandClock) -> None:
    (other,) = classmates(room, 1, now=clock.now())
    learned(room, MIDNIGHT - timedelta(minutes=10), 20)
    learned(other, MIDNIGHT + timedelta(minutes=5), 20)
    assert kinds(found(room, clock, Period(TODAY, TODAY))) == [AnomalyKind.SHARED_DEVICE]
    assert found(room, clock, Period(TODAY - timedelta(days=1), TODAY - timedelta(days=1))) == []


def test_a_running_session_is_taken_to_end_now(room: Classroom, clock: HandClock) -> None:
    (other,) = classmates(room, 1, now=clock.now())
    sessions.session(room, clock.now(), address=HOME)
    clock.advance(300_000)
    sessions.session(other, clock.now(), address=HOME)
    (seen,) = found(room, clock)
    assert seen.learners == tuple(sorted((room.learner.pk, other.learner.pk)))


def test_learners_of_two_classes_are_not_taken_together(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now())
    learned(room, MIDNIGHT, 20)
    learned(elsewhere, MIDNIGHT + timedelta(minutes=5), 20)
    assert found(room, clock) == []


def test_checks_of_the_period_are_judged_and_open_ones_are_not(room: Classroom, clock: HandClock) -> None:
    session = sessions.session(room, clock.now())
    for minute in range(3):
        at = clock.now() + timedelta(minutes=minute)
        sessions.check(session, at, outcome="missed", settled_at=at)
    sessions.check(session, clock.now() + timedelta(minutes=5))
    assert kinds(found(room, clock)) == [AnomalyKind.MISSES_ON_DAY, AnomalyKind.MISSES_IN_PERIOD]
    assert found(room, clock, week_until(TODAY - timedelta(days=1))) == []


def test_both_measures_of_an_answer_are_read(room: Classroom, clock: HandClock) -> None:
    session = sessions.session(room, clock.now())
    for number, (reaction_ms, claimed_ms) in enumerate([(400, 300), (9_000, 1_000), (4_000, 3_900)]):
        at = clock.now() + timedelta(minutes=number)
        answered = {"outcome": "passed", "settled_at": at, "reaction_ms": reaction_ms}
        sessions.check(session, at, claimed_reaction_ms=claimed_ms, **answered)
    assert kinds(found(room, clock)) == [AnomalyKind.QUICK_ANSWERS, AnomalyKind.MEASURES_APART]


def test_long_days_come_from_sealed_totals_and_stand_behind_what_awaits_a_look(
    room: Classroom, clock: HandClock
) -> None:
    for back in range(3):
        DayTotal.objects.create(
            learner=room.learner,
            training_class=room.training_class,
            day=TODAY - timedelta(days=back),
            credited_ms=5 * 3_600_000,
            refused_ms={"check_pending": 40_000, "paused": 900},
        )
    session = sessions.session(room, clock.now() - timedelta(days=6))
    at = session.opened_at
    sessions.check(session, at, outcome="passed", settled_at=at, reaction_ms=100)
    assert kinds(found(room, clock)) == [AnomalyKind.QUICK_ANSWERS, AnomalyKind.UNBROKEN_DAYS]


def test_nobody_is_told_of_a_class_of_others(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now())
    for viewer in (people.viewer(elsewhere.head_teacher), people.viewer(elsewhere.learner)):
        with pytest.raises(NotInClass):
            anomalies(viewer, room.training_class.pk, week_until(TODAY), clock.now())
