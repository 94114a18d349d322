"""Beats of a sealed segment in few bytes, and back without loss. The format: docs/formats/segment.md."""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiangxue.learning.errors import NotPackedBeats
from jiangxue.learning.rules.replay import RecordedBeat
from jiangxue.learning.rules.shapes import ALL_FLAGS, Claim, Flag

VERSION = 1
DEFLATED = 0x80
USUAL_GAP_MS = 30_000
"""What lies between two beats of the first policy; other gaps only take a byte more."""

_BODY_LIMIT = 1 << 24
_VALUE_BYTES = 10
_COLUMNS = 5


def pack(beats: Sequence[RecordedBeat]) -> bytes:
    """Return the beats of one segment, whose numbers follow one another, as bytes; none are no bytes."""
    if not beats:
        return b""
    body = b"".join(_varint(value) for value in (len(beats), *_columns(beats)))
    deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    deflated = deflater.compress(body) + deflater.flush()
    if len(deflated) < len(body):
        return bytes((VERSION | DEFLATED,)) + deflated
    return bytes((VERSION,)) + body


def unpack(packed: bytes) -> list[RecordedBeat]:
    """Return the beats that were packed, or raise `NotPackedBeats`."""
    if not packed:
        return []
    if packed[0] & ~DEFLATED != VERSION:
        raise NotPackedBeats(f"version {packed[0]}")
    body = _inflated(packed[1:]) if packed[0] & DEFLATED else packed[1:]
    values = list(_values(body))
    count = values[0] if values else 0
    if not count or len(values) != 1 + _COLUMNS * count:
        raise NotPackedBeats("as many values as it has beats")
    columns = [values[1 + column * count : 1 + (column + 1) * count] for column in range(_COLUMNS)]
    return _beats(columns)


def _columns(beats: Sequence[RecordedBeat]) -> Iterator[int]:
    """Yield the unsigned values of one column after the other: each what a steady page would not lead one to expect."""
    first = beats[0]
    pairs = list(pairwise(beats))
    yield _zigzag(first.received_at_ms)
    yield from (_zigzag(beat.received_at_ms - prev.received_at_ms - USUAL_GAP_MS) for prev, beat in pairs)
    yield first.claim.claimed_position_ms
    yield from (_zigzag(_ahead(prev, beat)) for prev, beat in pairs)
    yield first.client_ms
    yield from (_zigzag(_drift(prev, beat)) for prev, beat in pairs)
    yield from (beat.claim.claimed_idle_ms for beat in beats)
    yield from (int(beat.claim.flags) for beat in beats)


def _ahead(prev: RecordedBeat, beat: RecordedBeat) -> int:
    """Return how much further the picture moved than the server's time."""
    moved_ms = beat.claim.claimed_position_ms - prev.claim.claimed_position_ms
    return moved_ms - (beat.received_at_ms - prev.received_at_ms)


def _drift(prev: RecordedBeat, beat: RecordedBeat) -> int:
    return (beat.client_ms - prev.client_ms) - (beat.received_at_ms - prev.received_at_ms)


def _beats(columns: Sequence[Sequence[int]]) -> list[RecordedBeat]:
    received, positions, clients, idles, flags = columns
    found: list[RecordedBeat] = []
    at_ms, position_ms, client_ms = _signed(received[0]), positions[0], clients[0]
    for number, (idle_ms, flag) in enumerate(zip(idles, flags, strict=True)):
        if number:
            gap_ms = _signed(received[number]) + USUAL_GAP_MS
            at_ms += gap_ms
            position_ms += gap_ms + _signed(positions[number])
            client_ms += gap_ms + _signed(clients[number])
        if position_ms < 0 or client_ms < 0 or flag > ALL_FLAGS:
            raise NotPackedBeats("values that a beat can have")
        found.append(RecordedBeat(at_ms, Claim(position_ms, idle_ms, Flag(flag)), client_ms))
    return found


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else -(value << 1) - 1


def _signed(value: int) -> int:
    return -(value >> 1) - 1 if value & 1 else value >> 1


def _varint(value: int) -> bytes:
    if value < 0x80:
        return bytes((value,))
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _values(body: bytes) -> Iterator[int]:
    """Yield unsigned values of 7 bits a byte, lowest first; a value has one spelling and at most ten bytes."""
    value = length = 0
    for byte in body:
        value |= (byte & 0x7F) << (7 * length)
        length += 1
        if byte & 0x80:
            if length == _VALUE_BYTES:
                raise NotPackedBeats("values of at most ten bytes")
            continue
        if byte == 0 and length > 1:
            raise NotPackedBeats("values in their shortest form")
        yield value
        value = length = 0
    if length:
        raise NotPackedBeats("whole values")


def _inflated(deflated: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        body = inflater.decompress(deflated, _BODY_LIMIT)
    except zlib.error:
        raise NotPackedBeats("a deflated body") from None
    if not inflater.eof or inflater.unused_data:
        raise NotPackedBeats("one whole body, and not an endless one")
    return body
