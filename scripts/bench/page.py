"""One learner's page as the generator plays it: honest, and exact about docs/formats/beat.md."""

import hashlib
import hmac
from collections.abc import Sequence

import msgspec

from jiangxue.learning.rules.sequence import FIRST_TAG, TAG_LENGTH, session_key

PROVISIONAL = "provisional"
LEAVE = 16


def session_of(run: str, number: int) -> str:
    """Return the id of a learner's session in a run; `learners` makes the same one in SQL."""
    return hashlib.sha256(f"{run}:{number}".encode()).hexdigest()[:32]


def first_nonce_of(session: str) -> str:
    """Return the nonce that a session's opening handed out; `learners` makes the same one in SQL."""
    return hashlib.sha256(f"nonce:{session}".encode()).hexdigest()[:16]


class Answer(msgspec.Struct):
    """What a page needs of a 200."""

    n: int
    nonce: str
    verdict: list[tuple[str, int]]

    @property
    def credited_ms(self) -> int:
        """Return what this beat earned."""
        return sum(ms for kind, ms in self.verdict if kind == PROVISIONAL)


class Resync(msgspec.Struct):
    """What a page needs of a 409."""

    n: int
    tag: str
    nonce: str


ANSWER = msgspec.json.Decoder(Answer)
RESYNC = msgspec.json.Decoder(Resync)


class Page:
    """A page that plays without a pause since its opening, and beats when it is told to."""

    __slots__ = (
        "_body", "_head", "_key", "_opened_ms", "_tag",
        "busy", "due_s", "ended", "flags", "n", "nonce", "number", "prev", "session", "tries",
    )  # fmt: skip

    def __init__(self, run: str, number: int, master_key: bytes, opened_ms: int) -> None:
        self.number = number
        self.session = session_of(run, number)
        self._head = f"beat/1|{self.session}|"
        self._key = session_key(master_key, self.session)
        self._opened_ms = opened_ms
        self.n, self.prev, self.nonce = 0, FIRST_TAG, first_nonce_of(self.session)
        self.flags = 0
        self.due_s = 0.0
        self.busy = self.ended = False
        self.tries = 0
        self._body = b""
        self._tag = ""

    def fresh(self, now_ms: int) -> bytes:
        """Return the next beat, signed: the picture stands where uninterrupted playing since the opening has brought it."""
        n, played_ms = self.n + 1, now_ms - self._opened_ms
        signed = f"{self._head}{n}|{self.prev}|{played_ms}|0|{self.flags}|{played_ms}|{self.nonce}".encode()
        mac = hmac.digest(self._key, signed, "sha256").hex()
        self._tag = mac[:TAG_LENGTH]
        self._body = (
            f'{{"session":"{self.session}","n":{n},"prev":"{self.prev}","position":{played_ms},"idle":0,'
            f'"flags":{self.flags},"client_ms":{played_ms},"nonce":"{self.nonce}","mac":"{mac}"}}'
        ).encode()
        return self._body

    def again(self) -> bytes:
        """Return the last beat word for word: its answer was lost."""
        return self._body

    def heard(self, body: bytes) -> Sequence[int]:
        """Adopt a 200 and return the beat's number and what it earned."""
        answer = ANSWER.decode(body)
        self.n, self.prev, self.nonce = answer.n, self._tag, answer.nonce
        return answer.n, answer.credited_ms

    def put_in_step(self, body: bytes) -> None:
        """Adopt a 409."""
        place = RESYNC.decode(body)
        self.n, self.prev, self.nonce = place.n, place.tag, place.nonce
