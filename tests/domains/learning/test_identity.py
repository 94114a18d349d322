"""Where no face is checked, one person of the class confirms live who learns, and another one signs (clauses T3.2, T1.3)."""

from datetime import timedelta

import pytest

from jiangxue.archive.errors import StillOpen
from jiangxue.archive.services.settling import propose as propose_settlement
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import (
    NothingToConfirm,
    NotSeenWhileLearning,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.models import Check, IdentityReview, IdentityStatement
from jiangxue.learning.queries.identity import own_staff_days, staff_days
from jiangxue.learning.queries.lesson_time import lesson_time
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.rules.identity import IdentityState
from jiangxue.learning.services.ending import end_overdue
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import faces_checked, head, second, unclear
from tests.factories.identity import FOUR_MS, NOT_SEEN, SENT_BACK, by_staff, learned, seen, signs, states
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.2")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return by_staff(classroom(clock.now(), lesson_ms=3_600_000), clock)


def state(room: Classroom) -> IdentityState:
    (found,) = staff_days(head(room), room.training_class.pk)
    return found.state


def ended(clock: HandClock) -> None:
    clock.advance(30 * 60_000)
    end_overdue(clock=clock)


def test_a_learner_who_declined_is_asked_for_attention_and_the_day_needs_people(
    room: Classroom, clock: HandClock
) -> None:
    learned(room, clock)
    ended(clock)
    assert {(each.trigger, each.kind) for each in Check.objects.filter(outcome="passed")} == {
        ("first_of_day", "confirm")
    }
    (found,) = staff_days(head(room), room.training_class.pk)
    assert (found.state, found.ms, found.place) == (IdentityState.TO_STATE, FOUR_MS, room.enrolment)
    assert own_staff_days([room.enrolment])[0].state is IdentityState.TO_STATE


def test_a_day_with_faces_needs_nobody(clock: HandClock, db: None) -> None:
    other = faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)
    unclear(other, clock)
    assert not staff_days(head(other), other.training_class.pk)
    assert refusal_of(lambda: states(head(other), other, clock)) is NothingToConfirm


def test_one_person_states_and_another_one_signs(room: Classroom, clock: HandClock) -> None:
    learned(room, clock)
    ended(clock)
    teacher = Viewer(room.head_teacher.pk, Role.TEACHER, room.institution.pk)
    states(teacher, room, clock, seen(clock, ago=timedelta(minutes=29)))
    assert state(room) is IdentityState.TO_REVIEW
    signs(second(room, clock), room, clock)
    assert state(room) is IdentityState.CONFIRMED
    statement = IdentityStatement.objects.get()
    assert (statement.how, statement.document, statement.review.stated_by_id) == (
        "video",
        "card",
        room.head_teacher.pk,
    )


def test_what_is_sent_back_is_stated_anew(room: Classroom, clock: HandClock) -> None:
    learned(room, clock)
    states(head(room), room, clock)
    signs(second(room, clock), room, clock, SENT_BACK)
    assert state(room) is IdentityState.TO_STATE
    states(head(room), room, clock, after=1)
    signs(second(room, clock), room, clock, after=2)
    assert state(room) is IdentityState.CONFIRMED
    assert IdentityReview.objects.count() == 2


def test_nobody_signs_their_own_statement_or_about_themselves_or_out_of_turn(room: Classroom, clock: HandClock) -> None:
    learned(room, clock)
    other = second(room, clock)
    assert refusal_of(lambda: states(other, room, clock)) is NotYours
    assert refusal_of(lambda: signs(other, room, clock, after=0)) is NotTheTurn
    states(head(room), room, clock)
    assert refusal_of(lambda: states(head(room), room, clock)) is NotTheTurn
    assert refusal_of(lambda: states(head(room), room, clock, after=1)) is NotTheTurn
    assert refusal_of(lambda: signs(head(room), room, clock)) is NotYours
    for account, why in ((room.head_teacher, SamePerson), (room.learner, OwnTime)):
        as_second = Viewer(account.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk)
        assert refusal_of(lambda as_second=as_second: signs(as_second, room, clock)) is why


@pytest.mark.parametrize(
    ("minutes_ago", "refusal"),
    [(-1, NotSeenWhileLearning), (0, None), (9, None), (14, None), (15, NotSeenWhileLearning)],
)
def test_somebody_is_seen_while_they_learn_or_ten_minutes_beside_it(
    room: Classroom, clock: HandClock, minutes_ago: int, refusal: type | None
) -> None:
    """Four minutes and two seconds were learned: 14 minutes ago is within ten minutes before them."""
    learned(room, clock)
    said = seen(clock, ago=timedelta(minutes=minutes_ago))
    assert refusal_of(lambda: states(head(room), room, clock, said)) is refusal


def test_only_the_own_class_and_institution_speak(room: Classroom, clock: HandClock) -> None:
    learned(room, clock)
    stranger = classroom(clock.now())
    with pytest.raises(NotInClass):
        states(head(stranger), room, clock)
    states(head(room), room, clock)
    with pytest.raises(NotInClass):
        signs(second(stranger, clock), room, clock)
    assert state(room) is IdentityState.TO_REVIEW


def test_a_class_is_not_settled_until_each_day_is_decided(room: Classroom, clock: HandClock) -> None:
    learned(room, clock)
    states(head(room), room, clock)
    signs(second(room, clock), room, clock, SENT_BACK)
    day, asked = staff_days(head(room), room.training_class.pk)[0].day, room.training_class
    ended(clock)
    clock.at = asked.term.closes_at + timedelta(days=1)
    assert open_ends(asked.pk, asked.term.closes_at).days == 1
    assert refusal_of(lambda: propose_settlement(head(room), asked.pk, by=PROGRAM, clock=clock)) is StillOpen
    assert day == staff_days(head(room), asked.pk)[0].day


def test_a_day_that_two_persons_could_not_confirm_is_not_recognised(room: Classroom, clock: HandClock) -> None:
    session = learned(room, clock)
    ended(clock)
    key = room.enrolment.pk, session.lesson_id
    assert lesson_time([room.enrolment.pk])[key].credited_ms == FOUR_MS
    states(head(room), room, clock, NOT_SEEN)
    assert lesson_time([room.enrolment.pk])[key].credited_ms == FOUR_MS
    signs(second(room, clock), room, clock)
    assert state(room) is IdentityState.NOT_CONFIRMED
    time = lesson_time([room.enrolment.pk])[key]
    assert (time.credited_ms, time.confirmed_ms, time.refused_ms["unconfirmed"]) == (0, 0, FOUR_MS)
    assert open_ends(room.training_class.pk, room.training_class.term.closes_at).days == 0


def test_a_day_that_could_not_be_confirmed_counts_when_it_is_stated_anew_and_signed(
    room: Classroom, clock: HandClock
) -> None:
    session = learned(room, clock)
    ended(clock)
    key = room.enrolment.pk, session.lesson_id
    states(head(room), room, clock, NOT_SEEN)
    signs(second(room, clock), room, clock)
    states(head(room), room, clock, seen(clock, ago=timedelta(minutes=31)), after=1)
    assert open_ends(room.training_class.pk, room.training_class.term.closes_at).days == 1
    signs(second(room, clock), room, clock, after=2)
    assert state(room) is IdentityState.CONFIRMED
    assert lesson_time([room.enrolment.pk])[key].credited_ms == FOUR_MS
