"""A sheet (明细表): rows of one kind within a filter, the same for the page that shows some and the file that holds all. Clause T7.

Rows come newest first, by keyset: each statement goes on after the last row of the one before, so that memory stays flat however
many there are. Whoever needs all of them as of one moment asks within one snapshot.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jiangxue.reporting.errors import NoSuchRow
from jiangxue.reporting.queries.amounts import amounts
from jiangxue.reporting.queries.scope import Scope
from jiangxue.reporting.rules.sheets import Column, Row, Value

AT_ONCE = 1_000
_BETWEEN = "~"

type Raw = Mapping[str, Any]
type Reader = Callable[[Raw], Value]


@dataclass(frozen=True, slots=True)
class Key:
    """A column that rows are ordered by, newest first: what it is called, where it stands, its type, and how its mark is read."""

    name: str
    sql: str
    type: str
    read: Callable[[str], object]


def id_key(sql: str) -> Key:
    """Return the key of a row's number."""
    return Key("id", sql, "bigint", int)


def day_key(sql: str) -> Key:
    """Return the key of a learning day."""
    return Key("key_day", sql, "date", date.fromisoformat)


def moment_key(sql: str) -> Key:
    """Return the key of an instant."""
    return Key("key_at", sql, "timestamptz", datetime.fromisoformat)


def uuid_key(sql: str) -> Key:
    """Return the key of a random number."""
    return Key("key_id", sql, "uuid", UUID)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a sheet are asked for: `source` runs from FROM on, `beside` are joins that only rows which are shown
    need, `read` puts in order what a row is before its columns read it.
    """

    select: str
    source: str
    where: str
    keys: tuple[Key, ...]
    beside: str = ""
    read: Callable[[Raw], Raw] = lambda raw: raw


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of one kind within a scope: its columns, how many rows, the rows, and what they come to."""

    name: str
    title: str
    cells: tuple[tuple[Column, Reader], ...]
    scope: Scope
    plan: Plan

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns in order."""
        return tuple(column for column, _read in self.cells)

    def count(self, most: int | None = None) -> int:
        """Return how many rows there are, or `most` where there are more."""
        statement = f"SELECT count(*) FROM (SELECT 1 {self.plan.source} {self.plan.where} LIMIT %(most)s) AS counted"
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.scope.values, "most": most})
            (found,) = cursor.fetchone() or (0,)
        return int(found)

    def rows(self, after: str | None = None, limit: int | None = None) -> Iterator[Row]:
        """Yield rows, newest first, those after a row's mark alone; raises `NoSuchRow` for a mark that is none."""
        mark = self._read_mark(after) if after else None
        left = limit
        while left is None or left > 0:
            wanted = AT_ONCE if left is None else min(left, AT_ONCE)
            found = self._some(mark, wanted)
            yield from (self._row(raw) for raw in found)
            if len(found) < wanted:
                return
            mark = [found[-1][key.name] for key in self.plan.keys]
            left = None if left is None else left - len(found)

    def totals(self) -> dict[str, int]:
        """Return what the columns of time come to over all rows, by the name of the column; hours are derived once, on the sum."""
        return amounts(self.scope).by_column

    def _some(self, mark: Sequence[object] | None, limit: int) -> list[Raw]:
        """Find the keys of some rows, and then what stands in these alone: what is beside a row is dear, and most rows are not shown."""
        keys = self.plan.keys
        named = ", ".join(f"{key.sql} AS {key.name}" for key in keys)
        order = ", ".join(f"{key.sql} DESC" for key in keys)
        left = ", ".join(key.sql for key in keys)
        right = ", ".join(f"%(after_{key.name})s::{key.type}" for key in keys)
        after = f"AND ({left}) < ({right})" if mark is not None else ""
        source, where = self.plan.source, self.plan.where
        values = {f"after_{key.name}": value for key, value in zip(keys, mark or (), strict=False)}
        found = self._asked(
            f"SELECT {named} {source} {where} {after} ORDER BY {order} LIMIT %(limit)s", {**values, "limit": limit}
        )
        arrays = ", ".join(f"%(only_{key.name})s::{key.type}[]" for key in keys)
        only = {f"only_{key.name}": [raw[key.name] for raw in found] for key in keys}
        chosen = f"JOIN unnest({arrays}) AS chosen ({', '.join(key.name for key in keys)}) ON ({left}) = ({', '.join(f'chosen.{key.name}' for key in keys)})"
        statement = f"SELECT {named}, {self.plan.select} {source} {chosen} {self.plan.beside} {where} ORDER BY {order}"
        return self._asked(statement, only) if found else []

    def _asked(self, statement: str, values: dict[str, Any]) -> list[Raw]:
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.scope.values, **values})
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _row(self, raw: Raw) -> Row:
        made = self.plan.read(raw)
        return Row(
            mark=_BETWEEN.join(_written(raw[key.name]) for key in self.plan.keys),
            values=tuple(read(made) for _column, read in self.cells),
            class_id=raw["class_id"],
            place_id=raw.get("place_id"),
            day=raw.get("day"),
        )

    def _read_mark(self, text: str) -> list[object]:
        parts = text.split(_BETWEEN)
        if len(parts) != len(self.plan.keys):
            raise NoSuchRow
        try:
            return [key.read(part) for key, part in zip(self.plan.keys, parts, strict=True)]
        except (ValueError, OverflowError):
            raise NoSuchRow from None


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
