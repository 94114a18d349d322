"""Codes by time (TOTP, RFC 6238) as every authenticator app makes them: SHA-1, six digits, a new one every 30 seconds."""

from base64 import b32encode
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS = 6
STEP_S = 30
SECRET_BYTES = 20


def step_at(now: datetime) -> int:
    """Return the number of the step of 30 seconds that a moment lies in."""
    return int(now.timestamp()) // STEP_S


def code_at(secret: bytes, step: int) -> str:
    """Return the code of a step."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - what the apps know


def written(secret: bytes) -> str:
    """Return a secret as people type it into an app: base 32."""
    return b32encode(secret).decode()


def uri(secret: bytes, *, issuer: str, account: str) -> str:
    """Return the address that an app reads from a picture."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={written(secret)}&issuer={quote(issuer, safe='')}"
