"""Beats as they come over the wire: at most 1 KiB of JSON with exactly these fields, or nothing at all."""

from typing import Annotated

import msgspec

from jiangxue.learning.rules.sequence import Beat
from jiangxue.learning.rules.shapes import ALL_FLAGS, Flag

MAX_BYTES = 1024
_MAX_MS = 2**53 - 1

type Hex16 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
type Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
type Hex64 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
type Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=_MAX_MS)]


class Malformed(Exception):
    """The body is no beat."""


class _WireBeat(msgspec.Struct, forbid_unknown_fields=True):
    session: Hex32
    n: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    prev: Hex32
    position: Milliseconds
    idle: Milliseconds
    flags: Annotated[int, msgspec.Meta(ge=0, le=int(ALL_FLAGS))]
    client_ms: Milliseconds
    nonce: Hex16
    mac: Hex64


_DECODER = msgspec.json.Decoder(_WireBeat, strict=True)


def parse_beat(body: bytes) -> Beat:
    """Return the beat in a request body, or raise `Malformed`."""
    if len(body) > MAX_BYTES:
        raise Malformed
    try:
        wire = _DECODER.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        raise Malformed from None
    return Beat(
        session=wire.session,
        n=wire.n,
        prev=wire.prev,
        claimed_position_ms=wire.position,
        claimed_idle_ms=wire.idle,
        flags=Flag(wire.flags),
        client_ms=wire.client_ms,
        nonce=wire.nonce,
        mac=wire.mac,
    )
