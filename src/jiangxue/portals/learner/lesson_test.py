"""The page before a lesson's test: what comes, how often it may be tried, what was tried so far. Clause T0."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.assessment.errors import AssessmentRefusal, CourseTakenDown, NoSuchTest
from jiangxue.assessment.models import Attempt
from jiangxue.assessment.queries.attempts import attempts_at
from jiangxue.assessment.rules.attempts import OPEN_FOR, Outcome, is_over
from jiangxue.assessment.services import begin_attempt
from jiangxue.enrolment.errors import NotInClass, PromiseNotSigned
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.lesson_test_words import left_said, refusal_said, state_of
from jiangxue.portals.learner.outline import outlines, step_at
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.promise import promised
from jiangxue.portals.learner.up_to_date import check_first, up_to_date


@for_roles(Role.LEARNER)
@require_safe
@permitted
@promised
@up_to_date
@check_first
def show(request: SignedRequest, class_id: int, lesson_id: int) -> HttpResponse:
    """Say what the test of a lesson is and where the viewer stands with it; 404 for a lesson without one.

    While the course is taken down, this leads to the class, whose page says so.
    """
    return _page(request, class_id, lesson_id)


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "POST"])
@permitted
@up_to_date
def begin(request: SignedRequest, class_id: int, lesson_id: int) -> HttpResponse:
    """Begin an attempt, or go on with the open one; else say why not (409)."""
    if request.method == "GET":  # a new sign-in leads here
        return redirect("learner:test", class_id, lesson_id)
    try:
        attempt = begin_attempt(
            viewer=request.viewer, class_id=class_id, lesson_id=lesson_id, clock=access.CLOCK, chance=access.CHANCE
        )
    except (NotInClass, NoSuchTest):
        raise Http404 from None
    except PromiseNotSigned:
        return redirect("learner:promise", class_id)
    except CourseTakenDown:
        return redirect("learner:class", class_id)
    except AssessmentRefusal as refusal:
        return _page(request, class_id, lesson_id, refused=refusal_said(refusal))
    return redirect("learner:attempt", attempt.pk)


def _page(request: SignedRequest, class_id: int, lesson_id: int, *, refused: str = "") -> HttpResponse:
    try:
        enrolment = enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    if enrolment.training_class.version.taken_down_at is not None:
        return redirect("learner:class", class_id)
    steps = outlines([enrolment], request.now)[enrolment.pk]
    here = step_at(steps, lesson_id)
    attempts = list(attempts_at(request.viewer, class_id, lesson_id))
    if here is None or not (steps[here].test.questions or attempts):
        raise Http404
    step = steps[here]
    context = {
        "refused": refused,
        "state": state_of(step),
        "is_open": is_open(enrolment.training_class.term, request.now),
        "test": step.test,
        "left": left_said(step.test),
        "minutes": OPEN_FOR.seconds // 60,
        "attempts": attempt_lines(attempts, request),
        "begin_url": reverse("learner:begin_attempt", args=(class_id, lesson_id)),
        "lesson_title": step.title,
        "lesson_url": step.url,
        "class_name": enrolment.training_class.name,
        "class_url": reverse("learner:class", args=(class_id,)),
    }
    return render(request, "learner/lesson_test.html", context, status=409 if refused else 200)


def attempt_lines(attempts: Sequence[Attempt], request: SignedRequest) -> list[dict[str, object]]:
    """Return what lists show of attempts, the newest first as they come."""
    return [
        {
            "url": reverse("learner:attempt", args=(attempt.pk,)),
            "begun_at": attempt.begun_at,
            "state": attempt_state(attempt, request),
            "score": attempt.score,
        }
        for attempt in attempts
    ]


def attempt_state(attempt: Attempt, request: SignedRequest) -> str:
    """Return one of `open`, `passed`, `failed`, `withdrawn`, `expired`: the last also where nobody has noted yet that the time is up."""
    if attempt.outcome == Outcome.SUBMITTED:
        return "passed" if attempt.passed else "failed"
    if attempt.outcome == Outcome.WITHDRAWN:
        return Outcome.WITHDRAWN.value
    return "expired" if attempt.outcome or is_over(attempt.expires_at, request.now) else "open"
