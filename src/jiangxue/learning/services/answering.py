"""Showing an open check and hearing its answer. Clause T2.6.

The check belongs to the learner: whichever of their pages asks sees the same prompt, with the time that is left.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.courseware.queries.teaching import questions_asked
from jiangxue.courseware.rules.content import Purpose
from jiangxue.facecheck.queries.attempts import used_attempts
from jiangxue.facecheck.queries.ways import Way, way_of
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock, from_ms, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, Lease
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome, answer_by_ms, face_answer_by_ms, kind_for
from jiangxue.learning.rules.facing import Trigger, is_long
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.clearing import NotPassed, Passed, not_passed, pass_check, passed
from jiangxue.learning.services.ending import due_closing_of, end, end_if_due
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.prompts import FacePrompt, Prompt, Question, prompt_for
from jiangxue.learning.services.settling import CHECK_COLUMNS, open_check, rules_of, settle
from jiangxue.policies.rules.time_policy import TimePolicy

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shown:
    """An open check as a page shows it; milliseconds, hexadecimal strings."""

    check: str
    nonce: str
    kind: str
    text: str
    options: list[str]
    left_ms: int
    of_ms: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What a page answers; everything in it is its word."""

    check: str
    nonce: str
    choice: int
    claimed_reaction_ms: int | None


@dataclass(frozen=True, slots=True)
class Again:
    """A wrong press: the next prompt, in the same time."""

    prompt: Shown


@dataclass(frozen=True, slots=True)
class NoSuchCheck:
    """The answer is not one to the learner's open check: somebody else's, an old one, one to a prompt that was replaced, or no option of it."""


type Answered = Passed | Again | NotPassed | NoSuchCheck


def is_check_open(viewer: Viewer, now: datetime) -> bool:
    """Say whether the viewer has a check to answer."""
    return Lease.objects.filter(pk=viewer.account_id, answer_by_ms__gt=to_ms(now)).exists()


@transaction.atomic
def show_check(viewer: Viewer, *, clock: Clock, chance: Chance) -> Shown | None:
    """Return the viewer's open check, None if there is none; the first showing starts its time."""
    lease, now = locked_lease(viewer.account_id, clock)
    end_if_due(lease, now)
    check = open_check(lease)
    if check is None:
        return None
    policy = rules_of(check)
    if check.shown_at is None:
        _begin(lease, check, policy, now, chance)
    return _shown(check, policy, now)


def _begin(lease: Lease, check: Check, policy: TimePolicy, now: datetime, chance: Chance) -> None:
    questions = _questions(check)
    check.shown_at = now
    if check.trigger and way_of(check.learner_id) is not Way.SUPERVISED:
        check.kind = CheckKind.FACE
        lease.answer_by_ms = face_answer_by_ms(to_ms(check.asked_at), policy)
        prompt: Prompt | FacePrompt = FacePrompt(is_long=is_long(policy, Trigger(check.trigger), chance()))
    else:
        check.kind = kind_for(policy, chance(), has_questions=bool(questions))
        lease.answer_by_ms = answer_by_ms(to_ms(check.asked_at), to_ms(now), policy)
        prompt = prompt_for(CheckKind(check.kind), questions, chance)
    check.expires_at = from_ms(lease.answer_by_ms)
    _put_prompt(check, prompt, now)
    if lease.session is not None:
        lease.close_due_ms, _ = due_closing_of(lease, lease.session)
    lease.save(update_fields=("answer_by_ms", "close_due_ms"))


def _questions(check: Check) -> list[Question]:
    """Return the questions about the lesson in which the check was asked, as the class's version has them."""
    version_id = check.session.enrolment.training_class.version_id
    kept = questions_asked(version_id, check.session.lesson_id, Purpose.CHECK_IN)
    return [Question(each.pk, each.text, each.options, each.right_index) for each in kept]


def _put_prompt(check: Check, prompt: Prompt | FacePrompt, now: datetime) -> None:
    check.prompt, check.nonce, check.prompted_at = prompt.to_values(), ids.new_nonce(), now
    check.save()


def attempts_left(check: Check, policy: TimePolicy) -> int:
    """Return how often somebody may still show their face for an open check."""
    return max(0, policy.face_attempts - len(used_attempts(check.pk)))


def _shown(check: Check, policy: TimePolicy, now: datetime) -> Shown:
    is_face = check.kind == CheckKind.FACE
    return Shown(
        check=check.pk.hex,
        nonce=check.nonce,
        kind=check.kind,
        text=check.prompt["text"],
        options=check.prompt["options"],
        left_ms=max(0, to_ms(check.expires_at) - to_ms(now)),
        of_ms=policy.face_expiry_ms if is_face else policy.check_answer_ms,
        attempts_left=attempts_left(check, policy) if is_face else policy.check_attempts - check.wrong_presses,
    )


@transaction.atomic
def answer_check(viewer: Viewer, answer: CheckAnswer, *, clock: Clock, chance: Chance) -> Answered:
    """Hear an answer; one that was heard already is told again what came of it."""
    lease, now = locked_lease(viewer.account_id, clock)
    end_if_due(lease, now)
    check = open_check(lease)
    if check is None or (check.pk.hex, check.nonce) != (answer.check, answer.nonce) or not check.nonce:
        return _heard_before(lease, answer)
    if answer.choice >= len(check.prompt["options"]):
        return NoSuchCheck()
    check.reaction_ms = max(0, to_ms(now) - to_ms(check.prompted_at or now))
    check.claimed_reaction_ms = answer.claimed_reaction_ms
    is_right = answer.choice == check.prompt["right"]
    if check.kind == CheckKind.COURSE_QUESTION:
        check.was_right = is_right
    elif not is_right:
        return _wrong(lease, check, now, chance)
    pass_check(lease, check, now, chance)
    return passed(lease, check)


def _heard_before(lease: Lease, answer: CheckAnswer) -> Answered:
    check = Check.objects.filter(pk=answer.check, learner=lease.learner_id).exclude(outcome="").first()
    if check is None or check.nonce != answer.nonce:
        return NoSuchCheck()
    if check.outcome == CheckOutcome.PASSED:
        return passed(lease, check)
    return not_passed(check)


def settled_check(viewer: Viewer, check_id: str) -> NotPassed | None:
    """Return what became of one of the viewer's checks that ended without being passed, None for any other."""
    if not _ID.fullmatch(check_id):
        return None
    check = Check.objects.filter(pk=check_id, learner=viewer.account_id).exclude(outcome__in=("", "passed")).first()
    return not_passed(check) if check else None


def _wrong(lease: Lease, check: Check, now: datetime, chance: Chance) -> Answered:
    """Let the learner try again, or take it for a miss: whoever presses at random must not get through."""
    policy = rules_of(check)
    check.wrong_presses += 1
    if check.wrong_presses < policy.check_attempts:
        _put_prompt(check, prompt_for(CheckKind(check.kind), (), chance), now)
        return Again(_shown(check, policy, now))
    if lease.session is not None:
        end(lease, lease.session, EndReason.MISSED_CHECK, now)
    settle(lease, check, CheckOutcome.MISSED, now)
    lease.save(update_fields=CHECK_COLUMNS)
    return not_passed(check)
