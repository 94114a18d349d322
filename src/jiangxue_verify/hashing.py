"""The hash `H` of a log: SHA-256, or SM3 in a log of the `gm` profile. Both give 32 bytes (docs/formats/ledger.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from jiangxue_verify import sm3 as own

Hash = Callable[[bytes], bytes]
"""From any bytes to 32."""

HASH_BYTES = 32


def sha256(content: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).digest()


def sm3_of_the_build(content: bytes) -> bytes:
    """Return the SM3 of some bytes as OpenSSL computes it; ValueError in a build of Python without SM3."""
    return hashlib.new("sm3", content).digest()


def sm3_of_choice() -> Hash:
    """Return OpenSSL's SM3 where this Python has it, else our own, which is some hundred times slower."""
    try:
        sm3_of_the_build(b"")
    except ValueError:
        return own.digest
    return sm3_of_the_build


HASHES: Mapping[str, Hash] = {"sha256": sha256, "sm3": sm3_of_choice()}
"""From the id of a hash, member `h` of a leaf, to the hash."""
