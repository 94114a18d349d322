"""Cells as spreadsheets leave them. Pure."""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_QUOTE = re.compile(r"^['‘’＇`]+")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
_WHOLE_WITH_POINT = re.compile(r"([0-9]+)\.0+")
_ROUNDED = re.compile(r"[0-9]{15}000")


def tidied(cell: str) -> str:
    """Return what a cell says: no signs that cannot be seen, none of the quotes by which spreadsheets mark text, gaps made one."""
    plain = _INVISIBLE.sub("", cell.replace("\u00a0", " "))
    return " ".join(_QUOTE.sub("", plain.strip()).split())


def number_in(cell: str) -> str:
    """Return the number in a cell as it was meant: full width narrowed, gaps dropped, and without the .0 that a spreadsheet adds."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", tidied(cell)))
    whole = _WHOLE_WITH_POINT.fullmatch(plain)
    return whole[1] if whole else plain


def is_rounded(number: str) -> bool:
    """Say whether a spreadsheet has taken an identity number for an amount and lost its last places: 4.40E+17, or 18 digits ending with 000.

    The caller has seen that the number does not fit: some numbers do end so.
    """
    return _EXPONENT.fullmatch(number) is not None or _ROUNDED.fullmatch(number) is not None


def word_in(cell: str) -> str:
    """Return a word of a list without what people put around it: brackets and what is in them, stars, colons, gaps."""
    plain = unicodedata.normalize("NFKC", tidied(cell))
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", plain)
    return re.sub(r"[\s*:：_.。、,，;；\"'“”-]", "", bare or plain).upper()
