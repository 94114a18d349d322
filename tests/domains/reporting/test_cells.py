"""Cells: no program that opens the file calculates them, rounds them or takes them for another thing."""

import csv
import unicodedata
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.reporting.rules.cells import (
    LONGEST_TEXT,
    could_be_calculated,
    hours_in,
    local,
    ratio_in,
    seconds_in,
    text_in_csv,
    text_in_workbook,
    would_be_taken_for_a_number,
)

pytestmark = pytest.mark.clause("T7")

_CALCULATED = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    " =1+1",
    " " * 80 + "=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "﹦1+1",
    "⁼1",
    "₊1",
    '=HYPERLINK("http://evil","点我")',
    "\t440104",
)
_PLAIN = ("李小明", "A=1", "1+1", "", "（=1）", "—", "·=", "2026-11-24", "a@b", "44**************1X")


@pytest.mark.parametrize("text", _CALCULATED)
def test_what_a_spreadsheet_could_calculate_is_a_text_behind_an_apostrophe(text: str) -> None:
    assert could_be_calculated(text)
    assert text_in_csv(text).startswith("'")


@pytest.mark.parametrize("text", _PLAIN)
def test_what_it_could_not_stands_as_it_is(text: str) -> None:
    assert text_in_csv(text) == text


@given(st.text(max_size=40))
def test_no_cell_of_a_csv_file_begins_like_a_formula(text: str) -> None:
    written = text_in_csv(text)
    folded = unicodedata.normalize("NFKC", written).lstrip()
    assert not folded.startswith(("=", "+", "-", "@"))
    assert not written.startswith(("\t=", "\t+", "\t-", "\t@", "\r", "\n"))


@given(st.text(max_size=40))
def test_a_text_stays_in_its_line_and_cell(text: str) -> None:
    made = StringIO()
    csv.writer(made, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow([text_in_csv(text), "after"])
    assert made.getvalue().count("\n") == 1
    [[cell, after]] = csv.reader(StringIO(made.getvalue(), newline=""))
    assert (cell, after) == (text_in_csv(text), "after")


@pytest.mark.parametrize(
    "number", ["440104199003071234", "44010419900307123X", "0123", "013812345678", "6222021234567890"]
)
def test_a_number_that_would_lose_digits_stands_behind_a_tab(number: str) -> None:
    assert would_be_taken_for_a_number(number)
    assert text_in_csv(number) == "\t" + number


@pytest.mark.parametrize("number", ["13812345678", "0", "2026", "12345678901", "４４０１０４１９９００３０７１２３４"])
def test_a_number_that_would_lose_nothing_stands_as_it_is(number: str) -> None:
    assert text_in_csv(number) == number


@given(st.integers(-(10**15), 10**15))
def test_time_and_hours_are_exact(amount: int) -> None:
    assert (seconds_in(amount) * 1000, hours_in(amount) * 100, ratio_in(amount) * 10_000) == (amount,) * 3


def test_an_instant_is_that_of_shanghai() -> None:
    assert local(datetime(2026, 11, 24, 16, 5, 9, 999_999, tzinfo=UTC)) == datetime(2026, 11, 25, 0, 5, 9)  # noqa: DTZ001


def test_a_text_that_is_too_long_for_a_cell_is_cut_where_one_sees_it() -> None:
    assert text_in_workbook("字" * LONGEST_TEXT) == "字" * LONGEST_TEXT
    cut = text_in_workbook("字" * (LONGEST_TEXT + 1))
    assert (len(cut), cut[-1]) == (LONGEST_TEXT, "…")
