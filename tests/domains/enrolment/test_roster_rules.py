"""What rows of a roster say, and what is to be mended of them: pure rules over what people really write (clauses C3, M1)."""

from dataclasses import replace
from datetime import date
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.queries.roster_files import Shown
from jiangxue.enrolment.rules.background import Background, Education
from jiangxue.enrolment.rules.roster.cells import is_rounded, number_in, tidied
from jiangxue.enrolment.rules.roster.headers import HEADERS, choice_for, header_in
from jiangxue.enrolment.rules.roster.held import Known, Registered, Verdict, held_against
from jiangxue.enrolment.rules.roster.rows import rows_of
from jiangxue.enrolment.rules.roster.shapes import HINTS, Choice, Column, Row, Sheet, Standing, What
from jiangxue.enrolment.rules.roster_checks import MOST_PEOPLE
from tests.factories.rosters import person_row, sheet

TODAY = date(2026, 11, 24)
NUMBER = "11010519491231002X"
REGIONS = {"4401": "广州市", "440104": "越秀区", "440111": "白云区"}
ORDER = (Column.NAME, Column.ID_NUMBER, Column.PHONE, Column.ID_TYPE, Column.GROUP, Column.EDUCATION, Column.DOMICILE)
ORDER += (Column.EMPLOYER, Column.EMPLOYER_USCC)


def read(*cells: str) -> Row:
    """Return one person's row, its cells in the order of `ORDER`."""
    (row,) = rows(cells)
    return row


def rows(*lines: tuple[str, ...]) -> list[Row]:
    header = tuple(HEADERS[column] for column in ORDER)
    whole = sheet(header, *(tuple(cell or "" for cell, _ in zip_longest(line, ORDER)) for line in lines))
    return rows_of(whole, header_in(whole, 0), regions=REGIONS, today=TODAY)


def _numbered(*lines: tuple[str, ...]) -> list[Row]:
    """Return the rows of a sheet whose first column is the running number."""
    whole = sheet(("序号", "姓名", "身份证号", "手机号"), *lines)
    return rows_of(whole, header_in(whole, 0), regions=REGIONS, today=TODAY)


def said(row: Row) -> set[What]:
    return {finding.what for finding in row.findings}


def test_a_row_as_it_should_be_is_taken_as_it_is() -> None:
    row = read(
        "王建国", NUMBER, "13900002222", "居民身份证", "农民工", "高中", "440104", "白云电子", "91350100M000100Y43"
    )
    assert row.findings == ()
    assert (row.written.name, row.written.id_number, row.written.phone) == ("王建国", NUMBER, "13900002222")
    assert row.written.background == Background(
        PriorityGroup.MIGRANT_WORKERS, Education.SENIOR_MIDDLE, "440104", "白云电子", "91350100M000100Y43"
    )


@pytest.mark.parametrize(
    "number",
    [
        " 110105 19491231 002x",
        "'11010519491231002X",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105-19491231-002X",
        "\u200b110105\u00a019491231002X",
    ],
)
def test_a_number_is_understood_however_it_is_typed(number: str) -> None:
    assert read("王建国", number, "139-0000 2222").written.id_number == NUMBER


@pytest.mark.parametrize(
    "phone", ["13900002222.0", "+86 139 0000 2222", "0086-13900002222", "１３９００００２２２２", "86 13900002222"]
)
def test_a_mobile_number_is_understood_however_it_is_typed(phone: str) -> None:
    assert read("王建国", NUMBER, phone).written.phone == "13900002222"


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (("", NUMBER), What.NAME_MISSING),
        (("王12", NUMBER), What.NAME_UNFIT),
        (("王" * 61, NUMBER), What.NAME_UNFIT),
        (("王建国", ""), What.NUMBER_MISSING),
        (("王建国", "1.10105194912310E+17"), What.NUMBER_ROUNDED),
        (("王建国", "4.40E+17"), What.NUMBER_ROUNDED),
        (("王建国", "440104199001010000"), What.NUMBER_ROUNDED),
        (("王建国", "110105194912310021"), What.NUMBER_UNFIT),
        (("王建国", "11010519491231002"), What.NUMBER_UNFIT),
        (("王建国", NUMBER, "12345"), What.PHONE_UNFIT),
        (("王建国", NUMBER, "13900002222 13900003333"), What.PHONE_UNFIT),
        (("王建国", NUMBER, "", "军官证"), What.ID_TYPE_UNKNOWN),
        (("王建国", NUMBER, "", "", "神仙"), What.GROUP_UNKNOWN),
        (("王建国", NUMBER, "", "", "", "幼儿园"), What.EDUCATION_UNKNOWN),
        (("王建国", NUMBER, "", "", "", "", "火星"), What.DOMICILE_UNKNOWN),
        (("王建国", NUMBER, "", "", "", "", "994401"), What.DOMICILE_UNKNOWN),
        (("王建国", NUMBER, "", "", "", "", "", "厂" * 121), What.EMPLOYER_TOO_LONG),
        (("王建国", NUMBER, "", "", "", "", "", "", "91350100M000100Y44"), What.USCC_UNFIT),
    ],
)
def test_what_is_to_be_mended_is_named_and_keeps_the_row_off(cells: tuple[str, ...], what: What) -> None:
    row = read(*cells)
    assert what in said(row)
    assert not row.is_fit


@pytest.mark.parametrize(
    ("born", "what"), [("20130101", What.TOO_YOUNG), ("20111124", What.YOUNG), ("20101125", What.YOUNG)]
)
def test_who_is_under_age_is_told(born: str, what: What) -> None:
    first_17 = f"440104{born}001"
    row = read("王小宝", first_17 + check_digit(first_17))
    assert what in said(row)
    assert row.is_fit is (what in HINTS)


def test_who_is_sixteen_today_is_not_told() -> None:
    first_17 = "44010420101124001"
    assert said(read("王小宝", first_17 + check_digit(first_17), "13900002222")) == set()


@pytest.mark.parametrize(
    ("number", "id_type"),
    [("H12345678", IdType.HK_MACAO_PERMIT), ("m1234567800", IdType.HK_MACAO_PERMIT), (NUMBER, IdType.RESIDENT)],
)
def test_without_a_type_the_number_says_which_document_it_is(number: str, id_type: IdType) -> None:
    row = read("陈大文", number)
    assert row.written.id_type is id_type
    assert row.is_fit


def test_of_a_number_whose_document_is_not_known_nothing_is_said() -> None:
    assert said(read("王建国", "军字第123号", "", "军官证")) == {What.ID_TYPE_UNKNOWN, What.PHONE_MISSING}


def test_a_number_twice_and_a_phone_twice_are_told_with_the_other_row() -> None:
    first, second, third = rows(
        ("王建国", NUMBER, "13900002222"),
        ("王建国", NUMBER.lower(), "13900002222"),
        (*person_row(5)[:2], "13900002222"),
    )
    assert first.findings == ()
    assert {(each.what, each.line) for each in second.findings} == {(What.REPEATED, 2), (What.PHONE_REPEATED, 2)}
    assert third.is_fit
    assert {(each.what, each.line) for each in third.findings} == {(What.PHONE_REPEATED, 2)}


@pytest.mark.parametrize(
    "line",
    [
        ("合计：12 人",),
        ("填表人：赵敏",),
        ("示例：王小明（导入时略过）", NUMBER, "13800000000"),
        tuple(HEADERS[column] for column in ORDER),
        ("", "", ""),
    ],
)
def test_what_names_nobody_is_passed_over(line: tuple[str, ...]) -> None:
    assert [row.written.name for row in rows(("王建国", NUMBER), line)] == ["王建国"]


@pytest.mark.parametrize("line", [("合计", "12 人", "", ""), ("制表人：赵敏", "", "", "审核人：")])
def test_sums_and_signatures_under_the_running_number_name_nobody(line: tuple[str, ...]) -> None:
    assert [row.written.name for row in _numbered(("1", "王建国", NUMBER, ""), line)] == ["王建国"]


def test_somebody_without_a_number_is_not_taken_for_a_signature() -> None:
    (row,) = _numbered(("负责人", "王建国", "", ""))
    assert {each.what for each in row.findings} >= {What.NUMBER_MISSING}


def test_a_row_is_held_against_what_is_known() -> None:
    found = rows(("王建国", NUMBER, "13900002222"), person_row(1), person_row(2), person_row(3))
    known = Known(
        registered={
            NUMBER: Registered(7, "王建军", may_learn=True),
            person_row(1)[1]: Registered(8, person_row(1)[0], may_learn=False),
        },
        phone_owners={person_row(2)[2]: 9},
        there={person_row(3)[1]: found[3].written, person_row(9)[1]: found[0].written},
    )
    verdict = held_against(found, known)
    assert [each.standing for each in verdict.rows] == [Standing.UNFIT, Standing.UNFIT, Standing.NEW, Standing.SAME]
    assert [said(each.row) for each in verdict.rows] == [
        {What.OTHER_NAME},
        {What.MAY_NOT_LEARN},
        {What.PHONE_TAKEN},
        set(),
    ]
    assert verdict.missing == (person_row(9)[1],)
    assert verdict.changes == 1


def test_whoever_comes_into_an_open_class_is_old_enough_and_learns_the_same_nowhere_else() -> None:
    young = "44010420110315001"
    number = young + check_digit(young)
    found = rows(("王建国", number), person_row(1), person_row(2))
    known = Known(opens_on=date(2027, 3, 14), elsewhere=frozenset({person_row(1)[1], person_row(2)[1]}))
    known = replace(known, there={person_row(2)[1]: found[2].written})
    verdict = held_against(found, known)
    assert [each.standing for each in verdict.rows] == [Standing.UNFIT, Standing.UNFIT, Standing.SAME]
    assert What.UNDER_AGE in said(verdict.rows[0].row)
    assert What.LEARNS_ELSEWHERE in said(verdict.rows[1].row)
    assert verdict.people == 1
    a_day_later = held_against(found[:1], replace(known, opens_on=date(2027, 3, 15)))
    assert a_day_later.counted(Standing.NEW) == 1


def test_a_class_has_room_for_so_many_and_no_more() -> None:
    there = tuple(str(number) for number in range(MOST_PEOPLE - 1))
    for more, is_too_full in ((1, False), (2, True)):
        verdict = Verdict(held_against(rows(*map(person_row, range(more))), Known()).rows, missing=there)
        assert Shown("", (Sheet("", ()),), Choice(), verdict).is_too_full is is_too_full


def test_what_changes_is_named_by_its_columns() -> None:
    before, after = rows(("王建国", NUMBER, "13900002222"))[0], rows(("王建国", NUMBER, "", "", "农民工"))[0]
    (judged,) = held_against([after], Known(there={NUMBER: before.written})).rows
    assert judged.standing is Standing.CHANGED
    assert judged.changes == (Column.PHONE, Column.GROUP)


def test_the_mark_of_a_verdict_says_what_it_would_do() -> None:
    found = rows(("王建国", NUMBER, "13900002222"))
    assert held_against(found, Known()).mark == held_against(found, Known()).mark
    assert held_against(found, Known()).mark != held_against(found, Known(there={NUMBER: found[0].written})).mark


junk = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            NUMBER,
            "4.40E+17",
            "合计",
            "姓名",
            "身份证号",
            "=1+1",
            "护照",
            "农民工",
            "13900002222",
            "440104",
            "\x00",
            "²",
            "Ⅷ",
        ]
    ),
    st.integers().map(str),
)


@given(st.lists(st.lists(junk, max_size=12), max_size=12), st.dictionaries(st.sampled_from(Column), st.integers(0, 15)))
def test_any_junk_yields_findings_and_never_a_crash(lines: list[list[str]], columns: dict[Column, int]) -> None:
    whole = sheet(*lines)
    choices = [
        header_in(whole, 0),
        choice_for((whole,)),
        Choice(0, 0, {Column.NAME: 0, Column.ID_NUMBER: 1, **columns}),
    ]
    for choice in choices:
        for row in rows_of(whole, choice, regions=REGIONS, today=TODAY):
            assert row.is_fit is all(each.is_hint for each in row.findings)
            assert not row.is_fit or (row.written.name and row.written.id_number)


@given(st.text())
def test_tidying_twice_is_tidying_once(cell: str) -> None:
    assert tidied(tidied(cell)) == tidied(cell)


@given(st.integers(0, 10**14))
def test_a_number_that_fits_a_spreadsheet_is_not_rounded(number: int) -> None:
    assert number_in(f"{number}.0") == str(number)
    assert not is_rounded(str(number))


def test_an_empty_file_has_no_rows() -> None:
    assert choice_for((Sheet("", ()),)).columns == {}
