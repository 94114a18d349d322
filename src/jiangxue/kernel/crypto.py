"""Sealing, blind indexes and commitments under the `intl` profile (AES-256-GCM, SHA-256).

A sealed blob is `algorithm (1 byte) | key id (2 bytes) | nonce (12 bytes) | ciphertext and tag`, so that other algorithms and
keys can be read beside it. The place it belongs to (table, column, row) is authenticated with it: a blob moved elsewhere does
not open.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jiangxue.kernel.hashing import SHA256, Hash

AES_256_GCM = 1
KEY_BYTES = 32
HIGHEST_NUMBER = 0xFFFF
_HEADER = struct.Struct(">BH")
BEGINNING_BYTES = _HEADER.size
_NONCE_BYTES = 12
_TAG_BYTES = 16


class NotGenuine(Exception):
    """A sealed blob was altered, moved from its place, or sealed under a key that is not known here."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Sealing keys by id: new blobs use `current`, old ones open under the key they name."""

    keys: Mapping[int, bytes] = field(repr=False)
    current: int

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt `plain` for one place."""
        header = beginning_under(self.current)
        nonce = os.urandom(_NONCE_BYTES)
        return header + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, plain, header + place.encode())

    def open(self, blob: bytes, place: str) -> bytes:
        """Decrypt a blob sealed for this place, or raise `NotGenuine`."""
        if len(blob) < _HEADER.size + _NONCE_BYTES + _TAG_BYTES:
            raise NotGenuine("too short to be a sealed blob")
        header, nonce = blob[: _HEADER.size], blob[_HEADER.size : _HEADER.size + _NONCE_BYTES]
        algorithm, key_id = _HEADER.unpack(header)
        if algorithm != AES_256_GCM or key_id not in self.keys:
            raise NotGenuine("unknown algorithm or key")
        try:
            return AESGCM(self.keys[key_id]).decrypt(
                nonce, blob[_HEADER.size + _NONCE_BYTES :], header + place.encode()
            )
        except InvalidTag:
            raise NotGenuine("altered, or not sealed for this place") from None


def key_number(blob: bytes) -> int | None:
    """Return the number of the key that a blob says it is sealed under; None if it is no sealed blob at all."""
    if len(blob) < _HEADER.size:
        return None
    algorithm, key_id = _HEADER.unpack_from(blob)
    return int(key_id) if algorithm == AES_256_GCM else None


def beginning_under(number: int) -> bytes:
    """Return how every blob begins that is sealed under a key of this number."""
    return _HEADER.pack(AES_256_GCM, number)


def new_key() -> bytes:
    """Return a fresh sealing key."""
    return os.urandom(KEY_BYTES)


def fingerprint(key: bytes) -> str:
    """Return eight digits by which people see that two places hold the same key; they reveal nothing of it."""
    return hmac.digest(key, b"jiangxue fingerprint of a key", hashlib.sha256)[:4].hex()


def blind_index(key: bytes, purpose: str, value: str) -> bytes:
    """Return 16 bytes by which equal values are found without being readable; keyed, since identity numbers can be enumerated."""
    return hmac.digest(key, f"{purpose}\0{value}".encode(), hashlib.sha256)[:16]


def commitment(salt: bytes, payload: bytes, by: Hash = SHA256) -> bytes:
    """Return a salted hash that proves `payload` later and reveals nothing once the salt is destroyed."""
    return by.of(b"\x02" + salt + payload)
