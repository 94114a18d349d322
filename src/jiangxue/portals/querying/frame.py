"""What the pages of queries have in common: the filter in the address, its form, and the ways between statistics and sheets."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.querying.forms import FilterForm
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import FilterRefused, NoSuchRow, NoSuchSheet
from jiangxue.reporting.queries.choices import choices_for
from jiangxue.reporting.rules.filters import Filter, read_filter

BESIDE = frozenset({"after", "per", "by"})
"""What else stands in these addresses: after which row a list goes on, and how statistics are divided."""

type Answer = Callable[["Asked"], HttpResponse]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the filter that its address holds."""

    request: SignedRequest
    filter: Filter
    form: FilterForm


def asked_of(request: SignedRequest) -> Filter:
    """Return the filter in an address; raises `FilterRefused`."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return read_filter(pairs, BESIDE)


def answered(request: SignedRequest, current: str, answer: Answer) -> HttpResponse:
    """Answer by a filter; one that cannot be read, or names what the viewer may not see, is shown with what is wrong, and nothing else."""
    form = FilterForm(request.GET.dict(), choices_for(request.viewer, request.now))
    try:
        return answer(Asked(request, asked_of(request), form))
    except FilterRefused as refused:
        form.say(refused.faults)
        return render(request, "querying/refused.html", frame(request, form, Filter(), current), status=400)
    except (NoSuchSheet, NoSuchRow):
        raise Http404 from None


def frame(request: SignedRequest, form: FilterForm, asked: Filter, current: str) -> dict[str, object]:
    """Return what every page of queries shows around its content."""
    return {
        "form": form,
        "is_filtered": bool(asked.query()),
        "kept": [(name, request.GET[name]) for name in ("per", "by") if request.GET.get(name)],
        "tabs": [
            {"label": label, "url": with_query(url, asked.query()), "current": name == current, "count": None}
            for name, label, url in _ways(request)
        ],
    }


def _ways(request: SignedRequest) -> list[tuple[str, str, str]]:
    sheets = {
        "learners": _("Learners"),
        "records": _("Learning records"),
        "classes": _("Classes"),
        "daily": _("Hours per day"),
        "attendance": _("Attendance"),
        "tests": _("Lesson tests"),
    }
    first = ("statistics", _("Statistics"), url_of(request, "query"))
    return [first, *((name, label, url_of(request, "query_sheet", name)) for name, label in sheets.items())]


def with_query(url: str, *queries: str) -> str:
    """Return an address with what its query asks for."""
    query = "&".join(each for each in queries if each)
    return f"{url}?{query}" if query else url
