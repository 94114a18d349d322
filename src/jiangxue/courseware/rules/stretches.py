"""The lock on a film: it is encrypted in stretches of a minute, each under a key of its own that is derived and stored nowhere. Clause T2.3."""

import hashlib
import hmac
from collections.abc import Iterable

STRETCH_MS = 60_000
"""How much of a film one key opens."""

KEY_BYTES = 16

type ReleasedKeys = tuple[tuple[int, str], ...]
"""Stretches and their keys, 32 hexadecimal digits each."""


def film_key(master_key: bytes, name: str) -> bytes:
    """Return the 32 bytes from which all keys of one film are derived; `name` is the film's `key_name`, 32 hexadecimal digits."""
    return hmac.digest(master_key, b"film/1|" + name.encode(), hashlib.sha256)


def stretch_key(film: bytes, stretch: int) -> bytes:
    """Return the AES-128 key of a stretch, counted from 0; `film` is the film's key."""
    return hmac.digest(film, b"stretch/1|%d" % stretch, hashlib.sha256)[:KEY_BYTES]


def keys_of(film: bytes, stretches: Iterable[int]) -> ReleasedKeys:
    """Return the keys of these stretches as answers carry them."""
    return tuple((stretch, stretch_key(film, stretch).hex()) for stretch in stretches)


def stretches_in(length_ms: int) -> int:
    """Return how many stretches a film of this length has, the last one perhaps shorter."""
    return -(-length_ms // STRETCH_MS)
