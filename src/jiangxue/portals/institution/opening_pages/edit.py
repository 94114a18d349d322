"""Writing an application to open a class: the class itself, its live and practice items, its assessment plan. Clause T7."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries import names_of
from jiangxue.courseware.errors import NotPublished
from jiangxue.enrolment.errors import NotNow
from jiangxue.enrolment.queries.opening_facts import findings_of
from jiangxue.enrolment.queries.openings import Opening, opening_for, roster_of
from jiangxue.enrolment.queries.rosters import shown_entries
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.opening_findings import Part
from jiangxue.enrolment.rules.openings import EDITABLE
from jiangxue.enrolment.services.openings import change_class, change_exams, change_meetings, start_opening
from jiangxue.portals.institution.course_pages.rows import SectionForm, seen_by
from jiangxue.portals.institution.course_pages.saving import one_after_another
from jiangxue.portals.institution.opening_pages.forms import (
    ClassForm,
    class_form,
    exams_form,
    exams_of,
    meetings_of,
    plan_form,
)
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, frame, of_an_opening
from jiangxue.portals.opening_words import PARTS, part_lines

_STEPS = {
    Part.CLASS: "opening_class",
    Part.PLAN: "opening_plan",
    Part.EXAMS: "opening_exams",
    Part.ROSTER: "opening_roster",
}


@for_roles(*APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedRequest) -> HttpResponse:
    """Ask for course, dates and people, and begin an application; keeps what was typed (400)."""
    form = class_form(request.viewer, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _new_page(request, form, status=200 if request.method != "POST" else 400)
    assert isinstance(form.form, ClassForm)
    try:
        opening = start_opening(viewer=request.viewer, facts=form.form.facts, by=actor_of(request), now=request.now)
    except NotPublished:
        form.form.add_error("course", _("This course is not published at present. Choose another one."))
        return _new_page(request, form, status=400)
    return redirect("institution:opening_plan", opening.pk)


@for_roles(*APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_opening
@one_after_another
def edit_class(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Change course, dates, people, resources and hours of the day; keeps what was typed (400), and says what somebody else has saved (409)."""
    opening = opening_for(request.viewer, opening_id)

    def save(form: SectionForm) -> None:
        assert isinstance(form.form, ClassForm)
        try:
            change_class(
                viewer=request.viewer,
                opening_id=opening_id,
                facts=form.form.facts,
                by=actor_of(request),
                now=request.now,
            )
        except NotPublished:
            form.form.add_error("course", _("This course is not published at present. Choose another one."))

    form = class_form(request.viewer, request.POST if request.method == "POST" else None, opening)
    return _edited(request, opening, form, Part.CLASS, save)


@for_roles(*APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_opening
@one_after_another
def edit_plan(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Say when, where and by whom live and practice items are held; the same refusals."""
    opening = opening_for(request.viewer, opening_id)
    draft = Draft.from_values(opening.draft)

    def save(form: SectionForm) -> None:
        change_meetings(
            viewer=request.viewer,
            opening_id=opening_id,
            meetings=meetings_of(form),
            by=actor_of(request),
            now=request.now,
        )

    form = plan_form(_teachers(opening, draft), draft, request.POST if request.method == "POST" else None)
    return _edited(request, opening, form, Part.PLAN, save)


@for_roles(*APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_opening
@one_after_another
def edit_exams(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Say who examines, when, and from which mark on it is passed; the same refusals."""
    opening = opening_for(request.viewer, opening_id)

    def save(form: SectionForm) -> None:
        change_exams(
            viewer=request.viewer, opening_id=opening_id, exams=exams_of(form), by=actor_of(request), now=request.now
        )

    form = exams_form(Draft.from_values(opening.draft), request.POST if request.method == "POST" else None)
    return _edited(request, opening, form, Part.EXAMS, save)


def _teachers(opening: Opening, draft: Draft) -> Mapping[int, str]:
    return names_of({opening.head_teacher_id, *draft.teacher_ids})


def _edited(
    request: SignedRequest, opening: Opening, form: SectionForm, part: Part, save: Callable[[SectionForm], None]
) -> HttpResponse:
    """Show a page of an application, or save it and lead on to the next one."""
    if opening.state not in EDITABLE:
        raise NotNow
    if request.method != "POST":
        return _page(request, opening, form, part)
    if form.is_only_typed:
        return _page(request, opening, form, part)
    status = form.refusal(request.POST)
    if status is None:
        save(form)
        status = 400 if form.form is not None and form.form.errors else None
    if status is not None:
        return _page(request, opening, form, part, status=status)
    messages.success(request, _("Saved."))
    return redirect(_next_url(request, opening, part))


def _next_url(request: SignedRequest, opening: Opening, part: Part) -> str:
    """Return where saving leads: on to the next step, or back to the whole where that was asked for."""
    steps = list(Part)
    after = steps[(steps.index(part) + 1) % len(steps)]
    name = "opening" if "back" in request.POST else _STEPS[after]
    return reverse(f"institution:{name}", args=(opening.pk,))


def _page(
    request: SignedRequest, opening: Opening, form: SectionForm, part: Part, *, status: int = 200
) -> HttpResponse:
    context = {
        **frame(opening),
        **seen_by(request, form, status),
        "is_refused": status == 400,
        "title": PARTS[part],
        "row_title": _("Part") if part is Part.EXAMS else _("Arrangement"),
        "steps": step_links(opening, part),
        "findings": findings_by_part(request, opening)[part],
    }
    return render(request, "institution/opening/edit.html", context, status=status)


def _new_page(request: SignedRequest, form: SectionForm, *, status: int) -> HttpResponse:
    context = {
        **seen_by(request, form, status),
        "openings_url": reverse("institution:openings"),
        "is_refused": status == 400,
    }
    return render(request, "institution/opening/new.html", context, status=status)


def step_links(opening: Opening, here: Part | None = None) -> list[dict[str, object]]:
    """Return the steps of the form with their addresses."""
    return [
        {
            "label": PARTS[part],
            "url": reverse(f"institution:{_STEPS[part]}", args=(opening.pk,)),
            "is_here": part is here,
            "part": part.value,
        }
        for part in Part
    ]


def findings_by_part(request: SignedRequest, opening: Opening) -> dict[Part, list[dict[str, object]]]:
    """Return what is wrong with an application, part by part, in words."""
    findings = findings_of(opening, request.now)
    named = {finding.entry for finding in findings if finding.entry is not None}
    entries = roster_of(request.viewer, opening.pk).filter(pk__in=named)
    names = {pk: each.called for pk, each in shown_entries(entries).items()}
    return part_lines(findings, Draft.from_values(opening.draft), names)
