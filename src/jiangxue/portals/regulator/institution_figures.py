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
    viewer, today = request.viewer, learning_day(request.now)
    of_it = classes(viewer).filter(institution=institution_id)
    applied = openings(viewer).filter(institution=institution_id)
    ordered = orders(viewer).filter(institution=institution_id)
    filed = cases(viewer).filter(enrolment__training_class__institution=institution_id)
    running = of_it.filter(opens_on__lte=today, closes_on__gte=today, closed_at=None)
    to_answer = in_state(ordered, OrderState.TO_ANSWER)
    return [
        _figure(
            _("Classes"),
            of_it.count(),
            _("running now"),
            running.count(),
            _listed("query_sheet", institution_id, "classes"),
        ),
        _figure(
            _("Applications to open classes"),
            applied.count(),
            _("waiting for approval"),
            applied.filter(state=OpeningState.SUBMITTED.value).count(),
            _listed("openings", institution_id),
        ),
        _figure(
            _("Rectification orders"),
            ordered.count(),
            _("to be answered"),
            to_answer.count(),
            _listed("orders", institution_id),
            late=overdue_orders(ordered, today).count(),
        ),
        _figure(
            _("Cases"),
            filed.count(),
            _("without a decision"),
            undecided(filed).count(),
            _listed("cases", institution_id),
            late=overdue_cases(filed, request.now).count(),
        ),
    ]


def _figure(  # noqa: PLR0913  (a figure is all of this)
    title: str, number: int, open_label: str, open_number: int, url: str, *, late: int = 0
) -> dict[str, object]:
    return {
        "title": title,
        "number": number,
        "open_label": open_label,
        "open_number": open_number,
        "url": url,
        "late": late,
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
