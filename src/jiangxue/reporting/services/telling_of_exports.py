"""Telling people about exports, in the transaction of what happened: who asked that the file is there or will not be, others that a release is asked for."""

from datetime import datetime

from jiangxue.kernel.viewer import Role
from jiangxue.notices.services import clear, tell
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exports import releasers_of

_ASKED = ("export.asked", "export.asked_supervisor")


def tell_of_request(export: Export, at: datetime) -> None:
    """Tell those who may release it that somebody asks for unmasked data."""
    kind = "export.asked_supervisor" if export.role == Role.SUPERVISOR else "export.asked"
    tell(releasers_of(export), kind=kind, about=("export", export.pk), params=_named(export), at=at)


def tell_of_decision(export: Export, at: datetime) -> None:
    """Let those who could have decided wait no longer; tell who asked only where it was refused, for else the file will come."""
    clear(_ASKED, about=("export", export.pk), at=at)
    if export.state == Export.State.REFUSED:
        tell_of_end(export, at)


def tell_of_end(export: Export, at: datetime) -> None:
    """Tell who asked that the file is there, or that there will be none."""
    is_ready = export.state == Export.State.READY
    match Role(export.role):
        case Role.SUPERVISOR:
            kind = "export.ready_supervisor" if is_ready else "export.failed_supervisor"
        case Role.AUDIT_ADMINISTRATOR:
            kind = "export.ready_auditor" if is_ready else "export.failed_auditor"
        case _:
            kind = "export.ready" if is_ready else "export.failed"
    tell([export.account_id], kind=kind, about=("export", export.pk), params=_named(export), at=at)


def _named(export: Export) -> dict[str, str | int]:
    return {"list_title": export.title}
