"""Hash algorithms by their ids, and which of them a cryptographic profile uses: `intl` now, `gm` (国密) by the same interface."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Hash:
    """A hash of 32 bytes and the id under which formats name it."""

    name: str
    of: Callable[[bytes], bytes]


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


SHA256 = Hash("sha256", _sha256)
SM3 = Hash("sm3", _sm3)
HASHES = {each.name: each for each in (SHA256, SM3)}
HASH_OF_PROFILE = {"intl": SHA256, "gm": SM3}
