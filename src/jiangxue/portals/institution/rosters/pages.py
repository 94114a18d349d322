"""The pages of a roster: send a file, look at what it would do, confirm it or give it up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.errors import NoRosterFile, NothingToTakeIn, RosterChanged, StillTakenIn, UnreadableRoster
from jiangxue.enrolment.models import RosterFile
from jiangxue.enrolment.queries import roster_files as rosters
from jiangxue.enrolment.queries.roster_files import Place, Shown
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.files import KEPT, FileState
from jiangxue.enrolment.rules.roster.shapes import MOST_BYTES, MOST_ROWS
from jiangxue.enrolment.services import roster_files as services
from jiangxue.portals.institution.rosters import shown as lines
from jiangxue.portals.institution.rosters.forms import ColumnsForm, SheetForm
from jiangxue.portals.institution.rosters.places import at_a_place, frame, url_at
from jiangxue.portals.institution.rosters.spreadsheets import XLSX, marked_copy, template
from jiangxue.portals.institution.rosters.words import FILE_FAULTS
from jiangxue.ui.masking import masked_name

ROWS_A_PAGE = 50
MISSING_SHOWN = 20
EVERY_MS = 2_000


@at_a_place
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: SignedRequest, place: Place) -> HttpResponse:
    """Take a file and lead to what it would do, or say what is wrong with it (400); show how far the last one is taken in."""
    if request.method != "POST":
        return _send_page(request, place)
    file = request.FILES.get("roster")
    if file is None:
        return _send_page(request, place, fault=_("Choose a file first."), status=400)
    sent = services.SentFile(file.name or "", file.read(MOST_BYTES + 1))
    try:
        services.keep_file(viewer=request.viewer, place=place, sent=sent, by=actor_of(request), now=request.now)
    except StillTakenIn:
        return _send_page(request, place, status=409)
    except UnreadableRoster as refusal:
        fault = str(FILE_FAULTS[FileFault(refusal.fault)])
        return _send_page(request, place, fault=fault, file_name=sent.name, status=400)
    return redirect(url_at(place, "preview"))


def _send_page(request: SignedRequest, place: Place, *, status: int = 200, **said: object) -> HttpResponse:
    file = _file_or_none(request, place)
    context = {
        **frame(place),
        **said,
        "size": rosters.size_of(place),
        "most_rows": MOST_ROWS,
        "may_send": file is None or not services.is_on_its_way(file, request.now),
        "waits": file is not None and file.state == FileState.SHOWN.value,
        **(_standing(file, place) if file is not None and file.state != FileState.SHOWN.value else {}),
    }
    return render(request, "institution/roster/send.html", context, status=status)


@at_a_place
@require_safe
def state(request: SignedRequest, place: Place) -> HttpResponse:
    """Return how far a file is taken in, alone."""
    file = _file_or_none(request, place)
    return render(request, "institution/roster/state.html", _standing(file, place) if file else {})


def _standing(file: RosterFile, place: Place) -> dict[str, object]:
    come = file.outcome
    refused = come.get("refused", [])
    return {
        "taking": {
            "is_done": file.state == FileState.DONE.value,
            "reached": file.reached,
            "rows": come.get("rows", 0),
            "added": come.get("added", 0),
            "changed": come.get("changed", 0),
            "same": come.get("same", 0),
            "left_out": len(come.get("left_out", [])),
            "refused": refused[:MISSING_SHOWN],
            "refused_count": len(refused),
        },
        "board_url": url_at(place, "state"),
        "every_ms": EVERY_MS,
        **frame(place),
    }


@at_a_place
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedRequest, place: Place) -> HttpResponse:
    """Show what a file would do, read it otherwise, take it in, or give it up; 409 where it is not what was shown any more."""
    if request.method != "POST":
        file = _file_or_none(request, place)
        if file is None or file.state != FileState.SHOWN.value:
            return redirect(url_at(place))
        return _preview(request, place, file)
    try:
        return _acted(request, place)
    except NoRosterFile:
        reason = _("This file was taken in, given up, removed or replaced by another one meanwhile.")
        context = {"reason": reason, "again_url": url_at(place)}
        return render(request, "ui/errors/409.html", context, status=409)
    except RosterChanged:
        return _preview(request, place, rosters.file_for(request.viewer, place), is_outdated=True, status=409)
    except NothingToTakeIn:
        messages.info(request, _("Nothing was changed: nobody in this file is to be added or changed."))
        return redirect(url_at(place, "preview"))


def _acted(request: SignedRequest, place: Place) -> HttpResponse:
    by = actor_of(request)
    match request.POST.get("step"):
        case "confirm":
            counted = services.confirm(
                viewer=request.viewer, place=place, mark=request.POST.get("mark", ""), by=by, now=request.now
            )
            is_on_its_way = _file_or_none(request, place) is not None
            messages.success(request, _taken_in(counted, place, is_on_its_way=is_on_its_way))
            return redirect(url_at(place))
        case "give_up":
            services.give_up(viewer=request.viewer, place=place, by=by, now=request.now)
            messages.success(request, _("The file was removed. The roster is as it was."))
            return redirect(url_at(place))
        case step:
            return _chosen(request, place, SheetForm if step == "sheet" else ColumnsForm)


def _chosen(request: SignedRequest, place: Place, form_class: type[SheetForm | ColumnsForm]) -> HttpResponse:
    file = rosters.file_for(request.viewer, place)
    if file.state != FileState.SHOWN.value:
        raise NoRosterFile
    form = form_class(rosters.shown(file, place, now=request.now), request.POST)
    if not form.is_valid():
        wrong = {"columns_form": form} if isinstance(form, ColumnsForm) else {}
        return _preview(request, place, file, status=400, **wrong)
    services.choose_columns(viewer=request.viewer, place=place, choice=form.choice())
    return redirect(url_at(place, "preview"))


def _preview(
    request: SignedRequest, place: Place, file: RosterFile, *, status: int = 200, **said: object
) -> HttpResponse:
    shown = rosters.shown(file, place, now=request.now)
    show = request.GET.get("show", "") or lines.first_look(shown)
    page = Paginator(lines.wanted(shown, show), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(place),
        "file_name": shown.name,
        "counted": services.counted_in(shown.verdict),
        "changes": shown.verdict.changes,
        "mark": shown.verdict.mark,
        "is_understood": shown.choice.is_enough,
        "is_too_long": shown.is_too_long,
        "is_too_full": shown.is_too_full,
        "most_rows": MOST_ROWS,
        "rows": with_lines(page, list(lines.lines(list(page.object_list)))),
        "filters": lines.filters(shown, show),
        "sheet_form": SheetForm(shown) if len(shown.sheets) > 1 else None,
        "columns_form": ColumnsForm(shown),
        "kept_until": file.since + KEPT,
        **_missing(place, shown),
        **said,
    }
    return render(request, "institution/roster/preview.html", context, status=status)


def _missing(place: Place, shown: Shown) -> dict[str, object]:
    missing = shown.verdict.missing if shown.choice.is_enough else ()
    names = [masked_name(name) for name in rosters.names_of_missing(place, missing)[:MISSING_SHOWN]] if missing else []
    return {"missing_count": len(missing), "missing": names}


def _taken_in(counted: services.Counted, place: Place, *, is_on_its_way: bool) -> str:
    if place.training_class is not None:
        people = counted.added + counted.changed
        return ngettext(
            "%(people)d person is being taken into the class.",
            "%(people)d people are being taken into the class.",
            people,
        ) % {"people": people}
    if is_on_its_way:
        people = counted.added + counted.changed
        return ngettext(
            "%(people)d person is being saved on the roster.",
            "%(people)d people are being saved on the roster.",
            people,
        ) % {"people": people}
    said = _("The roster has been saved: %(added)d added, %(changed)d changed, %(same)d as they were.")
    said %= {"added": counted.added, "changed": counted.changed, "same": counted.same}
    if not counted.left_out:
        return said
    return said + ngettext(
        "%(rows)d row was left out, because something in it is to be mended.",
        "%(rows)d rows were left out, because something in them is to be mended.",
        counted.left_out,
    ) % {"rows": counted.left_out}


@at_a_place
@require_safe
def marked(request: SignedRequest, place: Place) -> HttpResponse:
    """Send the copy in which every cell to mend is marked; to who has sent the file, who knows what is in it."""
    file = _file_or_none(request, place)
    if file is None or file.state != FileState.SHOWN.value:
        return redirect(url_at(place))
    services.note_copy(place=place, by=actor_of(request), now=request.now)
    return _spreadsheet(marked_copy(rosters.shown(file, place, now=request.now)), "学员名册（需修改）.xlsx")


@at_a_place
@require_safe
def blank(request: SignedRequest, place: Place) -> HttpResponse:
    """Send the template."""
    return _spreadsheet(template(rosters.regions_by_code()), "学员名册模板.xlsx")


def _spreadsheet(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


def _file_or_none(request: SignedRequest, place: Place) -> RosterFile | None:
    try:
        return rosters.file_for(request.viewer, place)
    except NoRosterFile:
        return None
