"""Numbers of every kind of document: accepted however they are typed, and what is wrong named by its place (clause M1; GB 11643)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.errors import NumberUnfit
from jiangxue.accounts.rules.id_types import IdType, Sex, Told, age_on, bare, kept_form, spellings, told_by
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.accounts.rules.number_flaws import NumberFault, fit_number, flaw_of

TODAY = date(2026, 11, 24)
_BEGINNINGS = {
    IdType.RESIDENT: st.sampled_from(["110105", "440103", "659001"]),
    IdType.RESIDENCE_PERMIT: st.sampled_from(["810000", "820000", "830000"]),
    IdType.FOREIGN_PERMANENT: st.text("0123456789", min_size=5, max_size=5).map("9".__add__),
}


@st.composite
def _of_18_places(draw: st.DrawFn) -> tuple[IdType, str]:
    id_type = draw(st.sampled_from(sorted(_BEGINNINGS)))
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    first_17 = f"{draw(_BEGINNINGS[id_type])}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return id_type, first_17 + check_digit(first_17)


@pytest.mark.clause("M1")
@given(_of_18_places())
def test_a_right_number_of_18_places_is_accepted_as_its_document_and_as_no_other(known: tuple[IdType, str]) -> None:
    id_type, number = known
    assert fit_number(id_type, number, TODAY) == number
    for other in _BEGINNINGS.keys() - {id_type}:
        found = flaw_of(number, TODAY, other)
        assert found is not None
        assert found.fault is NumberFault.BEGINNING


@pytest.mark.clause("M1")
@given(_of_18_places(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_never_accepted(known: tuple[IdType, str], at: int, by: int) -> None:
    id_type, number = known
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    with pytest.raises(NumberUnfit):
        fit_number(id_type, wrong, TODAY)


@pytest.mark.clause("M1")
@given(_of_18_places())
def test_full_width_small_letters_and_spaces_make_no_other_number(known: tuple[IdType, str]) -> None:
    id_type, number = known
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number.lower())
    assert fit_number(id_type, f" {wide[:6]}\u3000{wide[6:14]}－{wide[14:]} ", TODAY) == number


@given(_of_18_places())
def test_a_number_tells_when_its_holder_was_born(known: tuple[IdType, str]) -> None:
    id_type, number = known
    told = told_by(id_type, number)
    assert told.born is not None
    assert f"{told.born:%Y%m%d}" == number[6:14]
    sex = Sex.MALE if int(number[16]) % 2 == 1 else Sex.FEMALE
    assert told.sex is (None if id_type is IdType.FOREIGN_PERMANENT else sex)


@given(st.text(max_size=24), st.sampled_from(sorted(IdType)))
def test_whatever_is_typed_is_kept_as_it_is_found_again_or_refused(typed: str, id_type: IdType) -> None:
    try:
        number = fit_number(id_type, typed, TODAY)
    except NumberUnfit:
        return
    assert fit_number(id_type, number, TODAY) == number
    assert number in spellings(typed)


@pytest.mark.parametrize(
    ("id_type", "typed", "kept"),
    [
        (IdType.RESIDENT, "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        (IdType.HK_MACAO_PERMIT, "h12345678", "H12345678"),
        (IdType.HK_MACAO_PERMIT, "M1234567802", "M12345678"),
        (IdType.TAIWAN_PERMIT, "１２３４５６７８", "12345678"),
        (IdType.TAIWAN_PERMIT, "1234567801(B)", "12345678"),
        (IdType.FOREIGN_PERMANENT, "usa110085010112", "USA110085010112"),
        (IdType.PASSPORT, "e-1234 5678", "E12345678"),
    ],
)
def test_a_number_has_one_spelling(id_type: IdType, typed: str, kept: str) -> None:
    assert fit_number(id_type, typed, TODAY) == kept
    assert kept in spellings(typed)


@pytest.mark.parametrize(
    ("id_type", "typed", "fault", "at"),
    [
        (IdType.RESIDENT, "11010519491231002", NumberFault.LENGTH, 17),
        (IdType.RESIDENT, "1101O519491231002X", NumberFault.NOT_A_DIGIT, 5),
        (IdType.RESIDENT, "99010519491231002X", NumberFault.BEGINNING, 2),
        (IdType.RESIDENT, "110105194912310021", NumberFault.CHECK, 18),
        (IdType.RESIDENCE_PERMIT, "810001199001010011", NumberFault.BEGINNING, 6),
        (IdType.RESIDENCE_PERMIT, "810000199013010011", NumberFault.NO_DATE, 7),
        (IdType.HK_MACAO_PERMIT, "T12345678", NumberFault.NOT_A_LETTER, 1),
        (IdType.HK_MACAO_PERMIT, "H1234567", NumberFault.LENGTH, 8),
        (IdType.HK_MACAO_PERMIT, "H1234O678", NumberFault.NOT_A_DIGIT, 6),
        (IdType.TAIWAN_PERMIT, "1234567", NumberFault.LENGTH, 7),
        (IdType.TAIWAN_PERMIT, "1234567A", NumberFault.NOT_A_DIGIT, 8),
        (IdType.FOREIGN_PERMANENT, "US1110085010112", NumberFault.NOT_A_LETTER, 3),
        (IdType.FOREIGN_PERMANENT, "USA110085130112", NumberFault.NO_DATE, 8),
        (IdType.FOREIGN_PERMANENT, "USA11008501011", NumberFault.LENGTH, 14),
        (IdType.PASSPORT, "E123", NumberFault.LENGTH, 4),
        (IdType.PASSPORT, "护12345678", NumberFault.NOT_A_LETTER, 1),
        (IdType.PASSPORT, "ABCDEFGH", NumberFault.NOT_A_DIGIT, 1),
    ],
)
def test_what_is_wrong_is_named_by_its_place(id_type: IdType, typed: str, fault: NumberFault, at: int) -> None:
    with pytest.raises(NumberUnfit) as refused:
        fit_number(id_type, typed, TODAY)
    assert (refused.value.fault, refused.value.at) == (fault, at)


def test_letter_o_and_digit_0_are_never_taken_for_each_other() -> None:
    assert bare("E0O123456") == "E0O123456"


@pytest.mark.parametrize("id_type", [IdType.HK_MACAO_PERMIT, IdType.TAIWAN_PERMIT, IdType.PASSPORT])
def test_other_numbers_tell_nothing(id_type: IdType) -> None:
    assert told_by(id_type, "H12345678") == Told()


def test_a_number_that_was_registered_before_dates_were_looked_at_tells_nothing() -> None:
    assert told_by(IdType.RESIDENT, "110105194913310021") == Told()


def test_an_old_permanent_residence_card_does_not_tell_the_century() -> None:
    assert told_by(IdType.FOREIGN_PERMANENT, "USA110085010112") == Told()


@given(st.sampled_from(sorted(IdType)), st.text("HM0123456789", max_size=12))
def test_the_spelling_that_is_kept_stays_as_it_is(id_type: IdType, number: str) -> None:
    once = kept_form(id_type, number)
    assert kept_form(id_type, once) == once


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 11, 24), TODAY, 14),
        (date(2012, 11, 25), TODAY, 13),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    later = born + timedelta(days=days)
    assert age_on(born, later + timedelta(days=1)) >= age_on(born, later) >= 0
