"""What is wrong with an identity number, named by its position, so that it can be checked against the document. GB 11643; clause M1."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.accounts.errors import NumberUnfit
from jiangxue.accounts.rules.id_types import IdType, bare, kept_form
from jiangxue.accounts.rules.identifiers import check_digit

LENGTH = 18
_BIRTH = slice(6, 14)
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
    ]
)
_BEGINNINGS: Mapping[IdType, Collection[str]] = {
    IdType.RESIDENT: _PROVINCES,  # GB/T 2260
    IdType.RESIDENCE_PERMIT: ("810000", "820000", "830000"),  # Hong Kong, Macao, Taiwan
    IdType.FOREIGN_PERMANENT: ("9",),
}
_OF_18 = (_DIGITS,) * 17 + (_DIGITS + "X",)
_OLD_FOREIGN = (_LETTERS,) * 3 + (_DIGITS,) * 12
OLD_DATE_AT = 8
"""Where the date of birth of a permanent residence card of 15 places begins."""
_HK_MACAO = ("HM",) + (_DIGITS,) * 8
_TAIWAN = (_DIGITS,) * 8
PASSPORT_LENGTHS = range(5, 16)


class NumberFault(StrEnum):
    """What is wrong with a number."""

    LENGTH = "length"
    NOT_A_DIGIT = "not_a_digit"
    NOT_A_LETTER = "not_a_letter"
    BEGINNING = "beginning"
    NO_DATE = "no_date"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class NumberFlaw:
    """A fault and the position it is at, counted from 1; for a wrong length, how long the number is; for a wrong beginning, its last position."""

    fault: NumberFault
    at: int


def fit_number(id_type: IdType, text: str, today: date) -> str:
    """Return a typed number as it is kept, or raise `NumberUnfit` with its first flaw; nobody is born after `today`."""
    number = kept_form(id_type, bare(text))
    flaw = flaw_of(number, today, id_type)
    if flaw is not None:
        raise NumberUnfit(flaw.fault, flaw.at)
    return number


def flaw_of(number: str, today: date, id_type: IdType = IdType.RESIDENT) -> NumberFlaw | None:
    """Return the first thing that is wrong with a number as it is kept, None where it may be one; nobody is born after `today`.

    Of passports only length and characters are known, of permits their shape; the old 15 places of the permanent residence card are
    three letters and a date of birth without its century.
    """
    match id_type:
        case IdType.HK_MACAO_PERMIT:
            return _flaw_of_shape(number, _HK_MACAO)
        case IdType.TAIWAN_PERMIT:
            return _flaw_of_shape(number, _TAIWAN)
        case IdType.PASSPORT:
            return _flaw_of_passport(number)
        case IdType.FOREIGN_PERMANENT if len(number) == len(_OLD_FOREIGN):
            return _flaw_of_shape(number, _OLD_FOREIGN) or _flaw_of_old_date(number, today)
        case _:
            return _flaw_of_18(number, today, id_type)


def _flaw_of_shape(number: str, shape: tuple[str, ...]) -> NumberFlaw | None:
    if len(number) != len(shape):
        return NumberFlaw(NumberFault.LENGTH, len(number))
    for position, (character, allowed) in enumerate(zip(number, shape, strict=True), 1):
        if character not in allowed:
            fault = NumberFault.NOT_A_DIGIT if allowed.startswith(_DIGITS) else NumberFault.NOT_A_LETTER
            return NumberFlaw(fault, position)
    return None


def _flaw_of_passport(number: str) -> NumberFlaw | None:
    if len(number) not in PASSPORT_LENGTHS:
        return NumberFlaw(NumberFault.LENGTH, len(number))
    for position, character in enumerate(number, 1):
        if character not in _DIGITS + _LETTERS:
            return NumberFlaw(NumberFault.NOT_A_LETTER, position)
    return None if any(character in _DIGITS for character in number) else NumberFlaw(NumberFault.NOT_A_DIGIT, 1)


def _flaw_of_old_date(number: str, today: date) -> NumberFlaw | None:
    digits = number[OLD_DATE_AT - 1 : OLD_DATE_AT + 5]
    fits = any(_is_day(century + digits, today) for century in ("19", "20"))
    return None if fits else NumberFlaw(NumberFault.NO_DATE, OLD_DATE_AT)


def _flaw_of_18(number: str, today: date, id_type: IdType) -> NumberFlaw | None:
    misshapen = _flaw_of_shape(number, _OF_18)
    if misshapen is not None:
        return misshapen
    beginnings = _BEGINNINGS[id_type]
    places = len(next(iter(beginnings)))
    if number[:places] not in beginnings:
        return NumberFlaw(NumberFault.BEGINNING, places)
    if not _is_day(number[_BIRTH], today):
        return NumberFlaw(NumberFault.NO_DATE, _BIRTH.start + 1)
    return None if check_digit(number[:-1]) == number[-1] else NumberFlaw(NumberFault.CHECK, LENGTH)


def _is_day(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900 and born <= today
