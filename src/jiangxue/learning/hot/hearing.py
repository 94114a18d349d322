"""Hearing a gathering of beats in one transaction: lock, judge, keep. The caller commits, and only then answers."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from jiangxue.kernel import ids
from jiangxue.learning.hot import rows, wire
from jiangxue.learning.hot.keys import Keys
from jiangxue.learning.hot.rows import Cursor, Kept, Snapshot
from jiangxue.learning.hot.wire import Reply, Writer
from jiangxue.learning.rules.hearing import Again, Draw, Heard, LeaseState, Outcome, OutOfStep, SignedOut, hear
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.sequence import Beat

log = logging.getLogger(__name__)

type Clock = Callable[[int], int]
"""Turns the database's time, ms since 1970, into the time to judge by: itself, but in tests."""

FULL = 0.85
"""A queue of beats that is so full may be turning beats away."""

NOTED_EVERY_MS = 10_000

SNAPSHOTS_KEPT = 600_000
"""More than learn at once, else each beat would push out what the next one needs."""


def database_time(database_ms: int) -> int:
    """Return the database's own time: the clock of production."""
    return database_ms


@dataclass(slots=True)
class _Gathering:
    """One transaction's work in memory: leases as they stand after the beats judged so far."""

    now_ms: int
    leases: dict[int, LeaseState]
    changed: set[int] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)


class Hearing:
    """Judges gatherings of beats; remembers what sessions were opened with."""

    def __init__(self, writer: Writer, keys: Keys, clock: Clock = database_time) -> None:
        self._writer = writer
        self._keys = keys
        self._clock = clock
        self._snapshots: dict[str, Snapshot] = {}
        self._overloaded_ms = 0

    async def hear(self, cursor: Cursor, beats: Sequence[Beat], fullness: float) -> list[Reply | None]:
        """Return one reply for each beat, None where somebody else holds the learner's lease at the moment."""
        await self._learn_sessions(cursor, {beat.session for beat in beats})
        known = [self._snapshots.get(beat.session) for beat in beats]
        self._forget_the_oldest()
        learners = {snapshot.learner_id for snapshot in known if snapshot}
        leases, database_ms = await rows.locked_leases(cursor, learners) if learners else ({}, 0)
        gathering = _Gathering(self._clock(database_ms), leases)
        _watch_clock(gathering)
        outcomes = [
            self._outcome(gathering, beat, snapshot, Draw(nonce, chance, fullness))
            for beat, snapshot, (nonce, chance) in zip(beats, known, ids.draws(len(beats)), strict=True)
        ]
        if fullness >= FULL and gathering.now_ms - self._overloaded_ms >= NOTED_EVERY_MS:
            self._overloaded_ms = gathering.now_ms
            await rows.note_overload(cursor, gathering.now_ms)
        if gathering.kept:
            await rows.keep_leases(cursor, {learner: leases[learner] for learner in gathering.changed})
            await rows.keep_beats(cursor, gathering.kept, gathering.now_ms)
        replaced = {b.session for b, outcome in zip(beats, outcomes, strict=True) if outcome == SignedOut(None)}
        reasons = await rows.endings(cursor, replaced) if replaced else {}
        return [
            self._reply(beat, outcome, reasons) if outcome is not None else None
            for beat, outcome in zip(beats, outcomes, strict=True)
        ]

    async def _learn_sessions(self, cursor: Cursor, sessions: set[str]) -> None:
        unknown = {session for session in sessions if session not in self._snapshots}
        if unknown:
            self._snapshots |= await rows.snapshots(cursor, unknown)

    def _forget_the_oldest(self) -> None:
        while len(self._snapshots) > SNAPSHOTS_KEPT:
            del self._snapshots[next(iter(self._snapshots))]

    def _outcome(
        self, gathering: _Gathering, beat: Beat, snapshot: Snapshot | None, draw: Draw
    ) -> Outcome | Reply | None:
        if snapshot is None:
            return wire.NOT_AUTHENTIC
        lease = gathering.leases.get(snapshot.learner_id)
        if lease is None:
            self._snapshots.pop(beat.session, None)  # asked for anew: a restored database may not know it any more
            return None
        outcome = hear(lease, snapshot.terms, beat, gathering.now_ms, draw)
        if not isinstance(outcome, Heard):
            return outcome
        keys = self._keys.released(snapshot, lease.running, outcome.lease.running)
        answer = self._writer.answer(outcome.answer, beat.session, keys)
        gathering.leases[snapshot.learner_id] = replace(outcome.lease, answer=answer.decode())
        gathering.changed.add(snapshot.learner_id)
        gathering.kept.append(Kept(beat, outcome.credited_ms))
        return Reply(200, answer)

    def _reply(self, beat: Beat, outcome: Outcome | Reply, reasons: Mapping[str, EndReason]) -> Reply:
        match outcome:
            case Reply():
                return outcome
            case Again(answer):
                return Reply(200, answer.encode())
            case OutOfStep():
                return self._writer.resync(outcome)
            case SignedOut(reason):
                return self._signed_out(beat.session, reason or reasons.get(beat.session))
            case _:
                return wire.TOO_OFTEN

    def _signed_out(self, session: str, reason: EndReason | None) -> Reply:
        """Say why a session has ended; one that the database does not know any more, because it was restored, is no session."""
        if reason is None:
            self._snapshots.pop(session, None)
            return wire.NOT_AUTHENTIC
        return self._writer.signed_out(reason, session)


def _watch_clock(gathering: _Gathering) -> None:
    """Raise an operator alarm when the server's clock has stepped back; the judge credits nothing then."""
    ahead_ms = max((lease.running.beat_at_ms for lease in gathering.leases.values()), default=0) - gathering.now_ms
    if ahead_ms > 0:
        log.error("clock_stepped_back", extra={"by_ms": ahead_ms})
