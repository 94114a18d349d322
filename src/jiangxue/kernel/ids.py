"""Random identifiers; chance enters the program here."""

import secrets
import struct
import uuid
from collections.abc import Callable

CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of codes that people type, as Crockford chose them for base 32."""

type Chance = Callable[[], float]
"""Something that draws a number in [0, 1) whenever it is asked: the machine in production, a row of numbers in tests."""


def new_id() -> uuid.UUID:
    """Return a random 128-bit id that says nothing about what it names."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def new_nonce() -> str:
    """Return 64 fresh random bits in hexadecimal."""
    return secrets.token_hex(8)


def chance() -> float:
    """Return a random number in [0, 1) for jitter and draws."""
    return secrets.randbelow(1 << 53) / (1 << 53)


def draws(count: int) -> list[tuple[str, float]]:
    """Return `count` pairs of a nonce and a chance, for the price of one question to the system."""
    chunk = secrets.token_bytes(16 * count)
    pairs = struct.iter_unpack("<8sQ", chunk)
    return [(nonce.hex(), (number >> 11) / (1 << 53)) for nonce, number in pairs]


def new_iv() -> bytes:
    """Return 16 fresh random bytes with which one encryption in blocks begins."""
    return secrets.token_bytes(16)


def new_secret(size: int) -> bytes:
    """Return as many fresh random bytes for a secret that somebody keeps."""
    return secrets.token_bytes(size)


def new_code() -> str:
    """Return 80 fresh random bits as 16 signs that people can read aloud and type: digits and capitals without I, L, O and U."""
    number = int.from_bytes(secrets.token_bytes(10))
    return "".join(CODE_SIGNS[number >> 5 * place & 31] for place in range(16))
