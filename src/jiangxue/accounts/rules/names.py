"""Names as people write them down: when two spellings are one name. Clause M1."""

import re
import unicodedata

_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP_IN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_DOTS = re.compile(r"\s*[•・･‧∙⋅．.●]\s*")
_PARTED_BY_DOT = re.compile(rf"(?<=[{_HAN}]){_DOTS.pattern}(?=[{_HAN}])")


def tidied_name(text: str) -> str:
    """Return a name as lists spell it, in one spelling: no gap between two Chinese characters (王　芳), one kind of dot in it (·), full-width letters narrowed."""
    plain = unicodedata.normalize("NFKC", text)
    dotted = _PARTED_BY_DOT.sub("·", " ".join(plain.split()))
    return _GAP_IN_HAN.sub("", dotted)


def is_same_name(one: str, other: str) -> bool:
    """Say whether two spellings are one name: gaps, dots and the size of letters do not make another person."""
    return _compared(one) == _compared(other) != ""


def _compared(name: str) -> str:
    return re.sub(r"[\s·]", "", tidied_name(name)).casefold()
