"""The unified social credit code of an organisation (统一社会信用代码). Source: GB 32100."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_ALPHABET}]{{18}}")


def is_uscc(code: str) -> bool:
    """Say whether a code has 18 characters of the alphabet without I, O, S, V, Z, and the right check character."""
    if not _SHAPE.fullmatch(code):
        return False
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
