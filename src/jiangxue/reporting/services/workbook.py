"""Tables as workbooks: a cover, then as many worksheets as the rows need, written row by row in flat memory. Clauses T7, T1.3."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from jiangxue.reporting.rules.cells import could_be_calculated, text_in_workbook
from jiangxue.reporting.rules.exports import CELLS_A_WORKSHEET, ROWS_A_WORKSHEET
from jiangxue.reporting.rules.sheets import Column, Kind, Value
from jiangxue.reporting.services.spreading import file_columns, reckoned
from jiangxue.ui.durations import duration

_A4 = 9
_TEXT: dict[str, object] = {"num_format": "@"}
_STYLES: dict[Kind, dict[str, object]] = {
    Kind.TEXT: _TEXT,
    Kind.IDENTITY: _TEXT,
    Kind.NUMBER: {"num_format": "0"},
    Kind.DAY: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm:ss"},
    Kind.DURATION: {"num_format": "0.000"},
    Kind.HOURS: {"num_format": "0.00"},
    Kind.RATIO: {"num_format": "0.00%"},
}
_WIDTHS = {
    Kind.TEXT: 18,
    Kind.IDENTITY: 22,
    Kind.NUMBER: 10,
    Kind.DAY: 12,
    Kind.MOMENT: 20,
    Kind.DURATION: 14,
    Kind.HOURS: 10,
    Kind.RATIO: 10,
}


class WorkbookTable:
    """A table on its way into a workbook; `close` writes what only the end knows: the cover and the ranges of the filters.

    Nothing that was written as a text is ever a formula, a link or a number to the program that opens it: cells are typed, and what
    a person could set off by editing the cell is marked as quoted.
    """

    def __init__(self, path: Path, columns: Sequence[Column], *, rows_a_worksheet: int = ROWS_A_WORKSHEET) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.use_zip64()  # for a file that is larger after all; nothing changes in the others
        self._title_style = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._quoted = self._book.add_format({**_TEXT, "quote_prefix": True})
        self._styles = {kind: self._book.add_format(style) for kind, style in _STYLES.items()}
        self._cover = self._book.add_worksheet(_("About"))
        self._columns = columns
        self._most = min(rows_a_worksheet, CELLS_A_WORKSHEET // len(file_columns(columns)))
        self._sheets: list[Worksheet] = []
        self._row = 0
        self._begin_sheet()

    def __enter__(self) -> Self:
        """Return the table itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of its temporary files where nobody came to close it."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()

    def write(self, values: Sequence[Value]) -> None:
        """Write one line."""
        if self._row == self._most:
            self._end_sheet()
            self._begin_sheet()
        self._row += 1
        sheet, at = self._sheets[-1], 0
        for column, value in zip(self._columns, values, strict=True):
            if value is not None:
                _WRITE[column.kind](self, sheet, at, value)
            at += 2 if column.kind is Kind.DURATION else 1

    def close(self, cover: Sequence[tuple[str, str]]) -> None:
        """Write the cover, names beside what they say, and finish the file."""
        self._end_sheet()
        self._write_cover(cover)
        self._book.close()

    def _begin_sheet(self) -> None:
        number = len(self._sheets) + 1
        sheet = self._book.add_worksheet(_("Data") if number == 1 else _("Data {number}").format(number=number))
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(file_columns(self._columns)):
            wide = max(_WIDTHS[column.kind], 3 + sum(2 if ord(sign) > 0x2E80 else 1 for sign in column.title))
            sheet.set_column(at, at, min(wide, 40))
            sheet.write_string(0, at, column.title, self._title_style)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        self._sheets.append(sheet)
        self._row = 0

    def _end_sheet(self) -> None:
        self._sheets[-1].autofilter(0, 0, self._row, len(file_columns(self._columns)) - 1)

    def _write_cover(self, cover: Sequence[tuple[str, str]]) -> None:
        names, words = (
            self._book.add_format({"bold": True, "valign": "top"}),
            self._book.add_format({**_TEXT, "text_wrap": True, "valign": "top"}),
        )
        quoted = self._book.add_format({**_TEXT, "text_wrap": True, "valign": "top", "quote_prefix": True})
        self._cover.set_column(0, 0, 20)
        self._cover.set_column(1, 1, 90)
        self._cover.set_paper(_A4)
        self._cover.fit_to_pages(1, 0)
        for at, (name, said) in enumerate(cover):
            self._cover.write_string(at, 0, name, names)
            self._cover.write_string(at, 1, said, quoted if could_be_calculated(said) else words)

    def _text(self, sheet: Worksheet, at: int, value: Value) -> None:
        text = text_in_workbook(str(value))
        style = self._quoted if could_be_calculated(text) else self._styles[Kind.TEXT]
        sheet.write_string(self._row, at, text, style)

    def _length(self, sheet: Worksheet, at: int, value: Value) -> None:
        assert isinstance(value, int)
        sheet.write_string(self._row, at, duration(value), self._styles[Kind.TEXT])
        sheet.write_number(self._row, at + 1, reckoned(Kind.DURATION, value), self._styles[Kind.DURATION])

    def _reckoned(self, sheet: Worksheet, at: int, kind: Kind, value: Value) -> None:
        sheet.write_number(self._row, at, reckoned(kind, value), self._styles[kind])

    def _dated(self, sheet: Worksheet, at: int, kind: Kind, value: Value) -> None:
        sheet.write_datetime(self._row, at, reckoned(kind, value), self._styles[kind])


type _Cell = Callable[[WorkbookTable, Worksheet, int, Value], None]


def _number(kind: Kind) -> _Cell:
    return lambda table, sheet, at, value: table._reckoned(sheet, at, kind, value)


def _time(kind: Kind) -> _Cell:
    return lambda table, sheet, at, value: table._dated(sheet, at, kind, value)


_WRITE: dict[Kind, _Cell] = {
    Kind.TEXT: WorkbookTable._text,
    Kind.IDENTITY: WorkbookTable._text,
    Kind.DURATION: WorkbookTable._length,
    Kind.NUMBER: _number(Kind.NUMBER),
    Kind.HOURS: _number(Kind.HOURS),
    Kind.RATIO: _number(Kind.RATIO),
    Kind.DAY: _time(Kind.DAY),
    Kind.MOMENT: _time(Kind.MOMENT),
}
