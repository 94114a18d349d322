"""A week of a class: a row for each learner, a minute bar for each day. Clauses C3, T7."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment import queries as enrolment
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.queries.board import figures
from jiangxue.learning.queries.periods import Period
from jiangxue.learning.queries.week import Amounts, days_of_places
from jiangxue.learning.rules.shapes import CORRECTED
from jiangxue.portals.figures import CREDITED, Amount, Figures, figures_of
from jiangxue.portals.watching.archive import archive_url
from jiangxue.portals.watching.case_links import days_kept_out
from jiangxue.portals.watching.frame import frame, of_a_class, url_of, week_of, weeks_beside
from jiangxue.portals.watching.learner import learner_url
from jiangxue.ui.forms import SearchForm

LEARNERS_A_PAGE = 50


class WeekSearchForm(SearchForm):
    """A search that stays in its week."""

    until = forms.CharField(required=False, widget=forms.HiddenInput)


@of_a_class
def show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Show seven days of a class, fifty learners a page."""
    week = week_of(request)
    form = WeekSearchForm(request.GET)
    form.fields["until"].initial = request.GET.get("until", "")
    found = enrolment.roster(request.viewer, watched.pk, named=form.wanted)
    page = Paginator(found, LEARNERS_A_PAGE).get_page(request.GET.get("page"))
    sums = figures(request.viewer, [watched.pk], learning_day(request.now))[watched.pk]
    context = {
        **frame(request, watched, "days"),
        "sums": sums,
        "days": week.days,
        "beside": weeks_beside(request, week, watched.opens_on),
        "learners": with_lines(page, _rows(request, watched, list(page.object_list), week)),
        "filter_form": form,
    }
    return render(request, "watching/days.html", context)


def _rows(
    request: SignedRequest, watched: TrainingClass, roster: Sequence[Enrolment], week: Period
) -> list[dict[str, object]]:
    held = days_of_places(watched.pk, {place.learner_id: place.pk for place in roster}, week.days)
    longest_ms = max((sum(day.judged.get(kind, 0) for kind in CREDITED) for day in held.values()), default=0)
    kept_out = days_kept_out(request, [place.pk for place in roster], week.days)
    rows = []
    for place in roster:
        own = {day: held[place.pk, day] for day in week.days if (place.pk, day) in held}
        rows.append(
            {
                "name": place.learner.staff_name,
                "learner_url": learner_url(request, place),
                "archive_url": archive_url(request, place),
                "days": [
                    {**_cell(request, place, day, own.get(day)), "kept_out": kept_out.get((place.pk, day), "")}
                    for day in week.days
                ],
                "sums": _sum(own),
                "longest_ms": longest_ms,  # one scale for all bars of the page
            }
        )
    return rows


def _cell(request: SignedRequest, place: Enrolment, day: date, amounts: Amounts | None) -> dict[str, object]:
    spent = spent_of(amounts) if amounts else []
    return {
        "day": day,
        "url": url_of(request, "day", place.training_class_id, place.pk, day.isoformat()),
        "amounts": spent,
        "figures": figures_of(spent) if spent else None,
    }


def _sum(days: Mapping[date, Amounts]) -> Figures:
    return figures_of(each for amounts in days.values() for each in spent_of(amounts))


def spent_of(amounts: Amounts) -> list[Amount]:
    """Return a day's time in the order of its bar: credited, given back by hand, and what stays refused."""
    left = {kind: ms - amounts.corrected.get(kind, 0) for kind, ms in amounts.judged.items()}
    credited = [Amount(kind, ms) for kind, ms in left.items() if kind in CREDITED]
    corrected = [Amount(CORRECTED, ms, refused_as=kind) for kind, ms in amounts.corrected.items()]
    refused = [Amount(kind, ms) for kind, ms in left.items() if kind not in CREDITED]
    return [each for each in (*credited, *corrected, *refused) if each.ms]
