"""Exports as their pages show them."""

from django.template.defaultfilters import filesizeformat

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.exporting.words import FAULTS, STATES
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exports import releasers_of
from jiangxue.ui.masking import masked_name

_LOOKS = {"ready": "ok", "failed": "warn", "refused": "warn"}
_MICRO_MESSENGER = "MicroMessenger"


def export_line(request: SignedRequest, export: Export) -> dict[str, object]:
    """Return what lists and pages say of one's own export."""
    said = FAULTS[export.fault] if export.fault else None
    return {
        "title": export.title,
        "url": url_of(request, "export", export.pk),
        "format": export.format.upper(),
        "masked": export.masked,
        "reason": export.reason,
        "state": state_of(request, export),
        "state_label": STATES[state_of(request, export)],
        "look": _LOOKS.get(state_of(request, export), ""),
        "waits_for_nobody": export.state == Export.State.ASKED and not releasers_of(export),
        "is_on_the_way": export.is_on_the_way,
        "percent": percent_of(export),
        "rows": export.rows_done if export.sha256 else export.rows_expected,
        "rows_done": export.rows_done,
        "asked_at": export.asked_at,
        "expires_at": export.expires_at,
        "released_by": masked_name(export.released_by.name) if export.released_by else "",
        "refusal": export.refusal,
        "sentence": said.sentence if said else "",
        "advice": said.advice if said else "",
        "name": export.name,
        "size": filesizeformat(export.bytes),
        "sha256": export.sha256,
        "rows_sha256": export.rows_sha256,
        "file_url": url_of(request, "export_file", export.pk),
        "again_url": url_of(request, "retry_export", export.pk) if export.can_be_tried_again else "",
        "page_url": request.build_absolute_uri(url_of(request, "export", export.pk)),
        "cannot_be_kept_here": cannot_keep_files(request),
    }


def request_line(request: SignedRequest, export: Export) -> dict[str, object]:
    """Return what the second person sees of another's request."""
    return {
        "title": export.title,
        "url": url_of(request, "export_request", export.pk),
        "who": masked_name(export.account.name),
        "role": export.role,
        "format": export.format.upper(),
        "reason": export.reason,
        "rows": export.rows_expected,
        "asked_at": export.asked_at,
        "state_label": STATES[export.state],
        "is_to_decide": export.state == Export.State.ASKED,
        "refusal": export.refusal,
        "released_by": masked_name(export.released_by.name) if export.released_by else "",
    }


def state_of(request: SignedRequest, export: Export) -> str:
    """Return the state of an export; one over its time is expired even if the worker has not come by yet."""
    is_over = export.expires_at is not None and export.expires_at <= request.now
    return Export.State.EXPIRED.value if is_over else str(export.state)


def percent_of(export: Export) -> int:
    """Return how far the reading has come; the last hundredth is the locking and storing."""
    if export.state != Export.State.WORKING:
        return 100 if export.sha256 else 0
    return min(99, export.rows_done * 100 // max(1, export.rows_expected))


def cannot_keep_files(request: SignedRequest) -> bool:
    """Say whether the page is looked at in WeChat, whose own browser keeps no files."""
    return _MICRO_MESSENGER in request.headers.get("User-Agent", "")
