"""One lesson of a course as its editors keep it: title, knowledge points, courseware, and its way out of the outline. Clauses C2, M7."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.errors import NotReady, OutOfReach, PlacedAlready, UnderReview
from jiangxue.courseware.models import Lesson, Upload
from jiangxue.courseware.queries import EDITORS, uploads_of
from jiangxue.courseware.services.outline import change_lesson, replace_courseware
from jiangxue.courseware.services.outline import remove_lesson as take_out
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.frame import access_to, frame, lesson_of, while_reviewed
from jiangxue.portals.institution.course_pages.outline_forms import ReplacementForm, lesson_form, lesson_words
from jiangxue.portals.institution.course_pages.rows import SectionForm, seen_by
from jiangxue.portals.institution.course_pages.saving import one_after_another
from jiangxue.portals.institution.file_lines import lesson_in_outline
from jiangxue.portals.lengths import extent_said


@for_roles(*INSTITUTION_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@one_after_another
def lesson(request: SignedRequest, lesson_id: int) -> HttpResponse:
    """Show a lesson, or keep its title and knowledge points; what was typed stays when it is refused (400, 409)."""
    shown = lesson_of(request, lesson_id)
    if request.method != "POST":
        return _shown(request, shown, lesson_form(shown, None))
    if not courseware.may_edit(request.viewer):
        raise PermissionDenied
    form = lesson_form(shown, request.POST)
    if form.is_only_typed:
        return _shown(request, shown, form)
    if refusal := form.refusal(request.POST):
        return _shown(request, shown, form, status=refusal)
    try:
        words = lesson_words(form)
        change_lesson(viewer=request.viewer, lesson_id=shown.pk, words=words, by=actor_of(request), now=request.now)
    except OutOfReach:
        raise Http404 from None
    except UnderReview:
        return _shown(request, shown, form, status=409)
    messages.success(request, _("The lesson is saved."))
    return redirect(f"{reverse('institution:outline', args=(shown.course_id,))}#lesson-{shown.pk}")


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
@while_reviewed
def replace(request: SignedRequest, lesson_id: int) -> HttpResponse:
    """Let another file take the place of a lesson's courseware; says first what that means for learners."""
    shown = lesson_of(request, lesson_id)
    form = ReplacementForm(_unplaced(request, shown), request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _replacing(request, shown, form, status=400 if form.is_bound else 200)
    try:
        new = replace_courseware(
            viewer=request.viewer,
            lesson_id=shown.pk,
            upload_id=UUID(form.cleaned_data["upload"]),
            by=actor_of(request),
            now=request.now,
        )
    except (NotReady, PlacedAlready):
        return _replacing(request, shown, form, status=409)
    messages.success(request, _("“%(title)s” has its new courseware now.") % {"title": new.draft_title})
    return redirect("institution:lesson", new.pk)


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
@while_reviewed
def remove(request: SignedRequest, lesson_id: int) -> HttpResponse:
    """Ask once, then take a lesson out of the outline."""
    shown = lesson_of(request, lesson_id)
    if request.method != "POST":
        return render(request, "institution/course/lesson_remove.html", _context(request, shown))
    take_out(viewer=request.viewer, lesson_id=shown.pk, by=actor_of(request), now=request.now)
    said = _("“%(title)s” is taken out of the outline. Its file can be put in again.")
    messages.success(request, said % {"title": shown.draft_title})
    return redirect("institution:outline", shown.course_id)


def _unplaced(request: SignedRequest, shown: Lesson) -> list[Upload]:
    """Return the files of the course that are ready and no lesson of the outline."""
    ready = uploads_of(request.viewer, shown.course_id).filter(state=Upload.State.READY)
    return [each for each in ready if lesson_in_outline(each.media) is None]


def _context(request: SignedRequest, shown: Lesson) -> dict[str, object]:
    return {
        **frame(request, shown.course),
        "lesson_title": shown.draft_title,
        "module_title": shown.module.title if shown.module else "",
        "extent": extent_said(shown.media.extent),
        "lesson_url": reverse("institution:lesson", args=(shown.pk,)),
        "outline_url": reverse("institution:outline", args=(shown.course_id,)),
        "questions_url": reverse("institution:questions", args=(shown.pk,)),
        "test_url": reverse("institution:test_questions", args=(shown.pk,)),
        "preview_url": reverse("institution:lesson_preview", args=(shown.pk,)),
        "replace_url": reverse("institution:replace_courseware", args=(shown.pk,)),
        "remove_url": reverse("institution:remove_lesson", args=(shown.pk,)),
        "files_url": reverse("institution:files", args=(shown.course_id,)),
    }


def _shown(request: SignedRequest, shown: Lesson, form: SectionForm, *, status: int = 200) -> HttpResponse:
    upload = uploads_of(request.viewer, shown.course_id).filter(media=shown.media_id).first()
    is_open = access_to(request, shown.course).is_open
    context = {
        **_context(request, shown),
        **seen_by(request, form, status),
        "row_title": _("Knowledge point"),
        "file_url": reverse("institution:file", args=(upload.pk,)) if upload else "",
        "is_refused": status == 400,
        "is_read_only": not is_open and request.method != "POST",
    }
    return render(request, "institution/course/lesson.html", context, status=status)


def _replacing(request: SignedRequest, shown: Lesson, form: ReplacementForm, *, status: int) -> HttpResponse:
    context = {**_context(request, shown), "form": form, "has_files": bool(_unplaced(request, shown))}
    return render(
        request, "institution/course/lesson_replace.html", {**context, "is_late": status == 409}, status=status
    )
