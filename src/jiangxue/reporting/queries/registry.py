"""The sheets by name: the one door through which pages and exports come to rows."""

from collections.abc import Callable
from datetime import datetime

from jiangxue.kernel.viewer import Viewer
from jiangxue.reporting.errors import NoSuchSheet
from jiangxue.reporting.queries.attempts import attempts
from jiangxue.reporting.queries.attendance import attendance
from jiangxue.reporting.queries.classes import classes_sheet
from jiangxue.reporting.queries.days import days
from jiangxue.reporting.queries.learners import learners
from jiangxue.reporting.queries.records import records
from jiangxue.reporting.queries.scope import scope_of
from jiangxue.reporting.queries.sheets import Sheet
from jiangxue.reporting.rules.filters import Filter

SHEETS: dict[str, Callable[..., Sheet]] = {
    "learners": learners,
    "records": records,
    "classes": classes_sheet,
    "daily": days,
    "attendance": attendance,
    "tests": attempts,
}


def sheet_for(viewer: Viewer, name: str, asked: Filter, *, now: datetime, masked: bool = True) -> Sheet:
    """Return a sheet of what a viewer may see within a filter, its words in the language of the moment.

    Raises `NoSuchSheet`, `NotTheirsToQuery`, or `FilterRefused` for a filter that names what the viewer may not see. Only an export
    that somebody has reasoned for comes unmasked.
    """
    if name not in SHEETS:
        raise NoSuchSheet(name)
    return SHEETS[name](scope_of(viewer, asked, now), masked=masked)
