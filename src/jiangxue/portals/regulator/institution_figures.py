"""What an institution of the region has and does, in numbers that lead on, and who works there. Clause C5."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.accounts.queries.staff import staff_by_role
from jiangxue.enrolment.queries import classes, classes_with_size
from jiangxue.enrolment.queries.openings import openings
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.kernel.clock import learning_day
from jiangxue.review.queries import published
from jiangxue.supervision.queries.cases import cases, undecided
from jiangxue.supervision.queries.cases import overdue as overdue_cases
from jiangxue.supervision.queries.orders import in_state, orders
from jiangxue.supervision.queries.orders import overdue as overdue_orders
from jiangxue.supervision.rules.orders import OrderState
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import role_label
from jiangxue.ui.terms import state_label

MOST_LISTED = 10


def figures_of(request: SignedRequest, institution_id: int) -> list[dict[str, object]]:
    """Return how many classes, applications, orders and cases there are, each with what of them is open, and where they are listed."""
    return [
        _classes(request, institution_id),
        _openings(request, institution_id),
        _orders(request, institution_id),
        _cases(request, institution_id),
    ]


def _classes(request: SignedRequest, institution_id: int) -> dict[str, object]:
    today, found = learning_day(request.now), classes(request.viewer).filter(institution=institution_id)
    return {
        "title": _("Classes"),
        "number": found.count(),
        "open_label": _("running now"),
        "open_number": found.filter(opens_on__lte=today, closes_on__gte=today, closed_at=None).count(),
        "url": _listed("query_sheet", institution_id, "classes"),
    }


def _openings(request: SignedRequest, institution_id: int) -> dict[str, object]:
    found = openings(request.viewer).filter(institution=institution_id)
    return {
        "title": _("Applications to open classes"),
        "number": found.count(),
        "open_label": _("waiting for approval"),
        "open_number": found.filter(state=OpeningState.SUBMITTED.value).count(),
        "url": _listed("openings", institution_id),
    }


def _orders(request: SignedRequest, institution_id: int) -> dict[str, object]:
    found = orders(request.viewer).filter(institution=institution_id)
    return {
        "title": _("Rectification orders"),
        "number": found.count(),
        "open_label": _("to be answered"),
        "open_number": in_state(found, OrderState.TO_ANSWER).count(),
        "late": overdue_orders(found, learning_day(request.now)).count(),
        "url": _listed("orders", institution_id),
    }


def _cases(request: SignedRequest, institution_id: int) -> dict[str, object]:
    found = cases(request.viewer).filter(enrolment__training_class__institution=institution_id)
    return {
        "title": _("Cases"),
        "number": found.count(),
        "open_label": _("without a decision"),
        "open_number": undecided(found).count(),
        "late": overdue_cases(found, request.now).count(),
        "url": _listed("cases", institution_id),
    }


def _listed(name: str, institution_id: int, *rest: str) -> str:
    return f"{reverse(f'regulator:{name}', args=rest)}?institution={institution_id}"


def newest_classes(request: SignedRequest, institution_id: int) -> list[dict[str, object]]:
    """Return the classes that began last."""
    found = classes_with_size(request.viewer).filter(institution=institution_id)[:MOST_LISTED]
    return [
        {
            "name": each.name,
            "url": reverse("regulator:class", args=(each.pk,)),
            "course_title": each.version.title,
            "opens_on": each.opens_on,
            "closes_on": each.closes_on,
            "state_label": state_label(each.term, request.now),
            "learners": getattr(each, "size", 0),
        }
        for each in found
    ]


def published_courses(request: SignedRequest, institution_id: int) -> dict[str, object]:
    """Return how many courses are published, and the first of them by title."""
    found = published(request.viewer).filter(course__institution=institution_id)
    lines = [
        {"title": each.title, "url": reverse("reviewer:version", args=(each.pk,)), "published_at": each.published_at}
        for each in found[:MOST_LISTED]
    ]
    return {"number": found.count(), "lines": lines}


def staff_lines(request: SignedRequest, institution_id: int) -> list[dict[str, object]]:
    """Return who works at an institution, by role, masked."""
    return [
        {"role_label": role_label(role, institution_id), "names": [masked_name(name) for name in names]}
        for role, names in staff_by_role(request.viewer, institution_id).items()
    ]
