"""The files of a course (课件): sent by its editors, seen by all staff of the institution. Clauses T1.1, T1.4."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.errors import (
    NotFailed,
    NotReady,
    NotUnfinished,
    OutlineFull,
    OutOfReach,
    PlacedAlready,
    UnderReview,
)
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.services.placing import place_lesson
from jiangxue.courseware.services.trying_again import try_again
from jiangxue.courseware.services.uploading import give_up
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.frame import access_to, frame
from jiangxue.portals.institution.file_forms import PlacingForm
from jiangxue.portals.institution.file_lines import file_line, lesson_in_outline, limits
from jiangxue.portals.institution.file_news import tell_news
from jiangxue.portals.reports.shown import report_context
from jiangxue.ui.forms import SearchForm

FILES_A_PAGE = 20
UNDER_REVIEW = gettext_lazy("Not saved: the course is being reviewed. Take it back from review, then try again.")
REFRESHED_EVERY_MS = 3_000


@for_roles(*INSTITUTION_ROLES)
@require_safe
def files(request: SignedRequest, course_id: int) -> HttpResponse:
    """List the files of a course, and let its editors send more; 404 for a course of others."""
    course = _course(request, course_id)
    tell_news(request)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        **_list(request, course),
        **_way_back(course),
        **limits(),
        "may_edit": courseware.may_edit(request.viewer),
        "uploads_url": reverse("institution:uploads", args=(course.pk,)),
        "list_url": reverse("institution:file_list", args=(course.pk,)) + query,
        "every_ms": REFRESHED_EVERY_MS,
    }
    return render(request, "institution/files.html", context)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def file_list(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show the list alone, as the page fetches it anew while work goes on."""
    return render(request, "institution/file_list.html", _list(request, _course(request, course_id)))


@for_roles(*INSTITUTION_ROLES)
@require_safe
def file(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Show one file: where it stands, why it is refused, and to editors the form that makes a lesson of it."""
    upload = upload_of(request, upload_id)
    tell_news(request)
    return _shown(request, upload, _form(request, upload))


@for_roles(*INSTITUTION_ROLES)
@require_safe
def file_state(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Show alone where one file stands."""
    line = file_line(upload_of(request, upload_id), may_edit=courseware.may_edit(request.viewer))
    return render(request, "institution/file_state.html", {"file": line})


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def place(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Make a lesson of a ready file; keeps what was typed (400), and says that it cannot be done any more (409)."""
    upload = upload_of(request, upload_id)
    if request.method == "GET":  # a new sign-in leads here
        return redirect("institution:file", upload_id)
    form = PlacingForm(upload, courseware.modules_of(request.viewer, upload.course_id), request.POST)
    if not form.is_valid():
        return _shown(request, upload, form, status=400)
    try:
        placed = place_lesson(
            viewer=request.viewer, upload_id=upload_id, placement=form.placement, by=actor_of(request), now=request.now
        )
    except UnderReview:
        messages.warning(request, UNDER_REVIEW)
        return _shown(request, upload_of(request, upload_id), form, status=409)
    except (NotReady, PlacedAlready, OutOfReach, OutlineFull):
        messages.warning(request, _("The outline or this file has changed meanwhile. Please look and choose again."))
        return _shown(request, upload_of(request, upload_id), form, status=409)
    messages.success(request, _("“%(title)s” stands in the outline now.") % {"title": placed.title})
    return redirect(
        f"{reverse('institution:course', args=(upload.course_id,))}#top"
    )  # else the browser goes on to #place


@for_roles(*EDITORS)
@require_POST
def drop(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Give up a file that has not been sent completely, or remove one that was refused."""
    upload = upload_of(request, upload_id)
    if upload.state == Upload.State.REFUSED:
        said = _("“%(name)s”, which could not be used, is removed.")
    else:
        said = _("“%(name)s” has been given up; what had been sent of it is removed.")
    try:
        give_up(viewer=request.viewer, upload_id=upload_id, by=actor_of(request), now=request.now)
        messages.success(request, said % {"name": upload.name})
    except NotUnfinished:
        messages.warning(request, _("“%(name)s” has been sent completely meanwhile and stays.") % {"name": upload.name})
    except OutOfReach:  # somebody else was quicker
        raise Http404 from None
    return redirect("institution:files", upload.course_id)


@for_roles(*EDITORS)
@require_POST
def again(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Try once more with a file on which the work has failed."""
    upload = upload_of(request, upload_id)
    try:
        try_again(viewer=request.viewer, upload_id=upload_id, by=actor_of(request), now=request.now)
    except NotFailed:
        messages.warning(request, _("“%(name)s” is not waiting to be tried again.") % {"name": upload.name})
    return redirect("institution:file", upload_id)


def _course(request: SignedRequest, course_id: int) -> Course:
    try:
        return courseware.course_for(request.viewer, course_id)
    except OutOfReach:
        raise Http404 from None


def upload_of(request: SignedRequest, upload_id: UUID) -> Upload:
    """Return a file that the viewer may see, or answer 404."""
    try:
        return courseware.upload_for(request.viewer, upload_id)
    except OutOfReach:
        raise Http404 from None


def _form(request: SignedRequest, upload: Upload) -> PlacingForm | None:
    is_placeable = upload.media is not None and lesson_in_outline(upload.media) is None
    if not is_placeable or not courseware.may_edit(request.viewer):
        return None
    return PlacingForm(upload, courseware.modules_of(request.viewer, upload.course_id))


def shown_again(request: SignedRequest, upload: Upload, *, caption_fault: str, status: int) -> HttpResponse:
    """Show a file's page once more, with what is wrong with its captions."""
    return _shown(request, upload, _form(request, upload), status=status, caption_fault=caption_fault)


def _shown(
    request: SignedRequest, upload: Upload, form: PlacingForm | None, *, status: int = 200, caption_fault: str = ""
) -> HttpResponse:
    access = access_to(request, upload.course)
    may_edit = access.is_open or status != 200  # what was typed stays on the page
    context = {
        **_way_back(upload.course),
        **frame(request, upload.course, access),
        **report_context(upload, may_edit=may_edit, caption_fault=caption_fault),
        "captions_url": f"{reverse('institution:captions', args=(upload.pk,))}#captions",
        "file": file_line(upload, may_edit=may_edit),
        "is_late": False,
        "form": form if may_edit else None,
        "place_url": f"{reverse('institution:place_file', args=(upload.pk,))}#place",
        "state_url": reverse("institution:file_state", args=(upload.pk,)),
        "every_ms": REFRESHED_EVERY_MS,
    }
    return render(request, "institution/file.html", context, status=status)


def _list(request: SignedRequest, course: Course) -> dict[str, object]:
    form = SearchForm(request.GET)
    found = courseware.uploads_of(request.viewer, course.pk, named=form.wanted)
    page = Paginator(found, FILES_A_PAGE).get_page(request.GET.get("page"))
    may_edit = courseware.may_edit(request.viewer)
    lines = [file_line(each, may_edit=may_edit) for each in page.object_list]
    return {"files": with_lines(page, lines), "filter_form": form}


def _way_back(course: Course) -> dict[str, object]:
    return {
        "course_title": course.title,
        "course_url": reverse("institution:course", args=(course.pk,)),
        "courses_url": reverse("institution:courses"),
        "files_url": reverse("institution:files", args=(course.pk,)),
    }
