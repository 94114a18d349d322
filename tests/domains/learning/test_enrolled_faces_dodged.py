"""Ways round the comparison of an enrolled face with the document, and who must not be hurt by it (clauses T3.1, M6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft, Decision
from jiangxue.accounts.services.corrections import ask_for_correction, decide_correction
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.models import FacePicture, FaceTemplate
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.errors import NotLooked
from jiangxue.learning.models import DayTotal, StudySession
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.enrolled_faces import not_the_learners
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.services.recomputing import recompute
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared, looked_at, says_of, waiting
from tests.factories.face_cases import actor, faces_checked, head, learning, second, shows
from tests.factories.facing import enrolled, face_attempt
from tests.factories.learning import opened, watched
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "M6")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


def withdrawn(room: Classroom, clock: HandClock) -> None:
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    clock.advance(60_000)


def undecided(room: Classroom) -> int:
    return open_ends(room.training_class.pk, room.training_class.term.closes_at).enrolments


def test_enrolling_once_more_and_withdrawing_again_hides_no_face_that_passed(room: Classroom, clock: HandClock) -> None:
    used = FaceTemplate.objects.get().attempt_id
    learning(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    withdrawn(room, clock)
    enrolled(room.learner, clock.now())
    withdrawn(room, clock)
    (face,) = waiting(head(room), room, clock)
    assert (face.enrolled.attempt, face.enrolled.is_stored, undecided(room)) == (used, False, 1)
    looked_at(head(room), room, clock)
    says_of(head(room), room, face, clock, DIFFERS)
    assert not_the_learners(room.training_class.pk) == {room.learner.pk}


def test_a_pass_of_which_no_picture_could_be_kept_is_a_pass(room: Classroom, clock: HandClock) -> None:
    learning(room, clock)
    face_attempt(room, clock.now())
    assert not FacePicture.objects.filter(attempt__issued_at=clock.now()).exists()
    withdrawn(room, clock)
    assert undecided(room) == 1


def test_who_learns_on_is_signed_out_and_loses_nothing(room: Classroom, clock: HandClock) -> None:
    """Else the next check would come to nothing: its time would be refused, for a word of staff."""
    session = opened(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    watched(session, clock, 4)
    compared(head(room), room, clock, DIFFERS)
    ended = StudySession.objects.get()
    assert (ended.closed_at, ended.end_reason) == (clock.now(), "face_removed")
    assert DayTotal.objects.get().credited_ms >= 4 * 29_000
    assert not recompute(room.training_class.pk).differences


def test_who_learns_in_a_class_that_checks_no_faces_learns_on(room: Classroom, clock: HandClock) -> None:
    other = classroom(clock.now())
    enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    opened(replace(other, learner=room.learner), clock)
    compared(head(room), room, clock, DIFFERS)
    assert StudySession.objects.get().closed_at is None


def test_a_class_that_came_later_is_not_told_of_a_face_that_confirmed_nothing_there(
    room: Classroom, clock: HandClock
) -> None:
    compared(head(room), room, clock, DIFFERS)
    clock.at += timedelta(days=1)
    other = classroom(clock.now())
    enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    week = week_until(clock.now().date())
    assert not_the_learners(other.training_class.pk) == set()
    assert not anomalies(head(other), other.training_class.pk, week, clock.now())
    assert not_the_learners(room.training_class.pk) == {room.learner.pk}
    assert anomalies(head(room), room.training_class.pk, week, clock.now())


def test_a_look_counts_for_the_name_that_was_shown(room: Classroom, clock: HandClock) -> None:
    """Else the face of one would be said to be that of another, by whom it is corrected to between look and word."""
    looked_at(head(room), room, clock)
    (face,) = waiting(head(room), room, clock)
    clock.advance(60_000)
    draft = CorrectionDraft(CorrectedField.NAME, "王秀英", "办证时写错")
    asked = ask_for_correction(account_id=room.learner.pk, draft=draft, by=PROGRAM, now=clock.now())
    granted, viewer = Decision(is_granted=True, reason="已核对身份证"), second(room, clock)
    decide_correction(viewer=viewer, request_id=asked.pk, decision=granted, by=actor(viewer), now=clock.now())
    assert refusal_of(lambda: says_of(head(room), room, face, clock)) is NotLooked
    clock.advance(60_000)
    compared(head(room), room, clock)
