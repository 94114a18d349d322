"""What becomes of a table's columns in a file: a length of time stands as words, and beside them in seconds to reckon with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from jiangxue.reporting.rules.cells import hours_in, local, ratio_in, seconds_in, text_in_csv
from jiangxue.reporting.rules.sheets import Column, Kind, Value
from jiangxue.ui.durations import duration

type Written = tuple[object, ...]
"""What one value becomes in a file: as many cells as its column has there."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: its title and what stands in it; what lengths of time are reckoned with is in seconds."""

    title: str
    kind: Kind


def file_columns(columns: Sequence[Column]) -> list[FileColumn]:
    """Return the columns of a file, more than those of the table where it holds lengths of time."""
    found = []
    for column in columns:
        if column.kind is Kind.DURATION:
            found.append(FileColumn(column.title, Kind.TEXT))
            found.append(FileColumn(_("{title} (seconds)").format(title=column.title), Kind.DURATION))
        else:
            found.append(FileColumn(column.title, column.kind))
    return found


def csv_titles(columns: Sequence[Column]) -> list[object]:
    """Return the line of titles as a CSV file holds it."""
    return [text_in_csv(column.title) for column in file_columns(columns)]


def csv_row(columns: Sequence[Column], values: Sequence[Value]) -> list[object]:
    """Return a line as a CSV file holds it."""
    cells: list[object] = []
    for column, value in zip(columns, values, strict=True):
        cells += _nothing(column.kind) if value is None else _IN_CSV[column.kind](value)
    return cells


def reckoned(kind: Kind, value: Value) -> object:
    """Return a value that is no text as files reckon with it: a number, a day, an instant in local time."""
    match kind, value:
        case Kind.DURATION, int():
            return seconds_in(value)
        case Kind.HOURS, int():
            return hours_in(value)
        case Kind.RATIO, int():
            return ratio_in(value)
        case Kind.MOMENT, datetime():
            return local(value)
        case _:
            return value


def _nothing(kind: Kind) -> Written:
    return ("", "") if kind is Kind.DURATION else ("",)


def _text(value: Value) -> Written:
    return (text_in_csv(str(value)),)


def _length(value: Value) -> Written:
    assert isinstance(value, int)
    return duration(value), seconds_in(value)


def _day(value: Value) -> Written:
    assert isinstance(value, date)
    return (value.isoformat(),)


def _moment(value: Value) -> Written:
    assert isinstance(value, datetime)
    return (local(value).isoformat(" "),)


_IN_CSV: dict[Kind, Callable[[Value], Written]] = {
    Kind.TEXT: _text,
    Kind.IDENTITY: _text,
    Kind.DURATION: _length,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.NUMBER: lambda value: (value,),
    Kind.HOURS: lambda value: (reckoned(Kind.HOURS, value),),
    Kind.RATIO: lambda value: (reckoned(Kind.RATIO, value),),
}
