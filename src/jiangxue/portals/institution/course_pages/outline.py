"""The outline of a course: its modules and lessons are put in order, named, added and taken out. Clauses C2, M7."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.errors import OutlineChanged, OutOfReach, UnderReview
from jiangxue.courseware.models import Course, Lesson, Module
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.rules.ordering import ModuleOrder
from jiangxue.courseware.services import outline as editing
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.frame import course_of, frame, while_reviewed
from jiangxue.portals.institution.course_pages.outline_forms import ModuleForm, module_form, order_moved, order_sent
from jiangxue.portals.institution.course_pages.rows import SectionForm, seen_by
from jiangxue.portals.institution.course_pages.saving import one_after_another
from jiangxue.portals.lengths import extent_said


@for_roles(*INSTITUTION_ROLES)
@require_safe
def outline(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show the outline, to its editors with all that changes it; 404 for a course of others."""
    return _shown(request, course_of(request, course_id), ModuleForm())


@for_roles(*EDITORS)
@require_POST
def put_order(request: SignedRequest, course_id: int) -> HttpResponse:
    """Keep another order: all of it as JSON from the page's script, or one step by a button of the form."""
    course = course_of(request, course_id)
    if request.content_type == "application/json":
        return _ordered(request, course)
    order = order_moved(_order_of(request, course), request.POST.get("move", ""))
    if order is None:
        raise BadRequest
    return _stepped(request, course, order)


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def add_module(request: SignedRequest, course_id: int) -> HttpResponse:
    """Add an empty module at the end; keeps what was typed when it is refused (400, 409)."""
    course = course_of(request, course_id)
    if request.method == "GET":  # a new sign-in leads here
        return redirect("institution:outline", course_id)
    form = ModuleForm(request.POST)
    if not form.is_valid():
        return _shown(request, course, form, status=400)
    try:
        title = form.cleaned_data["title"]
        added = editing.add_module(
            viewer=request.viewer, course_id=course.pk, title=title, by=actor_of(request), now=request.now
        )
    except UnderReview:
        return _shown(request, course, form, status=409)
    messages.success(request, _("The module “%(title)s” stands at the end of the outline.") % {"title": added.title})
    return redirect(f"{_url(course)}#top")


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
@one_after_another
@while_reviewed
def module(request: SignedRequest, course_id: int, module_id: int) -> HttpResponse:
    """Give a module another title; keeps what was typed when it is refused (400), the course is being reviewed or another has saved (409)."""
    course = course_of(request, course_id)
    shown = _module(request, course, module_id)
    if request.method != "POST":
        return _shown_module(request, shown, module_form(shown, None))
    form = module_form(shown, request.POST)
    if refusal := form.refusal(request.POST):
        return _shown_module(request, shown, form, status=refusal)
    try:
        title = form.values["title"]
        editing.rename_module(
            viewer=request.viewer, module_id=module_id, title=title, by=actor_of(request), now=request.now
        )
    except UnderReview:
        return _shown_module(request, shown, form, status=409)
    messages.success(request, _("The title of the module is changed."))
    return redirect("institution:outline", course.pk)


@for_roles(*EDITORS)
@require_POST
@while_reviewed
def remove_module(request: SignedRequest, course_id: int, module_id: int) -> HttpResponse:
    """Take an empty module out of the outline; 409 where it holds lessons meanwhile."""
    course = course_of(request, course_id)
    shown = _module(request, course, module_id)
    try:
        editing.remove_module(viewer=request.viewer, module_id=module_id, by=actor_of(request), now=request.now)
    except OutlineChanged:
        reason = _("This module holds lessons. Move them to another module, or take them out, before it is removed.")
        context = {"reason": reason, "again_url": _url(course)}
        return render(request, "ui/errors/409.html", context, status=409)
    messages.success(request, _("The module “%(title)s” is removed.") % {"title": shown.title})
    return redirect("institution:outline", course.pk)


def _ordered(request: SignedRequest, course: Course) -> HttpResponse:
    """Answer the page's script: 200, or a refusal with its reason in words."""
    order = order_sent(request.body)
    if order is None:
        return JsonResponse({"reason": _("The order cannot be read. Please load this page again.")}, status=400)
    try:
        _put(request, course, order)
    except OutlineChanged:
        reason = _("Somebody else, or another window of yours, has changed the outline. Please load this page again.")
        return JsonResponse({"reason": reason}, status=409)
    except UnderReview:
        reason = _("The course is being reviewed: take it back before you change it.")
        return JsonResponse({"reason": reason}, status=409)
    return JsonResponse({})


def _stepped(request: SignedRequest, course: Course, order: Sequence[ModuleOrder]) -> HttpResponse:
    try:
        _put(request, course, order)
    except (OutlineChanged, UnderReview):
        return _shown(request, course, ModuleForm(), status=409)
    return redirect(f"{_url(course)}#{request.POST['move'].partition('-')[2]}")


def _put(request: SignedRequest, course: Course, order: Sequence[ModuleOrder]) -> None:
    try:
        editing.put_in_order(
            viewer=request.viewer, course_id=course.pk, order=order, by=actor_of(request), now=request.now
        )
    except OutOfReach:
        raise Http404 from None


def _url(course: Course) -> str:
    return reverse("institution:outline", args=(course.pk,))


def _module(request: SignedRequest, course: Course, module_id: int) -> Module:
    found = courseware.modules_of(request.viewer, course.pk).filter(pk=module_id).first()
    if found is None:
        raise Http404
    return found


def _lessons_of(request: SignedRequest, course: Course) -> dict[int, list[Lesson]]:
    """Return the lessons of each module, also of those that have none, in order."""
    found: dict[int, list[Lesson]] = {each.pk: [] for each in courseware.modules_of(request.viewer, course.pk)}
    for lesson in courseware.outline_for(request.viewer, course.pk):
        found[lesson.module_id or 0].append(lesson)
    return found


def _order_of(request: SignedRequest, course: Course) -> list[ModuleOrder]:
    lessons = _lessons_of(request, course)
    return [ModuleOrder(pk, tuple(each.pk for each in found)) for pk, found in lessons.items()]


def _shown(request: SignedRequest, course: Course, form: ModuleForm, *, status: int = 200) -> HttpResponse:
    lessons = _lessons_of(request, course)
    modules = courseware.modules_of(request.viewer, course.pk)
    context = {
        **frame(request, course),
        "modules": [_module_line(each, lessons[each.pk]) for each in modules],
        "form": form,
        "is_late": status == 409,
        "is_step": status == 409 and not form.is_bound,
        "order_url": reverse("institution:put_order", args=(course.pk,)),
        "add_url": f"{reverse('institution:add_module', args=(course.pk,))}#add",
        "files_url": reverse("institution:files", args=(course.pk,)),
        "preview_url": reverse("institution:course_preview", args=(course.pk,)),
    }
    return render(request, "institution/course/outline.html", context, status=status)


def _shown_module(request: SignedRequest, shown: Module, form: SectionForm, *, status: int = 200) -> HttpResponse:
    ids = (shown.course_id, shown.pk)
    context = {
        **frame(request, shown.course),
        "module_title": shown.title,
        "outline_url": _url(shown.course),
        **seen_by(request, form, status),
        "lessons": shown.lessons.count(),
        "remove_url": reverse("institution:remove_module", args=ids),
    }
    return render(request, "institution/course/module.html", context, status=status)


def _module_line(each: Module, lessons: Sequence[Lesson]) -> dict[str, object]:
    return {
        "id": each.pk,
        "title": each.title,
        "url": reverse("institution:module", args=(each.course_id, each.pk)),
        "lessons": [
            {
                "id": lesson.pk,
                "title": lesson.draft_title,
                "extent": extent_said(lesson.media.extent),
                "url": reverse("institution:lesson", args=(lesson.pk,)),
            }
            for lesson in lessons
        ],
    }
