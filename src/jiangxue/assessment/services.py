"""Beginning an attempt at a lesson's test, keeping its answers, and marking it. Clauses T0, T1.3."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jiangxue.accounts.queries.consents import require_learning
from jiangxue.assessment.errors import ClassIsNotOpen, CourseTakenDown, NoSuchAttempt, NoSuchTest
from jiangxue.assessment.models import Attempt
from jiangxue.assessment.queries.attempts import is_shown, own_attempts
from jiangxue.assessment.queries.lesson_tests import Seat, lesson_test
from jiangxue.assessment.rules.attempts import OPEN_FOR, Outcome, is_over, require_beginnable
from jiangxue.assessment.rules.items import Asked, Item, drawn, unanswered, with_choices
from jiangxue.assessment.rules.marking import marked
from jiangxue.courseware.queries.teaching import questions_asked, questions_kept, taught_lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import enrolment_for, reach_of
from jiangxue.enrolment.queries.promises import require_promise
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.queries.progress import progress_by_lesson
from jiangxue.ledger import services as ledger
from jiangxue.policies.queries import InForce, time_policy_for

LAPSED_AT_ONCE = 200
LAPSED_ROUNDS = 50


@transaction.atomic
def begin_attempt(*, viewer: Viewer, class_id: int, lesson_id: int, clock: Clock, chance: Chance) -> Attempt:
    """Draw an attempt at a lesson's test, or return the one that is open; else raise `NotInClass`, `MayNotLearn`, `PromiseNotSigned` or an `AssessmentRefusal`."""
    require_learning(viewer.account_id)
    enrolment = enrolment_for(viewer, class_id)
    require_promise(enrolment)
    training_class = enrolment.training_class
    lock_until_commit(hashlib.sha256(f"attempt/{enrolment.pk}/{lesson_id}".encode()).digest())
    now = clock.now()
    begun = Attempt.objects.select_for_update(of=("self",)).select_related("enrolment")
    running = begun.filter(enrolment=enrolment, lesson_id=lesson_id, outcome="").first()
    if not training_class.version.is_taught:
        raise CourseTakenDown
    if running is not None and is_shown(running) and not is_over(running.expires_at, now):
        return running
    if running is not None:
        _end_unmarked(running, now)
    if not is_open(training_class.term, now):
        raise ClassIsNotOpen
    in_force = time_policy_for(reach_of(training_class), now)
    seat = Seat(enrolment.pk, training_class.version_id, in_force.policy)
    require_beginnable(lesson_test(seat, lesson_id, now), is_played=_is_played(seat, lesson_id))
    attempt = _drawn(seat, lesson_id, in_force, now, chance)
    ledger.append(enrolment.aid, "test.begun", _beginning(attempt, class_id), at=now)
    return attempt


@transaction.atomic
def keep_choices(*, viewer: Viewer, attempt_id: UUID, choices: Mapping[int, int], clock: Clock) -> Attempt:
    """Keep what was chosen so far, each with the time of its choice; what has ended stays as it is. `NoSuchAttempt`, `UnknownChoice`."""
    attempt = _locked(viewer, attempt_id)
    now = clock.now()
    if attempt.outcome:
        return attempt
    if not is_shown(attempt):
        raise CourseTakenDown
    if is_over(attempt.expires_at, now):
        _end_unmarked(attempt, now)
        return attempt
    attempt.items = with_choices(attempt.items, choices, to_ms(now))
    attempt.save(update_fields=["questions"])
    return attempt


@transaction.atomic
def submit_attempt(*, viewer: Viewer, attempt_id: UUID, choices: Mapping[int, int], clock: Clock) -> Attempt:
    """Keep what was chosen, and mark the attempt if nothing is missing: else its outcome stays empty.

    What was marked is never marked again, and what comes too late is not marked at all: the outcome says so.
    """
    attempt = keep_choices(viewer=viewer, attempt_id=attempt_id, choices=choices, clock=clock)
    if attempt.outcome or unanswered(attempt.items):
        return attempt
    now = min(max(clock.now(), attempt.begun_at), attempt.expires_at)
    right = {ref: kept.right_index for ref, kept in questions_kept([item.ref for item in attempt.items]).items()}
    mark = marked(attempt.items, right, attempt.pass_percent)
    attempt.outcome, attempt.ended_at = Outcome.SUBMITTED, now
    attempt.right_answers, attempt.score, attempt.passed = mark.right, mark.score, mark.is_passed
    attempt.save(update_fields=["outcome", "ended_at", "right_answers", "score", "passed"])
    ledger.append(attempt.enrolment.aid, "test.submitted", _result(attempt, right), at=now)
    return attempt


def end_lapsed(*, clock: Clock) -> int:
    """End attempts whose time is up, and return how many; those that are being submitted just now are left to that."""
    ended = 0
    for _ in range(LAPSED_ROUNDS):
        found = _end_some_lapsed(clock.now())
        ended += found
        if found < LAPSED_AT_ONCE:
            break
    return ended


@transaction.atomic
def _end_some_lapsed(now: datetime) -> int:
    lapsed = Attempt.objects.select_for_update(of=("self",), skip_locked=True).select_related("enrolment")
    found = list(lapsed.filter(outcome="", expires_at__lte=now)[:LAPSED_AT_ONCE])
    for attempt in found:
        _end_unmarked(attempt, now)
    return len(found)


def _is_played(seat: Seat, lesson_id: int) -> bool:
    taught = taught_lesson(seat.version_id, lesson_id)
    if taught is None:
        raise NoSuchTest
    held = progress_by_lesson([seat.enrolment_id]).get((seat.enrolment_id, lesson_id))
    return held is not None and held.is_played(taught.lesson.media.extent, seat.policy)


def _drawn(seat: Seat, lesson_id: int, in_force: InForce, now: datetime, chance: Chance) -> Attempt:
    questions = questions_asked(seat.version_id, lesson_id, Purpose.TEST)
    asked = [Asked(each.pk, len(each.options)) for each in questions]
    attempt = Attempt(
        id=ids.new_id(),
        enrolment_id=seat.enrolment_id,
        lesson_id=lesson_id,
        version_id=seat.version_id,
        begun_at=now,
        expires_at=now + OPEN_FOR,
        pass_percent=in_force.policy.test_pass_percent,
        attempts_a_day=in_force.policy.test_attempts_a_day,
        policy_versions=list(in_force.version_ids),
    )
    attempt.items = drawn(asked, chance)
    attempt.save(force_insert=True)
    return attempt


def _locked(viewer: Viewer, attempt_id: UUID) -> Attempt:
    own = own_attempts(viewer).select_for_update(of=("self",)).select_related("enrolment")
    found = own.filter(pk=attempt_id).first()
    if found is None:
        raise NoSuchAttempt
    return found


def _end_unmarked(attempt: Attempt, now: datetime) -> None:
    """End an attempt whose time is up, or whose course was taken down: it cannot be handed in, and is not the learner's fault."""
    attempt.outcome = Outcome.EXPIRED if is_shown(attempt) else Outcome.WITHDRAWN
    attempt.ended_at = max(attempt.begun_at, min(now, attempt.expires_at))
    attempt.save(update_fields=["outcome", "ended_at"])
    payload: dict[str, Value] = {"attempt": attempt.pk.hex, "items": [_said(item) for item in attempt.items]}
    ledger.append(attempt.enrolment.aid, f"test.{attempt.outcome}", payload, at=attempt.ended_at)


def _beginning(attempt: Attempt, class_id: int) -> dict[str, Value]:
    return {
        "attempt": attempt.pk.hex,
        "class": class_id,
        "lesson": attempt.lesson_id,
        "version": attempt.version_id,
        "expires_at_ms": to_ms(attempt.expires_at),
        "attempts_a_day": attempt.attempts_a_day,
        "pass_percent": attempt.pass_percent,
        "policy_versions": list(attempt.policy_versions),
        "items": [{"question": item.ref, "order": list(item.order)} for item in attempt.items],
    }


def _result(attempt: Attempt, right: Mapping[int, int]) -> dict[str, Value]:
    return {
        "attempt": attempt.pk.hex,
        "lesson": attempt.lesson_id,
        "version": attempt.version_id,
        "begun_at_ms": to_ms(attempt.begun_at),
        "items": [_marked(item, right, is_told=bool(attempt.passed)) for item in attempt.items],
        "right_answers": attempt.right_answers,
        "score": attempt.score,
        "pass_percent": attempt.pass_percent,
        "passed": attempt.passed,
        "policy_versions": list(attempt.policy_versions),
    }


def _marked(item: Item, right: Mapping[int, int], *, is_told: bool) -> dict[str, Value]:
    """Return what was chosen, and what was right once the test is passed: a learner may read the own archive before that."""
    return {**_said(item), "right": right[item.ref]} if is_told else _said(item)


def _said(item: Item) -> dict[str, Value]:
    return {"question": item.ref, "option": item.option, "chosen_at_ms": item.chosen_at_ms}


def erase_attempts(enrolment_id: int) -> int:
    """Remove the attempts of a place whose archive has been erased; the database refuses it for any other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessment_erase(%s)", [enrolment_id])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)
