"""Leaves of the ledger: what an entry says without saying who it is about (docs/formats/ledger.md, Entry and leaf)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from jiangxue_verify.base64s import NotBase64, urlsafe
from jiangxue_verify.canonical import NotCanonical, parse_object
from jiangxue_verify.hashing import HASH_BYTES, HASHES, Hash
from jiangxue_verify.merkle import leaf_hash

MAX_LEAF_BYTES = 1024
OWN_ARCHIVE = str(UUID(int=0))
"""The archive id under which the ledger keeps entries about itself."""
NOTHING_BEFORE = bytes(HASH_BYTES)
"""Member `p` of the first entry of an archive."""
_SHAPE = {"a": str, "c": str, "e": str, "h": str, "k": str, "o": int, "p": str, "q": int, "v": int}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KIND = re.compile(r"[a-z_.]{1,40}")


class LeafMalformed(ValueError):
    """The text is no leaf."""


@dataclass(frozen=True)
class Leaf:
    """What a leaf says, and its own hash."""

    archive_id: str
    commitment: bytes
    event_id: str
    hash_id: str
    kind: str
    happened_ms: int
    previous: bytes
    number: int
    hash: bytes
    """The leaf hash, 32 bytes."""

    @property
    def hash_of_log(self) -> Hash:
        """Return the hash that the leaf names."""
        return HASHES[self.hash_id]


def parse_leaf(text: str) -> Leaf:
    """Return the leaf in a text, or raise LeafMalformed unless it has exactly the form of the specification."""
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) > MAX_LEAF_BYTES:
        raise LeafMalformed
    try:
        said = parse_object(text, _SHAPE)
    except NotCanonical as error:
        raise LeafMalformed from error
    if not (_ID.fullmatch(said["a"]) and _ID.fullmatch(said["e"]) and _KIND.fullmatch(said["k"])):
        raise LeafMalformed
    if said["v"] != 1 or said["q"] < 1 or said["o"] < 0 or said["h"] not in HASHES:
        raise LeafMalformed
    return Leaf(
        archive_id=said["a"],
        commitment=hash_in(said["c"]),
        event_id=said["e"],
        hash_id=said["h"],
        kind=said["k"],
        happened_ms=said["o"],
        previous=hash_in(said["p"]),
        number=said["q"],
        hash=leaf_hash(HASHES[said["h"]], encoded),
    )


def hash_in(text: object) -> bytes:
    """Return the 32 bytes in base64url without padding, or raise LeafMalformed."""
    try:
        content = urlsafe(text) if isinstance(text, str) else b""
    except NotBase64 as error:
        raise LeafMalformed from error
    if len(content) != HASH_BYTES:
        raise LeafMalformed
    return content
