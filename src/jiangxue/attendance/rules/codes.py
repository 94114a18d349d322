"""The code that a teacher shows and learners scan (签到码): it is another one every 15 seconds, and nothing of it is stored.

A code says of which item and which side it is, and proves that we made it now: an HMAC-SHA256 under a key of ours. It does not say who
scans it: that is the session of who is signed in. docs/rules/attendance.md; decision 0037.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.attendance.errors import CodeNotValid

STEP_MS = 15_000
"""So long one code is shown."""
STEPS_BACK = 1
"""A code is taken for one step more than it is shown: pages and networks are late. It lives 15 to 30 s."""
SEEN_MS = 180_000
"""So long after a code was read its learner may take to sign in to the platform and to confirm."""
_CODE_BYTES = 9


class Side(StrEnum):
    """Whether one signs in (签到) or out (签退)."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Seen:
    """That a browser has read a code: of which item and side, when (server time), and how many steps old it was."""

    item_id: int
    side: Side
    at_ms: int
    steps_old: int


def code_at(key: bytes, item_id: int, side: Side, now_ms: int) -> str:
    """Return the code to show at an instant (ms since 1970), 12 characters that an address can hold."""
    return _code(key, item_id, side, now_ms // STEP_MS)


def read_code(key: bytes, item_id: int, side: Side, code: str, now_ms: int) -> Seen:
    """Return what a code proves when it arrives at `now_ms`, or raise `CodeNotValid`: older than one step, of another item or side, or forged."""
    step = now_ms // STEP_MS
    for steps_old in range(STEPS_BACK + 1):
        if hmac.compare_digest(_code(key, item_id, side, step - steps_old).encode(), code.encode()):
            return Seen(item_id, side, now_ms, steps_old)
    raise CodeNotValid


def seal_seen(key: bytes, seen: Seen) -> str:
    """Return a word that the browser keeps until its learner confirms; only we can write it."""
    said = f"{seen.item_id}.{seen.side}.{seen.at_ms}.{seen.steps_old}"
    return f"{said}.{_proof(key, f'seen {said}')}"


def open_seen(key: bytes, word: str, now_ms: int) -> Seen:
    """Return what such a word says, or raise `CodeNotValid`: forged, or read longer than `SEEN_MS` ago."""
    said, _, proof = word.rpartition(".")
    if not hmac.compare_digest(_proof(key, f"seen {said}").encode(), proof.encode()):
        raise CodeNotValid
    item_id, side, at_ms, steps_old = said.split(".")
    seen = Seen(int(item_id), Side(side), int(at_ms), int(steps_old))
    if not 0 <= now_ms - seen.at_ms <= SEEN_MS:
        raise CodeNotValid
    return seen


def _code(key: bytes, item_id: int, side: Side, step: int) -> str:
    return _proof(key, f"code {item_id} {side} {step}")


def _proof(key: bytes, text: str) -> str:
    made = hmac.digest(key, text.encode(), hashlib.sha256)[:_CODE_BYTES]
    return base64.urlsafe_b64encode(made).decode()
