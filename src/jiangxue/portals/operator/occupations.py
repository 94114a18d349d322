"""The table of occupations: looked through, downloaded, and imported after a look at what changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.occupations import services
from jiangxue.occupations.errors import NoDraft, TableChanged, UnfitTable
from jiangxue.occupations.queries import changes_by, draft_for, last_table, occupations
from jiangxue.occupations.rules.table import HEADER, MOST_BYTES, read_table, write_table
from jiangxue.portals.operator.forms import OccupationFilter
from jiangxue.portals.operator.occupation_changes import change_lines, line_of
from jiangxue.portals.operator.table_faults import fault_lines

OCCUPATIONS_A_PAGE = 50
DISCARD = "discard"


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def occupation_list(request: SignedRequest) -> HttpResponse:
    """List the occupations in use, and where they came from."""
    form = OccupationFilter(request.GET)
    found = occupations(form.wanted, with_retired=form.with_retired)
    page = Paginator(found, OCCUPATIONS_A_PAGE).get_page(request.GET.get("page"))
    lines = [{**line_of(each.row), "retired_at": each.retired_at} for each in page.object_list]
    context = {"occupations": with_lines(page, lines), "filter_form": form, "table": last_table(), **_addresses()}
    return render(request, "operator/occupations.html", context)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def download(request: SignedRequest) -> HttpResponse:
    """Send the occupations in use as a file that can be imported again."""
    text = write_table(each.row for each in occupations())
    headers = {"Content-Disposition": 'attachment; filename="occupations.csv"'}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: SignedRequest) -> HttpResponse:
    """Take a file and lead to what it changes, or say what is wrong in which line (400); nothing is saved of an unfit one."""
    if request.method != "POST":
        return _import_form(request)
    file = request.FILES.get("table")
    if file is None:
        return _import_form(request, fault=_("Choose a file first."), status=400)
    try:
        services.draft_table(
            viewer=request.viewer,
            content=file.read(MOST_BYTES + 1),
            name=file.name or "",
            by=actor_of(request),
            now=request.now,
        )
    except UnfitTable as refusal:
        return _import_form(request, name=file.name, faults=fault_lines(refusal.faults), status=400)
    return redirect("operator:occupation_changes")


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: SignedRequest) -> HttpResponse:
    """Show what the file changes; import it or give it up. Says (409) that the table has changed since, and shows the changes anew."""
    if request.method != "POST":
        return _changes(request)
    draft_id, based_on = (_whole(request.POST.get(name)) for name in ("draft", "based_on"))
    try:
        if request.POST.get("step") == DISCARD:
            services.discard_draft(viewer=request.viewer, draft_id=draft_id, by=actor_of(request), now=request.now)
            messages.success(request, _("The file was discarded. The table is as it was."))
        else:
            imported = services.import_draft(
                viewer=request.viewer, draft_id=draft_id, based_on=based_on, by=actor_of(request), now=request.now
            )
            messages.success(request, _imported_said(imported))
    except NoDraft:
        return _no_draft(request)
    except TableChanged:
        return _changes(request, is_outdated=True, status=409)
    return redirect("operator:occupations")


def _changes(request: SignedRequest, *, is_outdated: bool = False, status: int = 200) -> HttpResponse:
    try:
        draft = draft_for(request.viewer)
    except NoDraft:
        return redirect("operator:import_occupations") if request.method != "POST" else _no_draft(request)
    last = last_table()
    context = {
        "draft": draft,
        "based_on": last.pk if last else 0,
        "is_outdated": is_outdated,
        **change_lines(changes_by(read_table(bytes(draft.content)))),
        **_addresses(),
    }
    return render(request, "operator/occupation_changes.html", context, status=status)


def _import_form(request: SignedRequest, *, status: int = 200, **said: object) -> HttpResponse:
    context = {**said, "header": ",".join(HEADER), **_addresses()}
    return render(request, "operator/occupation_import.html", context, status=status)


def _no_draft(request: SignedRequest) -> HttpResponse:
    reason = _("This file was imported, discarded or replaced by another one meanwhile.")
    context = {"reason": reason, "again_url": reverse("operator:import_occupations")}
    return render(request, "ui/errors/409.html", context, status=409)


def _imported_said(imported: services.Imported) -> str:
    return _("The table has been imported: %(added)d added, %(changed)d changed, %(retired)d retired.") % {
        "added": imported.added,
        "changed": imported.changed,
        "retired": imported.retired,
    }


def _addresses() -> dict[str, str]:
    return {
        "occupations_url": reverse("operator:occupations"),
        "import_url": reverse("operator:import_occupations"),
        "download_url": reverse("operator:download_occupations"),
    }


def _whole(text: str | None) -> int:
    """Return a number that the page itself had written; what is none names no draft."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
