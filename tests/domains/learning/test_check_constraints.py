"""What the database keeps of checks and of the verdicts that follow from them, whatever the code above it does."""

from datetime import timedelta

import pytest

from jiangxue.learning.models import DayTotal, Interruption, Lease, LessonProgress, StudySession
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def running(room: Classroom) -> StudySession:
    return sessions.session(room, MORNING)


def test_a_learner_has_one_open_check(running: StudySession) -> None:
    sessions.check(running, MORNING)
    with broken("learning_check_one_open"):
        sessions.check(running, MORNING)


def test_a_check_ends_in_one_of_the_known_ways(running: StudySession) -> None:
    with broken("learning_check_outcome_known"):
        sessions.check(running, MORNING, outcome="forgiven", settled_at=MORNING)


@pytest.mark.parametrize("facts", [{"outcome": "passed"}, {"settled_at": MORNING}])
def test_a_check_is_settled_with_an_outcome(running: StudySession, facts: dict[str, object]) -> None:
    with broken("learning_check_settled_with_outcome"):
        sessions.check(running, MORNING, **facts)


def test_a_check_waits_after_it_was_asked(running: StudySession) -> None:
    with broken("learning_check_waits_after_asking"):
        sessions.check(running, MORNING, expires_at=MORNING - timedelta(milliseconds=1))


def test_a_verdict_is_of_a_known_kind(running: StudySession) -> None:
    segment = sessions.segment(running, MORNING)
    with broken("learning_verdict_kind_known"):
        sessions.verdict(segment, MORNING, kind="forgiven")
    with broken("learning_verdict_kind_known"):
        sessions.verdict(segment, MORNING, kind="unconfirmed")
    with broken("learning_verdict_kind_known"):
        sessions.verdict(segment, MORNING, check_made=None)
    sessions.verdict(segment, MORNING, kind="unconfirmed", check_made=None)


def test_a_verdict_is_about_some_time(running: StudySession) -> None:
    segment = sessions.segment(running, MORNING)
    with broken("learning_verdict_is_about_time"):
        sessions.verdict(segment, MORNING, ms=0)


def test_an_interruption_is_of_a_known_kind(db: None) -> None:
    with broken("learning_interruption_kind_known"):
        Interruption.objects.create(at=MORNING, kind="weather")


@pytest.mark.parametrize("facts", [{"asked_at_ms": 5}, {"answer_by_ms": 5}, {"asked_at_ms": 5, "answer_by_ms": 4}])
def test_an_open_check_waits_until_some_time_after_it_was_asked(room: Classroom, facts: dict[str, int]) -> None:
    with broken("learning_lease_open_check_waits"):
        Lease.objects.create(learner=room.learner, **facts)


def test_no_less_than_nothing_is_provisional(room: Classroom) -> None:
    with broken("learning_lease_provisional_not_negative"):
        Lease.objects.create(learner=room.learner, provisional_ms=-1)


def test_of_a_lesson_no_more_is_confirmed_than_was_learned(room: Classroom) -> None:
    with broken("learning_progress_confirmed_within_reached"):
        LessonProgress.objects.create(
            enrolment=room.enrolment, lesson=room.lesson, reached_ms=1, confirmed_ms=2, updated_at=MORNING
        )


def test_of_a_day_no_more_is_confirmed_than_was_credited(room: Classroom) -> None:
    with broken("learning_day_total_confirmed_within_credited"):
        DayTotal.objects.create(
            learner=room.learner,
            training_class=room.training_class,
            day=MORNING.date(),
            credited_ms=1,
            confirmed_ms=2,
            refused_ms={},
        )
