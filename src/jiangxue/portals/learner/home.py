"""The learner's start page: go on first, then today, then the classes."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import own_enrolments
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.places import places
from jiangxue.learning.queries.records import last_session
from jiangxue.portals.learner.cases import cases_told
from jiangxue.portals.learner.identity import staff_days_waiting
from jiangxue.portals.learner.outline import Step, next_step, outlines
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.today import today_of
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.learner.ways import must_choose_way, ways_url
from jiangxue.portals.lengths import extent_said, place_said

STAFF_DAYS_SHOWN = 3


@for_roles(Role.LEARNER)
@require_safe
@permitted
@up_to_date
@check_first
def home(request: SignedRequest) -> HttpResponse:
    """Show where to go on, what today holds, and the classes."""
    enrolments = list(own_enrolments(request.viewer))
    going_on = [each for each in enrolments if _state_of(each.training_class, request) == "open"]
    steps = outlines(enrolments, request.now)
    held = places([enrolment.pk for enrolment in enrolments])
    today = today_of(request)
    context = {
        "continue_with": _continue_with(request, going_on, steps),
        "tests_owed": sum(step.played and step.test.is_owed for each in going_on for step in steps[each.pk]),
        "is_any_open": bool(going_on),
        "staff_days": staff_days_waiting(enrolments, learning_day(request.now))[:STAFF_DAYS_SHOWN],
        "taken_down": _taken_down(enrolments, request),
        **cases_told(request.viewer),
        "ways_url": ways_url(request) if must_choose_way(request, [e.training_class for e in going_on]) else "",
        "today": {**today, "records_url": reverse("learner:records")},
        "classes": [
            {
                "name": enrolment.training_class.name,
                "institution": enrolment.training_class.institution.name,
                "course_title": enrolment.training_class.version.title,
                "url": reverse("learner:class", args=(enrolment.training_class_id,)),
                "lessons_done": sum(step.complete for step in steps[enrolment.pk]),
                "lessons_total": len(steps[enrolment.pk]),
                "credited_ms": held[enrolment.pk].credited_ms,
                "opens_on": enrolment.training_class.opens_on,
                "closes_on": enrolment.training_class.closes_on,
                "state": _state_of(enrolment.training_class, request),
            }
            for enrolment in enrolments
        ],
    }
    return render(request, "learner/home.html", context)


def _state_of(training_class: TrainingClass, request: SignedRequest) -> str:
    """Return one of `to_come`, `ended`, `taken_down` (while it would run), `open`."""
    term = training_class.term
    if not is_open(term, request.now):
        return "to_come" if request.now < term.opens_at else "ended"
    return "open" if training_class.version.taken_down_at is None else "taken_down"


def _taken_down(enrolments: Sequence[Enrolment], request: SignedRequest) -> list[str]:
    """Return the titles of courses but for whose taking down a class would be open now."""
    classes = [each.training_class for each in enrolments]
    return sorted({each.version.title for each in classes if _state_of(each, request) == "taken_down"})


def _continue_with(
    request: SignedRequest, going_on: Sequence[Enrolment], steps: dict[int, list[Step]]
) -> dict[str, object] | None:
    """Choose the lesson learned last if it is unfinished, else the next one of that class, else of any open class."""
    last = last_session(request.viewer)
    in_order = sorted(going_on, key=lambda e: last is None or e.pk != last.enrolment_id)
    for enrolment in in_order:
        mine = steps[enrolment.pk]
        again = [s for s in mine if last and s.lesson.pk == last.lesson_id and not s.played]
        step = next(iter(again), None) if last and enrolment.pk == last.enrolment_id else None
        step = step or next_step(mine)
        if step is not None:
            return {
                "class_name": enrolment.training_class.name,
                "lesson_title": step.title,
                "url": step.test_url if step.is_test_due else step.url,
                "is_test": step.is_test_due,
                "position_ms": step.reached_ms,
                "length_ms": step.length_ms,
                "extent": extent_said(step.lesson.media.extent),
                "place": place_said(step.reached_ms, step.length_ms, step.page_ms),
            }
    return None
