"""Spreadsheets of Excel, WPS and LibreOffice: what their visible sheets show. Runs in the cage alone."""

from collections.abc import Iterator
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jiangxue.enrolment.errors import UnreadableRoster
from jiangxue.enrolment.intake.limits import BOUNDS, MOST_COLUMNS, MOST_MERGED, MOST_SHEETS
from jiangxue.enrolment.intake.shaping import Budget, TooMuch, sheet_of
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.shapes import Line, Sheet
from jiangxue.kernel import zips

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def sheets_of_zip(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an XLSX, XLSM or ODS file, or raise `UnreadableRoster`."""
    try:
        with zips.opened(BytesIO(content)) as archive:
            if zips.is_encrypted(archive):
                raise UnreadableRoster(FileFault.LOCKED)
            if zips.unpacks_beyond(archive, BOUNDS):
                raise UnreadableRoster(FileFault.TOO_MUCH)
            zips.unpack(archive)  # the reader of spreadsheets looks neither at lengths nor at checksums
    except zips.BrokenZip as broken:
        raise UnreadableRoster(FileFault.DAMAGED) from broken
    return _sheets(content)


def sheets_of_ole(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an old XLS file, or raise `UnreadableRoster`; an XLSX with a password lies in such a file, too."""
    if _ENCRYPTED_PACKAGE in content:
        raise UnreadableRoster(FileFault.LOCKED)
    return _sheets(content)


def _sheets(content: bytes) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [
            each.name
            for each in workbook.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        budget = Budget()
        return [_sheet(workbook.get_sheet_by_name(name), name, budget) for name in shown[:MOST_SHEETS]]
    except PasswordError as locked:
        raise UnreadableRoster(FileFault.LOCKED) from locked
    except (CalamineError, OSError, ValueError) as bad:
        raise UnreadableRoster(FileFault.DAMAGED) from bad


def _sheet(found: CalamineSheet, name: str, budget: Budget) -> Sheet:
    read = sheet_of(name, _rows(found), budget)
    return Sheet(name, _filled(read.lines, _merged(found), budget), read.has_more)


def _rows(found: CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    """Yield rows with their numbers, counted from 1, and cells from the first column on."""
    if found.start is None:
        return
    _, column = found.start  # the reader gives the empty rows above the first cell, and not the columns before it
    for at, row in enumerate(found.iter_rows(), 1):
        yield at, [""] * column + list(row)


def _merged(found: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    ranges = found.merged_cell_ranges or []
    if len(ranges) > MOST_MERGED:
        raise TooMuch
    return ranges


def _filled(
    lines: tuple[Line, ...], merged: list[tuple[tuple[int, int], tuple[int, int]]], budget: Budget
) -> tuple[Line, ...]:
    """Return the lines with what merged cells show written into each of the cells; a line that holds nothing else gains nothing."""
    cells = {line.at: list(line.cells) for line in lines}
    for (top, left), (bottom, right) in merged:
        row = cells.get(top + 1, [])
        shown = row[left] if left < len(row) else ""
        if not shown or right - left >= MOST_COLUMNS:
            continue
        for at in range(top + 1, min(bottom, top + len(lines) + 1) + 2):
            if at in cells:
                _fill(cells[at], left, right, shown, budget)
    return tuple(Line(line.at, tuple(cells[line.at])) for line in lines)


def _fill(row: list[str], left: int, right: int, shown: str, budget: Budget) -> None:
    last = min(right, MOST_COLUMNS - 1)
    row.extend([""] * (last + 1 - len(row)))
    for at in range(left, last + 1):
        if not row[at]:
            row[at] = shown
            budget.spend([shown])
