"""Nobody confirms a settlement by a page that did not show what was said of a face meanwhile (clauses T3.1, C3)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.services.deletion import ask_for_deletion, withdraw_deletion_request
from jiangxue.archive.errors import StillOpen, WarnedMeanwhile
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.archive.queries.warnings import warnings_of
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.audit.services import PROGRAM
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.services.ending import end_overdue
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared
from tests.factories.face_cases import faces_checked, head, learning, shows
from tests.factories.facing import enrolled
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "C3")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    """Return a class in which a face that nobody has compared confirmed time; it is over."""
    found = faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)
    learning(found, clock)
    shows(found, clock, [AttemptOutcome.PASSED])
    clock.at += timedelta(hours=1)
    end_overdue(clock=clock)
    return found


def over(room: Classroom, clock: HandClock) -> None:
    room.training_class.refresh_from_db()
    clock.at = room.training_class.term.closes_at + timedelta(hours=1)


def proposes(room: Classroom, clock: HandClock) -> None:
    propose(head(room), room.training_class.pk, by=PROGRAM, clock=clock)


def confirms(room: Classroom, clock: HandClock, seen: str) -> None:
    said = Review(1, confirms=True, text="", seen=seen)
    review(people.viewer(administrator(room, clock)), room.training_class.pk, said, by=PROGRAM, clock=clock)


def seen_in(room: Classroom) -> str:
    return warnings_of(room.training_class.pk).digest


def test_a_page_from_before_the_word_confirms_nothing(room: Classroom, clock: HandClock) -> None:
    compared(head(room), room, clock)
    over(room, clock)
    proposes(room, clock)
    loaded = seen_in(room)
    assert loaded == ""
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    enrolled(room.learner, clock.now())
    compared(head(room), room, clock, DIFFERS)
    assert refusal_of(lambda: confirms(room, clock, loaded)) is WarnedMeanwhile
    assert not is_settled(room.training_class.pk)
    confirms(room, clock, seen_in(room))
    assert is_settled(room.training_class.pk)


def test_who_asks_for_deletion_before_anybody_compared_stands_beside_the_settlement(
    room: Classroom, clock: HandClock
) -> None:
    over(room, clock)
    assert refusal_of(lambda: proposes(room, clock)) is StillOpen
    ask_for_deletion(account_id=room.learner.pk, by=PROGRAM, now=clock.now())
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    assert warnings_of(room.training_class.pk).never_compared == (room.learner.pk,)
    proposes(room, clock)
    assert refusal_of(lambda: confirms(room, clock, "")) is WarnedMeanwhile
    confirms(room, clock, seen_in(room))


def test_who_takes_it_back_before_the_confirmation_is_waited_for_again(room: Classroom, clock: HandClock) -> None:
    over(room, clock)
    ask_for_deletion(account_id=room.learner.pk, by=PROGRAM, now=clock.now())
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    proposes(room, clock)
    withdraw_deletion_request(account_id=room.learner.pk, by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: confirms(room, clock, seen_in(room))) is StillOpen
