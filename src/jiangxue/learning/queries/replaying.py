"""Judging kept beats again, from where a session was last sealed. Clause T1.3."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.replay import RecordedBeat, joined, replay
from jiangxue.learning.rules.shapes import Claim, DayShare, Flag
from jiangxue.learning.running import policy_of, sealed_state_of

CLOCK_SLACK = timedelta(hours=1)
"""Beats are sought from this long before the last sealing: only a server clock that stepped back further could hide one."""

_BEATS = """
SELECT beat.session_id, n, received_at, claimed_position_ms, claimed_idle_ms, flags, client_ms
FROM unnest(%s::uuid[], %s::integer[], %s::integer[]) AS wanted (session_id, above_n, last_n)
JOIN learning_beat AS beat ON beat.session_id = wanted.session_id AND n > above_n AND n <= last_n
WHERE received_at >= %s AND received_at <= %s
ORDER BY beat.session_id, n
"""
_LONG_AGO = from_ms(0)
_NEVER = datetime.max.replace(tzinfo=UTC)

type SessionsAndLeases = Sequence[tuple[StudySession, Lease]]


def unsealed_beats(running: SessionsAndLeases) -> dict[UUID, list[RecordedBeat]]:
    """Return the beats of each session that its lease has counted and no segment holds yet, in order."""
    if not running:
        return {}
    since = min(session.sealed_at for session, _ in running) - CLOCK_SLACK
    found = _beats([(session.pk, session.sealed_n, lease.n) for session, lease in running], since)
    lacking = [(s.pk, s.sealed_n, lease.n) for s, lease in running if len(found[s.pk]) < lease.n - s.sealed_n]
    return found | _beats(lacking, _LONG_AGO) if lacking else found


def beats_of(session: StudySession, first_n: int, last_n: int) -> dict[int, RecordedBeat]:
    """Return those of a session's beats that are still kept one by one, by their numbers, in order.

    They are sought in the days of the session alone: five years have some 1,800 parts, and each would be opened and locked.
    """
    until = session.closed_at + CLOCK_SLACK if session.closed_at else _NEVER
    rows = _rows([(session.pk, first_n - 1, last_n)], session.opened_at - CLOCK_SLACK, until)
    return {row[1]: _recorded(row) for row in rows}


def _beats(wanted: Sequence[tuple[UUID, int, int]], since: datetime) -> dict[UUID, list[RecordedBeat]]:
    found: dict[UUID, list[RecordedBeat]] = {session_id: [] for session_id, _, _ in wanted}
    for row in _rows(wanted, since):
        found[row[0]].append(_recorded(row))
    return found


def _rows(wanted: Sequence[tuple[UUID, int, int]], since: datetime, until: datetime = _NEVER) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_BEATS, [*(list(column) for column in zip(*wanted, strict=True)), since, until])
        return list(cursor.fetchall())


def _recorded(row: tuple[Any, ...]) -> RecordedBeat:
    _, _, received_at, position_ms, idle_ms, flags, client_ms = row
    return RecordedBeat(to_ms(received_at), Claim(position_ms, idle_ms, Flag(flags)), client_ms)


def open_shares(sessions: Iterable[StudySession]) -> dict[UUID, list[DayShare]]:
    """Return what the unsealed rest of each running session amounts to on each learning day; they come with their lease."""
    running = [(session, session.lease) for session in sessions]
    beats = unsealed_beats(running)
    found = {}
    for session, _ in running:
        judgements = replay(sealed_state_of(session), policy_of(session), beats[session.pk], None)
        found[session.pk] = joined(share for judgement in judgements for share in judgement.days)
    return found
