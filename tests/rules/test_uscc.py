"""A unified social credit code is what GB 32100 says, and a mistyped one is noticed at its place. Clause C1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.organisations.errors import UsccUnfit
from jiangxue.organisations.rules.uscc import UsccFault, UsccFlaw, check_character, fit_uscc, flaw_of

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
beginnings = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216"])
def test_codes_of_real_organisations_are_right(code: str) -> None:
    assert fit_uscc(code) == code


@given(beginnings)
def test_a_code_with_its_check_character_is_right(first_17: str) -> None:
    assert flaw_of(first_17 + check_character(first_17)) is None


@given(beginnings, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(first_17: str, place: int, other: str) -> None:
    code = first_17 + check_character(first_17)
    changed = code[:place] + other + code[place + 1 :]
    assert (flaw_of(changed) is None) == (changed == code)


@given(beginnings, st.integers(0, 16), st.sampled_from("IOSVZ?"))
def test_a_letter_that_no_code_has_is_named_by_its_place(first_17: str, place: int, letter: str) -> None:
    code = first_17 + check_character(first_17)
    assert flaw_of(code[:place] + letter + code[place + 1 :]) == UsccFlaw(UsccFault.CHARACTER, place + 1)


@given(st.text(ALPHABET).filter(lambda text: len(text) != 18))
def test_a_wrong_length_is_said(text: str) -> None:
    assert flaw_of(text) == UsccFlaw(UsccFault.LENGTH, len(text))


def test_full_width_spaces_and_small_letters_are_read() -> None:
    assert fit_uscc(" ９１３５０１００m000 100y43 ") == "91350100M000100Y43"
    with pytest.raises(UsccUnfit):
        fit_uscc("91350100M000100Y44")
