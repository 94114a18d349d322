"""Beats and answers as they go over the wire (docs/formats/beat.md): at most 1 KiB of JSON with exactly these fields, or nothing at all."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from jiangxue.courseware.rules.stretches import ReleasedKeys
from jiangxue.kernel import ids
from jiangxue.learning.rules.hearing import Answer, OutOfStep
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.sequence import Beat
from jiangxue.learning.rules.shapes import ALL_FLAGS, Directive, Do, Flag

MAX_BYTES = 1024
_MAX_MS = 2**53 - 1
BUSY_WAIT_S = (2, 8)
"""Shortest and longest wait that a client is asked for when a beat could not be judged."""

type Hex16 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
type Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
type Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
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
_ENCODER = msgspec.json.Encoder()
_FLAGS = [Flag(bits) for bits in range(int(ALL_FLAGS) + 1)]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way out; `retry_after_s` is how long a client should wait before it tries again."""

    status: int
    body: bytes
    retry_after_s: int | None = None


MALFORMED = Reply(400, b'{"error":"malformed"}')
NOT_AUTHENTIC = Reply(401, b'{"error":"not_authentic"}')
NOT_JUDGED = Reply(500, b'{"error":"not_judged"}')
NOT_FOUND = Reply(404, b'{"error":"not_found"}')
NOT_ALLOWED = Reply(405, b'{"error":"method_not_allowed"}')
ALIVE = Reply(200, b'{"status":"ok"}')
TOO_LARGE = Reply(413, b'{"error":"too_large"}')
TOO_OFTEN = Reply(429, b'{"error":"too_often"}', retry_after_s=2)


def busy() -> Reply:
    """Say that the beat could not be judged now; the wait is drawn, so that not everybody comes back at once."""
    shortest_s, longest_s = BUSY_WAIT_S
    return Reply(503, b'{"error":"busy"}', retry_after_s=shortest_s + int((longest_s - shortest_s + 1) * ids.chance()))


def parse_beat(body: bytes) -> Beat:
    """Return the beat in a request body, or raise `Malformed`."""
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
        flags=_FLAGS[wire.flags],
        client_ms=wire.client_ms,
        nonce=wire.nonce,
        mac=wire.mac,
    )


class Writer:
    """Writes answers; it knows the address of the page that explains the end of a session, `{session}` standing for its id."""

    def __init__(self, ended_url: str) -> None:
        self._ended_url = ended_url

    def answer(self, answer: Answer, session: str, keys: ReleasedKeys = ()) -> bytes:
        """Return the body of a 200; `keys` are those of the stretches that it releases."""
        return _ENCODER.encode(
            {
                "n": answer.n,
                "nonce": answer.nonce,
                "reached_ms": answer.reached_ms,
                "credited_ms": answer.credited_ms,
                "day_ms": answer.day_ms,
                "verdict": answer.verdict,
                "directive": self._directive(answer.directive, session),
                "next_ms": answer.next_ms,
                **({"keys": keys} if keys else {}),
            }
        )

    def signed_out(self, reason: EndReason, session: str) -> Reply:
        """Return the 410 of a session that has ended."""
        directive = self._directive(Directive(Do.SIGN_OUT, reason=reason), session)
        return Reply(410, _ENCODER.encode({"error": "signed_out", "directive": directive}))

    def resync(self, refusal: OutOfStep) -> Reply:
        """Return the 409 by which a page finds its place again."""
        standing = refusal.standing
        values = {"n": standing.n, "tag": standing.tag, "nonce": standing.nonce, "position_ms": refusal.position_ms}
        return Reply(409, _ENCODER.encode({"error": "resync", **values}))

    def _directive(self, directive: Directive, session: str) -> dict[str, object]:
        match directive.do:
            case Do.GO_TO:
                return {"do": directive.do, "position_ms": directive.position_ms}
            case Do.SIGN_OUT:
                url = self._ended_url.format(session=session)
                return {"do": directive.do, "reason": directive.reason, "session": session, "url": url}
            case _:
                return {"do": directive.do}
