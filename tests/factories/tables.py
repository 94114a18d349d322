"""Tables of any size to make files of, with cells of every kind, and their registration under a name."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from jiangxue.kernel.viewer import Viewer
from jiangxue.reporting.queries import exportable
from jiangxue.reporting.queries.exportable import Opened, Wanted
from jiangxue.reporting.rules.sheets import Column, Kind, Row, Value, hours_of
from tests.conftest import MORNING

NAME = "everything"
COLUMNS = (
    Column("name", "姓名", Kind.TEXT),
    Column("id_number", "证件号码", Kind.IDENTITY),
    Column("lessons", "课节数", Kind.NUMBER),
    Column("day", "日期", Kind.DAY),
    Column("at", "签到", Kind.MOMENT),
    Column("credited", "计入时长", Kind.DURATION),
    Column("hours", "学时", Kind.HOURS),
    Column("progress", "进度", Kind.RATIO),
)
DANGEROUS = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\t=1+1",
    "\r=1",
    "http://例子.cn",
    "李小明",
)


def values(number: int, *, masked: bool = True) -> tuple[Value, ...]:
    """Return a row; every seventh holds nothing but a name."""
    name = DANGEROUS[number % len(DANGEROUS)]
    if number % 7 == 6:
        return (name, *[None] * 7)
    ms = number * 1001 % 86_400_000
    document = "44**************1X" if masked else f"4401041990{number % 10**8:08d}"
    return name, document, number % 50, date(2026, 11, 24), MORNING, ms, hours_of(ms), number % 10_001


@dataclass
class ManyRows:
    """A table of so many rows; `seen` are the viewers that it was opened for."""

    size: int
    masked: bool = True
    title: str = "学员明细"
    columns: Sequence[Column] = COLUMNS
    seen: list[Viewer] = field(default_factory=list)

    def count(self) -> int:
        """Return how many rows there are."""
        return self.size

    def rows(self) -> Iterator[Row]:
        """Yield them."""
        for number in range(self.size):
            yield Row(str(number), values(number, masked=self.masked), class_id=1)

    def totals(self) -> Mapping[str, int]:
        """Return what the columns of time come to."""
        ms = sum(value for row in self.rows() if isinstance(value := row.values[5], int))
        return {"credited": ms, "hours": hours_of(ms)}


@contextmanager
def registered(table: ManyRows) -> Iterator[ManyRows]:
    """Let a table be exported under `NAME` for a while."""

    def open_table(viewer: Viewer, wanted: Wanted, _now: datetime) -> Opened:
        table.seen.append(viewer)
        table.masked = wanted.is_masked
        return Opened(table, wanted.query, (("重点群体", "农民工"),), wanted.is_masked)

    exportable.OTHERS[NAME] = open_table
    try:
        yield table
    finally:
        del exportable.OTHERS[NAME]
