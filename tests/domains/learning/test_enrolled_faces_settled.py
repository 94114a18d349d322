"""A class is not settled while an enrolled face waits that it relies on (clauses T3.1, C3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.archive.errors import StillOpen
from jiangxue.archive.services.settling import propose as propose_settlement
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.queries.enrolled_faces import enrolled_picture_for, not_the_learners
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared, looked_at, says_of, waiting
from tests.factories.face_cases import faces_checked, head, learning, shows
from tests.factories.facing import PICTURE, agrees, asked_by_the_first_text, enrolled
from tests.factories.learning import opened
from tests.factories.policies import set_rule
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "C3")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


def passed(room: Classroom, clock: HandClock) -> None:
    """Learn for eight minutes that a face then confirms."""
    learning(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])


def undecided(room: Classroom) -> int:
    return open_ends(room.training_class.pk, room.training_class.term.closes_at).enrolments


def test_no_class_is_settled_while_a_face_waits_by_which_time_was_confirmed(room: Classroom, clock: HandClock) -> None:
    assert undecided(room) == 0
    passed(room, clock)
    clock.at = room.training_class.term.closes_at + timedelta(days=1)
    assert undecided(room) == 1
    act = lambda: propose_settlement(head(room), room.training_class.pk, by=PROGRAM, clock=clock)  # noqa: E731
    assert refusal_of(act) is StillOpen
    compared(head(room), room, clock)
    assert undecided(room) == 0


def test_a_pass_that_opened_the_day_and_confirmed_no_minute_counts_too(room: Classroom, clock: HandClock) -> None:
    """What is learned after it may be confirmed by attention alone."""
    opened(room, clock)
    assert undecided(room) == 0
    check = shows(room, clock, [AttemptOutcome.PASSED])
    assert (check.confirmed_ms, undecided(room)) == (0, 1)


def test_nor_another_class_that_takes_the_pass_for_the_day(room: Classroom, clock: HandClock) -> None:
    other = classroom(clock.now(), lesson_ms=3_600_000)
    set_rule(other, clock.now() - timedelta(days=1), face_checks=1)
    enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    learning(room, clock)
    assert undecided(other) == 0
    end_session_of(learner_id=room.learner.pk, reason=EndReason.BY_LEARNER, clock=clock)
    opened(replace(other, learner=room.learner), clock)
    assert undecided(other) == 1


def test_nor_where_the_face_was_withdrawn_before_anybody_looked(room: Classroom, clock: HandClock) -> None:
    """Else whoever had somebody else pass would only have to withdraw in time; the picture of a check that was passed is kept."""
    passed(room, clock)
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    found = waiting(head(room), room, clock)
    assert ([each.enrolled.is_stored for each in found], undecided(room)) == ([False], 1)
    (face,) = found
    looked_at(head(room), room, clock)
    class_id, attempt = room.training_class.pk, face.enrolled.attempt
    assert enrolled_picture_for(head(room), class_id, attempt, clock.now()) == PICTURE
    says_of(head(room), room, face, clock, DIFFERS)
    assert (undecided(room), not_the_learners(class_id)) == (0, {room.learner.pk})


def test_one_that_was_withdrawn_and_never_used_waits_for_nobody(room: Classroom, clock: HandClock) -> None:
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    assert not waiting(head(room), room, clock)


def test_who_agreed_to_a_text_that_says_nothing_of_it_is_compared_by_nobody_until_they_agree_to_one(
    db: None, clock: HandClock
) -> None:
    room = classroom(clock.now())
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    with asked_by_the_first_text():
        enrolled(room.learner, clock.now())
    assert not waiting(head(room), room, clock)
    agrees(room.learner, clock.now())
    assert len(waiting(head(room), room, clock)) == 1
