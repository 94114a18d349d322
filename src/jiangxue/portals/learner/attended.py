"""Live and practice lessons of the viewer as rows: what counts of each, and why not. Clauses C3, T1.3."""

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.attendance.queries.own import attended_by
from jiangxue.attendance.queries.sheet import planned_span
from jiangxue.attendance.queries.time import Attended
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.queries import own_enrolments
from jiangxue.portals.attendance_words import refused_lines, standing_said
from jiangxue.portals.attending.plan import item_shown


def attended_lines(request: SignedRequest) -> list[dict[str, object]]:
    """Return the lessons that have begun in the viewer's classes, newest first."""
    found = [each for place in own_enrolments(request.viewer) for each in attended_by(request.viewer, place)]
    begun = [each for each in found if each.item.starts_at <= request.now]
    newest_first = sorted(begun, key=lambda each: each.item.starts_at, reverse=True)
    return [item_line(request, each.item, each) for each in newest_first]


def item_line(request: SignedRequest, item: PlanItem, found: Attended | None) -> dict[str, object]:
    """Return a row of learner/attended_rows.html; of a cancelled lesson nothing is counted."""
    return {
        **item_shown(item),
        "url": reverse("learner:plan_item", args=[item.training_class_id, item.pk]),
        "has_begun": item.starts_at <= request.now,
        **(result_shown(found) if found else {}),
    }


def result_shown(found: Attended) -> dict[str, object]:
    """Return what is known of the viewer at a lesson, and what counts."""
    return {
        "standing": standing_said(found.entry.presence(planned_span(found.item)), found.entry),
        "counted_ms": found.counted.ms,
        "refused": refused_lines(found.counted.refused_ms),
        "is_waiting": found.entry.waiting is not None,
        "is_disputed": found.entry.open_objection is not None,
    }
