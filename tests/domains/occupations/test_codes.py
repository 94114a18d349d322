"""The codes of occupations, and what somebody types of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.occupations.rules.codes import code_of, code_prefix


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("6", "6"),
        ("63", "6-3"),
        ("6-31", "6-31"),
        ("6-31-", "6-31"),
        ("６３１０", "6-31-0"),
        ("6310103", "6-31-01-03"),
        ("6—31—01—03", "6-31-01-03"),
        ("63101039", ""),
        ("电工", ""),
        ("6a", ""),
        ("-", ""),
        ("", ""),
        ("①", "1"),
        ("६", ""),
    ],
)
def test_the_beginning_of_a_code_is_understood_with_and_without_dashes(typed: str, prefix: str) -> None:
    assert code_prefix(typed) == prefix


@given(st.from_regex(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}", fullmatch=True), st.integers(1, 10))
def test_every_beginning_of_a_code_is_one_of_it(code: str, length: int) -> None:
    assert code.startswith(code_prefix(code[:length]))
    assert code_of(code) == code_of(code.replace("-", "")) == code


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_code_or_none(text: str) -> None:
    code = code_of(text)
    assert code is None or code_of(code) == code
    assert code_prefix(code_prefix(text)) == code_prefix(text)
