"""Whether a beat is the next one of its session, a retry, too early or out of step. Clauses T0 (防止篡改), T2.2."""

import hashlib
import hmac
from enum import StrEnum

import msgspec

from jiangxue.learning.rules.shapes import Claim, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy

FIRST_TAG = "0" * 32
TAG_LENGTH = 32


class Beat(msgspec.Struct, frozen=True):
    """One beat as it came over the wire; hexadecimal strings are lower case, numbers non-negative."""

    session: str
    n: int
    prev: str
    claimed_position_ms: int
    claimed_idle_ms: int
    flags: Flag
    client_ms: int
    nonce: str
    mac: str

    @property
    def tag(self) -> str:
        """Return the short form of the mac by which the next beat names this one."""
        return self.mac[:TAG_LENGTH]

    @property
    def claim(self) -> Claim:
        """Return the part that the judge weighs."""
        return Claim(self.claimed_position_ms, self.claimed_idle_ms, self.flags)

    def signed_text(self) -> bytes:
        """Return the exact bytes under the mac."""
        fields = (
            "beat/1", self.session, self.n, self.prev, self.claimed_position_ms, self.claimed_idle_ms,
            int(self.flags), self.client_ms, self.nonce,
        )  # fmt: skip
        return "|".join(map(str, fields)).encode()


class Standing(msgspec.Struct, frozen=True):
    """Where a session's conversation stands: the last accepted beat and the nonce that the next one must use."""

    n: int
    tag: str
    nonce: str


class Place(StrEnum):
    """How a beat stands to the conversation."""

    NEXT = "next"
    RETRY = "retry"
    TOO_OFTEN = "too_often"
    OUT_OF_STEP = "out_of_step"


def session_key(master_key: bytes, session: str) -> bytes:
    """Derive a session's key from the server's master key, so that no key need be stored."""
    return hmac.digest(master_key, b"session/1|" + session.encode(), hashlib.sha256)


def is_authentic(beat: Beat, key: bytes) -> bool:
    """Say whether the beat was signed with the session's key; constant time."""
    expected = hmac.digest(key, beat.signed_text(), hashlib.sha256).hex()
    return hmac.compare_digest(expected, beat.mac)


def place_of(beat: Beat, standing: Standing, running: Running, policy: TimePolicy, now_ms: int) -> Place:
    """Place an authentic beat of the current session: only `NEXT` may be judged, and only `RETRY` gets its old answer."""
    if beat.n == standing.n and hmac.compare_digest(beat.tag, standing.tag):
        return Place.RETRY
    if beat.n != standing.n + 1 or beat.prev != standing.tag or beat.nonce != standing.nonce:
        return Place.OUT_OF_STEP
    return Place.TOO_OFTEN if _is_too_often(beat, running, policy, now_ms) else Place.NEXT


def _is_too_often(beat: Beat, running: Running, policy: TimePolicy, now_ms: int) -> bool:
    if Flag.LEAVE in beat.flags or not 0 <= now_ms - running.beat_at_ms < policy.min_beat_ms:
        return False
    recent = [at_ms for at_ms in running.event_at_ms if now_ms - at_ms < policy.event_window_ms]
    return Flag.EVENT not in beat.flags or len(recent) >= policy.event_beats
