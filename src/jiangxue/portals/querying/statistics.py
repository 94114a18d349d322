"""Statistics (统计): the figures of a filter, and charts with their tables. Clause T7."""

from django.http import HttpResponse
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.kernel.viewer import Role
from jiangxue.portals.querying.drawing import Figure
from jiangxue.portals.querying.facts import facts
from jiangxue.portals.querying.figures import FIGURES
from jiangxue.portals.querying.frame import Asked, answered, frame, with_query
from jiangxue.portals.querying.words import DIVISIONS, PERIODS
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import Fault, FilterFault, FilterRefused
from jiangxue.reporting.queries.scope import scope_of
from jiangxue.reporting.queries.statistics import Statistics, statistics_of
from jiangxue.reporting.rules.figures import Division, Period
from jiangxue.ui.charts import drawn

SHORT_TABLE = 40
"""A table of more cells is folded."""
NARROW_TABLE = 3
"""Tables of so few columns stand beside their chart."""


def show(request: SignedRequest) -> HttpResponse:
    """Show what a filter comes to."""

    def answer(asked: Asked) -> HttpResponse:
        found = found_for(asked)
        context = {**frame(request, asked.form, asked.filter, "statistics"), **_context(asked, found)}
        return render(request, "querying/statistics.html", context)

    return answered(request, "statistics", answer)


def found_for(asked: Asked) -> Statistics:
    """Return the statistics that an address asks for, divided as it says."""
    viewer = asked.request.viewer
    usual = Division.INSTITUTION if viewer.role is Role.SUPERVISOR else Division.CLASS
    by = _chosen(asked, "by", Division)
    per = _chosen(asked, "per", Period)
    scope = scope_of(viewer, asked.filter, asked.request.now)
    return statistics_of(scope, Division(by) if by else usual, Period(per) if per else None)


def _chosen(asked: Asked, name: str, kind: type[Division | Period]) -> str:
    value = asked.request.GET.get(name, "")
    if value and value not in list(kind):
        raise FilterRefused(FilterFault(name, Fault.NOT_THERE, value))
    return value


def _context(asked: Asked, found: Statistics) -> dict[str, object]:
    url, query = url_of(asked.request, "query"), asked.filter.query()
    return {
        "as_of": found.as_of,
        "facts": facts(found),
        "is_empty": not found.people.enrolled,
        "all_url": url,
        "charts": [_shown(asked, make(found)) for make in FIGURES.values()] if found.people.enrolled else [],
        "beyond": found.beyond,
        "pers": [
            {
                "label": label,
                "url": with_query(url, query, f"per={per}", f"by={found.by}"),
                "current": per is found.period,
            }
            for per, label in PERIODS.items()
        ],
        "bys": [
            {
                "label": label,
                "url": with_query(url, query, f"per={found.period}", f"by={by}"),
                "current": by is found.by,
            }
            for by, label in DIVISIONS.items()
        ],
    }


def _shown(asked: Asked, figure: Figure) -> dict[str, object]:
    params = asked.request.GET.copy()
    picture = with_query(url_of(asked.request, "query_chart", figure.name, "png"), params.urlencode())
    return {
        "name": figure.name,
        "title": figure.chart.title,
        "unit": figure.chart.unit,
        "note": figure.note,
        "svg": "" if figure.chart.is_empty else drawn(figure.chart),
        "heads": figure.heads,
        "rows": figure.rows,
        "is_long": len(figure.rows) * len(figure.heads) > SHORT_TABLE,
        "is_narrow": len(figure.heads) <= NARROW_TABLE,
        "is_division": figure.name in ("division", "beside"),
        "picture_url": picture,
    }
