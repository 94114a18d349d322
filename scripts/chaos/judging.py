"""Judges every session again from its stored beats by the pure rule, and compares with what was credited, sealed and totalled."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from jiangxue.kernel.clock import to_ms
from jiangxue.learning.rules.replay import RecordedBeat, replay
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy
from scripts.bench.place import AdminConnection, Place

_BEATS = """
SELECT s.id, s.opening, s.policy, b.received_at, b.claimed_position_ms, b.claimed_idle_ms, b.flags, b.credited_ms
FROM learning_studysession s JOIN learning_beat b ON b.session_id = s.id ORDER BY s.id, b.n
"""
_GAPS = """
SELECT count(*) FROM (SELECT session_id FROM learning_beat GROUP BY session_id HAVING max(n) <> count(*)) gaps
"""
_SEALED_OTHERWISE = """
SELECT count(*) FROM learning_studysession s
WHERE (SELECT coalesce(sum(credited_ms), 0) FROM learning_segment WHERE session_id = s.id)
   <> (SELECT coalesce(sum(credited_ms), 0) FROM learning_beat WHERE session_id = s.id AND n <= s.sealed_n)
"""
_TOTALLED_OTHERWISE = """
SELECT count(*) FROM (SELECT learner_id, sum(credited_ms) AS ms FROM learning_daytotal GROUP BY learner_id) t
FULL JOIN (SELECT s.learner_id, sum(g.credited_ms) AS ms FROM learning_segment g
    JOIN learning_studysession s ON s.id = g.session_id GROUP BY s.learner_id) g USING (learner_id)
WHERE coalesce(t.ms, 0) <> coalesce(g.ms, 0)
"""


def faults_of_judging(place: Place) -> dict[str, int]:
    """Return what must be 0, by name."""
    with place.admin() as connection:
        return {
            "beats credited otherwise than the rule does": sum(map(_differing, _sessions(connection))),
            "sessions with a number missing": _count(connection, _GAPS),
            "sessions sealed with another sum than their beats": _count(connection, _SEALED_OTHERWISE),
            "learners whose day holds another sum than their segments": _count(connection, _TOTALLED_OTHERWISE),
            "segments whose lease held something else": _count(
                connection, "SELECT count(*) FROM learning_segment WHERE lease_held IS NOT NULL"
            ),
        }


def counts_of_sealing(place: Place) -> dict[str, int]:
    """Return how much was sealed, so that a check of nothing is seen as such."""
    with place.admin() as connection:
        return {
            "segments": _count(connection, "SELECT count(*) FROM learning_segment"),
            "sessions ended": _count(
                connection, "SELECT count(*) FROM learning_studysession WHERE closed_at IS NOT NULL"
            ),
        }


def _sessions(connection: AdminConnection) -> Iterator[list[tuple[Any, ...]]]:
    rows = connection.execute(_BEATS).fetchall()
    for _session, beats in groupby(rows, key=lambda row: row[0]):
        yield list(beats)


def _differing(rows: list[tuple[Any, ...]]) -> int:
    """Return how many beats of one session were credited otherwise than judging it again does."""
    _, opening, policy, *_ = rows[0]
    beats = [
        _recorded(received_at, position_ms, idle_ms, flags) for *_, received_at, position_ms, idle_ms, flags, _ in rows
    ]
    judged = replay(_opening(opening), TimePolicy.from_values(policy), beats, None)
    return sum(judgement.credited_ms != row[-1] for judgement, row in zip(judged, rows, strict=True))


def _recorded(received_at: datetime, position_ms: int, idle_ms: int, flags: int) -> RecordedBeat:
    return RecordedBeat(to_ms(received_at), Claim(position_ms, idle_ms, Flag(flags)))


def _opening(values: dict[str, Any]) -> Running:
    return Running(
        beat_at_ms=values["beat_at_ms"],
        carry_ms=0,
        reached_ms=values["reached_ms"],
        length_ms=values["length_ms"],
        balances=tuple(DayBalance(*balance) for balance in values["balances"]),
    )


def _count(connection: AdminConnection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return int(str(row[0]))
