"""A supervisor's region: its institutions and their classes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.queries import Class, classes_with_size
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.appeals import open_appeals_by_class
from jiangxue.learning.queries.board import ClassFigures, figures
from jiangxue.learning.queries.face_reviews import open_reviews_by_class
from jiangxue.organisations.queries import institutions, region_name
from jiangxue.portals.supervising.region_form import RegionForm
from jiangxue.supervision.queries.cases import cases, overdue
from jiangxue.supervision.queries.orders import orders
from jiangxue.supervision.queries.orders import overdue as overdue_orders
from jiangxue.supervision.queries.worth_a_look import Counted, summed, worth_a_look
from jiangxue.ui.terms import state_label

INSTITUTIONS_A_PAGE = 20


@for_roles(Role.SUPERVISOR)
@require_safe
def overview(request: SignedRequest) -> HttpResponse:
    """Show what the viewer's region holds, and nothing beyond it."""
    classes = list(classes_with_size(request.viewer))
    sums = figures(request.viewer, [each.pk for each in classes], learning_day(request.now))
    counted = worth_a_look(request.viewer)
    lines = _lines_by_institution(request, classes, sums, counted)
    form = RegionForm(request.viewer, request.GET)
    found = institutions(request.viewer, named=form.wanted, within=form.within)
    page = Paginator(found, INSTITUTIONS_A_PAGE).get_page(request.GET.get("page"))
    shown = [
        {
            "name": each.name,
            "url": reverse("regulator:institution", args=(each.pk,)),
            "region_name": each.region.name,
            "classes": lines[each.pk],
        }
        for each in page.object_list
    ]
    context = {
        "region_name": region_name(request.viewer.region or ""),
        "totals": {
            "institutions": institutions(request.viewer).count(),
            "classes": len(classes),
            "learners": sum(getattr(each, "size", 0) for each in classes),
            "learning_now": sum(each.learning_now for each in sums.values()),
            "credited_today_ms": sum(each.credited_today_ms for each in sums.values()),
        },
        "worth_a_look": summed(counted.values()),
        "overdue": _overdue(request),
        "orders": _overdue_orders(request),
        "institutions": with_lines(page, shown),
        "filter_form": form,
    }
    return render(request, "regulator/overview.html", context)


def _lines_by_institution(
    request: SignedRequest,
    classes: Sequence[Class],
    sums: Mapping[int, ClassFigures],
    counted: Mapping[int, Counted],
) -> Mapping[int, list[dict[str, object]]]:
    """Return a line for each class, by institution, with what waits there for people."""
    waiting, reviews = open_appeals_by_class(request.viewer), open_reviews_by_class(request.viewer)
    lines: defaultdict[int, list[dict[str, object]]] = defaultdict(list)
    for each in classes:
        lines[each.institution_id].append(
            {
                "name": each.name,
                "url": reverse("regulator:class", args=(each.pk,)),
                "course_title": each.version.title,
                "opens_on": each.opens_on,
                "closes_on": each.closes_on,
                "state_label": state_label(each.term, request.now),
                "learners": getattr(each, "size", 0),
                "learning_now": sums[each.pk].learning_now,
                "credited_today_ms": sums[each.pk].credited_today_ms,
                "credited_ms": sums[each.pk].credited_ms,
                "appeals": waiting.get(each.pk, 0),
                "reviews": reviews.get(each.pk, 0),
                "to_look_at": counted[each.pk].to_look_at if each.pk in counted else None,
                "anomalies_url": reverse("regulator:anomalies", args=(each.pk,)),
            }
        )
    return lines


def _overdue_orders(request: SignedRequest) -> dict[str, object]:
    """Return how many orders to institutions of the region should have been answered by now, and where they are listed."""
    found = overdue_orders(orders(request.viewer), learning_day(request.now))
    return {"count": found.count(), "url": f"{reverse('regulator:orders')}?state=overdue"}


def _overdue(request: SignedRequest) -> dict[str, object]:
    """Return how many cases of the region and of those within it should have been decided by now, and where they are listed."""
    found = overdue(cases(request.viewer), request.now)
    return {"count": found.count(), "url": f"{reverse('regulator:cases')}?state=overdue"}
