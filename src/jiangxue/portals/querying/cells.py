"""How values of columns are written on a page, and which columns a page shows of the many that a file holds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxue.reporting.queries.sheets import Sheet
from jiangxue.reporting.rules.sheets import Column, Kind, Row, Value
from jiangxue.ui.durations import clock
from jiangxue.ui.kinds import KINDS

SHOWN: Mapping[str, tuple[str, ...]] = {
    "learners": ("name", "group_name", "class_name", "standing", "effective", "corrected", "refused", "last_day"),
    "records": ("opened_at", "name", "class_name", "closed_at", "credited", "effective", "corrected", "refused"),
    "classes": (
        "class_name",
        "state",
        "enrolled",
        "learning",
        "finished",
        "unfinished",
        "left",
        "settled",
        "effective",
        "corrected",
        "refused",
    ),
    "daily": ("day", "name", "class_name", "credited", "effective", "corrected", "refused"),
    "attendance": ("day", "name", "class_name", "live_planned", "live", "practice_planned", "practice"),
    "tests": ("ended_at", "name", "class_name", "came_to", "score"),
}
NOTES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "learners": {
        "name": ("id_type", "id_number"), "group_name": ("education", "sex", "age"), "class_name": ("institution",), "standing": ("progress",),
        "effective": ("hours",),
    },
    "records": {"opened_at": ("lesson", "device"), "name": ("id_number",), "class_name": ("institution",), "closed_at": ("ending",)},
    "classes": {"class_name": ("class_code", "institution"), "state": ("opens_on", "closes_on"), "effective": ("hours",)},
    "daily": {"name": ("id_number",), "class_name": ("institution",), "effective": ("hours",)},
    "attendance": {"name": ("id_number",), "class_name": ("institution",), "live": ("live_hours",), "practice": ("practice_hours",)},
    "tests": {"ended_at": ("lesson",), "name": ("id_number",), "class_name": ("institution",)},
}  # fmt: skip
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
                *(_note(*held[key]) for key in notes.get(column.key, ()) if held[key][1] not in (None, "")),
                *_parts(held, column.key),
            ],
        }
        for column in columns_shown(sheet)
    ]


def _note(column: Column, value: Value) -> dict[str, object]:
    return {"text": _noted(column, value), "is_figure": column.kind is not Kind.TEXT}


def _noted(column: Column, value: Value) -> str:
    """Return what stands small: with its unit, or the name of its column, where the value alone would not say what it is."""
    said = written(column.kind, value)
    match column.key:
        case "hours" | "live_hours" | "practice_hours":
            return _("%(hours)s hours") % {"hours": said}
        case "age":
            return _("%(age)s years old") % {"age": said}
        case "progress":
            return _("%(share)s of the lessons") % {"share": said}
        case _:
            return said


def _parts(held: Mapping[str, tuple[Column, Value]], key: str) -> list[dict[str, object]]:
    """Return the reasons of refused time, each with its share, where the sheet knows them."""
    parts = [
        (column.key.removeprefix(f"{key}_"), value)
        for column, value in held.values()
        if column.part_of == key and value
    ]
    return [
        {"text": f"{KINDS[reason].label} {written(Kind.DURATION, value)}", "is_figure": True} for reason, value in parts
    ]
