"""Asking for a list as a file, and asking once more where it failed. Clauses T7, M2."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.portals.exporting.confirming import PROOF, is_confirmed
from jiangxue.portals.exporting.forms import ExportForm
from jiangxue.portals.exporting.shown import found
from jiangxue.portals.exporting.words import FILTER_FAULTS
from jiangxue.portals.second_factor import code_shown
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import (
    CannotBeTriedAgain,
    FilterRefused,
    NoSuchSheet,
    NotTheirsToExport,
    NotTheirsToQuery,
    TooManyExports,
    TooManyRows,
)
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Opened, Wanted, opened
from jiangxue.reporting.rules.exports import KEPT, MOST_ON_THE_WAY, MOST_ROWS, Format, may_have_unmasked
from jiangxue.reporting.services.asking_for_exports import ExportDraft, ask_for_export, try_export_again
from jiangxue.ui.listing import listed


@sensitive_post_parameters(PROOF)
def ask(request: SignedRequest, sheet: str) -> HttpResponse:
    """Show what would be exported, and take the wish; keeps what was chosen (400), and says that there are too many (409)."""
    try:
        shown = opened(request.viewer, Wanted(sheet, request.GET.urlencode()), now=request.now)
    except NoSuchSheet:
        raise Http404 from None
    except NotTheirsToQuery:
        raise PermissionDenied from None
    except FilterRefused as refusal:
        return _unread(request, refusal)
    if request.method != "POST":
        return _page(request, shown, _form(request))
    form = _form(request, bound=True)
    if not form.is_valid() or not (form.is_masked or is_confirmed(request, form)):
        return _page(request, shown, form, status=400)
    return _asked(request, sheet, shown, form)


def again(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Let a file be made anew that failed through no fault of who asked."""
    found(request, export_id)
    try:
        try_export_again(viewer=request.viewer, export_id=export_id, by=actor_of(request), now=request.now)
    except CannotBeTriedAgain:
        messages.info(request, _("This export is not waiting to be tried again."))
    except TooManyExports:
        messages.warning(request, _too_many())
    return redirect(url_of(request, "export", export_id))


def _asked(request: SignedRequest, sheet: str, shown: Opened, form: ExportForm) -> HttpResponse:
    wanted = Wanted(sheet, shown.query, is_masked=form.is_masked)
    draft = ExportDraft(wanted, Format(form.cleaned_data["format"]), form.said_reason)
    try:
        export = ask_for_export(viewer=request.viewer, draft=draft, by=actor_of(request), now=request.now)
    except TooManyExports:
        form.add_error(None, _too_many())
        return _page(request, shown, form, status=409)
    except TooManyRows as refusal:
        said = _("The list has %(rows)d rows; a file holds at most %(most)d. Narrow the filter and export it in parts.")
        form.add_error(None, said % {"rows": refusal.rows, "most": MOST_ROWS})
        return _page(request, shown, form, status=409)
    except NotTheirsToExport:
        raise PermissionDenied from None
    messages.success(request, _followed(export))
    return redirect(url_of(request, "export", export.pk))


def _followed(export: Export) -> str:
    if export.masked:
        return _("The file is being made. You may leave this page and come back.")
    return _("Asked for.")


def _too_many() -> str:
    said = _("You have %(most)d exports on the way already. Wait until one is ready, then ask again.")
    return said % {"most": MOST_ON_THE_WAY}


def _form(request: SignedRequest, *, bound: bool = False) -> ExportForm:
    return ExportForm(request.POST if bound else None, may_be_whole=may_have_unmasked(request.viewer.role))


def _page(request: SignedRequest, shown: Opened, form: ExportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": shown.table.title,
        "said": shown.said,
        "rows": shown.table.count(),
        "columns": listed(*(column.title for column in shown.table.columns)),
        "form": form,
        **code_shown(request.account.pk, now=request.now),
        "exports_url": url_of(request, "exports"),
        "kept_hours": int(KEPT.total_seconds()) // 3600,
    }
    return render(request, "exporting/ask.html", context, status=status)


def _unread(request: SignedRequest, refusal: FilterRefused) -> HttpResponse:
    """Say which conditions of the address cannot be read or are not theirs: nothing is exported instead of something else."""
    lines = [(each.name, each.value, FILTER_FAULTS.get(each.fault, _("cannot be read"))) for each in refusal.faults]
    context = {"faults": lines, "exports_url": url_of(request, "exports")}
    return render(request, "exporting/unread.html", context, status=400)
