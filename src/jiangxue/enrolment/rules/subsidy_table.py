"""A table of the conditions of subsidy as a file: read whole or refused with all its faults, and written so that it can be read again."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from jiangxue.accounts.rules.id_types import Sex
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.errors import SubsidyFault, UnfitSubsidyTable
from jiangxue.enrolment.rules.subsidies import SubsidyRow
from jiangxue.kernel.csv_file import BrokenQuotes, Line, NotText, is_formula, lines_of
from jiangxue.kernel.readable import is_readable

MOST_BYTES = 256 * 1024
MOST_ROWS = 500
LONGEST_BASIS = 120
HEADER = ("地区代码", "重点群体", "性别", "出生年月起", "出生年月止", "年龄下限", "年龄上限", "依据")
ANY = "不限"
GROUPS = {
    "高校毕业生": PriorityGroup.GRADUATES,
    "农民工": PriorityGroup.MIGRANT_WORKERS,
    "失业人员": PriorityGroup.UNEMPLOYED,
    "退役军人": PriorityGroup.VETERANS,
    "脱贫人口": PriorityGroup.LIFTED_OUT_OF_POVERTY,
    "就业困难人员": PriorityGroup.HARD_TO_EMPLOY,
    "残疾人": PriorityGroup.DISABLED,
}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
_REGION = re.compile(r"[1-9]\d(\d{2}(\d{2})?)?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_AGE = re.compile(r"(\d{1,3})(?:岁)?(?:零?(\d{1,2})个?月)?")


class Column(StrEnum):
    """The columns whose cells can be wrong, by their headings."""

    REGION = "地区代码"
    GROUP = "重点群体"
    SEX = "性别"
    BORN_FROM = "出生年月起"
    BORN_UNTIL = "出生年月止"
    FROM = "年龄下限"
    UNTIL = "年龄上限"
    BASIS = "依据"


def read_subsidy_table(content: bytes) -> tuple[SubsidyRow, ...]:
    """Return the lines of a CSV file in UTF-8 or GB18030, or raise `UnfitSubsidyTable` with everything that is wrong with it.

    An empty cell, or 不限, asks for nothing. Ages are years, or years and months as 60岁3个月.
    """
    if len(content) > MOST_BYTES:
        raise UnfitSubsidyTable([SubsidyFault(0, "too_large")])
    header, *lines = _lines(content) or [Line(1, ())]
    if tuple(header.cells) != HEADER:
        raise UnfitSubsidyTable([SubsidyFault(header.at, "other_header", ",".join(header.cells))])
    if not lines or len(lines) > MOST_ROWS:
        raise UnfitSubsidyTable([SubsidyFault(0, "too_many_rows" if lines else "no_rows")])
    faults = [fault for line in lines for fault in _faults_of(line)]
    if faults:
        raise UnfitSubsidyTable(faults)
    return tuple(_row_of(line.cells) for line in lines)


def write_subsidy_table(rows: Iterable[SubsidyRow]) -> str:
    """Return a table as CSV text; `read_subsidy_table` reads the same rows from it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(cells_of(row) for row in rows)
    return text.getvalue()


def cells_of(row: SubsidyRow) -> tuple[str, ...]:
    """Return a line as the file has it."""
    groups, sexes = {each: word for word, each in GROUPS.items()}, {each: word for word, each in SEXES.items()}
    return (
        row.region or ANY,
        groups[row.group] if row.group else ANY,
        sexes[row.sex] if row.sex else ANY,
        f"{row.born_from:%Y-%m}" if row.born_from else "",
        f"{row.born_until:%Y-%m}" if row.born_until else "",
        _age_said(row.from_months) if row.from_months else "",
        _age_said(row.until_months) if row.until_months != SubsidyRow().until_months else "",
        row.basis,
    )


def to_values(rows: Iterable[SubsidyRow]) -> list[dict[str, Any]]:
    """Return lines as JSON objects."""
    found: list[dict[str, Any]] = msgspec.to_builtins(list(rows))
    return found


def from_values(values: Sequence[Any]) -> tuple[SubsidyRow, ...]:
    """Return the lines that JSON objects hold."""
    return msgspec.convert(values, tuple[SubsidyRow, ...])


def _age_said(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years}岁{rest}个月" if rest else str(years)


def _lines(content: bytes) -> list[Line]:
    try:
        found = list(lines_of(content, len(HEADER), tidied=_tidied))
    except NotText:
        raise UnfitSubsidyTable([SubsidyFault(0, "no_text")]) from None
    except BrokenQuotes as broken:
        raise UnfitSubsidyTable([SubsidyFault(broken.at, "broken_quotes")]) from None
    return [Line(line.at, (*_narrowed(line.cells), *[""] * (len(HEADER) - len(line.cells)))) for line in found]


def _tidied(cell: str) -> str:
    return " ".join(cell.split())


def _narrowed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells as they are read, in any width and with any gaps; the basis is a text and stays as it was written."""
    basis_at = len(HEADER) - 1
    read = ("".join(unicodedata.normalize("NFKC", cell).split()) for cell in cells[:basis_at])
    return (*read, *cells[basis_at:])


def _faults_of(line: Line) -> Iterator[SubsidyFault]:
    if len(line.cells) > len(HEADER):
        yield SubsidyFault(line.at, "too_many_cells", line.cells[len(HEADER)])
    cells = dict(zip(Column, line.cells, strict=False))
    wrong = {
        Column.REGION: _is_wrong(cells[Column.REGION], _region_of),
        Column.GROUP: _is_wrong(cells[Column.GROUP], GROUPS.get),
        Column.SEX: _is_wrong(cells[Column.SEX], SEXES.get),
        Column.BORN_FROM: _is_wrong(cells[Column.BORN_FROM], _month_of),
        Column.BORN_UNTIL: _is_wrong(cells[Column.BORN_UNTIL], _month_of),
        Column.FROM: _is_wrong(cells[Column.FROM], _months_of),
        Column.UNTIL: _is_wrong(cells[Column.UNTIL], _months_of),
        Column.BASIS: not _is_plain(cells[Column.BASIS]),
    }
    yield from (SubsidyFault(line.at, "unfit_cell", cells[name], name) for name, is_so in wrong.items() if is_so)
    if not any(wrong.values()) and _is_empty(_row_of(line.cells)):
        yield SubsidyFault(line.at, "nobody_fits")


def _is_wrong(cell: str, read: Callable[[str], object]) -> bool:
    return not _is_any(cell) and read(cell) is None


def _is_any(cell: str) -> bool:
    return cell in ("", ANY)


def _is_plain(cell: str) -> bool:
    return len(cell) <= LONGEST_BASIS and is_readable(cell) and not is_formula(cell)


def _is_empty(row: SubsidyRow) -> bool:
    """Say whether a line can fit nobody: its months of birth or its ages end before they begin."""
    is_backwards = row.born_from is not None and row.born_until is not None and row.born_until < row.born_from
    return is_backwards or row.until_months <= row.from_months


def _row_of(cells: Sequence[str]) -> SubsidyRow:
    region, group, sex, born_from, born_until, from_age, until_age, basis = cells[: len(HEADER)]
    return SubsidyRow(
        region=_region_of(region) or "",
        group=GROUPS.get(group),
        sex=SEXES.get(sex),
        born_from=_month_of(born_from),
        born_until=_month_of(born_until),
        from_months=_months_of(from_age) or 0,
        until_months=SubsidyRow().until_months if _is_any(until_age) else _months_of(until_age) or 0,
        basis=basis,
    )


def _region_of(cell: str) -> str | None:
    """Return the code of a province, a city or a district; zeros that spreadsheets and tables put behind it say nothing."""
    if _REGION.fullmatch(cell) is None:
        return None
    while len(cell) > 2 and cell.endswith("00"):
        cell = cell[:-2]
    return cell


def _month_of(cell: str) -> date | None:
    found = _MONTH.fullmatch(cell)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2100:
        return None
    return date(int(found[1]), int(found[2]), 1)


def _months_of(cell: str) -> int | None:
    found = _AGE.fullmatch(cell)
    if found is None or int(found[2] or 0) > 11 or int(found[1]) > 99:
        return None
    return int(found[1]) * 12 + int(found[2] or 0)
