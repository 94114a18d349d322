"""Deciding about a face check that the machine left to people. Clauses T3.1, T3.2, T1.3.

One person is enough to say that it was the learner. That it was not costs hours: another person must approve it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotLooked, NotTheTurn, NotYours
from jiangxue.learning.models import FaceReviewStep, Lease
from jiangxue.learning.queries.face_pictures import has_looked, pictures_for
from jiangxue.learning.queries.face_reviews import FaceCase, face_case_for
from jiangxue.learning.rules.face_reviews import FIRST_WORD, ReviewStep, require_first_word, require_second_word
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.verdicts import VerdictKind
from jiangxue.learning.services.ending import end, end_if_due
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.telling import tell_of_word
from jiangxue.learning.services.verdicts import judge_held
from jiangxue.ledger import services as ledger


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says of a case and why; `after` is how many steps there were when the page was read."""

    after: int
    kind: ReviewStep
    text: str


@transaction.atomic
def say_who(viewer: Viewer, check_id: UUID, word: Word, *, by: Actor, clock: Clock) -> None:
    """Add somebody's word on who it was, and do to time what follows; raises `NoSuchReview`, `NotYours`, `NotTheTurn`, `SamePerson`, `OwnTime` or `NotLooked`."""
    lease, now = locked_lease(face_case_for(viewer, check_id).check.learner_id, clock)
    case = face_case_for(viewer, check_id)
    if len(case.steps) != word.after:
        raise NotTheTurn
    _require(viewer, case, word.kind)
    step = FaceReviewStep(check_made=case.check, ordinal=word.after + 1, kind=word.kind.value, text=word.text)
    step.by_id, step.role, step.at = viewer.account_id, viewer.role.value, max(now, case.settled_at)
    if word.kind not in FIRST_WORD and case.doubt is not None:
        step.doubted_by_id = case.doubt.by_id
    step.ms = _follow(lease, case, word.kind, step.at)
    step.save(force_insert=True)
    _append_evidence(case, step)
    audit.record(f"face.{word.kind.value}", by=by, at=step.at, about=("face_check", case.check.pk))
    tell_of_word(case.check, step, case.settled_at)


def _require(viewer: Viewer, case: FaceCase, kind: ReviewStep) -> None:
    role = Role.HEAD_TEACHER if kind in FIRST_WORD else Role.INSTITUTION_ADMINISTRATOR
    if viewer.role is not role:
        raise NotYours
    learner = case.check.learner_id
    if kind in FIRST_WORD:
        require_first_word(case.state, by=viewer.account_id, learner=learner)
    else:
        doubter = case.doubt.by_id if case.doubt else None
        require_second_word(case.state, by=viewer.account_id, learner=learner, doubter=doubter)
    if kind is not ReviewStep.SENT_BACK and pictures_for(viewer, case) and not has_looked(viewer, case):
        raise NotLooked


@as_program()
def _follow(lease: Lease, case: FaceCase, kind: ReviewStep, at: datetime) -> int | None:
    """Confirm or void the time that the check is about, and return how much that was; None where nothing is decided yet.

    A lesson falls back by what is voided of it, so whoever learns at that moment is signed out first.
    """
    if kind is ReviewStep.CONFIRMED:
        return judge_held(case.check, VerdictKind.CONFIRMED, at)
    if kind is not ReviewStep.APPROVED:
        return None
    if lease.session is not None and not end_if_due(lease, at):
        end(lease, lease.session, EndReason.FAILED_FACE, at)
    return judge_held(case.check, VerdictKind.FAILED_CHECK, at)


def _append_evidence(case: FaceCase, step: FaceReviewStep) -> None:
    facts: dict[str, Value] = {
        "check": case.check.pk.hex,
        "ordinal": step.ordinal,
        "step": step.kind,
        "by": step.by_id,
        "role": step.role,
        "text": step.text,
        "ms": step.ms,
        "doubted_by": step.doubted_by_id,
    }
    ledger.append(case.check.session.enrolment.aid, "face.reviewed", facts, at=step.at)
