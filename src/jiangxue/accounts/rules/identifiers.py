"""Identity numbers, phone numbers and login names: normalised, told apart, checked. Clause M1; GB 11643 for the check digit."""

import re
import unicodedata
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# Not \d: it also takes the digits of other scripts, and one person's number must have one spelling.
_PHONE = re.compile(r"1[3-9][0-9]{9}")
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


class Kind(StrEnum):
    """What a typed identifier is taken for."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    LOGIN_NAME = "login_name"


def normalised(text: str) -> str:
    """Return what a person meant: full width narrowed, spaces dropped, and in a number dashes dropped and a small x made large."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    number = plain.replace("-", "").upper()
    return plain if kind_of(number) is Kind.LOGIN_NAME else number


def kind_of(identifier: str) -> Kind:
    """Say what a normalised identifier is."""
    if _PHONE.fullmatch(identifier):
        return Kind.PHONE
    return Kind.ID_NUMBER if _RESIDENT.fullmatch(identifier) else Kind.LOGIN_NAME


def check_digit(first_17: str) -> str:
    """Return the 18th character of a resident identity number."""
    return _CHECK_DIGITS[sum(int(d) * w for d, w in zip(first_17, _WEIGHTS, strict=True)) % 11]


def is_resident_number(number: str) -> bool:
    """Say whether a normalised number is a resident identity number with the right check digit."""
    return _RESIDENT.fullmatch(number) is not None and check_digit(number[:17]) == number[17]


def is_phone(number: str) -> bool:
    """Say whether a normalised number is a mobile number of the mainland."""
    return _PHONE.fullmatch(number) is not None
