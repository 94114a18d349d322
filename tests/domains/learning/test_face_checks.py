"""Checks of the face while somebody learns: when one is due, and what its attempts do to time (clauses T2.6, T3.1, T3.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiangxue.facecheck.errors import NoAttemptsLeft
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.errors import MustBeConfirmed, NoOpenFaceCheck, NoWayChosen
from jiangxue.learning.models import Check, DayTotal, Lease, StudySession, Verdict
from jiangxue.learning.services.answering import CheckAnswer, NoSuchCheck, answer_check, show_check
from jiangxue.learning.services.clearing import NotPassed, Passed
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.facing import AnotherAttempt, Begun, Why, begin_face, hear_face, put_off_face
from jiangxue.learning.services.recomputing import recompute
from jiangxue.policies.rules.time_policy import MINUTE_MS
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import came_to, chooses_staff, enrolled
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "T2.6")
LATE = 0.999_999
EIGHT_MS = 8 * MINUTE_MS


@pytest.fixture
def room(room: Classroom, clock: HandClock) -> Classroom:
    """Let the class check faces, and its learner be enrolled."""
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    enrolled(room.learner, clock.now())
    return room


def shown(room: Classroom, clock: HandClock) -> str:
    """Return the id of the learner's open check as a page is told of it."""
    found = show_check(room.viewer, clock=clock, chance=lambda: LATE)
    assert found is not None
    return found.check


def begun(room: Classroom, clock: HandClock, check: str) -> Begun:
    return begin_face(room.viewer, check, device="电脑 · Chrome", address=None, clock=clock)


def soon() -> Callable[[], float]:
    """Return a chance that draws the next check as late as can be and the next face as early: after eight minutes."""
    numbers = iter([LATE, 0.0])
    return lambda: next(numbers)


def heard(room: Classroom, clock: HandClock, check: str) -> Passed | AnotherAttempt | NotPassed:
    return hear_face(room.viewer, check, clock=clock, chance=soon())


def tried(room: Classroom, clock: HandClock, outcome: AttemptOutcome) -> Passed | AnotherAttempt | NotPassed:
    """Show a face to the open check once, and return what came of the check."""
    check = shown(room, clock)
    begun(room, clock, check)
    clock.advance(5_000)
    came_to(room.learner, outcome, clock.now())
    return heard(room, clock, check)


def learning(room: Classroom, clock: HandClock) -> StudySession:
    """Open the first session of a day and pass its face check."""
    session = opened(room, clock)
    assert isinstance(tried(room, clock, AttemptOutcome.PASSED), Passed)
    return session


def until_due(session: StudySession, clock: HandClock) -> None:
    """Learn until the next face check is asked."""
    watched(session, clock, 16)


def expired(session: StudySession, clock: HandClock) -> None:
    """Let the page report until the open check has expired, and the sweeper come."""
    watched(session, clock, 9)
    clock.advance(MINUTE_MS)
    end_overdue(clock=clock)


def day(room: Classroom) -> DayTotal:
    return DayTotal.objects.get(learner=room.learner)


def test_the_first_session_of_a_day_begins_with_a_face_check(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    found = show_check(room.viewer, clock=clock, chance=lambda: LATE)
    assert found is not None
    assert (found.kind, found.options, found.attempts_left) == ("face", [], 3)
    assert Check.objects.get().trigger == "first_of_day"
    assert Check.objects.get().prompt["is_long"] is True


def test_a_passed_face_lets_the_session_go_on_and_draws_the_next_ones(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    lease = Lease.objects.get(learner=room.learner)
    assert (lease.session_id, lease.asked_at_ms) == (session.pk, None)
    assert lease.until_face_ms == lease.face_drawn_ms == EIGHT_MS
    assert lease.until_check_ms == lease.drawn_ms == 25 * MINUTE_MS
    watched(session, clock, 4)
    assert Lease.objects.get(learner=room.learner).until_face_ms == 6 * MINUTE_MS


def test_a_passed_face_confirms_all_provisional_time(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    assert Lease.objects.get(learner=room.learner).asked_at_ms is not None
    assert isinstance(tried(room, clock, AttemptOutcome.PASSED), Passed)
    assert (day(room).credited_ms, day(room).confirmed_ms) == (EIGHT_MS, EIGHT_MS)
    assert not recompute(room.training_class.pk).differences


def test_another_attempt_follows_until_all_are_used_then_all_provisional_time_is_not_counted(
    room: Classroom, clock: HandClock
) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    assert tried(room, clock, AttemptOutcome.AGAIN) == AnotherAttempt(2, step_up=False)
    assert tried(room, clock, AttemptOutcome.STEP_UP) == AnotherAttempt(1, step_up=True)
    assert FaceAttempt.objects.filter(check_id__isnull=False).count() == 3
    check = shown(room, clock)
    begun(room, clock, check)
    assert FaceAttempt.objects.get(outcome="").form == "step_up"
    came_to(room.learner, AttemptOutcome.BLOCKED, clock.now())
    found = heard(room, clock, check)
    assert isinstance(found, NotPassed)
    assert found.outcome == "failed"
    session.refresh_from_db()
    assert session.end_reason == "failed_face"
    assert (day(room).credited_ms, day(room).refused_ms["failed_check"]) == (0, EIGHT_MS)
    assert Verdict.objects.get(kind="failed_check").ms == EIGHT_MS
    assert not recompute(room.training_class.pk).differences


@pytest.mark.parametrize("between", [AttemptOutcome.AGAIN, AttemptOutcome.BROKEN])
def test_whoever_was_asked_for_more_does_not_come_back_to_less(
    room: Classroom, clock: HandClock, between: AttemptOutcome
) -> None:
    opened(room, clock)
    tried(room, clock, AttemptOutcome.STEP_UP)
    assert tried(room, clock, between) == AnotherAttempt(1, step_up=True)
    begun(room, clock, shown(room, clock))
    assert FaceAttempt.objects.get(outcome="").form == "step_up"


def test_somebody_else_fails_at_once(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    found = tried(room, clock, AttemptOutcome.FAILED)
    assert isinstance(found, NotPassed)
    assert found.outcome == "failed"


def test_what_only_a_person_can_decide_takes_nothing_and_signs_out(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    found = tried(room, clock, AttemptOutcome.REVIEW)
    assert isinstance(found, NotPassed)
    assert found.outcome == "unclear"
    assert (day(room).credited_ms, day(room).confirmed_ms) == (EIGHT_MS, 0)
    assert Lease.objects.get(learner=room.learner).provisional_ms == 0  # it waits for people, no more for a check


def test_after_a_face_that_was_not_passed_the_next_session_begins_with_one(room: Classroom, clock: HandClock) -> None:
    learning(room, clock)
    until_due(StudySession.objects.get(), clock)
    tried(room, clock, AttemptOutcome.REVIEW)
    opened(room, clock)
    shown(room, clock)
    assert Check.objects.get(outcome="").trigger == "unpassed"
    assert isinstance(tried(room, clock, AttemptOutcome.PASSED), Passed)
    assert (day(room).credited_ms, day(room).confirmed_ms) == (EIGHT_MS, 0)


def test_another_device_shows_the_face_again(room: Classroom, clock: HandClock) -> None:
    learning(room, clock)
    opened(room, clock, device="手机 · 微信")
    shown(room, clock)
    assert Check.objects.get(outcome="").trigger == "device"


def test_the_same_device_goes_on_without(room: Classroom, clock: HandClock) -> None:
    learning(room, clock)
    opened(room, clock)
    assert show_check(room.viewer, clock=clock, chance=lambda: LATE) is None


def test_a_pass_that_the_page_never_heard_of_counts(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    begun(room, clock, shown(room, clock))
    came_to(room.learner, AttemptOutcome.PASSED, clock.now())
    expired(session, clock)
    session.refresh_from_db()
    assert (Check.objects.latest("asked_at").outcome, session.end_reason) == ("passed", "silent")
    assert day(room).confirmed_ms == EIGHT_MS


def test_nobody_who_shows_nothing_is_taken_for_somebody_else(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    shown(room, clock)
    expired(session, clock)
    session.refresh_from_db()
    assert (Check.objects.latest("asked_at").outcome, session.end_reason) == ("missed", "missed_check")


def test_whoever_stops_after_a_virtual_camera_has_failed(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    until_due(session, clock)
    tried(room, clock, AttemptOutcome.BLOCKED)
    expired(session, clock)
    session.refresh_from_db()
    assert (Check.objects.latest("asked_at").outcome, session.end_reason) == ("failed", "failed_face")


def test_an_attempt_that_broke_before_anything_was_shown_costs_nothing(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    check = shown(room, clock)
    for _ in range(4):
        assert begun(room, clock, check).attempts_left == 2
        came_to(room.learner, AttemptOutcome.BROKEN, clock.now(), was_challenged=False)


def test_an_attempt_that_was_left_after_something_was_shown_counts(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    check = shown(room, clock)
    for left in (2, 1, 0):
        assert begun(room, clock, check).attempts_left == left
        FaceAttempt.objects.filter(outcome="").update(was_challenged=True)
    assert refusal_of(lambda: begun(room, clock, check)) is NoAttemptsLeft


def test_a_check_can_be_put_off_twice_in_a_row_and_takes_nothing(room: Classroom, clock: HandClock) -> None:
    session = learning(room, clock)
    for _ in range(2):
        until_due(session, clock)
        check = shown(room, clock)
        found = put_off_face(room.viewer, check, Why.DENIED, clock=clock, chance=lambda: 0.0)
        assert isinstance(found, Passed)
    assert (day(room).credited_ms, day(room).confirmed_ms) == (2 * EIGHT_MS, 0)
    until_due(session, clock)
    check = shown(room, clock)
    late = lambda: put_off_face(room.viewer, check, Why.DENIED, clock=clock, chance=lambda: 0.0)  # noqa: E731
    assert refusal_of(late) is MustBeConfirmed
    assert not recompute(room.training_class.pk).differences


def test_whoever_has_shown_their_face_cannot_put_the_check_off(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    tried(room, clock, AttemptOutcome.BLOCKED)
    check = shown(room, clock)
    late = lambda: put_off_face(room.viewer, check, Why.NO_CAMERA, clock=clock, chance=soon())  # noqa: E731
    assert refusal_of(late) is MustBeConfirmed


def test_a_face_check_hears_no_answer_to_a_question(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    check = Check.objects.get(pk=shown(room, clock))
    answer = CheckAnswer(check.pk.hex, check.nonce, 0, None)
    assert isinstance(answer_check(room.viewer, answer, clock=clock, chance=lambda: 0.0), NoSuchCheck)


def test_where_faces_are_checked_a_way_is_chosen_first(room: Classroom, clock: HandClock) -> None:
    chooses_staff(room.learner, clock.now())
    assert opened(room, clock).closed_at is None


def test_nobody_learns_there_without_a_way(db: None, clock: HandClock) -> None:
    other = classroom(clock.now())
    set_rule(other, clock.now() - timedelta(days=1), face_checks=1)
    assert refusal_of(lambda: opened(other, clock)) is NoWayChosen


def test_whoever_chose_staff_is_asked_for_attention_where_a_face_is_due(room: Classroom, clock: HandClock) -> None:
    chooses_staff(room.learner, clock.now())
    opened(room, clock)
    found = show_check(room.viewer, clock=clock, chance=lambda: 0.0)
    assert found is not None
    assert (found.kind, Check.objects.get().trigger) == ("confirm", "first_of_day")


def test_another_persons_check_is_none(room: Classroom, clock: HandClock) -> None:
    opened(room, clock)
    shown(room, clock)
    assert refusal_of(lambda: begun(room, clock, "0" * 32)) is NoOpenFaceCheck
