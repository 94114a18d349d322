"""Releasing what another person of the same organisation asks for unmasked, or saying why not. Clauses M2, M3."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.djangokit.pages import with_lines
from jiangxue.portals.exporting.confirming import PROOF, is_confirmed
from jiangxue.portals.exporting.forms import RefusalForm, ReleaseForm
from jiangxue.portals.exporting.lines import request_line
from jiangxue.portals.exporting.shown import A_PAGE, conditions_of
from jiangxue.portals.second_factor import code_shown
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import NoSuchExport, NotToRelease, OwnExport
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exports import may_release, request_of_colleague, requests_of_colleagues, waiting_for
from jiangxue.reporting.services.asking_for_exports import refuse_export, release_export


def requests(request: SignedRequest) -> HttpResponse:
    """List what colleagues ask for unmasked, what waits first."""
    if not may_release(request.viewer):
        raise PermissionDenied
    page = Paginator(requests_of_colleagues(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "requests": with_lines(page, [request_line(request, each) for each in page.object_list]),
        "waiting": waiting_for(request.viewer),
        "exports_url": url_of(request, "exports"),
    }
    return render(request, "exporting/requests.html", context)


def show(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Show one request: who, what, how many, why."""
    return _page(request, _found(request, export_id))


@sensitive_post_parameters(PROOF)
def release(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Let it be exported; the second person confirms who they are."""
    kept = _found(request, export_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid() or not is_confirmed(request, form):
        return _page(request, kept, release_form=form, status=400)
    try:
        release_export(viewer=request.viewer, export_id=export_id, by=actor_of(request), now=request.now)
    except (NotToRelease, OwnExport):
        return _decided(request, export_id)
    messages.success(request, _("Released: the file is being made for who asked. Your name stands on it."))
    return redirect(url_of(request, "export_requests"))


def refuse(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Say why it is not exported."""
    kept = _found(request, export_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, refusal_form=form, status=400)
    reason, by = form.cleaned_data["reason"], actor_of(request)
    try:
        refuse_export(viewer=request.viewer, export_id=export_id, reason=reason, by=by, now=request.now)
    except (NotToRelease, OwnExport):
        return _decided(request, export_id)
    messages.success(request, _("Not released. Who asked reads why."))
    return redirect(url_of(request, "export_requests"))


def _found(request: SignedRequest, export_id: UUID) -> Export:
    try:
        return request_of_colleague(request.viewer, export_id)
    except NoSuchExport:
        raise Http404 from None


def _decided(request: SignedRequest, export_id: UUID) -> HttpResponse:
    messages.warning(request, _("This request is decided already, or over. Nothing has been done."))
    return _page(request, _found(request, export_id), status=409)


def _page(
    request: SignedRequest,
    kept: Export,
    *,
    release_form: ReleaseForm | None = None,
    refusal_form: RefusalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "asked": request_line(request, kept),
        "said": conditions_of(request, kept),
        "release_form": release_form or ReleaseForm(),
        **code_shown(request.account.pk, now=request.now),
        "refusal_form": refusal_form or RefusalForm(),
        "release_url": url_of(request, "release_export", kept.pk),
        "refuse_url": url_of(request, "refuse_export", kept.pk),
        "requests_url": url_of(request, "export_requests"),
        "exports_url": url_of(request, "exports"),
    }
    return render(request, "exporting/request.html", context, status=status)
