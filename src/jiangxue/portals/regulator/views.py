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
from jiangxue.enrolment.queries import classes
from jiangxue.enrolment.queries.overview import learners_in_classes, newest_classes
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.appeals import open_appeals_by_class
from jiangxue.learning.queries.board import figures, today_within
from jiangxue.learning.queries.face_reviews import open_reviews_by_class
from jiangxue.organisations.queries import institutions, paper_standings, region_name
from jiangxue.organisations.rules.papers import FileStanding
from jiangxue.portals.supervising.region_form import RegionForm
from jiangxue.supervision.queries.cases import cases, overdue
from jiangxue.supervision.queries.orders import orders
from jiangxue.supervision.queries.orders import overdue as overdue_orders
from jiangxue.supervision.queries.worth_a_look import Counted, summed, worth_a_look
from jiangxue.ui.terms import state_label

INSTITUTIONS_A_PAGE = 20
CLASSES_SHOWN = 10
"""Of each institution; the sheet of classes has all."""


@for_roles(Role.SUPERVISOR)
@require_safe
def overview(request: SignedRequest) -> HttpResponse:
    """Show what the viewer's region holds, and nothing beyond it."""
    counted = worth_a_look(request.viewer)
    form = RegionForm(request.viewer, request.GET)
    found = institutions(request.viewer, named=form.wanted, within=form.within)
    page = Paginator(found, INSTITUTIONS_A_PAGE).get_page(request.GET.get("page"))
    lines = _lines_by_institution(request, [each.pk for each in page.object_list], counted)
    shown = [
        {
            "name": each.name,
            "url": reverse("regulator:institution", args=(each.pk,)),
            "region_name": each.region.name,
            "classes": lines[each.pk],
            **_more(each.pk, lines[each.pk]),
        }
        for each in page.object_list
    ]
    today = today_within(request.viewer, learning_day(request.now))
    context = {
        "region_name": region_name(request.viewer.region or ""),
        "totals": {
            "institutions": institutions(request.viewer).count(),
            "classes": classes(request.viewer).count(),
            "learners": learners_in_classes(request.viewer),
            "learning_now": today.learning_now,
            "credited_today_ms": today.credited_ms,
        },
        "worth_a_look": summed(counted.values()),
        "overdue": _overdue(request),
        "orders": _overdue_orders(request),
        "lacking": _lacking_papers(request),
        "institutions": with_lines(page, shown),
        "filter_form": form,
    }
    return render(request, "regulator/overview.html", context)


def _lines_by_institution(
    request: SignedRequest, institution_ids: Sequence[int], counted: Mapping[int, Counted]
) -> Mapping[int, list[dict[str, object]]]:
    """Return a line for each class of some institutions, by institution, with what waits there for people."""
    held = list(newest_classes(request.viewer, institution_ids, CLASSES_SHOWN))
    ids = [each.pk for each in held]
    sums = figures(request.viewer, ids, learning_day(request.now))
    waiting, reviews = open_appeals_by_class(request.viewer, ids), open_reviews_by_class(request.viewer, ids)
    lines: defaultdict[int, list[dict[str, object]]] = defaultdict(list)
    for each in held:
        lines[each.institution_id].append(
            {
                "name": each.name,
                "held": getattr(each, "held", 0),
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


def _more(institution_id: int, lines: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return how many classes an institution has and where all are listed, if more than are shown."""
    number = lines[0]["held"] if lines else 0
    url = f"{reverse('regulator:query_sheet', args=('classes',))}?institution={institution_id}"
    return {"number": number, "all_url": url if number != len(lines) else ""}


def _overdue_orders(request: SignedRequest) -> dict[str, object]:
    """Return how many orders to institutions of the region should have been answered by now, and where they are listed."""
    found = overdue_orders(orders(request.viewer), learning_day(request.now))
    return {"count": found.count(), "url": f"{reverse('regulator:orders')}?state=overdue"}


def _lacking_papers(request: SignedRequest) -> dict[str, object]:
    """Return how many institutions of the region lack a paper that they have to have, and where they are listed."""
    standings = paper_standings(list(institutions(request.viewer)), learning_day(request.now))
    count = sum(standing is FileStanding.LACKING for standing in standings.values())
    return {"count": count, "url": f"{reverse('regulator:institutions')}?papers={FileStanding.LACKING}"}


def _overdue(request: SignedRequest) -> dict[str, object]:
    """Return how many cases of the region and of those within it should have been decided by now, and where they are listed."""
    found = overdue(cases(request.viewer), request.now)
    return {"count": found.count(), "url": f"{reverse('regulator:cases')}?state=overdue"}
