"""The leaf of an entry, and what a payload must say to be committed to by it. docs/formats/ledger.md."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

import msgspec

from jiangxue.kernel.hashing import HASH_BYTES, HASHES

VERSION = 1
LONGEST_LEAF = 1024
OWN_ARCHIVE = UUID(int=0)
"""The ledger's own archive, in which it keeps the daily heads."""

NOTHING_BEFORE = bytes(HASH_BYTES)
_KIND = re.compile(r"[a-z_.]{1,40}", re.ASCII)


class NotALeaf(Exception):
    """What should be a leaf is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the ledger knows of one event: everything in its leaf but the place."""

    aid: UUID
    eid: UUID
    kind: str
    at_ms: int
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """An event with its place: its number in the archive, from 1 on, and the leaf hash of the entry before."""

    event: Event
    sequence: int
    before: bytes
    hash_name: str


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    a: str
    c: str
    e: str
    h: str
    k: str
    o: int
    p: str
    q: int
    v: int


class _Named(msgspec.Struct):
    aid: str
    at_ms: int
    eid: str
    kind: str


_parse_leaf = msgspec.json.Decoder(_Written).decode
_parse_payload = msgspec.json.Decoder(_Named).decode


def is_kind(kind: str) -> bool:
    """Say whether a kind may stand in a leaf."""
    return _KIND.fullmatch(kind) is not None


def written(leaf: Leaf) -> bytes:
    """Return the bytes of a leaf: canonical JSON, written out because nothing in it needs escaping."""
    event = leaf.event
    if not is_kind(event.kind) or event.at_ms < 0:
        raise NotALeaf(f"kind {event.kind!r} at {event.at_ms}")
    return (
        f'{{"a":"{event.aid}","c":"{b64u(event.commitment)}","e":"{event.eid}","h":"{leaf.hash_name}","k":"{event.kind}",'
        f'"o":{event.at_ms},"p":"{b64u(leaf.before)}","q":{leaf.sequence},"v":{VERSION}}}'
    ).encode()


def read(text: bytes) -> Leaf:
    """Return the leaf that was written so; raises `NotALeaf` for any other bytes."""
    if len(text) > LONGEST_LEAF:
        raise NotALeaf(f"{len(text)} bytes are too long")
    try:
        found = _parse_leaf(text)
        event = Event(UUID(found.a), UUID(found.e), found.k, found.o, from_b64u(found.c))
        leaf = Leaf(event, found.q, from_b64u(found.p), found.h)
    except ValueError as fault:
        raise NotALeaf(str(fault)) from None
    if leaf.hash_name not in HASHES or leaf.sequence < 1 or found.v != VERSION or written(leaf) != text:
        raise NotALeaf("not in its one form")
    return leaf


def is_payload_of(event: Event, payload: bytes) -> bool:
    """Say whether a payload tells of this event and no other."""
    try:
        named = _parse_payload(payload)
    except ValueError:
        return False
    return (named.aid, named.eid, named.kind, named.at_ms) == (str(event.aid), str(event.eid), event.kind, event.at_ms)


def b64u(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_b64u(text: str) -> bytes:
    """Return the hash that was written so; raises `ValueError` for anything else."""
    data = urlsafe_b64decode(text + "=")
    if len(data) != HASH_BYTES or b64u(data) != text:
        raise ValueError("not a hash in base64url")
    return data
