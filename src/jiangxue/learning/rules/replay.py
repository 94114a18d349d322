"""Judge a session again from what was recorded: the same rules over the same inputs give the same minutes. Clause T1.3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from jiangxue.learning.rules.checks import Cleared
from jiangxue.learning.rules.closing import Closing
from jiangxue.learning.rules.judge import judge, judge_cleared, judge_end
from jiangxue.learning.rules.shapes import Claim, DayShare, Judgement, Running, Stretch
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class RecordedBeat:
    """An accepted beat as it was stored; `client_ms` is kept for the record and never used."""

    received_at_ms: int
    claim: Claim
    client_ms: int = 0


@dataclass(frozen=True, slots=True)
class Sealing:
    """What one sealed part of a session comes to: its states, and its learning days in order, at least one.

    `judged` is the state after the last beat, `after` the same or, where the session ends or a check is settled with this part, the
    state after that.
    """

    start: Running
    judged: Running
    after: Running
    shares: Sequence[DayShare]


def replay(
    opening: Running,
    policy: TimePolicy,
    beats: Iterable[RecordedBeat],
    last: Closing | Cleared | None,
) -> list[Judgement]:
    """Return every judgement of a session in order; `last` is what came after the beats: its end (time, reason), or a check's outcome."""
    running = opening
    judgements = []
    for beat in beats:
        judgements.append(judge(running, beat.claim, policy, beat.received_at_ms))
        running = judgements[-1].running
    if isinstance(last, Cleared):
        judgements.append(judge_cleared(running, last))
    elif last is not None:
        end_ms, reason = last
        judgements.append(judge_end(running, reason, end_ms))
    return judgements


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join neighbouring stretches that have the same verdict, for people to read."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and found[-1].kind == stretch.kind and found[-1].end_ms == stretch.start_ms:
            found[-1] = msgspec.structs.replace(found[-1], end_ms=stretch.end_ms)
        else:
            found.append(stretch)
    return found


def joined(shares: Iterable[DayShare]) -> list[DayShare]:
    """Put the shares of each learning day together, days in order, neighbouring stretches joined."""
    by_day: dict[int, list[Stretch]] = {}
    for share in shares:
        by_day.setdefault(share.day, []).extend(share.stretches)
    return [DayShare(day, tuple(merged(stretches))) for day, stretches in sorted(by_day.items())]


def total_by_day(judgements: Iterable[Judgement]) -> list[DayShare]:
    """Return what judgements amount to on each learning day."""
    return joined(share for judgement in judgements for share in judgement.days)


def seal(start: Running, policy: TimePolicy, beats: Sequence[RecordedBeat], last: Closing | Cleared | None) -> Sealing:
    """Judge one part of a session from the state in which it starts; a part without time still belongs to a day."""
    judgements = replay(start, policy, beats, last)
    judged = judgements[len(beats) - 1].running if beats else start
    after = judgements[-1].running if judgements else start
    shares = total_by_day(judgements) or [DayShare(start.balances[0].day, ())]
    return Sealing(start, judged, after, shares)
