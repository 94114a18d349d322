"""Identity numbers, phone numbers and login names, in every way people type them. GB 11643 gives the vector."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.identifiers import Kind, check_digit, is_phone, is_resident_number, kind_of, normalised

VECTOR = "11010519491231002X"
_TO_FULL_WIDTH = 0xFEE0
_NUMBERS = st.text("0123456789", min_size=17, max_size=17).map(lambda first_17: first_17 + check_digit(first_17))


@pytest.mark.clause("M1")
def test_the_standards_own_example_is_right() -> None:
    assert check_digit(VECTOR[:17]) == "X"
    assert is_resident_number(VECTOR)


@pytest.mark.clause("M1")
@given(_NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: str, at: int, by: int) -> None:
    wrong = str((int(number[at]) + by) % 10)
    assert is_resident_number(number)
    assert not is_resident_number(number[:at] + wrong + number[at + 1 :])


@pytest.mark.clause("M1")
@given(_NUMBERS, st.integers(0, 15))
def test_two_neighbours_that_changed_places_are_found(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert is_resident_number(swapped) == (number[at] == number[at + 1])


@given(_NUMBERS, st.sampled_from("0123456789X"))
def test_one_check_digit_alone_is_right(number: str, last: str) -> None:
    assert is_resident_number(number[:17] + last) == (last == number[17])


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002x",
        "110105\u300019491231\u3000002X",
        "110105－19491231－002X",
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert normalised(typed) == VECTOR
    assert kind_of(normalised(typed)) is Kind.ID_NUMBER


@pytest.mark.parametrize(
    "typed",
    ["13800000001", "138 0000 0001", "138-0000-0001", "１３８０００００００１", "１３８ ００００ ０００１"],
)
def test_a_phone_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert kind_of(normalised(typed)) is Kind.PHONE


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("learner01", "learner01"),
        ("ｌｅａｒｎｅｒ０１", "learner01"),
        (" zhang-san ", "zhang-san"),
        ("a.b_c-d", "a.b_c-d"),
    ],
)
def test_a_login_name_keeps_its_dashes_and_dots(typed: str, meant: str) -> None:
    assert normalised(typed) == meant
    assert kind_of(meant) is Kind.LOGIN_NAME


@given(_NUMBERS, st.data())
def test_width_case_spaces_and_dashes_never_make_another_number(number: str, data: st.DataObject) -> None:
    spelt = [
        data.draw(st.sampled_from([sign, sign.lower(), chr(ord(sign) + _TO_FULL_WIDTH)]))
        + data.draw(st.sampled_from(["", " ", "-", "\u3000", "\t"]))
        for sign in number
    ]
    assert normalised("".join(spelt)) == number


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"])
def test_digits_of_other_scripts_are_no_second_spelling_of_a_number(digits: str) -> None:
    """NFKC does not narrow them, so they would give one person a second identity."""
    table = str.maketrans("0123456789", digits)
    assert not is_resident_number(normalised(VECTOR.translate(table)))
    assert not is_phone(normalised("13800000001".translate(table)))


@pytest.mark.parametrize("number", ["", "1380000000", "138000000011", "12800000001", "03800000001", "1380000000x"])
def test_what_is_no_mobile_number_is_not_taken_for_one(number: str) -> None:
    assert not is_phone(number)
