"""Which hours of a class wait, why, and what its staff or the authority do about it, on the page of the class. Clauses M6, C5."""

from datetime import datetime

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.kernel.viewer import Role
from jiangxue.portals.cases.pages import portal_of
from jiangxue.portals.cases.shown import line_of
from jiangxue.portals.supervising.orders import orders_shown
from jiangxue.supervision.queries.cases import Filed, cases, undecided, with_steps
from jiangxue.supervision.queries.orders import orders_of_class
from jiangxue.supervision.rules.cases import Side

LOOKERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
MOST_SHOWN = 10


def class_cases(request: SignedRequest, class_id: int) -> dict[str, object]:
    """Return what cases/of_class.html and supervising/orders_about.html say of a class; nothing to those who have no part in it."""
    if request.viewer.role not in LOOKERS:
        return {}
    portal, found = portal_of(request), cases(request.viewer).filter(enrolment__training_class=class_id)
    still_open = undecided(found)
    lines = [_line(each, portal, request.now) for each in with_steps(list(still_open[:MOST_SHOWN]))]
    return {
        "class_cases": {
            "lines": lines,
            "more": max(0, still_open.count() - MOST_SHOWN) if len(lines) == MOST_SHOWN else 0,
            "all": found.count(),
            "url": reverse(f"{portal}:cases"),
            "is_asked": request.viewer.role is not Role.SUPERVISOR,
        },
        "orders_about": orders_shown(request, orders_of_class(request.viewer, class_id)),
    }


def _line(filed: Filed, portal: str, now: datetime) -> dict[str, object]:
    return {
        **line_of(filed, now),
        "url": reverse(f"{portal}:case", args=(filed.case.pk,)),
        "is_to_explain": not filed.has_explained(Side.INSTITUTION),
    }
