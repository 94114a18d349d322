"""Reading a table of occupations: whole, or refused with everything that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.occupations.errors import UnfitTable, What
from jiangxue.occupations.rules.levels import LEVEL_WORDS, Level
from jiangxue.occupations.rules.table import (
    HEADER,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_ROWS,
    OccupationRow,
    read_table,
    write_table,
)
from tests.factories.occupations import ROWS

HEAD = ",".join(HEADER)


def table(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def faults_of(content: bytes) -> list[tuple[int, What]]:
    with pytest.raises(UnfitTable) as refusal:
        read_table(content)
    return [(fault.line, fault.what) for fault in refusal.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    assert read_table(write_table(ROWS).encode(encoding)) == ROWS


@pytest.mark.parametrize("code", ["６－３１－０１－０３", "6—31—01—03", " 6–31‐01−03 ", "6310103"])
def test_digits_and_dashes_of_any_width_make_the_same_code(code: str) -> None:
    assert read_table(table(f"{code},电工,,是"))[0].code == "6-31-01-03"


@pytest.mark.parametrize(
    "levels", ["五级;四级", "四级；五级", "初级工、中级工", "五级/初级工;四级/中级工", "五级 四级"]
)
def test_levels_are_read_in_their_usual_words_and_ascend(levels: str) -> None:
    assert read_table(table(f"6-31-01-03,电工,{levels},是"))[0].levels == (Level.FIVE, Level.FOUR)


def test_what_is_not_said_of_levels_and_standard_is_empty() -> None:
    assert read_table(table("6-18-02-04,焊工,,否")) == (OccupationRow("6-18-02-04", "焊工"),)


def test_blank_lines_and_the_empty_cells_of_a_spreadsheet_are_passed_over() -> None:
    content = table("6-18-02-04,焊工,,是,,,,,", ",,,,,,,,,", "", "6-31-01-03,电工,,是,,,", head=f"{HEAD},,")
    assert [row.name for row in read_table(content)] == ["焊工", "电工"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("9-31-01-03,电工,,是", What.UNFIT_CODE),
        (",电工,,是", What.UNFIT_CODE),
        ("6-31-01-03,,,是", What.NO_NAME),
        ("6-31-01-03,电工,六级,是", What.UNKNOWN_LEVEL),
        ("6-31-01-03,电工,五级;初级工,是", What.LEVEL_REPEATED),
        ("6-31-01-03,电工,,", What.NEITHER_YES_NOR_NO),
        ("6-31-01-03,电工,,有时", What.NEITHER_YES_NOR_NO),
        (f"6-31-01-03,{'电' * (LONGEST_NAME + 1)},,是", What.TOO_LONG),
        ("6-31-01-03,电\0工,,是", What.UNREADABLE),
        ("6-31-01-03,=1+1,,是", What.FORMULA),
        ("6-31-01-03,电工,,是,＠标准", What.FORMULA),
        ("6-31-01-03,电工,,是,a,b,c,d", What.TOO_MANY_CELLS),
        ('6-31-01-03,"电工,,是', What.BROKEN_QUOTES),
    ],
)
def test_a_fault_is_found_in_its_line(line: str, what: What) -> None:
    assert faults_of(table("6-18-02-04,焊工,,是", line)) == [(3, what)]


def test_a_code_that_stands_twice_is_told_with_the_line_of_the_first() -> None:
    with pytest.raises(UnfitTable) as refusal:
        read_table(table("6-18-02-04,焊工,,是", "６180204,电焊工,,是"))
    (fault,) = refusal.value.faults
    assert (fault.line, fault.what, fault.other_line) == (3, What.CODE_REPEATED, 2)


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    content = table("6-18-02-04,,,是", "x,电工,九级,?", "6-18-02-04,焊工,,是")
    assert faults_of(content) == [
        (2, What.NO_NAME),
        (3, What.UNFIT_CODE),
        (3, What.UNKNOWN_LEVEL),
        (3, What.NEITHER_YES_NOR_NO),
        (4, What.CODE_REPEATED),
    ]


def test_lines_are_counted_as_an_editor_counts_them_also_after_a_cell_of_two_lines() -> None:
    assert faults_of(table('6-18-02-04,"焊\n工",,是', "x,电工,,是")) == [(4, What.UNFIT_CODE)]


@pytest.mark.parametrize("head", ["", "编码,名称", HEAD + ",备注", HEAD.replace(",", ";"), "x," + HEAD])
def test_another_header_is_refused_before_anything_else(head: str) -> None:
    assert [what for _, what in faults_of(table("x,电工", head=head))] == [What.OTHER_HEADER]


def test_another_header_is_quoted_as_it_stands_in_the_file() -> None:
    with pytest.raises(UnfitTable) as refusal:
        read_table("编码,名称\n1,电工\n".encode())
    assert refusal.value.faults[0].cell == "编码,名称"


def test_an_empty_file_has_no_header() -> None:
    assert faults_of(b"") == [(1, What.OTHER_HEADER)]


def test_a_header_alone_is_no_table() -> None:
    assert faults_of(table()) == [(0, What.NO_ROWS)]


def test_what_is_no_text_is_refused() -> None:
    assert faults_of(write_table(ROWS).encode("utf-16")) == [(0, What.NO_TEXT)]


def test_a_table_may_be_as_large_as_said_and_no_larger() -> None:
    assert faults_of(b" " * (MOST_BYTES + 1)) == [(0, What.TOO_LARGE)]
    lines = [f"6-{n // 10_000 % 100:02d}-{n // 100 % 100:02d}-{n % 100:02d},职业{n},,是" for n in range(MOST_ROWS)]
    assert len(read_table(table(*lines))) == MOST_ROWS
    assert faults_of(table(*lines, "7-00-00-00,多余,,是")) == [(MOST_ROWS + 2, What.TOO_MANY_ROWS)]


_words = st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=LONGEST_NAME).map(
    lambda text: "".join(sign for sign in " ".join(text.split()) if sign not in "=+-@＝＋－＠﹢﹣﹦﹫⁺₊⁼₌")
)
_tidy = _words.map(lambda text: " ".join(text.split()))
_codes = st.from_regex(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}", fullmatch=True)
_levels = st.sets(st.sampled_from(list(Level))).map(lambda found: tuple(level for level in Level if level in found))
_rows = st.builds(OccupationRow, _codes, _tidy.filter(bool), _levels, st.booleans(), _tidy, _tidy, _tidy)


@given(st.lists(_rows, min_size=1, max_size=20, unique_by=lambda row: row.code))
def test_what_is_written_is_read_again(rows: list[OccupationRow]) -> None:
    assert read_table(write_table(rows).encode()) == tuple(rows)


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_a_table_is_read_or_refused_with_reasons(content: bytes) -> None:
    for sent in (content, HEAD.encode() + b"\n" + content):
        assert _rows_or_faults(sent)


def _rows_or_faults(content: bytes) -> tuple[object, ...]:
    try:
        return read_table(content)
    except UnfitTable as refusal:
        return refusal.faults


def test_every_level_has_a_word_and_no_word_two_levels() -> None:
    assert set(LEVEL_WORDS) == set(Level)
    words = [word for words in LEVEL_WORDS.values() for word in words]
    assert len(words) == len(set(words))
