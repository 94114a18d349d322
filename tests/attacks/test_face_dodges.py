"""Dodging the face check without any trick of the camera: by what the page says, by another class, by coming anew. Clauses T3.1, T3.2."""

from datetime import timedelta

import pytest

from jiangxue.audit.services import Actor
from jiangxue.facecheck.errors import NoAttemptsLeft
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, CheckResult, result_of
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.errors import EnrolledSinceAsked, MustBeConfirmed
from jiangxue.learning.models import Check, Interruption, Lease, StudySession
from jiangxue.learning.queries.identity import days_by_staff
from jiangxue.learning.services.clearing import Passed
from jiangxue.learning.services.facing import begin_face
from jiangxue.policies.rules.time_policy import MINUTE_MS
from tests.attacks.face_dodging import (
    another_class,
    asked,
    attended,
    expired,
    lease_of,
    put_off,
    shown,
    till_midnight_ms,
    tried,
)
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import came_to, chooses_staff, enrolled
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "T3.2")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    """Return a class that checks faces, whose learner is enrolled."""
    found = classroom(clock.now(), lesson_ms=7_200_000)
    set_rule(found, clock.now() - timedelta(days=1), face_checks=1)
    enrolled(found.learner, clock.now())
    return found


def test_a_missed_check_in_between_gives_nobody_a_fresh_row_of_checks_without_a_camera(
    room: Classroom, clock: HandClock
) -> None:
    """Twice no camera, once nothing at all, and so on for ever: no face would ever be seen."""
    for _ in range(2):
        opened(room, clock)
        assert isinstance(put_off(room, clock), Passed)
    opened(room, clock)
    assert refusal_of(lambda: put_off(room, clock)) is MustBeConfirmed
    expired(clock)
    opened(room, clock)
    assert asked(room, clock).trigger == "first_of_day"
    assert refusal_of(lambda: put_off(room, clock)) is MustBeConfirmed


def test_the_honest_twin_whose_camera_works_again_may_be_without_one_again(room: Classroom, clock: HandClock) -> None:
    for _ in range(2):
        opened(room, clock)
        put_off(room, clock)
    opened(room, clock)
    assert isinstance(tried(room, clock, AttemptOutcome.PASSED), Passed)
    opened(room, clock, device="手机 · 微信")
    assert isinstance(put_off(room, clock), Passed)


def test_a_draw_in_a_class_with_rare_face_checks_tells_nothing_of_when_one_comes_here(
    room: Classroom, clock: HandClock
) -> None:
    rare = another_class(
        room,
        clock,
        face_checks=1,
        face_least_ms=60 * MINUTE_MS,
        face_mean_ms=60 * MINUTE_MS,
        face_most_ms=120 * MINUTE_MS,
    )
    opened(rare, clock)
    tried(rare, clock, AttemptOutcome.PASSED)
    assert lease_of(room).until_face_ms == 45 * MINUTE_MS
    opened(room, clock)
    assert lease_of(room).until_face_ms == 30 * MINUTE_MS


def test_a_face_that_is_due_elsewhere_asks_for_nothing_where_no_faces_are_checked(
    room: Classroom, clock: HandClock
) -> None:
    """Else every beat there would bring a check-in, and none of them would settle it."""
    without = another_class(room, clock, face_checks=0)
    opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    Lease.objects.filter(learner=room.learner).update(until_face_ms=0)
    session = opened(without, clock)
    watched(session, clock, 2)
    assert shown(without, clock) is None
    opened(room, clock)
    assert asked(room, clock).trigger == "random"


def test_a_lesson_ends_with_a_face_whether_or_not_the_page_says_that_it_has_ended(clock: HandClock, db: None) -> None:
    room = classroom(clock.now(), lesson_ms=5 * MINUTE_MS)
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1, face_lesson_end=1)
    enrolled(room.learner, clock.now())
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 9)
    assert shown(room, clock) is None
    watched(session, clock, 1)
    assert asked(room, clock).trigger == "lesson_end"


def test_attention_shown_in_another_class_confirms_nobody_in_this_one(room: Classroom, clock: HandClock) -> None:
    """Without this, whoever is confirmed by staff opens the other class for a moment each day, and no day of this one is for staff to confirm."""
    chooses_staff(room.learner, clock.now())
    other = another_class(room, clock, face_checks=1)
    opened(other, clock)
    attended(other, clock)
    opened(room, clock)
    assert asked(room, clock).session.enrolment == room.enrolment


def test_a_pass_by_easier_rules_is_none_here(room: Classroom, clock: HandClock) -> None:
    easier = another_class(room, clock, face_checks=1, face_pass_permille=350, face_camera_labels=0)
    opened(easier, clock)
    tried(easier, clock, AttemptOutcome.PASSED)
    opened(room, clock)
    assert asked(room, clock).trigger == "first_of_day"
    tried(room, clock, AttemptOutcome.PASSED)
    opened(easier, clock, device="手机 · 微信")
    tried(easier, clock, AttemptOutcome.PASSED)
    opened(room, clock, device="手机 · 微信")
    assert asked(room, clock).trigger == "elsewhere"


def test_the_honest_twin_in_two_classes_with_one_rule_is_asked_once(room: Classroom, clock: HandClock) -> None:
    other = another_class(room, clock, face_checks=1)
    opened(other, clock)
    tried(other, clock, AttemptOutcome.PASSED)
    opened(room, clock)
    assert shown(room, clock) is None


def test_a_face_that_was_enrolled_after_a_check_was_asked_does_not_answer_it(room: Classroom, clock: HandClock) -> None:
    """Somebody else learns, is seen, has the consent withdrawn and given again, enrols their own face, and would pass."""
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 16)
    tried(room, clock, AttemptOutcome.STEP_UP)
    chooses_staff(room.learner, clock.now())
    forget_face(room.learner.pk, by=Actor(room.learner.pk), now=clock.now())
    clock.advance(1_000)
    enrolled(room.learner, clock.now())
    check = asked(room, clock).pk.hex
    assert (
        refusal_of(lambda: begin_face(room.viewer, check, device="", address=None, clock=clock)) is EnrolledSinceAsked
    )


def test_whoever_stops_after_a_longer_look_was_asked_for_is_left_to_people(room: Classroom, clock: HandClock) -> None:
    """Somebody else was seen once; without this it were a check that was missed, and nobody looked at the pictures."""
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 16)
    tried(room, clock, AttemptOutcome.STEP_UP)
    expired(clock)
    assert Check.objects.latest("asked_at").outcome == "unclear"


def test_a_server_that_began_anew_excuses_no_face_that_failed(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 16)
    check = asked(room, clock).pk.hex
    begin_face(room.viewer, check, device="", address=None, clock=clock)
    came_to(room.learner, AttemptOutcome.FAILED, clock.now())
    Interruption.objects.create(at=clock.now(), lasted_ms=0, kind="started")
    expired(clock)
    assert Check.objects.get(pk=check).outcome == "failed"


def test_attempts_that_are_begun_and_left_have_an_end(room: Classroom, clock: HandClock) -> None:
    """Each is a record in the archive, and nobody would find what matters among thousands."""
    opened(room, clock)
    check = asked(room, clock).pk.hex
    for _ in range(20):
        begin_face(room.viewer, check, device="", address=None, clock=clock)
    assert refusal_of(lambda: begin_face(room.viewer, check, device="", address=None, clock=clock)) is NoAttemptsLeft
    assert FaceAttempt.objects.filter(check_id=check).count() == 20
    assert StudySession.objects.count() == 1


def test_what_the_server_withdrew_makes_nobody_known_who_was_not(room: Classroom, clock: HandClock) -> None:
    """Somebody else failed; the check after that happened to be open while the server began anew."""
    opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    opened(room, clock, device="手机 · 微信")
    tried(room, clock, AttemptOutcome.FAILED)
    opened(room, clock, device="手机 · 微信")
    assert asked(room, clock).trigger == "unpassed"
    Interruption.objects.create(at=clock.now(), lasted_ms=0, kind="started")
    expired(clock)
    assert Check.objects.latest("asked_at").outcome == "withdrawn"
    opened(room, clock, device="手机 · 微信")
    assert asked(room, clock).trigger == "unpassed"


@pytest.mark.parametrize("decided", [AttemptOutcome.FAILED, AttemptOutcome.REVIEW])
def test_a_page_that_does_not_ask_what_came_of_it_gets_no_further_attempt(
    room: Classroom, clock: HandClock, decided: AttemptOutcome
) -> None:
    """Somebody else is found out, the page keeps still, the learner is fetched and passes: that must not confirm anything."""
    opened(room, clock)
    check = asked(room, clock).pk.hex
    begin_face(room.viewer, check, device="", address=None, clock=clock)
    came_to(room.learner, decided, clock.now())
    assert refusal_of(lambda: begin_face(room.viewer, check, device="", address=None, clock=clock)) is NoAttemptsLeft
    expired(clock)
    assert Check.objects.get(pk=check).outcome == {"failed": "failed", "review": "unclear"}[decided]


@pytest.mark.parametrize("decided", [AttemptOutcome.FAILED, AttemptOutcome.REVIEW])
def test_what_was_found_in_an_attempt_that_was_left_is_not_made_good_by_the_next(decided: AttemptOutcome) -> None:
    """The next one had begun before the first was judged."""
    assert result_of([decided, AttemptOutcome.PASSED], allowed=3) is not CheckResult.PASSED


def test_a_day_that_begins_within_a_session_begins_with_a_face(room: Classroom, clock: HandClock) -> None:
    """Else whoever learns over midnight has a day without a face; and on the supervised way one that nobody confirms."""
    clock.advance(till_midnight_ms(clock) - 4 * MINUTE_MS)
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 7)
    assert shown(room, clock) is None
    watched(session, clock, 1)
    assert asked(room, clock).trigger == "first_of_day"
    tried(room, clock, AttemptOutcome.PASSED)
    watched(session, clock, 4)
    assert shown(room, clock) is None


def test_the_supervised_day_after_midnight_is_for_staff_to_confirm(room: Classroom, clock: HandClock) -> None:
    chooses_staff(room.learner, clock.now())
    clock.advance(till_midnight_ms(clock) - 4 * MINUTE_MS)
    session = opened(room, clock)
    attended(room, clock)
    watched(session, clock, 8)
    attended(room, clock)
    watched(session, clock, 2)
    assert len(days_by_staff([room.enrolment.pk])) == 2
