"""One sheet: the rows that a filter chooses, some at a time, with what all of them come to. Clause T7."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.querying.cells import FIGURES, cells_of, columns_shown
from jiangxue.portals.querying.facts import attendance_rows, test_rows, time_rows
from jiangxue.portals.querying.frame import Asked, answered, frame, with_query
from jiangxue.portals.watching.archive import KEEPERS
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.queries.sheets import Sheet
from jiangxue.reporting.queries.statistics import total_of
from jiangxue.reporting.rules.sheets import Row

ROWS_A_PAGE = {"classes": 20}
"""A class adds up all its learners, so fewer of them are shown at once."""
USUAL_ROWS = 50
MOST_COUNTED = 2_000
"""More rows are not counted for a page: that takes longer than reading them. The file of an export counts all."""


def show(request: SignedRequest, sheet: str) -> HttpResponse:
    """Show some rows of a sheet."""

    def answer(asked: Asked) -> HttpResponse:
        shown = sheet_for(request.viewer, sheet, asked.filter, now=request.now)
        return render(
            request,
            "querying/sheet.html",
            {**frame(request, asked.form, asked.filter, sheet), **_context(asked, shown)},
        )

    return answered(request, sheet, answer)


def _context(asked: Asked, sheet: Sheet) -> dict[str, object]:
    request = asked.request
    most = ROWS_A_PAGE.get(sheet.name, USUAL_ROWS)
    rows = list(sheet.rows(request.GET.get("after") or None, most + 1))
    listed, query = rows[:most], asked.filter.query()
    url = url_of(request, "query_sheet", sheet.name)
    number = sheet.count(MOST_COUNTED + 1)
    is_more = len(rows) > most
    return {
        "title": sheet.title,
        "columns": [{"title": each.title, "is_figure": each.kind in FIGURES} for each in columns_shown(sheet)],
        "rows": [cells_of(sheet, row, _links(request, row)) for row in listed],
        "number": min(number, MOST_COUNTED),
        "is_beyond": number > MOST_COUNTED,
        "total": _total(sheet) if listed else None,
        "first_url": with_query(url, query) if request.GET.get("after") else "",
        "next_url": with_query(url, query, urlencode({"after": listed[-1].mark})) if is_more else "",
        "all_url": url,
        "export_url": with_query(url_of(request, "ask_export", sheet.name), query),
    }


def _total(sheet: Sheet) -> dict[str, object]:
    found = total_of(sheet.scope)
    rows = {"attendance": attendance_rows(found.tally), "tests": test_rows(found.tally)}
    return {"as_of": found.as_of, "rows": rows.get(sheet.name) or time_rows(found.tally.time)}


def _links(request: SignedRequest, row: Row) -> dict[str, str]:
    """Return where the values of a row lead: to the class, to the learner for those who may open that, and to the day."""
    links = {"class_name": url_of(request, "class", row.class_id)}
    if row.place_id is None:
        return links
    if request.viewer.role in KEEPERS:
        links["name"] = url_of(request, "learner", row.class_id, row.place_id)
    if row.day is not None:
        links["day"] = links["opened_at"] = url_of(request, "day", row.class_id, row.place_id, row.day.isoformat())
    return links
