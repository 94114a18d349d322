"""Ed25519 verification in plain Python: RFC 8032, strict. There are no secrets here, so nothing needs constant time.

Both multiplications are sums of table entries, one for each four bits of the factor: half a millisecond for a signature, and some
milliseconds once for each key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_TWICE_D = 2 * _D % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_WINDOW = 4
_WINDOWS = 64
"""Factors are below 2**256."""

KEY_BYTES = 32
SIGNATURE_BYTES = 64

_Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z."""
_Table = Sequence[Sequence[_Point]]

_NEUTRAL: _Point = (0, 1, 1, 0)


def is_valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature of 64 bytes under a message is that of a public key of 32 bytes.

    Refused besides wrong signatures: encodings that are not canonical, S >= L, keys that are no point or of small order.
    """
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    table = _table_of_key(public)
    if scalar >= _L or table is None:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    return _encoded(_sum(_multiple(_table_of_base(), scalar), _multiple(table, challenge))) == signature[:32]


def is_good_key(public: bytes) -> bool:
    """Tell whether 32 bytes are the canonical encoding of a point that is not of small order."""
    return len(public) == KEY_BYTES and _decoded_key(public) is not None


def _sum(first: _Point, second: _Point) -> _Point:
    """Return the sum of any two points (RFC 8032, section 5.1.4: the formula has no exceptions)."""
    x1, y1, z1, t1 = first
    x2, y2, z2, t2 = second
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = t1 * _TWICE_D * t2 % _P
    d = 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _table(point: _Point) -> _Table:
    """Return for each window `w` the points `j * 16**w * point`, `j` from 0 to 15."""
    rows = []
    for _ in range(_WINDOWS):
        row = [_NEUTRAL]
        for _ in range(2**_WINDOW - 1):
            row.append(_sum(row[-1], point))
        rows.append(row)
        point = _sum(row[-1], point)
    return rows


def _multiple(table: _Table, factor: int) -> _Point:
    """Return a multiple of the point that a table was made of."""
    total = _NEUTRAL
    for row in table:
        total = _sum(total, row[factor % 2**_WINDOW])
        factor >>= _WINDOW
    return total


def _encoded(point: _Point) -> bytes:
    """Return the 32 bytes of a point: y, and the lowest bit of x as the highest."""
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    return (y * inverse % _P | (x * inverse % _P & 1) << 255).to_bytes(32, "little")


def _decoded(encoding: bytes) -> _Point | None:
    """Return the point of 32 bytes, or None if they are not canonical or no point (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(encoding, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if x * x % _P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _decoded_key(public: bytes) -> _Point | None:
    """Return the point of a public key, or None if it is none or of small order."""
    point = _decoded(public)
    if point is None:
        return None
    eightfold = point
    for _ in range(3):
        eightfold = _sum(eightfold, eightfold)
    x, y, z, _ = eightfold
    return None if x == 0 and y == z else point


@lru_cache(maxsize=64)
def _table_of_key(public: bytes) -> _Table | None:
    """Return the table of the negative of a key's point, because R = S·B − k·A; None if the key is not good."""
    point = _decoded_key(public)
    if point is None:
        return None
    x, y, z, t = point
    return _table((-x % _P, y, z, -t % _P))


@lru_cache(maxsize=1)
def _table_of_base() -> _Table:
    """Return the table of the base point B, whose y is 4/5 and whose x is even."""
    base = _decoded((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    assert base is not None
    return _table(base)
