"""How a value stands in a cell, so that no program that opens the file calculates it, rounds it or takes it for another. Clauses T7, M3."""

import unicodedata
from datetime import datetime
from decimal import Decimal

from jiangxue.kernel.zone import LEARNING_ZONE

_CALCULATED = ("=", "+", "-", "@")
_BROKEN_AT = ("\t", "\r", "\n")
_SHOWN_DIGITS = 11
"""Spreadsheets show numbers of more digits as 4.40E+17, and forget the last ones after the fifteenth."""
LONGEST_TEXT = 32_767
"""What a cell of a workbook holds."""


def could_be_calculated(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula: = + - @, full-width ones too, behind any space or invisible signs.

    A tab or a line break in the beginning counts as well: programs that drop it see what comes after.
    """
    if text[:1].isalnum():  # most texts
        return False
    if text.startswith(_BROKEN_AT):
        return True
    plain = unicodedata.normalize("NFKC", text)
    return plain.lstrip().lstrip(_invisible(plain)).startswith(_CALCULATED)


def would_be_taken_for_a_number(text: str) -> bool:
    """Say whether a spreadsheet that guesses would lose something of a text: digits of a long number, or zeros in front."""
    plain = text[:-1] if text[-1:] in ("X", "x") else text
    if not (plain.isascii() and plain.isdigit()):
        return False
    return len(plain) > _SHOWN_DIGITS or (len(plain) > 1 and plain[0] == "0")


def text_in_csv(text: str) -> str:
    """Return a text as it stands in a CSV file, which knows no kinds of cells.

    An apostrophe before what could be calculated, a tab before what would be taken for a number; line breaks become spaces, and NULs go.
    """
    if could_be_calculated(text):
        return "'" + _in_one_line(text)
    if would_be_taken_for_a_number(text):
        return "\t" + text
    return _in_one_line(text)


def text_in_workbook(text: str) -> str:
    """Return a text as a cell of a workbook holds it, cut with an ellipsis where it is too long for one."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def local(at: datetime) -> datetime:
    """Return an instant as the date and time of Asia/Shanghai, without a zone, to the second: workbooks know none."""
    return at.astimezone(LEARNING_ZONE).replace(microsecond=0, tzinfo=None)


def seconds_in(ms: int) -> Decimal:
    """Return milliseconds as seconds with three decimals (4812.345), exactly."""
    return Decimal(ms).scaleb(-3)


def hours_in(hundredths: int) -> Decimal:
    """Return hundredths of a 学时 with two decimals (1.77), exactly."""
    return Decimal(hundredths).scaleb(-2)


def ratio_in(ten_thousandths: int) -> Decimal:
    """Return ten-thousandths as a number with four decimals (0.8125), exactly."""
    return Decimal(ten_thousandths).scaleb(-4)


def _invisible(text: str) -> str:
    return "".join({each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Zs", "Zl", "Zp")})


def _in_one_line(text: str) -> str:
    if text.isprintable():
        return text
    return " ".join(text.replace("\0", "").split("\n")).replace("\r", " ")
