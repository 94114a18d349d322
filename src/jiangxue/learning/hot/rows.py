"""The three tables that a beat touches, as statements over whole gatherings of beats, and their rows as the rules know them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncCursor

from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.learning.rules.hearing import LeaseState, Terms
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.sequence import Beat, Standing
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.policies.rules.time_policy import TimePolicy

type Cursor = AsyncCursor[tuple[Any, ...]]

_SESSIONS = """
SELECT id, learner_id, (opening->>'reached_ms')::bigint, policy::text, valid_until, class_closes_at, key_name
FROM learning_studysession WHERE id = ANY(%b)
"""
_ENDINGS = "SELECT id, end_reason FROM learning_studysession WHERE id = ANY(%b)"
# The time is read where a row leaves the inner query, that is after it was locked: the last row's time comes after all locks.
# Leases that somebody else holds are left out instead of waited for: one learner's opening must not keep all others waiting.
_LEASES = """
SELECT held.*, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint FROM (
    SELECT learner_id, session_id, n, tag, nonce, answer, beat_at_ms, carry_ms, carry_reason, reached_ms, length_ms,
        balances::text, paused_since_ms, jumped_at_ms, event_at_ms, next_due_ms, close_due_ms, end_reason,
        until_check_ms, provisional_ms, asked_at_ms, answer_by_ms, renew_at_ms, page_ms, until_face_ms
    FROM learning_lease WHERE learner_id = ANY(%b) ORDER BY learner_id FOR UPDATE SKIP LOCKED
) held
"""
_KEEP_LEASES = """
UPDATE learning_lease l SET
    n = u.n, tag = u.tag, nonce = u.nonce, answer = u.answer, beat_at_ms = u.beat_at_ms, carry_ms = u.carry_ms,
    carry_reason = u.carry_reason, reached_ms = u.reached_ms, balances = u.balances::jsonb,
    paused_since_ms = u.paused_since_ms, jumped_at_ms = u.jumped_at_ms::bigint[], event_at_ms = u.event_at_ms::bigint[],
    next_due_ms = u.next_due_ms, close_due_ms = u.close_due_ms, end_reason = u.end_reason,
    until_check_ms = u.until_check_ms, provisional_ms = u.provisional_ms, asked_at_ms = u.asked_at_ms,
    answer_by_ms = u.answer_by_ms, until_face_ms = u.until_face_ms
FROM unnest(
    %b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::int[], %b::text[], %b::int[], %b::text[],
    %b::bigint[], %b::text[], %b::text[], %b::bigint[], %b::bigint[], %b::text[],
    %b::int[], %b::int[], %b::bigint[], %b::bigint[], %b::int[]
) u (
    learner_id, n, tag, nonce, answer, beat_at_ms, carry_ms, carry_reason, reached_ms, balances, paused_since_ms,
    jumped_at_ms, event_at_ms, next_due_ms, close_due_ms, end_reason,
    until_check_ms, provisional_ms, asked_at_ms, answer_by_ms, until_face_ms
)
WHERE l.learner_id = u.learner_id
"""
_KEEP_BEATS = """
INSERT INTO learning_beat (
    session_id, n, received_at, claimed_position_ms, claimed_idle_ms, flags, client_ms, nonce, credited_ms
)
SELECT session_id::uuid, n, %b, position_ms, idle_ms, flags, client_ms, nonce, credited_ms
FROM unnest(%b::text[], %b::int[], %b::bigint[], %b::bigint[], %b::smallint[], %b::bigint[], %b::text[], %b::int[])
    u (session_id, n, position_ms, idle_ms, flags, client_ms, nonce, credited_ms)
"""
NOTE_START = "INSERT INTO learning_interruption (at, kind) VALUES (clock_timestamp(), 'started')"
"""Said whenever a connection begins, that is after every start of a process and every fault of the database: while a check was open
then, nobody is fined for not having answered it."""
_NOTE_OVERLOAD = "INSERT INTO learning_interruption (at, kind) VALUES (%b, 'overloaded')"
_BALANCES = msgspec.json.Decoder(list[tuple[int, int, int]])
_POLICY = msgspec.json.Decoder(dict[str, int])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a session was opened with and by whom; may be remembered, because it never changes. `key_name` is that of its film, or empty."""

    learner_id: int
    terms: Terms
    key_name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A beat that was judged, and what it earned."""

    beat: Beat
    credited_ms: int


async def snapshots(cursor: Cursor, sessions: Collection[str]) -> dict[str, Snapshot]:
    """Return what is known of sessions; those that do not exist are missing."""
    await cursor.execute(_SESSIONS, [[UUID(session) for session in sessions]])
    found = {}
    for pk, learner_id, reached_ms, policy, valid_until, class_closes_at, key_name in await cursor.fetchall():
        terms = Terms(reached_ms, _policy(policy), to_ms(valid_until) if valid_until else None, to_ms(class_closes_at))
        found[pk.hex] = Snapshot(learner_id, terms, key_name)
    return found


@lru_cache(1_000)
def _policy(text: str) -> TimePolicy:
    """Return one object for all sessions that were opened under the same rules."""
    return TimePolicy.from_values(_POLICY.decode(text))


async def endings(cursor: Cursor, sessions: Collection[str]) -> dict[str, EndReason]:
    """Return why sessions that are not current any more ended."""
    await cursor.execute(_ENDINGS, [[UUID(session) for session in sessions]])
    return {pk.hex: EndReason(reason or EndReason.SUPERSEDED) for pk, reason in await cursor.fetchall()}


async def locked_leases(cursor: Cursor, learners: Collection[int]) -> tuple[dict[int, LeaseState], int]:
    """Lock leases in the order of their keys, and return those that nobody else holds and the time after the last lock."""
    await cursor.execute(_LEASES, [list(learners)])
    rows = await cursor.fetchall()
    return {row[0]: _state(row) for row in rows}, rows[-1][-1] if rows else 0


def _state(row: Sequence[Any]) -> LeaseState:
    return LeaseState(
        session=row[1].hex if row[1] else None,
        standing=Standing(row[2], row[3], row[4]),
        answer=row[5],
        running=Running(
            beat_at_ms=row[6],
            carry_ms=row[7],
            carry_reason=Reason(row[8]),
            reached_ms=row[9],
            length_ms=row[10],
            balances=tuple(DayBalance(*balance) for balance in _BALANCES.decode(row[11])),
            paused_since_ms=row[12],
            jumped_at_ms=tuple(row[13]),
            event_at_ms=tuple(row[14]),
            until_check_ms=row[18],
            provisional_ms=row[19],
            asked_at_ms=row[20],
            page_ms=row[23],
            until_face_ms=row[24],
        ),
        next_due_ms=row[15],
        close_due_ms=row[16] or 0,
        end_reason=EndReason(row[17]) if row[17] else None,
        answer_by_ms=row[21],
        renew_at_ms=row[22],
    )


async def keep_leases(cursor: Cursor, leases: dict[int, LeaseState]) -> None:
    """Write leases back."""
    rows = [(learner_id, *_values(lease)) for learner_id, lease in leases.items()]
    await cursor.execute(_KEEP_LEASES, [list(column) for column in zip(*rows, strict=True)])


def _values(lease: LeaseState) -> tuple[object, ...]:
    running, standing = lease.running, lease.standing
    balances = ",".join(f"[{b.day},{b.person_ms},{b.class_ms}]" for b in running.balances)
    return (
        standing.n,
        standing.tag,
        standing.nonce,
        lease.answer,
        running.beat_at_ms,
        running.carry_ms,
        running.carry_reason.value,
        running.reached_ms,
        f"[{balances}]",
        running.paused_since_ms,
        _array(running.jumped_at_ms),
        _array(running.event_at_ms),
        lease.next_due_ms,
        lease.close_due_ms,
        lease.end_reason.value if lease.end_reason else "",
        running.until_check_ms,
        running.provisional_ms,
        running.asked_at_ms,
        lease.answer_by_ms,
        running.until_face_ms,
    )


def _array(times_ms: Sequence[int]) -> str:
    return "{" + ",".join(map(str, times_ms)) + "}"


async def note_overload(cursor: Cursor, now_ms: int) -> None:
    """Note that beats have to be turned away: whoever did not answer a check meanwhile is not fined."""
    await cursor.execute(_NOTE_OVERLOAD, [from_ms(now_ms)])


async def keep_beats(cursor: Cursor, kept: Collection[Kept], now_ms: int) -> None:
    """Append beats that came at the same time."""
    received_at: datetime = from_ms(now_ms)
    rows = [_beat_values(each) for each in kept]
    await cursor.execute(_KEEP_BEATS, [received_at, *(list(column) for column in zip(*rows, strict=True))])


def _beat_values(kept: Kept) -> tuple[object, ...]:
    beat = kept.beat
    return (
        beat.session,
        beat.n,
        beat.claimed_position_ms,
        beat.claimed_idle_ms,
        int(beat.flags),
        beat.client_ms,
        beat.nonce,
        kept.credited_ms,
    )
