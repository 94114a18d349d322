"""The unified social credit code (统一社会信用代码) of an organisation. GB 32100-2015."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.organisations.errors import UsccUnfit

LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


class UsccFault(StrEnum):
    """What is wrong with a code."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class UsccFlaw:
    """A fault and the position it is at, counted from 1; for a wrong length, how long the code is."""

    fault: UsccFault
    at: int


def bare(text: str) -> str:
    """Return a typed code: full width narrowed, spaces and dashes dropped, letters large."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def flaw_of(code: str) -> UsccFlaw | None:
    """Return the first thing that is wrong with a bare code, None where it is one: 18 of 31 signs (no I, O, S, V, Z), the last a check."""
    if len(code) != LENGTH:
        return UsccFlaw(UsccFault.LENGTH, len(code))
    for position, character in enumerate(code, 1):
        if character not in _ALPHABET:
            return UsccFlaw(UsccFault.CHARACTER, position)
    return None if check_character(code[:-1]) == code[-1] else UsccFlaw(UsccFault.CHECK, LENGTH)


def check_character(first_17: str) -> str:
    """Return the 18th character: what makes the weighted sum divisible by 31."""
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(first_17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def fit_uscc(text: str) -> str:
    """Return a typed code as it is kept, or raise `UsccUnfit` with its first flaw."""
    code = bare(text)
    flaw = flaw_of(code)
    if flaw is not None:
        raise UsccUnfit(flaw.fault, flaw.at)
    return code
