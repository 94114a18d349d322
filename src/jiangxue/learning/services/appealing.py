"""Opening an appeal. Clauses T1.3, M6."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, learning_day, to_ms
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import AlreadyAppealed, StillLearning, TooManyAppeals
from jiangxue.learning.models import Appeal, AppealPicture
from jiangxue.learning.queries.appeals import appeal_over, waiting_of
from jiangxue.learning.queries.stretches import stretch_of_learner
from jiangxue.learning.rules.appeals import MOST_OPEN, due_on, require_appealable
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.telling import tell_of_appeal
from jiangxue.ledger import services as ledger


@dataclass(frozen=True, slots=True)
class AppealDraft:
    """What a learner disputes and says; `picture` is what `written_anew` returned, or None."""

    day: date
    session_id: UUID
    start_ms: int
    text: str
    picture: bytes | None


@transaction.atomic
def open_appeal(viewer: Viewer, draft: AppealDraft, *, clock: Clock) -> Appeal:
    """Open an appeal of the viewer's own stretch, or raise why not: `NoSuchStretch`, `NotAppealable`, `StillLearning`, `AlreadyAppealed`, `TooManyAppeals`."""
    _lease, now = locked_lease(viewer.account_id, clock)
    found = stretch_of_learner(viewer, draft.day, draft.session_id, draft.start_ms)
    before = appeal_over(found.session, found.stretch.start_ms, found.stretch.end_ms)
    if before is not None:
        raise AlreadyAppealed(before.pk)
    reason = require_appealable(found.stretch)
    if found.session.closed_at is None:
        raise StillLearning
    if waiting_of(viewer) >= MOST_OPEN:
        raise TooManyAppeals
    appeal = Appeal.objects.create(
        id=ids.new_id(),
        learner_id=viewer.account_id,
        session=found.session,
        day=draft.day,
        start_ms=found.stretch.start_ms,
        end_ms=found.stretch.end_ms,
        reason=reason.value,
        text=draft.text,
        opened_at=now,
        due_on=due_on(learning_day(now)),
    )
    digest = _keep_picture(appeal, draft.picture)
    ledger.append(found.session.enrolment.aid, "appeal.opened", _facts(appeal, digest), at=now)
    tell_of_appeal(appeal, now)
    return appeal


def _keep_picture(appeal: Appeal, picture: bytes | None) -> str | None:
    if picture is None:
        return None
    digest = hashlib.sha256(picture).hexdigest()
    row = AppealPicture(appeal=appeal, digest=digest)
    seal_bytes_for(row, "sealed", picture)
    row.save(force_insert=True)
    return digest


def _facts(appeal: Appeal, digest: str | None) -> dict[str, Value]:
    return {
        "appeal": appeal.pk.hex,
        "session": appeal.session_id.hex,
        "day": appeal.day.isoformat(),
        "start_ms": appeal.start_ms,
        "end_ms": appeal.end_ms,
        "reason": appeal.reason,
        "text": appeal.text,
        "picture": digest,
        "opened_at_ms": to_ms(appeal.opened_at),
        "due_on": appeal.due_on.isoformat(),
    }
