"""An attempt at a lesson's test: its questions on one page, and what came of it. What is right is shown after passing. Clauses T0, T1.3."""

import re
from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.assessment.errors import CourseTakenDown, NoSuchAttempt, UnknownChoice
from jiangxue.assessment.models import Attempt
from jiangxue.assessment.queries.attempts import attempt_for, is_shown, shown_items, solved_items
from jiangxue.assessment.services import keep_choices, submit_attempt
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.lesson_test import attempt_state
from jiangxue.portals.learner.lesson_test_words import left_said, state_of
from jiangxue.portals.learner.outline import outlines, step_at
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.ui.course_words import OPTION_LETTERS

_FIELD = re.compile(r"answer-(\d{1,2})\Z", re.ASCII)
_CHOICE = re.compile(r"\d\Z", re.ASCII)


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@permitted
def page(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    """Show the questions, and take the answers; what is missing is marked and what was chosen stays (400)."""
    if request.method == "POST":
        return _submitted(request, attempt_id)
    return _shown(request, attempt_id)


@for_roles(Role.LEARNER)
@require_POST
def keep(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    """Keep what was chosen so far (204), unless the attempt has ended (409) or the choice is none of it (400)."""
    choices = _choices(request.POST)
    if choices is None:
        return HttpResponse(status=400)
    try:
        kept = keep_choices(viewer=request.viewer, attempt_id=attempt_id, choices=choices, clock=access.CLOCK)
    except NoSuchAttempt:
        raise Http404 from None
    except UnknownChoice:
        return HttpResponse(status=400)
    except CourseTakenDown:
        return HttpResponse(status=409)
    return HttpResponse(status=409 if kept.outcome else 204)


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def result(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    """Show what came of an attempt; an open one leads back to its questions."""
    attempt = _attempt(request, attempt_id)
    if not is_shown(attempt):
        return _to_class(attempt)
    state = attempt_state(attempt, request)
    if state == "open":
        return redirect("learner:attempt", attempt_id)
    solved = solved_items(attempt)
    context = {
        "attempt": attempt,
        "state": state,
        "items": [
            {
                "text": item.text,
                "options": [
                    {
                        "letter": letter,
                        "text": option,
                        "is_right": place == item.right,
                        "is_chosen": place == item.chosen,
                    }
                    for place, (letter, option) in enumerate(zip(OPTION_LETTERS, item.options, strict=False))
                ],
            }
            for item in solved
        ],
        **_around(request, attempt),
    }
    return render(request, "learner/attempt_result.html", context)


@up_to_date
@check_first
def _shown(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _attempt(request, attempt_id)
    if not is_shown(attempt):
        return _to_class(attempt)
    if attempt_state(attempt, request) != "open":
        return redirect("learner:attempt_result", attempt_id)
    return _questions(request, attempt)


def _submitted(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    choices = _choices(request.POST)
    try:
        if choices is None:
            raise UnknownChoice
        attempt = submit_attempt(viewer=request.viewer, attempt_id=attempt_id, choices=choices, clock=access.CLOCK)
    except NoSuchAttempt:
        raise Http404 from None
    except CourseTakenDown:
        return _to_class(_attempt(request, attempt_id))
    except UnknownChoice:
        attempt = _attempt(request, attempt_id)
        if attempt_state(attempt, request) == "open":
            return _questions(request, attempt, fault="unknown")
    else:
        if not attempt.outcome:
            return _questions(request, attempt, fault="missing")
    return redirect("learner:attempt_result", attempt_id)


def _questions(request: SignedRequest, attempt: Attempt, *, fault: str = "") -> HttpResponse:
    items = [
        {
            "text": item.text,
            "options": list(zip(OPTION_LETTERS, item.options, strict=False)),
            "chosen": item.chosen,
            "is_missing": fault == "missing" and item.chosen is None,
        }
        for item in shown_items(attempt)
    ]
    context = {
        "attempt": attempt,
        "items": items,
        "fault": fault,
        "keep_url": reverse("learner:keep_choices", args=(attempt.pk,)),
        **_around(request, attempt),
    }
    return render(request, "learner/attempt.html", context, status=400 if fault else 200)


def _around(request: SignedRequest, attempt: Attempt) -> dict[str, object]:
    """Return what pages of an attempt say of its lesson and class; one that the class has left since has no test any more."""
    class_id = attempt.enrolment.training_class_id
    enrolment = enrolment_for(request.viewer, class_id)
    steps = outlines([enrolment], request.now)[enrolment.pk]
    here = step_at(steps, attempt.lesson_id)
    around: dict[str, object] = {
        "class_name": enrolment.training_class.name,
        "class_url": reverse("learner:class", args=(class_id,)),
    }
    if here is None:
        return around
    step = steps[here]
    return {
        **around,
        "lesson_title": step.title,
        "lesson_url": step.url,
        "test_url": step.test_url,
        "may_try_again": state_of(step) == "ready",
        "is_passed": step.test.is_passed,
        "left": left_said(step.test),
        "after": steps[here + 1] if here + 1 < len(steps) else None,
    }


def _to_class(attempt: Attempt) -> HttpResponse:
    """Lead to the class, whose page says that the course is taken down."""
    return redirect("learner:class", attempt.enrolment.training_class_id)


def _attempt(request: SignedRequest, attempt_id: UUID) -> Attempt:
    try:
        return attempt_for(request.viewer, attempt_id)
    except NoSuchAttempt:
        raise Http404 from None


def _choices(posted: QueryDict) -> Mapping[int, int] | None:
    """Return the choices that a form names, by place; None when one of them can be none."""
    choices: dict[int, int] = {}
    for name in posted:
        if not name.startswith("answer-"):
            continue
        field, values = _FIELD.match(name), posted.getlist(name)
        if field is None or len(values) != 1 or not _CHOICE.match(values[0]):
            return None
        choices[int(field[1])] = int(values[0])
    return choices
