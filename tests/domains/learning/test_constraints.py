"""What the database keeps of sessions, leases and what was made of them, whatever the code above it does."""

from datetime import timedelta

import pytest

from jiangxue.learning.models import DayTotal, Lease, LessonProgress, Recomputation, StudySession
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


def test_a_session_that_has_ended_has_a_reason(room: Classroom) -> None:
    with broken("learning_session_closed_with_reason"):
        sessions.session(room, MORNING, closed_at=MORNING)


def test_a_session_that_runs_has_none(room: Classroom) -> None:
    with broken("learning_session_closed_with_reason"):
        sessions.session(room, MORNING, end_reason="silent")


def test_a_session_does_not_end_before_it_began(room: Classroom) -> None:
    with broken("learning_session_closes_after_opening"):
        sessions.session(room, MORNING, closed_at=MORNING - timedelta(milliseconds=1), end_reason="silent")


@pytest.mark.parametrize("carry_ms", [-1, 10_001])
def test_a_lease_carries_at_most_ten_seconds(room: Classroom, carry_ms: int) -> None:
    with broken("learning_lease_carry_bounded"):
        Lease.objects.create(learner=room.learner, carry_ms=carry_ms)


@pytest.mark.parametrize("reached_ms", [-1, 180_001])
def test_a_lease_reaches_no_further_than_its_lesson(room: Classroom, reached_ms: int) -> None:
    with broken("learning_lease_reached_within_lesson"):
        Lease.objects.create(learner=room.learner, reached_ms=reached_ms, length_ms=180_000)


def test_a_running_lease_knows_when_it_is_due_to_end(running: StudySession) -> None:
    with broken("learning_lease_running_has_closing"):
        Lease.objects.create(learner_id=running.learner_id, session=running)


def test_a_free_lease_is_not_due_to_end(room: Classroom) -> None:
    with broken("learning_lease_running_has_closing"):
        Lease.objects.create(learner=room.learner, close_due_ms=1)


def test_a_free_lease_has_no_reason_for_an_end(room: Classroom) -> None:
    with broken("learning_lease_ended_has_session"):
        Lease.objects.create(learner=room.learner, end_reason="by_learner")


def test_a_sealing_has_one_segment_a_day(running: StudySession) -> None:
    sessions.segment(running, MORNING)
    sessions.segment(running, MORNING + timedelta(days=1))
    sessions.segment(running, MORNING, sealing=2)
    with broken("learning_segment_once"):
        sessions.segment(running, MORNING)


def test_the_beats_of_a_segment_stand_in_order(running: StudySession) -> None:
    sessions.segment(running, MORNING, first_n=8, last_n=7)
    with broken("learning_segment_beats_in_order"):
        sessions.segment(running, MORNING, sealing=2, first_n=8, last_n=6)


def test_a_place_in_a_class_has_one_progress_in_a_lesson(room: Classroom) -> None:
    facts = {"enrolment": room.enrolment, "reached_ms": 0, "updated_at": MORNING}
    LessonProgress.objects.create(lesson=room.lessons[0], **facts)
    LessonProgress.objects.create(lesson=room.lessons[1], **facts)
    with broken("learning_progress_once"):
        LessonProgress.objects.create(lesson=room.lessons[0], **facts)


def test_a_learner_has_one_total_in_a_class_on_a_day(room: Classroom) -> None:
    facts = {"learner": room.learner, "training_class": room.training_class, "credited_ms": 0, "refused_ms": {}}
    DayTotal.objects.create(day=MORNING.date(), **facts)
    DayTotal.objects.create(day=MORNING.date() + timedelta(days=1), **facts)
    with broken("learning_day_total_once"):
        DayTotal.objects.create(day=MORNING.date(), **facts)


def test_a_report_is_not_finished_before_it_was_asked_for(room: Classroom) -> None:
    facts = {"training_class": room.training_class, "asked_by": room.head_teacher, "asked_at": MORNING}
    Recomputation.objects.create(finished_at=MORNING, **facts)
    with broken("learning_recomputation_finished_later"):
        Recomputation.objects.create(finished_at=MORNING - timedelta(milliseconds=1), **facts)
