"""Signs that no text may hold which people type and others read."""

import unicodedata

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the reading direction: between them words are shown in another order than they are kept and screened in."""

_UNREADABLE = frozenset({"Cc", "Cs"})


def is_readable(text: str) -> bool:
    """Say whether a text holds no control sign but tabs and ends of lines, no half of a sign, and nothing that turns it around."""
    return not any(_is_hidden(sign) for sign in text)


def _is_hidden(sign: str) -> bool:
    return sign in TURNING or (unicodedata.category(sign) in _UNREADABLE and sign not in "\n\r\t")
