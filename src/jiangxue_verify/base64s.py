"""Base64 in its two forms, strict: whatever is not exactly what encoding would give is refused."""

from __future__ import annotations

import base64
import binascii


class NotBase64(ValueError):
    """The text is not the one encoding of any bytes."""


def standard(text: str) -> bytes:
    """Return the bytes of standard base64 with padding, as notes hold it."""
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise NotBase64 from error
    if base64.b64encode(content).decode("ascii") != text:
        raise NotBase64
    return content


def urlsafe(text: str) -> bytes:
    """Return the bytes of base64url without padding, as JSON holds it."""
    if set(text) & set("+/="):
        raise NotBase64
    padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    return standard(padded)
