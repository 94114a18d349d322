"""A class of the learner: its outline with progress."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.archive.queries.settlements import settled_places
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import enrolment_for, reach_of
from jiangxue.enrolment.queries.plan import plan_of
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.places import places
from jiangxue.portals.attendance_words import hours_said
from jiangxue.portals.attending.plan import item_shown
from jiangxue.portals.learner.cases import cases_told
from jiangxue.portals.learner.identity import staff_days_waiting
from jiangxue.portals.learner.lesson_test_words import test_line
from jiangxue.portals.learner.outline import Step, next_step, outlines
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.promise import promise_line
from jiangxue.portals.learner.rating import card
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.rulebook.views import of_class
from jiangxue.ui.terms import state_label


@for_roles(Role.LEARNER)
@require_safe
@permitted
@up_to_date
@check_first
def show(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show the outline of one of the viewer's classes."""
    try:
        enrolment = enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    steps = outlines([enrolment], request.now)[enrolment.pk]
    shown = [] if enrolment.training_class.version.taken_down_at else steps
    going_on = next_step(shown)
    held = places([enrolment.pk])[enrolment.pk]
    context = {
        **cases_told(request.viewer, class_id=class_id),
        "training_class": _facts(enrolment.training_class, request, steps)
        | {"credited_ms": held.credited_ms, "confirmed_ms": held.confirmed_ms},
        "continue_with": going_on
        and {
            "lesson_title": going_on.title,
            "url": going_on.test_url if going_on.is_test_due else going_on.url,
            "position_ms": going_on.reached_ms,
            "is_test": going_on.is_test_due,
        },
        "modules": [
            {"title": title, "lessons": [_lesson(step) for step in group]}
            for (_position, title), group in groupby(shown, key=lambda step: step.module)
        ],
        **_plan(request, enrolment),
        "archive_url": reverse("learner:archive", args=[class_id]),
        "proof_url": reverse("learner:hours_proof", args=[class_id]),
        "staff_days": staff_days_waiting([enrolment], learning_day(request.now)),
        "settled_hours": _settled_hours(enrolment),
        "promise": promise_line(enrolment),
        **card(request, enrolment),
        **of_class(request, reach_of(enrolment.training_class)),
    }
    return render(request, "learner/class.html", context)


def _plan(request: SignedRequest, enrolment: Enrolment) -> dict[str, object]:
    """Return the next live or practice lesson and the way to the plan; nothing where none was ever planned."""
    planned = list(plan_of(request.viewer, enrolment.training_class_id))
    ahead = [item for item in planned if item.cancelled_at is None and item.ends_at > request.now]
    url = reverse("learner:plan", args=[enrolment.training_class_id]) if planned else ""
    return {"plan_url": url, "next_item": item_shown(ahead[0]) if ahead else None}


def _settled_hours(enrolment: Enrolment) -> str:
    """Return the hours that the place was settled at; empty until then."""
    settled = settled_places([enrolment.pk]).get(enrolment.pk)
    return hours_said(settled.hours) if settled else ""


def _facts(training_class: TrainingClass, request: SignedRequest, steps: list[Step]) -> dict[str, object]:
    return {
        "name": training_class.name,
        "course_title": training_class.version.title,
        "institution": training_class.institution.name,
        "head_teacher": training_class.head_teacher.name,
        "opens_on": training_class.opens_on,
        "closes_on": training_class.closes_on,
        "is_taken_down": training_class.version.taken_down_at is not None,
        "is_open": is_open(training_class.term, request.now),
        "state_label": state_label(training_class.term, request.now),
        "lessons_done": sum(step.complete for step in steps),
        "lessons_total": len(steps),
        "lessons_recognised": sum(not step.missing for step in steps),
        "has_tests": any(step.test.questions for step in steps),
    }


def _lesson(step: Step) -> dict[str, object]:
    return {
        "title": step.title,
        "url": step.url,
        "state": step.state,
        "percent": step.percent,
        "provisional": step.reached_ms > step.confirmed_ms,
        "extent": extent_said(step.lesson.media.extent),
        "length_ms": step.length_ms,
        "credited_ms": step.reached_ms,
        "test": test_line(step),
    }
