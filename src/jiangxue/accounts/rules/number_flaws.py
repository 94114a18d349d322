"""What is wrong with an identity number, named by its position, so that it can be checked against the document. GB 11643; clause M1."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.accounts.rules.identifiers import check_digit

LENGTH = 18
_BIRTH = slice(6, 14)


class NumberFault(StrEnum):
    """What is wrong with a number."""

    LENGTH = "length"
    NOT_A_DIGIT = "not_a_digit"
    NO_DATE = "no_date"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class NumberFlaw:
    """A fault and the position it is at, counted from 1; for a wrong length, how long the number is."""

    fault: NumberFault
    at: int


def flaw_of(number: str, today: date) -> NumberFlaw | None:
    """Return the first thing that is wrong with a normalised number of a resident, None where it may be one; nobody is born after `today`."""
    if len(number) != LENGTH:
        return NumberFlaw(NumberFault.LENGTH, len(number))
    for position, character in enumerate(number, 1):
        if not (character in "0123456789" or (position == LENGTH and character == "X")):
            return NumberFlaw(NumberFault.NOT_A_DIGIT, position)
    if not _is_day(number[_BIRTH], today):
        return NumberFlaw(NumberFault.NO_DATE, _BIRTH.start + 1)
    return None if check_digit(number[:-1]) == number[-1] else NumberFlaw(NumberFault.CHECK, LENGTH)


def _is_day(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900 and born <= today
