"""What judging again can find that does not agree with what is kept: a closed list, worded in ui/differences.py. Clause T1.3."""

from dataclasses import dataclass, field
from enum import StrEnum


class What(StrEnum):
    """What does not agree."""

    SUMS = "sums"
    STATE = "state"
    CHAIN = "chain"
    BEATS = "beats"
    KEPT_BEATS = "kept_beats"
    LEASE_AT_SEALING = "lease_at_sealing"
    MARKS = "marks"
    VERDICTS = "verdicts"
    CHECK = "check"
    LEASE = "lease"
    DAY_TOTAL = "day_total"
    CORRECTIONS = "corrections"
    CORRECTED = "corrected"
    PROGRESS = "progress"
    UNREADABLE = "unreadable"
    DAY_UNREADABLE = "day_unreadable"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree, and where: `learner` (id), `opened` (ISO time), `session`, `sealing`, `day`, `lesson` (title),
    and what was `recorded` and `found`, in milliseconds, also `_confirmed` and `_refused`.
    """

    what: What
    facts: dict[str, str | int]


@dataclass(slots=True)
class Report:
    """What judging a class again came to."""

    sessions: int = 0
    segments: int = 0
    beats: int = 0
    differences: list[Difference] = field(default_factory=list)

    def differs(self, what: What, **facts: str | int) -> None:
        """Note one thing that does not agree."""
        self.differences.append(Difference(what, facts))
