"""Asking for a table as a file, and releasing what is asked for unmasked. The work itself is the job `make_export`. Clauses T7, M2, M3."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from jiangxue.reporting.errors import (
    CannotBeTriedAgain,
    NotTheirsToExport,
    NotToRelease,
    OwnExport,
    TooManyExports,
    TooManyRows,
)
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Wanted, opened
from jiangxue.reporting.queries.exports import own_export, request_of_colleague
from jiangxue.reporting.rules.exports import MOST_ON_THE_WAY, MOST_ROWS, Fault, Format, may_have_unmasked
from jiangxue.reporting.services.telling_of_exports import tell_of_decision, tell_of_request

EXPORT_QUEUE = "exports"
"""The queue of the worker that makes files: large ones take minutes, and nothing else waits for them."""
MAKE = "reporting:make_export"


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """What somebody asks for; what is not masked needs a reason and the release by another person."""

    wanted: Wanted
    format: Format
    reason: str = ""


def ask_for_export(*, viewer: Viewer, draft: ExportDraft, by: Actor, now: datetime) -> Export:
    """Put a table into the queue of those who make files, or before the second person who must release it.

    Raises `NoSuchSheet`, `NotTheirsToQuery` or `FilterRefused` as the table does, `NotTheirsToExport` (recorded), `ReasonMissing`,
    `TooManyRows` or `TooManyExports`.
    """
    wanted = draft.wanted
    if not wanted.is_masked and not may_have_unmasked(viewer.role):
        audit.record("export.refused", by=by, at=now, about=("sheet", wanted.sheet), result=REFUSED)
        raise NotTheirsToExport
    reason = "" if wanted.is_masked else fit_reason(draft.reason)
    with transaction.atomic():
        return _asked(viewer, draft, reason, by, now)


def _asked(viewer: Viewer, draft: ExportDraft, reason: str, by: Actor, now: datetime) -> Export:
    wanted = draft.wanted
    shown = opened(viewer, wanted, now=now)
    rows = shown.table.count()
    if rows > MOST_ROWS:
        raise TooManyRows(rows)
    _require_room(viewer)
    export = Export.objects.create(
        id=new_id(),
        account_id=viewer.account_id,
        role=viewer.role,
        organisation_id=viewer.organisation_id,
        sheet=wanted.sheet,
        title=str(shown.table.title),
        filter=shown.query,
        format=draft.format,
        masked=wanted.is_masked,
        reason=reason,
        state=Export.State.WAITING if wanted.is_masked else Export.State.ASKED,
        rows_expected=rows,
        asked_at=now,
    )
    audit.record("export.asked", by=by, at=now, about=("export", export.pk), reason=reason)
    if wanted.is_masked:
        ask_worker(export.pk)
    else:
        tell_of_request(export, now)
    return export


@transaction.atomic
def release_export(*, viewer: Viewer, export_id: UUID, by: Actor, now: datetime) -> None:
    """Let unmasked data be exported that another person has asked for; raises `NoSuchExport`, `OwnExport` or `NotToRelease`."""
    export = _to_decide(viewer, export_id)
    export.state, export.released_by_id, export.released_at = Export.State.WAITING, viewer.account_id, now
    export.save(update_fields=["state", "released_by", "released_at"])
    audit.record("export.released", by=by, at=now, about=("export", export.pk))
    tell_of_decision(export, now)
    ask_worker(export.pk)


@transaction.atomic
def refuse_export(*, viewer: Viewer, export_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Say why unmasked data are not exported; raises what `release_export` raises, or `ReasonMissing`."""
    why = fit_reason(reason)
    export = _to_decide(viewer, export_id)
    export.state, export.fault, export.refusal = Export.State.REFUSED, Fault.REFUSED, why
    export.finished_at = now
    export.save(update_fields=["state", "fault", "refusal", "finished_at"])
    audit.record("export.refused", by=by, at=now, about=("export", export.pk), result=REFUSED, reason=why)
    tell_of_decision(export, now)


@transaction.atomic
def try_export_again(*, viewer: Viewer, export_id: UUID, by: Actor, now: datetime) -> None:
    """Let a file be made anew that failed through no fault of who asked; raises `NoSuchExport` or `CannotBeTriedAgain`."""
    export = Export.objects.select_for_update().get(pk=own_export(viewer, export_id).pk)
    if not export.can_be_tried_again:
        raise CannotBeTriedAgain
    _require_room(viewer)
    export.state, export.fault, export.finished_at, export.rows_done = Export.State.WAITING, "", None, 0
    export.save(update_fields=["state", "fault", "finished_at", "rows_done"])
    audit.record("export.asked", by=by, at=now, about=("export", export.pk), reason=export.reason)
    ask_worker(export.pk)


def ask_worker(export_id: UUID) -> None:
    """Put an export into the queue."""
    app.configure_task(MAKE, queue=EXPORT_QUEUE).defer(export_id=str(export_id))


def _require_room(viewer: Viewer) -> None:
    """Refuse more at once than one person may have on the way; two windows of theirs are counted one after the other."""
    lock_until_commit(hashlib.sha256(f"exports/{viewer.account_id}".encode()).digest())
    on_the_way = Export.objects.filter(account_id=viewer.account_id, finished_at=None).count()
    if on_the_way >= MOST_ON_THE_WAY:
        raise TooManyExports


def _to_decide(viewer: Viewer, export_id: UUID) -> Export:
    if Export.objects.filter(pk=export_id, account_id=viewer.account_id).exists():
        raise OwnExport
    found = request_of_colleague(viewer, export_id)
    export = Export.objects.select_for_update().get(pk=found.pk)
    if export.state != Export.State.ASKED:
        raise NotToRelease
    return export
