"""The classes of an institution and the roster of each, with what was credited today."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.queries.settlements import recognised_lessons
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.enrolment import queries as enrolment
from jiangxue.enrolment import services as enrolment_services
from jiangxue.enrolment.errors import NothingToAdopt, NotInClass
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries.roster_files import class_to_fill
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role
from jiangxue.learning.queries.board import ClassFigures, day_of_places, figures
from jiangxue.learning.queries.places import places
from jiangxue.learning.queries.progress import complete_by_place
from jiangxue.learning.queries.recomputations import ASKERS
from jiangxue.policies.queries import time_policy_for
from jiangxue.portals import recomputation
from jiangxue.portals.appeals import class_appeals, class_faces
from jiangxue.portals.cases.of_class import class_cases
from jiangxue.portals.class_opening import class_opening, learner_terms
from jiangxue.portals.exporting.links import of_class as exports_of_class
from jiangxue.portals.institution.rosters.places import url_at
from jiangxue.portals.rulebook.views import of_class
from jiangxue.portals.supervising.orders import orders_waiting
from jiangxue.portals.watching.archive import archive_url
from jiangxue.portals.watching.frame import tabs
from jiangxue.portals.watching.learner import learner_url
from jiangxue.portals.watching.settlement import turn_of
from jiangxue.supervision.queries.hours_proofs import PROVERS
from jiangxue.ui.forms import SearchForm
from jiangxue.ui.terms import state_label

CLASSES_A_PAGE = 20
LEARNERS_A_PAGE = 50


@for_roles(*INSTITUTION_ROLES)
@require_safe
def classes(request: SignedRequest) -> HttpResponse:
    """List the classes that the viewer's role may see."""
    form = SearchForm(request.GET)
    shown = enrolment.classes_with_size(request.viewer, named=form.wanted)
    page = InTwoSteps(shown, CLASSES_A_PAGE).get_page(request.GET.get("page"))
    found = figures(request.viewer, [each.pk for each in page.object_list], learning_day(request.now))
    lines = [_class_line(each, found[each.pk], request) for each in page.object_list]
    context = {"classes": with_lines(page, lines), "filter_form": form, "orders_waiting": orders_waiting(request)}
    return render(request, "institution/classes.html", context)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def training_class(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show the roster of one class; 404 for a class of others."""
    form = SearchForm(request.GET)
    try:
        shown = enrolment.class_for(request.viewer, class_id)
        found = enrolment.roster(request.viewer, class_id, named=form.wanted)
    except NotInClass:
        raise Http404 from None
    today = learning_day(request.now)
    page = Paginator(found, LEARNERS_A_PAGE).get_page(request.GET.get("page"))
    lines = _learner_lines(request, list(page.object_list), shown)
    sums = figures(request.viewer, [class_id], today)[class_id]
    context = {
        **_standing(request, shown),
        "training_class": _head(request, shown, sums),
        "classes_url": reverse("institution:classes"),
        "paper_url": reverse("institution:class_report", args=(class_id,)) if request.viewer.role in PROVERS else "",
        "tabs": tabs(request, shown, "class"),
        "settlement_turn": turn_of(request, shown),
        "settlement_url": reverse("institution:settlement", args=(class_id,)),
        "learners": with_lines(page, lines),
        "filter_form": form,
        **class_opening(request, shown),
        **class_appeals(request, class_id, "institution"),
        **class_cases(request, class_id),
        **class_faces(request, class_id, "institution"),
        **of_class(request, enrolment.reach_of(shown), reverse("institution:class_rules", args=(class_id,))),
        "exports_of_class": exports_of_class(request, class_id),
        **(recomputation.report_of(request, class_id) if request.viewer.role in ASKERS else {}),
    }
    return render(request, "institution/class.html", context)


def _head(request: SignedRequest, shown: TrainingClass, sums: ClassFigures) -> dict[str, object]:
    return {
        "name": shown.name,
        "course_title": shown.version.title,
        "course_url": _course_url(request, shown),
        "head_teacher": shown.head_teacher.name,
        "teachers_url": _teachers_url(request, shown),
        "opens_on": shown.opens_on,
        "closes_on": shown.closes_on,
        "state_label": state_label(shown.term, request.now),
        "learners": enrolment.roster(request.viewer, shown.pk).count(),
        "learning_now": sums.learning_now,
        "credited_today_ms": sums.credited_today_ms,
    }


@for_roles(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
@require_POST
def recompute(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let the worker judge a class again."""
    return recomputation.ask(request, class_id)


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_POST
def adopt_version(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let a class whose course was taken down go on by the version in force."""
    try:
        enrolment_services.adopt_version(
            viewer=request.viewer, class_id=class_id, by=actor_of(request), now=request.now
        )
        messages.success(request, _("The class goes on by the new version."))
    except NotInClass:
        raise Http404 from None
    except NothingToAdopt:
        messages.warning(request, _("The class stays with its version: nothing newer is published."))
    return redirect("institution:class", class_id)


def _standing(request: SignedRequest, shown: TrainingClass) -> dict[str, object]:
    """Return whether the course was taken down, and where the class can be led over to a newer version."""
    is_down = shown.version.taken_down_at is not None
    may_adopt = is_down and request.viewer.role is Role.INSTITUTION_ADMINISTRATOR
    is_newer_there = may_adopt and version_in_force(shown.course_id) is not None
    return {
        "is_taken_down": is_down,
        "version_serial": shown.version.serial,
        "ratings_url": reverse("institution:class_ratings", args=(shown.pk,)),
        "roster_url": _roster_url(request, shown),
        "adopt_url": reverse("institution:adopt_version", args=(shown.pk,)) if is_newer_there else "",
    }


def _teachers_url(request: SignedRequest, shown: TrainingClass) -> str:
    is_theirs = request.viewer.role is Role.INSTITUTION_ADMINISTRATOR and shown.closed_at is None
    return reverse("institution:teachers", args=[shown.pk]) if is_theirs else ""


def _roster_url(request: SignedRequest, shown: TrainingClass) -> str:
    """Return where a roster is sent as a file, for those who may take people into the class now."""
    try:
        return url_at(class_to_fill(request.viewer, shown.pk, now=request.now))
    except NotInClass:
        return ""


def _course_url(request: SignedRequest, shown: TrainingClass) -> str:
    """Return the address of a class's course; a course that another institution owns has none here."""
    is_own = shown.course.institution_id == request.viewer.organisation_id
    return reverse("institution:course", args=(shown.course_id,)) if is_own else ""


def _class_line(each: TrainingClass, sums: ClassFigures, request: SignedRequest) -> dict[str, object]:
    return {
        "name": each.name,
        "url": reverse("institution:class", args=(each.pk,)),
        "course_title": each.version.title,
        "head_teacher": each.head_teacher.name,
        "opens_on": each.opens_on,
        "closes_on": each.closes_on,
        "is_open": is_open(each.term, request.now),
        "state_label": state_label(each.term, request.now),
        "learners": getattr(each, "size", 0),
        "learning_now": sums.learning_now,
        "credited_today_ms": sums.credited_today_ms,
    }


def _learner_lines(
    request: SignedRequest, roster: Sequence[Enrolment], shown: TrainingClass
) -> list[dict[str, object]]:
    ids = [place.pk for place in roster]
    days = day_of_places(request.viewer, ids, learning_day(request.now))
    held = places(ids)
    longest_ms = max((day.credited_ms for day in days.values()), default=0)  # one scale for all bars of the page
    policy = time_policy_for(enrolment.reach_of(shown), request.now).policy
    lessons_total, done = complete_by_place(ids, shown.version_id, policy)
    recognised = recognised_lessons(shown, ids, request.now)
    terms = learner_terms(shown, roster)
    return [
        {
            "name": place.learner.staff_name,
            "learner_url": learner_url(request, place),
            "archive_url": archive_url(request, place),
            "stretches": days[place.pk].stretches,
            "credited_today_ms": days[place.pk].credited_ms,
            "longest_ms": longest_ms,
            "credited_ms": held[place.pk].credited_ms,
            "lessons_done": done[place.pk],
            "lessons_recognised": recognised[place.pk],
            "lessons_total": lessons_total,
            "learning_now": held[place.pk].learning_now,
            "last_learned_at": held[place.pk].last_learned_at,
            "terms": terms.get(place.pk),
        }
        for place in roster
    ]
