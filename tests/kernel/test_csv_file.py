"""What spreadsheet programs write is read line by line, whatever they add to it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.csv_file import BrokenQuotes, NotText, is_formula, lines_of

CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z"))).filter(lambda cell: not cell.startswith("\ufeff"))


@given(st.lists(st.tuples(CELLS, CELLS).filter(any), max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_is_read(rows: list[tuple[str, str]], encoding: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    assert _read(f"甲,乙\r\n{file.getvalue()}".encode(encoding))[1:] == rows


def test_lines_are_counted_as_an_editor_counts_them_and_empty_ones_left_out() -> None:
    content = '甲,乙\r\n\r\n"一\r\n二",三\r\n ,,,\r\n四, 五 ,,\r\n'.encode()
    assert [line.at for line in lines_of(content, 2)] == [1, 3, 6]
    assert _read(content)[2] == ("四", "五")


def test_more_cells_than_columns_are_told() -> None:
    assert _read("一,二,三".encode()) == [("一", "二", "三")]


def test_what_is_no_text_and_what_never_ends_is_refused() -> None:
    with pytest.raises(NotText):
        list(lines_of(b"\x89PNG\xff\xff", 2))
    with pytest.raises(BrokenQuotes) as refusal:
        list(lines_of('甲,乙\n"一,二\n'.encode(), 2))
    assert refusal.value.at == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "＝1"])
def test_a_formula_is_known_by_its_first_sign(cell: str) -> None:
    assert is_formula(cell)
    assert not is_formula(f"见{cell}")


def _read(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in lines_of(content, 2)]
