"""Judge a session again from what was recorded: the same rules over the same inputs give the same minutes. Clause T1.3."""

from collections.abc import Iterable
from dataclasses import dataclass

from jiangxue.learning.rules.judge import judge, judge_end
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.shapes import Claim, DayShare, Judgement, Running, Stretch
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class RecordedBeat:
    """An accepted beat as it was stored."""

    received_at_ms: int
    claim: Claim


def replay(
    opening: Running,
    policy: TimePolicy,
    beats: Iterable[RecordedBeat],
    end: tuple[int, EndReason] | None,
) -> list[Judgement]:
    """Return every judgement of a session in order; `end` is (time, reason) once it has ended."""
    running = opening
    judgements = []
    for beat in beats:
        judgements.append(judge(running, beat.claim, policy, beat.received_at_ms))
        running = judgements[-1].running
    if end is not None:
        end_ms, reason = end
        judgements.append(judge_end(running, reason, end_ms))
    return judgements


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join neighbouring stretches that have the same verdict, for people to read."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and found[-1].reason == stretch.reason and found[-1].end_ms == stretch.start_ms:
            found[-1] = Stretch(found[-1].start_ms, stretch.end_ms, stretch.reason)
        else:
            found.append(stretch)
    return found


def total_by_day(judgements: Iterable[Judgement]) -> list[DayShare]:
    """Return what judgements amount to on each learning day, in order of days, neighbouring stretches joined."""
    by_day: dict[int, list[Stretch]] = {}
    for share in (share for judgement in judgements for share in judgement.days):
        by_day.setdefault(share.day, []).extend(share.stretches)
    return [DayShare(day, tuple(merged(stretches))) for day, stretches in sorted(by_day.items())]
