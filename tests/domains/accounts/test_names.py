"""When two spellings are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.names import is_same_name, tidied_name


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        (" 王　芳 ", "王芳"),
        ("王 建 国", "王建国"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("ＪＯＨＮ   Smith", "JOHN Smith"),
        ("Martin L. King", "Martin L. King"),
        ("", ""),
    ],
)
def test_a_name_of_a_list_has_one_spelling(written: str, tidied: str) -> None:
    assert tidied_name(written) == tidied


@pytest.mark.parametrize(
    ("one", "other"), [("阿依古丽买买提", "阿依古丽·买买提"), ("JOHN SMITH", "John Smith"), ("王　芳", "王芳")]
)
def test_gaps_dots_and_size_make_no_other_person(one: str, other: str) -> None:
    assert is_same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("王芳", "王方"), ("", ""), ("·", " ")])
def test_other_letters_do_and_no_name_is_nobodys(one: str, other: str) -> None:
    assert not is_same_name(one, other)


@given(st.text())
def test_a_tidied_name_is_tidy(text: str) -> None:
    assert tidied_name(tidied_name(text)) == tidied_name(text)
