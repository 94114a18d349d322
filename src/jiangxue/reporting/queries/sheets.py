"""A sheet (明细表): rows of one kind within a filter, the same for the page that shows some and the file that holds all. Clause T7.

Rows come newest first, by keyset: each statement goes on after the last row of the one before, so that memory stays flat however
many there are. Whoever needs all of them as of one moment asks within one snapshot.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jiangxue.reporting.errors import NoSuchRow
from jiangxue.reporting.queries.amounts import amounts
from jiangxue.reporting.queries.scope import Scope
from jiangxue.reporting.rules.sheets import Column, Row, Value

AT_ONCE = 1_000
MOST_DIGITS = 18
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


def _small(text: str) -> int:
    """Return a number that the database can hold."""
    if len(text) > MOST_DIGITS:
        raise ValueError(text)
    return int(text)


def id_key(sql: str) -> Key:
    """Return the key of a row's number."""
    return Key("id", sql, "bigint", _small)


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

    @property
    def _named(self) -> str:
        return ", ".join(f"{key.sql} AS {key.name}" for key in self.keys)

    @property
    def _together(self) -> str:
        return f"({', '.join(key.sql for key in self.keys)})"

    @property
    def _order(self) -> str:
        return f"ORDER BY {', '.join(f'{key.sql} DESC' for key in self.keys)}"

    def keys_statement(self, *, is_on: bool) -> str:
        """Return the statement that finds the keys of some rows, from the first on or after a mark."""
        mark = ", ".join(f"%(after_{key.name})s::{key.type}" for key in self.keys)
        after = f"AND {self._together} < ({mark})" if is_on else ""
        return f"SELECT {self._named} {self.source} {self.where} {after} {self._order} LIMIT %(limit)s"

    def all_statement(self) -> str:
        """Return the statement that finds all rows at once."""
        return f"SELECT {self._named}, {self.select} {self.source} {self.beside} {self.where} {self._order}"

    def rows_statement(self) -> str:
        """Return the statement that finds the rows of some keys; the scope holds for it as for the other."""
        arrays = ", ".join(f"%(only_{key.name})s::{key.type}[]" for key in self.keys)
        names = ", ".join(key.name for key in self.keys)
        only = f"JOIN unnest({arrays}) AS chosen ({names}) ON {self._together} = ({', '.join(f'chosen.{key.name}' for key in self.keys)})"
        return f"SELECT {self._named}, {self.select} {self.source} {only} {self.beside} {self.where} {self._order}"


def _time(scope: Scope) -> dict[str, int]:
    return amounts(scope).by_column


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of one kind within a scope: its columns, how many rows, the rows, and what they come to."""

    name: str
    title: str
    cells: tuple[tuple[Column, Reader], ...]
    scope: Scope
    plan: Plan
    sums: Callable[[Scope], dict[str, int]] = _time

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
        if after is None and limit is None:
            yield from self._all()
            return
        mark = self._read_mark(after) if after else None
        left = limit
        while left is None or left > 0:
            wanted = AT_ONCE if left is None else min(left, AT_ONCE)
            keys = self._keys(mark, wanted)
            if keys:
                yield from (self._row(raw) for raw in self._rows(keys))
            if len(keys) < wanted:
                return
            mark = list(keys[-1].values())
            left = None if left is None else left - wanted

    def totals(self) -> dict[str, int]:
        """Return what columns come to over all rows, by the name of the column, usually those of time; hours are derived once, on the sum."""
        return self.sums(self.scope)

    def _all(self) -> Iterator[Row]:
        """Yield every row of one statement, through a cursor of the server: page by page, each would look for its place anew."""
        with transaction.atomic():
            with connection.cursor() as cursor:  # else it is planned for the first rows to come soon
                cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            with connection.chunked_cursor() as cursor:
                cursor.execute(self.plan.all_statement(), self.scope.values)
                names = [column[0] for column in cursor.description or ()]
                while found := cursor.fetchmany(AT_ONCE):
                    yield from (self._row(dict(zip(names, row, strict=True))) for row in found)

    def _keys(self, mark: Sequence[object] | None, limit: int) -> list[Raw]:
        """Return the keys of the next rows, after a mark; what stands beside a row is dear, and is asked for these alone."""
        names = [key.name for key in self.plan.keys]
        after = dict(zip((f"after_{name}" for name in names), mark or (), strict=False))
        return self._asked(self.plan.keys_statement(is_on=mark is not None), {**after, "limit": limit})

    def _rows(self, keys: Sequence[Raw]) -> list[Raw]:
        only = {f"only_{key.name}": [raw[key.name] for raw in keys] for key in self.plan.keys}
        return self._asked(self.plan.rows_statement(), only)

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
