"""The messages of the socket: what a page may send, read strictly, and why a socket is closed. Source: docs/formats/face-check.md."""

from enum import IntEnum
from struct import Struct
from typing import Annotated, Any, Literal

import msgspec

from jiangxue.facecheck.vision.header import LARGEST_BYTES

LONGEST_TEXT = 16_384
_HEAD = Struct(">BBHIQQ")
_VERSION = 1


class Closing(IntEnum):
    """Why a socket is closed."""

    DONE = 1000
    MALFORMED = 4400
    NO_TICKET = 4401
    NOT_YOURS = 4403
    LATE = 4408
    OUT_OF_ORDER = 4409
    TOO_LARGE = 4413
    TOO_MANY = 4429
    NO_SERVICE = 4503


class Closed(Exception):
    """The conversation ends with this code."""

    def __init__(self, code: Closing) -> None:
        super().__init__(code)
        self.code = code


class Hello(msgspec.Struct, frozen=True):
    """The first message: the ticket, what the page claims of its camera, and whether actions are wanted instead of colours."""

    ticket: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    camera: dict[str, Any] = {}
    prefer: Literal["actions"] | None = None


class Frame(msgspec.Struct, frozen=True):
    """A frame as it was sent, and when it came by the server's clock; `presented` and `captured_ms` are the page's word."""

    slot: int
    seq: int
    presented: int
    captured_ms: int
    jpeg: bytes
    at_ms: int


_HELLO = msgspec.json.Decoder(Hello)


def hello_of(text: str) -> Hello:
    """Return the first message of a page."""
    if len(text) > LONGEST_TEXT:
        raise Closed(Closing.MALFORMED)
    try:
        return _HELLO.decode(text)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Closed(Closing.MALFORMED) from None


def frame_of(message: bytes, at_ms: int) -> Frame:
    """Return a frame; what is inside the JPEG is for others to judge."""
    if len(message) <= _HEAD.size:
        raise Closed(Closing.MALFORMED)
    if len(message) > _HEAD.size + LARGEST_BYTES:
        raise Closed(Closing.TOO_LARGE)
    version, zero, slot, seq, presented, captured_ms = _HEAD.unpack_from(message)
    if (version, zero) != (_VERSION, 0):
        raise Closed(Closing.MALFORMED)
    return Frame(slot, seq, presented, captured_ms, message[_HEAD.size :], at_ms)
