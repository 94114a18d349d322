"""What can be exported: a table by its name and the query of its list, as far as a viewer may see it. Clauses T7, C5."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import parse_qsl

from jiangxue.kernel.viewer import Viewer
from jiangxue.reporting.queries.filter_words import filter_words
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.rules.filters import read_filter
from jiangxue.reporting.rules.sheets import Column, Value

PAGE = frozenset({"page", "after", "per", "by"})
"""What an address says of how a list is looked at, and an export does not ask."""


class Line(Protocol):
    """One row of a table."""

    @property
    def values(self) -> Sequence[Value]:
        """Return its values, in the order of the columns."""


class Table(Protocol):
    """What a file is made of."""

    @property
    def title(self) -> str:
        """Return what it shows, in words."""

    @property
    def columns(self) -> Sequence[Column]:
        """Return its columns."""

    def count(self) -> int:
        """Return how many rows it has."""

    def rows(self) -> Iterator[Line]:
        """Yield its rows in a fixed order, in flat memory."""

    def totals(self) -> Mapping[str, int]:
        """Return what columns come to over all rows, by key."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table as it was asked for: the one query that says so, and the same in words, each condition under its name."""

    table: Table
    query: str
    said: tuple[tuple[str, str], ...]
    is_masked: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to export: a table by name, the query of its list, and whether what names people is masked."""

    sheet: str
    query: str
    is_masked: bool = True


type Opener = Callable[[Viewer, Wanted, datetime], Opened]

OTHERS: dict[str, Opener] = {}
"""Tables that are no statistics, by name; the composition root puts them in."""


def opened(viewer: Viewer, wanted: Wanted, *, now: datetime) -> Opened:
    """Return a table for a viewer; raises `NoSuchSheet`, `NotTheirsToQuery`, or `FilterRefused` for what cannot be read or is not theirs."""
    other = OTHERS.get(wanted.sheet)
    if other is not None:
        return other(viewer, wanted, now)
    asked = read_filter(parse_qsl(wanted.query, keep_blank_values=True), beside=PAGE)
    table = sheet_for(viewer, wanted.sheet, asked, now=now, masked=wanted.is_masked)
    return Opened(table, asked.query(), filter_words(viewer, asked), wanted.is_masked)
