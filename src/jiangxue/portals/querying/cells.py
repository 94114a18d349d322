"""How values of columns are written on a page, and which columns a page shows of the many that a file holds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxue.reporting.queries.sheets import Sheet
from jiangxue.reporting.rules.sheets import Column, Kind, Row, Value
from jiangxue.ui.durations import clock

SHOWN: Mapping[str, tuple[str, ...]] = {
    "learners": (
        "name", "id_number", "group_name", "age", "class_name", "institution", "standing", "progress", "effective", "hours", "corrected",
        "refused", "last_day",
    ),
    "records": ("opened_at", "name", "class_name", "lesson", "closed_at", "credited", "effective", "corrected", "refused"),
    "classes": (
        "class_name", "institution", "state", "opens_on", "enrolled", "learning", "finished", "left", "settled", "effective", "hours",
        "corrected", "refused",
    ),
    "daily": ("day", "name", "class_name", "credited", "effective", "hours", "corrected", "refused"),
}  # fmt: skip
NOTES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "learners": {
        "id_number": ("id_type",),
        "age": ("sex",),
        "class_name": ("class_code", "course"),
        "institution": ("region",),
    },
    "records": {
        "name": ("id_number",),
        "class_name": ("institution",),
        "closed_at": ("ending",),
        "lesson": ("device",),
    },
    "classes": {"class_name": ("class_code", "course"), "institution": ("region",), "opens_on": ("closes_on",)},
    "daily": {"name": ("id_number",), "class_name": ("institution",)},
}
"""What stands small below another value of the row."""
FIGURES = frozenset({Kind.NUMBER, Kind.DURATION, Kind.HOURS, Kind.RATIO})
_NONE = "–"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def _hours(parts: int) -> str:
    return f"{parts // 100}.{parts % 100:02d}"


_WRITERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.DURATION: lambda ms: clock(ms) if ms else _NONE,
    Kind.HOURS: _hours,
    Kind.RATIO: lambda parts: f"{parts // 100}%",
    Kind.MOMENT: _moment,
    Kind.DAY: date.isoformat,
}


def written(kind: Kind, value: Value) -> str:
    """Write a value: time as hours, minutes and seconds, so that sums can be compared with any other list to the second."""
    return _NONE if value in (None, "") else _WRITERS.get(kind, str)(value)


def columns_shown(sheet: Sheet) -> list[Column]:
    """Return the columns of a page in their order."""
    by_key = {column.key: column for column in sheet.columns}
    return [by_key[key] for key in SHOWN[sheet.name]]


def cells_of(sheet: Sheet, row: Row, links: Mapping[str, str]) -> list[dict[str, object]]:
    """Return a row as a page shows it; refused time is divided by its reasons where the sheet knows them."""
    held = {column.key: (column, value) for column, value in zip(sheet.columns, row.values, strict=True)}
    notes = NOTES[sheet.name]
    return [
        {
            "label": column.title,
            "text": written(column.kind, held[column.key][1]),
            "is_figure": column.kind in FIGURES,
            "url": links.get(column.key, ""),
            "notes": [
                *(written(held[key][0].kind, held[key][1]) for key in notes.get(column.key, ()) if held[key][1]),
                *_parts(sheet, row, column.key),
            ],
        }
        for column in columns_shown(sheet)
    ]


def _parts(sheet: Sheet, row: Row, key: str) -> list[str]:
    found = [(column, value) for column, value in zip(sheet.columns, row.values, strict=True) if column.part_of == key]
    return [
        _("%(reason)s %(time)s") % {"reason": column.title, "time": written(column.kind, value)}
        for column, value in found
        if value
    ]
