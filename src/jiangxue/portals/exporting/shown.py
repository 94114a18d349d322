"""The list of one's own exports, and one of them; both refresh themselves while a file is made."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.djangokit.pages import with_lines
from jiangxue.portals.exporting.forms import StateFilter
from jiangxue.portals.exporting.lines import export_line
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import NoSuchExport, ReportingRefusal
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Wanted, opened
from jiangxue.reporting.queries.exports import may_release, own_export, own_exports, waiting_for

A_PAGE = 20
EVERY_MS = 3_000


def exports(request: SignedRequest) -> HttpResponse:
    """List the viewer's own exports."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        **_list(request),
        "board_url": url_of(request, "exports_board") + query,
        "every_ms": EVERY_MS,
        "requests_url": url_of(request, "export_requests") if may_release(request.viewer) else "",
        "requests_waiting": waiting_for(request.viewer),
    }
    return render(request, "exporting/exports.html", context)


def exports_board(request: SignedRequest) -> HttpResponse:
    """Show the list alone, as the page fetches it anew."""
    return render(request, "exporting/list.html", _list(request))


def export(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Show one export: what it holds, how far it is, and the way to the file."""
    return shown(request, found(request, export_id))


def export_state(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Show alone how far one is."""
    return render(request, "exporting/state.html", {"export": export_line(request, found(request, export_id))})


def found(request: SignedRequest, export_id: UUID) -> Export:
    """Return one of the viewer's own exports, or answer 404."""
    try:
        return own_export(request.viewer, export_id)
    except NoSuchExport:
        raise Http404 from None


def shown(request: SignedRequest, kept: Export, *, status: int = 200) -> HttpResponse:
    """Answer with the page of one export."""
    context = {
        "export": export_line(request, kept),
        "said": conditions_of(request, kept),
        "exports_url": url_of(request, "exports"),
        "board_url": url_of(request, "export_state", kept.pk),
        "every_ms": EVERY_MS,
    }
    return render(request, "exporting/export.html", context, status=status)


def conditions_of(request: SignedRequest, kept: Export) -> list[tuple[str, str]]:
    """Return the filter of an export in words, as far as the viewer may still ask for it."""
    wanted = Wanted(kept.sheet, kept.filter)
    try:
        return list(opened(request.viewer, wanted, now=request.now).said)
    except ReportingRefusal:
        return [(_("Conditions"), _("no longer within reach"))]


def _list(request: SignedRequest) -> dict[str, object]:
    form = StateFilter(request.GET)
    kept = own_exports(request.viewer)
    if form.wanted:
        kept = kept.filter(state=form.wanted)
    page = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    return {"exports": with_lines(page, [export_line(request, each) for each in page.object_list]), "filter_form": form}
