"""The pages on which an editor fills in a course, section by section; all staff of the institution read them. Clauses C2, C6, M7."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import NotReady, OutOfReach, UnderReview
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.queries import uploads_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.services.facts import put_assessment, put_lecturers
from jiangxue.courseware.services.sections import change_description, change_plan, change_sources
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.facts_form import FactsForm, facts_form
from jiangxue.portals.institution.course_pages.frame import access_to, course_of, frame
from jiangxue.portals.institution.course_pages.people_form import (
    lecturers_form,
    lecturers_named,
    sources_draft,
    sources_form,
)
from jiangxue.portals.institution.course_pages.plan_form import assessment_form, assessment_parts, plan_draft, plan_form
from jiangxue.portals.institution.course_pages.rows import SectionForm, seen_by
from jiangxue.portals.institution.course_pages.saving import one_after_another

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the editor: what it is called, how its form is made, and how it is kept."""

    title: Words
    lead: Words
    row_title: Words
    made: Callable[[SignedRequest, Course, QueryDict | None], SectionForm]
    kept: Callable[[SignedRequest, int, SectionForm], object]


def _keep_facts(request: SignedRequest, course_id: int, form: SectionForm) -> None:
    assert isinstance(form.form, FactsForm)
    change_description(
        viewer=request.viewer, course_id=course_id, facts=form.form.facts, by=actor_of(request), now=request.now
    )


def _keep_plan(request: SignedRequest, course_id: int, form: SectionForm) -> None:
    plan = plan_draft(form)
    change_plan(viewer=request.viewer, course_id=course_id, plan=plan, by=actor_of(request), now=request.now)


def _keep_assessment(request: SignedRequest, course_id: int, form: SectionForm) -> None:
    parts = assessment_parts(form)
    put_assessment(viewer=request.viewer, course_id=course_id, parts=parts, by=actor_of(request), now=request.now)


def _keep_lecturers(request: SignedRequest, course_id: int, form: SectionForm) -> None:
    named = lecturers_named(form)
    put_lecturers(viewer=request.viewer, course_id=course_id, lecturers=named, by=actor_of(request), now=request.now)


def _keep_sources(request: SignedRequest, course_id: int, form: SectionForm) -> None:
    sources = sources_draft(form)
    change_sources(viewer=request.viewer, course_id=course_id, sources=sources, by=actor_of(request), now=request.now)


def _documents(request: SignedRequest, course: Course) -> list[Upload]:
    """Return the files of the course that can be a proof, newest first."""
    return list(uploads_of(request.viewer, course.pk).filter(media__kind=LessonKind.DOCUMENT))


SECTIONS: dict[str, Section] = {
    "facts": Section(
        gettext_lazy("Basic information"),
        gettext_lazy("What the papers of the course say of it."),
        "",
        lambda request, course, data: facts_form(content_of(course), data),
        _keep_facts,
    ),
    "plan": Section(
        gettext_lazy("Hours and plan"),
        gettext_lazy("One class hour has 45 minutes. Live and practice items must add up to the hours declared."),
        gettext_lazy("Item"),
        lambda request, course, data: plan_form(content_of(course), data),
        _keep_plan,
    ),
    "assessment": Section(
        gettext_lazy("Assessment scheme"),
        gettext_lazy("How learners are assessed. The weights of all parts must come to 100 %."),
        gettext_lazy("Part"),
        lambda request, course, data: assessment_form(content_of(course), data),
        _keep_assessment,
    ),
    "lecturers": Section(
        gettext_lazy("Teachers"),
        gettext_lazy("Who teaches the course, as its papers name them."),
        gettext_lazy("Teacher"),
        lambda request, course, data: lecturers_form(content_of(course), data),
        _keep_lecturers,
    ),
    "licences": Section(
        gettext_lazy("Proof of lawful use"),
        gettext_lazy(
            "Where the resources come from. For imported ones: licences, each with a document that proves it."
        ),
        gettext_lazy("Licence"),
        lambda request, course, data: sources_form(content_of(course), _documents(request, course), data),
        _keep_sources,
    ),
}


@for_roles(*INSTITUTION_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@one_after_another
def section(request: SignedRequest, course_id: int, name: str) -> HttpResponse:
    """Show a section, or keep it: what was typed stays when it is refused (400), the course is being reviewed or another has saved (409)."""
    course, page = course_of(request, course_id), SECTIONS.get(name)
    if page is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, course, page, page.made(request, course, None))
    if not access_to(request, course).may_edit:
        raise PermissionDenied
    form = page.made(request, course, request.POST)
    if form.is_only_typed:
        return _shown(request, course, page, form)
    if refusal := form.refusal(request.POST):
        return _shown(request, course, page, form, status=refusal)
    try:
        page.kept(request, course.pk, form)
    except OutOfReach:
        raise Http404 from None
    except (UnderReview, NotReady):
        return _shown(request, course, page, form, status=409)
    messages.success(request, _("“%(section)s” is saved.") % {"section": page.title})
    return redirect(f"{reverse('institution:course', args=(course.pk,))}#top")


def _shown(
    request: SignedRequest, course: Course, page: Section, form: SectionForm, *, status: int = 200
) -> HttpResponse:
    access = access_to(request, course)
    context = {
        **frame(request, course, access),
        "section": page,
        **seen_by(request, form, status),
        "is_of_facts": page is SECTIONS["facts"],
        "is_of_licences": page is SECTIONS["licences"],
        "files_url": reverse("institution:files", args=(course.pk,)),
        "is_refused": status == 400,
        "is_read_only": not access.is_open and status == 200 and request.method != "POST",
    }
    return render(request, "institution/course/section.html", context, status=status)
