"""The documents that identify a person (证件类型): how a number is kept, and what it tells of its holder. Clause M1; GB 11643."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IdType(StrEnum):
    """Which document a number is from."""

    RESIDENT = "resident"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    RESIDENCE_PERMIT = "residence_permit"
    FOREIGN_PERMANENT = "foreign_permanent"
    PASSPORT = "passport"


class Sex(StrEnum):
    """What a number says of the sex of its holder."""

    MALE = "male"
    FEMALE = "female"


OF_18_PLACES = frozenset({IdType.RESIDENT, IdType.RESIDENCE_PERMIT, IdType.FOREIGN_PERMANENT})
"""Those whose numbers hold a date of birth and end with the check digit of GB 11643; of the last, the new form alone."""
_BIRTH = slice(6, 14)
_SEX_AT = 16
_LIFELONG = {
    IdType.HK_MACAO_PERMIT: re.compile(r"([HM][0-9]{8})[0-9]{2}"),
    IdType.TAIWAN_PERMIT: re.compile(r"([0-9]{8})[0-9]{2}[A-Z]?"),
}
"""Older permits print how often they were renewed behind the number that its holder keeps for life."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a number tells of its holder; None where it tells nothing."""

    born: date | None = None
    sex: Sex | None = None

    @property
    def born_in(self) -> date | None:
        """Return the first day of the month of birth, None where it is not told."""
        return self.born and self.born.replace(day=1)


def bare(text: str) -> str:
    """Return a typed number: full width narrowed, spaces, dashes and brackets dropped, letters large; O and 0 stay what was typed."""
    return re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text)).upper()


def kept_form(id_type: IdType, number: str) -> str:
    """Return the one spelling under which a bare number is kept: without the count of renewals that older permits print behind it."""
    found = _LIFELONG[id_type].fullmatch(number) if id_type in _LIFELONG else None
    return found[1] if found else number


def spellings(text: str) -> list[str]:
    """Return every form in which what somebody typed may be kept, whichever document it is from."""
    number = bare(text)
    return list(dict.fromkeys([number, *(kept_form(id_type, number) for id_type in _LIFELONG)]))


def told_by(id_type: IdType, number: str) -> Told:
    """Return what a number tells: the date of birth where it has 18 places and holds one, and with it the sex where GB 11643 says how."""
    if id_type not in OF_18_PLACES or len(number) != 18:
        return Told()
    try:
        born = date.fromisoformat(number[_BIRTH])
    except ValueError:
        return Told()
    if id_type is IdType.FOREIGN_PERMANENT:
        return Told(born)
    return Told(born, Sex.MALE if int(number[_SEX_AT]) % 2 == 1 else Sex.FEMALE)


def age_on(born: date, day: date) -> int:
    """Return how many full years somebody has lived on a day; whoever was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
