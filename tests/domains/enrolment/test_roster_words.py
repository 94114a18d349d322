"""Headers, regions, codes and words of rosters in the spellings that people use (clause C3; GB/T 2260, GB 32100)."""

import pytest

from jiangxue.enrolment.rules.roster.headers import SPELLINGS, choice_for, column_of, header_in
from jiangxue.enrolment.rules.roster.regions import region_in
from jiangxue.enrolment.rules.roster.shapes import Column
from jiangxue.enrolment.rules.roster.words import UnknownWord, education_in, group_in, id_type_in
from jiangxue.organisations.rules.uscc import flaw_of
from tests.factories.rosters import sheet

NUMBER = "11010519491231002X"
REGIONS = {"4401": "广州市", "440104": "越秀区", "440111": "白云区"}


@pytest.mark.parametrize("column", list(Column))
def test_every_spelling_of_a_header_is_understood_as_its_column(column: Column) -> None:
    for word in SPELLINGS[column]:
        for written in (word, f" {word[:1]} {word[1:]}：", f"*{word}", f"{word}（必填）", f"{word}\n"):
            found = column_of(written)
            assert found is not None
            assert found[0] is column


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("手机/联系电话", Column.PHONE),
        ("联系电话（手机）", Column.PHONE),
        ("身份证号或护照", Column.ID_NUMBER),
        ("家长姓名", None),
        ("班主任", None),
        ("", None),
    ],
)
def test_a_header_of_several_words(word: str, column: Column | None) -> None:
    found = column_of(word)
    assert (found and found[0]) == column


def test_the_better_word_wins_where_two_columns_say_the_same() -> None:
    whole = sheet(("联系电话", "姓名", "身份证号", "手机"), ("020-1", "王", "1", "2"))
    assert header_in(whole, 0).columns[Column.PHONE] == 3


def test_a_header_of_two_lines_below_a_title_is_found() -> None:
    whole = sheet(
        ("学员名册", "学员名册", "学员名册"),
        ("姓名", "证件", "证件"),
        ("姓名", "类型", "号码"),
        ("王建国", "身份证", NUMBER),
    )
    choice = header_in(whole, 0)
    assert choice.header_at == 3
    assert choice.columns == {Column.NAME: 0, Column.ID_TYPE: 1, Column.ID_NUMBER: 2}


def test_the_sheet_that_is_understood_best_is_taken() -> None:
    cover, roster = sheet(("说明",), ("请填写",)), sheet(("姓名", "身份证号", "手机"), ("王", "1", "2"))
    assert choice_for((cover, roster)).sheet == 1


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("440104", "440104"),
        ("440100", "4401"),
        ("440000", "44"),
        ("440104000000", "440104"),
        ("广东省广州市越秀区", "440104"),
        ("广东广州", "4401"),
        ("广东 省", "44"),
        ("广州市白云区石井街道 1 号", "440111"),
        ("湖南省长沙市", "43"),
        ("内蒙古呼和浩特", "15"),
        ("黑龙江哈尔滨", "23"),
        ("越秀区", "440104"),
        ("火星", None),
        ("010203", None),
        ("440104.0", "440104"),
    ],
)
def test_a_region_is_found_by_code_and_by_name(cell: str, code: str | None) -> None:
    assert region_in(cell, REGIONS) == code


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216"])
def test_the_published_codes_are_right(code: str) -> None:
    assert flaw_of(code) is None


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4", "９1350100M000100Y43"]
)
def test_other_codes_are_not(code: str) -> None:
    assert flaw_of(code) is not None


@pytest.mark.parametrize("cell", ["", "无", "/", "其他", "——", "否"])
def test_nothing_to_say_is_no_word(cell: str) -> None:
    assert group_in(cell) is education_in(cell) is id_type_in(cell) is None


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(UnknownWord):
        group_in("神仙")
