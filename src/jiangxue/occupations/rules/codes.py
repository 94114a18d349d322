"""The code of an occupation (职业编码): X-XX-XX-XX, as the classification of occupations (职业分类大典) has it."""

import re
import unicodedata

CODE_SHAPE = r"^[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_SHAPE = re.compile(CODE_SHAPE)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d\ufe63"), "-")
_DIGITS = 7


def code_of(text: str) -> str | None:
    """Return the code that a text says, in any width, with any dashes or with none; None where it says none."""
    plain = _plain(text)
    code = _dashed(plain) if len(plain) == _DIGITS and _is_digits(plain) else plain
    return code if _SHAPE.fullmatch(code) else None


def code_prefix(text: str) -> str:
    """Return the beginning of a code that somebody has typed, with its dashes; empty where it can be none."""
    digits = _plain(text).replace("-", "")
    return _dashed(digits) if _is_digits(digits) and len(digits) <= _DIGITS else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_DASHES)).split())


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _dashed(digits: str) -> str:
    return "-".join(part for part in (digits[:1], digits[1:3], digits[3:5], digits[5:]) if part)
