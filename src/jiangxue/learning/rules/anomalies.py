"""Facts worth a look (异常线索): patterns in what was recorded, with their evidence. None of them says that anybody did wrong. Clause M6.

Each rule takes plain facts of one class and one period. Thresholds are ours: no published rule names any (docs/rules/anomalies.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from statistics import stdev

from jiangxue.learning.rules.checks import CheckOutcome, needs_review
from jiangxue.learning.rules.reasons import Reason
from jiangxue.policies.rules.time_policy import TimePolicy

STEADY_ANSWERS = 5
"""Fewer answers may lie close together by chance."""
STEADY_DEVIATION_MS = 150
"""People who read a prompt and look for a button differ by seconds; a script with a fixed wait differs by the network alone."""
QUICK_MS = 700
"""Seeing, reading, choosing and pressing takes a person longer: pressing at a bare light alone takes some 250 ms."""
MEASURES_APART_MS = 5_000
"""The page's clock begins when the prompt is painted, the server's when it is sent; a slow phone network lies below this."""
WEEK_MISSES = 3
"""So many misses within the period, whatever the share: a week has some forty checks for somebody who learns two hours a day."""
UNBROKEN_MS = 4 * 3_600_000
"""Nobody is flagged for an hour without a pause."""
UNBROKEN_DAYS = 3
BREAKS = (Reason.PAUSED, Reason.HIDDEN, Reason.SILENT)
BROKEN_MS = 1_000
"""Less than a second of these in a day is the clock's grain, not a pause."""


class AnomalyKind(StrEnum):
    """What was seen."""

    SHARED_DEVICE = "shared_device"
    SHARED_ADDRESS = "shared_address"
    STARTS_TOGETHER = "starts_together"
    QUICK_ANSWERS = "quick_answers"
    STEADY_ANSWERS = "steady_answers"
    MEASURES_APART = "measures_apart"
    MISSES_ON_DAY = "misses_on_day"
    MISSES_IN_PERIOD = "misses_in_period"
    ENROLMENT_NOT_THE_LEARNER = "enrolment_not_the_learner"
    CORRECTED_AFTER_COMPARED = "corrected_after_compared"
    SAME_FACE = "same_face"
    CAMERA_ODDITIES = "camera_oddities"
    NEAR_THE_LIMIT = "near_the_limit"
    UNBROKEN_DAYS = "unbroken_days"
    COLOURS_NEVER_SEEN = "colours_never_seen"


NOTES = frozenset({AnomalyKind.SHARED_ADDRESS, AnomalyKind.UNBROKEN_DAYS, AnomalyKind.COLOURS_NEVER_SEEN})
"""Kinds that usually have an ordinary cause: listed for knowing, not counted among what awaits a look."""


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A settled check of one learner: the server's measure of its last answer, and the page's word for it."""

    learner: int
    day: int
    asked_ms: int
    outcome: CheckOutcome
    reaction_ms: int | None = None
    claimed_reaction_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DayFact:
    """What one learner's sealed learning day holds."""

    learner: int
    day: int
    credited_ms: int
    broken_ms: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was seen: of whom, on which learning day, when, and its figures; `other_ms` and `other_permille` are what a figure is held against, `other` is whose face is alike."""

    learner: int
    day: int
    at_ms: int | None = None
    until_ms: int | None = None
    ms: int | None = None
    other_ms: int | None = None
    device: str = ""
    address: str = ""
    camera: str = ""
    signs: tuple[str, ...] = ()
    other: int | None = None
    permille: int | None = None
    other_permille: int | None = None


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A pattern worth a look: its kind, whom it is about, and all that was seen, in order of time."""

    kind: AnomalyKind
    learners: tuple[int, ...]
    evidence: tuple[Evidence, ...]

    @property
    def is_note(self) -> bool:
        """Say whether it usually has an ordinary cause."""
        return self.kind in NOTES

    @property
    def last_day(self) -> int:
        """Return the last day on which it was seen."""
        return max(each.day for each in self.evidence)


def quick_answers(checks: Sequence[CheckFact]) -> list[Anomaly]:
    """Find answers quicker than a person reads, one anomaly for each learner."""
    return _by_learner(
        AnomalyKind.QUICK_ANSWERS,
        [each for each in checks if each.reaction_ms is not None and each.reaction_ms < QUICK_MS],
    )


def measures_apart(checks: Sequence[CheckFact]) -> list[Anomaly]:
    """Find answers for which the page's word and the server's measure lie far apart."""
    return _by_learner(AnomalyKind.MEASURES_APART, [each for each in checks if _is_apart(each)])


def _is_apart(check: CheckFact) -> bool:
    if check.reaction_ms is None or check.claimed_reaction_ms is None:
        return False
    return abs(check.reaction_ms - check.claimed_reaction_ms) > MEASURES_APART_MS


def steady_answers(checks: Sequence[CheckFact]) -> list[Anomaly]:
    """Find learners whose answers all take nearly the same time; their standard deviation lies below the threshold."""
    found = []
    for _, own in _grouped(checks):
        answered = [each for each in own if each.reaction_ms is not None]
        reactions = [each.reaction_ms for each in answered if each.reaction_ms is not None]
        if len(reactions) >= STEADY_ANSWERS and stdev(reactions) < STEADY_DEVIATION_MS:
            found += _by_learner(AnomalyKind.STEADY_ANSWERS, answered)
    return found


def misses_on_day(checks: Sequence[CheckFact], policy: TimePolicy) -> list[Anomaly]:
    """Find learners of whom the policy wants a day looked at by the head teacher; what was withdrawn is nobody's check."""
    found = []
    for _, own in _grouped(checks):
        days = groupby(sorted(own, key=attrgetter("asked_ms")), key=attrgetter("day"))
        missed = [each for _, day in days for each in _missed_of_day(list(day), policy)]
        found += _by_learner(AnomalyKind.MISSES_ON_DAY, missed)
    return found


def _missed_of_day(day: Sequence[CheckFact], policy: TimePolicy) -> list[CheckFact]:
    judged = [each for each in day if each.outcome is not CheckOutcome.WITHDRAWN]
    missed = [each for each in judged if each.outcome is CheckOutcome.MISSED]
    return missed if needs_review(len(missed), len(judged), policy) else []


def misses_in_period(checks: Sequence[CheckFact]) -> list[Anomaly]:
    """Find learners who missed several checks in the period, spread over more than one day or not."""
    missed = [each for each in checks if each.outcome is CheckOutcome.MISSED]
    return [each for each in _by_learner(AnomalyKind.MISSES_IN_PERIOD, missed) if len(each.evidence) >= WEEK_MISSES]


def unbroken_days(days: Iterable[DayFact]) -> list[Anomaly]:
    """Find learners with several long days on which nothing was ever paused, hidden or silent."""
    long = [each for each in days if each.credited_ms >= UNBROKEN_MS and each.broken_ms < BROKEN_MS]
    found = []
    for learner, own in _grouped(long):
        if len({each.day for each in own}) >= UNBROKEN_DAYS:
            seen = sorted(own, key=attrgetter("day"))
            evidence = tuple(Evidence(learner, each.day, ms=each.credited_ms) for each in seen)
            found.append(Anomaly(AnomalyKind.UNBROKEN_DAYS, (learner,), evidence))
    return found


def _by_learner(kind: AnomalyKind, checks: Sequence[CheckFact]) -> list[Anomaly]:
    """Make one anomaly for each learner of what was seen in checks."""
    return [
        Anomaly(kind, (learner,), tuple(_seen(each) for each in sorted(own, key=attrgetter("asked_ms"))))
        for learner, own in _grouped(checks)
    ]


def _seen(check: CheckFact) -> Evidence:
    return Evidence(
        check.learner, check.day, at_ms=check.asked_ms, ms=check.reaction_ms, other_ms=check.claimed_reaction_ms
    )


def _grouped[Fact: (CheckFact, DayFact)](facts: Iterable[Fact]) -> list[tuple[int, list[Fact]]]:
    ordered = sorted(facts, key=attrgetter("learner"))
    return [(learner, list(own)) for learner, own in groupby(ordered, key=attrgetter("learner"))]
