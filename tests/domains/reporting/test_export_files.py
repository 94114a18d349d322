"""Files of exports, opened as another program opens them: row by row what the table holds, and nothing calculated."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils.escape import unescape

from jiangxue.reporting.rules.sheets import Kind
from jiangxue.reporting.services import workbook
from jiangxue.reporting.services.csv_writing import CsvTable
from jiangxue.reporting.services.workbook import WorkbookTable
from tests.factories.tables import COLUMNS, DANGEROUS, ManyRows

pytestmark = pytest.mark.clause("T7")

COVER = [("内容", "学员明细"), ("条件", "=1+1")]
_HEAD = ["姓名", "证件号码", "课节数", "日期", "签到", "计入时长", "计入时长（秒）", "学时", "进度"]


def _workbook(path: Path, table: ManyRows, *, rows_a_worksheet: int = 1000) -> Path:
    with WorkbookTable(path, table.columns, rows_a_worksheet=rows_a_worksheet) as book:
        for row in table.rows():
            book.write(row.values)
        book.close(COVER)
    return path


def _csv(path: Path, table: ManyRows) -> Path:
    with path.open("wb") as target:
        lines = CsvTable(table.columns, target)
        for row in table.rows():
            lines.write(row.values)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == lines.sha256
    return path


def _cells(path: Path, sheet: int = 1) -> Iterator[tuple[Cell, ...]]:
    book = openpyxl.load_workbook(path)
    yield from book.worksheets[sheet].iter_rows(min_row=2)


def test_a_workbook_holds_row_by_row_what_the_table_holds(tmp_path: Path) -> None:
    table = ManyRows(40, masked=False)
    for row, cells in zip(table.rows(), _cells(_workbook(tmp_path / "a.xlsx", table)), strict=True):
        name, document, lessons, day, _at, ms, hours, progress = row.values
        found = [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in cells]
        assert found[:3] == [name, document, lessons]
        if day is None:
            assert found[3:] == [None] * 6
            continue
        assert isinstance(ms, int)
        assert isinstance(hours, int)
        assert isinstance(progress, int)
        assert found[3] == datetime(2026, 11, 24)  # noqa: DTZ001  (a workbook knows no zones)
        assert found[4] == datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001
        assert round(found[6] * 1000) == ms
        assert round(found[7] * 100) == hours
        assert round(found[8] * 10_000) == progress


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number_that_was_a_text(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", ManyRows(40, masked=False))
    for cells in _cells(path):
        assert cells[0].data_type == "s"
        assert cells[0].quotePrefix == (cells[0].value not in ("http://例子.cn", "李小明"))
        assert cells[0].hyperlink is None
        assert cells[1].value is None or (cells[1].data_type, cells[1].number_format) == ("s", "@")
    with ZipFile(path) as package:
        for name in package.namelist():
            assert "externalLink" not in name
            if name.startswith("xl/worksheets/"):
                assert not list(ElementTree.fromstring(package.read(name)).iter("{*}f"))


def test_a_cover_comes_first_and_calculates_nothing_either(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx", ManyRows(3)))
    assert [sheet.title for sheet in book.worksheets] == ["说明", "数据"]
    assert [(name.value, said.value) for name, said in book.worksheets[0].iter_rows()] == COVER
    assert book.worksheets[0]["B2"].data_type == "s"


def test_a_worksheet_has_its_titles_frozen_a_filter_widths_and_real_formats(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx", ManyRows(5))).worksheets[1]
    assert [cell.value for cell in sheet[1]] == _HEAD
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I6"
    assert (sheet["D2"].number_format, sheet["E2"].number_format) == ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")
    assert sheet.column_dimensions["B"].width >= 20
    assert sheet.page_setup.orientation == "landscape"


def test_more_rows_than_a_worksheet_holds_go_on_in_another_with_its_own_titles(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx", ManyRows(25), rows_a_worksheet=10))
    assert [sheet.title for sheet in book.worksheets] == ["说明", "数据", "数据 2", "数据 3"]
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [11, 11, 6]
    assert {sheet["A1"].value for sheet in book.worksheets[1:]} == {"姓名"}


def test_a_wide_table_goes_on_in_another_worksheet_before_one_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "CELLS_A_WORKSHEET", 10 * len(_HEAD) + 1)
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx", ManyRows(25)))
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [11, 11, 6]


@pytest.mark.parametrize("size", [0, 10])
def test_an_empty_table_and_a_full_worksheet_open_too(tmp_path: Path, size: int) -> None:
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx", ManyRows(size), rows_a_worksheet=10))
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [size + 1]


def test_a_csv_file_holds_row_by_row_what_the_table_holds(tmp_path: Path) -> None:
    table = ManyRows(40, masked=False)
    content = _csv(tmp_path / "a.csv", table).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 41
    head, *lines = csv.reader(content.decode("utf-8-sig").splitlines())
    assert head == _HEAD
    for row, line in zip(table.rows(), lines, strict=True):
        name, document, _lessons, day, _at, ms, hours, _progress = row.values
        assert line[0].lstrip("'").strip() == str(name).strip()
        if day is None:
            assert line[1:] == [""] * 8
            continue
        assert isinstance(ms, int)
        assert isinstance(hours, int)
        assert line[1] == f"\t{document}"
        assert line[3:5] == ["2026-11-24", "2026-11-24 09:00:00"]
        assert (line[6], line[7]) == (f"{ms // 1000}.{ms % 1000:03d}", f"{hours // 100}.{hours % 100:02d}")


def test_no_line_of_a_csv_file_begins_a_cell_like_a_formula(tmp_path: Path) -> None:
    content = _csv(tmp_path / "a.csv", ManyRows(len(DANGEROUS))).read_text("utf-8-sig")
    cells = [cell for line in csv.reader(content.splitlines()) for cell in line]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


def test_the_same_table_has_the_same_check_value_whoever_writes_it(tmp_path: Path) -> None:
    """The cover of a workbook bears that of the CSV file, which is nothing but its rows."""
    written = CsvTable(COLUMNS)
    for row in ManyRows(40).rows():
        written.write(row.values)
    path = _csv(tmp_path / "a.csv", ManyRows(40))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == written.sha256


def test_every_kind_of_column_is_tried() -> None:
    assert {column.kind for column in COLUMNS} == set(Kind)
