"""What the pool and its processes say to each other: MessagePack, each message behind its length in four bytes."""

from typing import BinaryIO

import msgspec

from jiangxue.facecheck.rules.shapes import Look, Portrait
from jiangxue.facecheck.vision.errors import Flaw

LENGTH_BYTES = 4
LONGEST_BYTES = 1 << 17


class Ready(msgspec.Struct, frozen=True):
    """The first word of a process: by which models it looks, or why it cannot."""

    models: tuple[str, ...] = ()
    refusal: str = ""


class Ask(msgspec.Struct, frozen=True):
    """One picture, and what is wanted of it; `of_source` is one that no page has sent, of any size."""

    jpeg: bytes
    portrait: bool = False
    turn: bool = True
    small: bool = False
    of_source: bool = False


class Seen(msgspec.Struct, frozen=True):
    """What a process has seen of the picture it was asked about, or made of it: one of the four."""

    look: Look | None = None
    portrait: Portrait | None = None
    flaw: Flaw | None = None
    small: bytes | None = None


def framed(message: msgspec.Struct) -> bytes:
    """Return a message as it is sent."""
    content = msgspec.msgpack.encode(message)
    return len(content).to_bytes(LENGTH_BYTES) + content


def received[M: msgspec.Struct](stream: BinaryIO, kind: type[M]) -> M | None:
    """Wait for a message; None when the other side has ended."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return msgspec.msgpack.decode(stream.read(int.from_bytes(length)), type=kind)
