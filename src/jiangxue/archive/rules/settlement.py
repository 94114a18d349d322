"""What hours a place in a class comes to when the class is settled (结算). Clauses T1.3, C3; docs/rules/settlement.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.archive.errors import NotTheTurn, OwnHours, SamePerson
from jiangxue.courseware.rules.content import HOUR_PARTS, Hours, Mode
from jiangxue.kernel.canonical import Value
from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.rules.time_policy import HOUR_UNIT_MS, TimePolicy


class Lacking(StrEnum):
    """What a lesson lacks, so that its hours are not recognised."""

    PLAYED = "played"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """What is known of one lesson of one place when its class is settled; ms. `is_taught` is whether it belongs to the class's present version."""

    lesson_id: int
    title: str
    length_ms: int
    confirmed_ms: int
    provisional_ms: int
    corrected_ms: int
    refused_ms: Mapping[str, int]
    is_test_owed: bool
    test_score: int | None
    is_taught: bool = True


@dataclass(frozen=True, slots=True)
class SettledLesson:
    """One lesson as settled: the measured time stands beside the approved time, which alone is recognised, whole or not at all."""

    lesson_id: int
    title: str
    approved_ms: int
    confirmed_ms: int
    corrected_ms: int
    refused_ms: Mapping[str, int]
    test_score: int | None
    lacking: tuple[Lacking, ...]
    is_taught: bool

    @property
    def is_recognised(self) -> bool:
        """Say whether its approved time is recognised."""
        return self.is_taught and not self.lacking

    @property
    def recognised_ms(self) -> int:
        """Return the approved time, or nothing."""
        return self.approved_ms if self.is_recognised else 0


@dataclass(frozen=True, slots=True)
class SettledItem:
    """A live or practice item of the class's plan as settled for one place: what counts of its planned time, and what does not, by reason; times are ms since 1970."""

    item_id: int
    title: str
    mode: Mode
    starts_at_ms: int
    ends_at_ms: int
    hours: int
    counted_ms: int
    refused_ms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """What a place comes to: its lessons and what was attended, and the hours by mode in hundredths of a 学时, derived once, on the sum."""

    lessons: tuple[SettledLesson, ...]
    hours: Hours
    declared: Hours
    attendance: tuple[SettledItem, ...] = ()

    @property
    def recognised_ms(self) -> int:
        """Return the approved time of all recognised lessons."""
        return sum(lesson.recognised_ms for lesson in self.lessons)

    @property
    def confirmed_ms(self) -> int:
        """Return the measured time that counts."""
        return sum(lesson.confirmed_ms for lesson in self.lessons)

    @property
    def corrected_ms(self) -> int:
        """Return what people gave back."""
        return sum(lesson.corrected_ms for lesson in self.lessons)

    @property
    def refused_ms(self) -> dict[str, int]:
        """Return all that was refused, by reason."""
        return dict(sum((Counter(lesson.refused_ms) for lesson in self.lessons), Counter()))

    @property
    def recognised_lessons(self) -> int:
        """Return how many lessons are recognised."""
        return sum(lesson.is_recognised for lesson in self.lessons)

    def to_values(self) -> dict[str, Value]:
        """Return it as a JSON object, which is what is sealed."""
        return {
            "lessons": [_lesson_values(lesson) for lesson in self.lessons],
            "attendance": [_item_values(item) for item in self.attendance],
            "time": {
                "confirmed_ms": self.confirmed_ms,
                "corrected_ms": self.corrected_ms,
                "refused_ms": dict(sorted(self.refused_ms.items())),
            },
            "recognised_ms": self.recognised_ms,
            "hours": _hours_values(self.hours),
            "declared": _hours_values(self.declared),
        }


def settled_lesson(facts: LessonFacts, policy: TimePolicy) -> SettledLesson:
    """Return one lesson as settled: what is still provisional is refused, and what people gave back counts towards its end.

    Given back time completes the lesson that it was refused in; it is never added to a lesson that is complete without it.
    """
    refused = Counter(facts.refused_ms)
    if facts.provisional_ms:
        refused["unconfirmed"] += facts.provisional_ms
    counted_ms = min(facts.length_ms, facts.confirmed_ms + facts.corrected_ms)
    lacks = {
        Lacking.PLAYED: not is_complete(counted_ms, facts.length_ms, policy),
        Lacking.TEST: facts.is_test_owed,
    }
    return SettledLesson(
        lesson_id=facts.lesson_id,
        title=facts.title,
        approved_ms=facts.length_ms,
        confirmed_ms=facts.confirmed_ms,
        corrected_ms=facts.corrected_ms,
        refused_ms={reason: ms for reason, ms in sorted(refused.items()) if ms},
        test_score=facts.test_score,
        lacking=tuple(lacking for lacking, is_so in lacks.items() if is_so),
        is_taught=facts.is_taught,
    )


def settled_place(
    lessons: Sequence[LessonFacts], declared: Hours, policy: TimePolicy, attendance: Sequence[SettledItem] = ()
) -> PlaceHours:
    """Return what a place comes to, by mode: of the recognised lessons together, and of what counts of live and practice items together.

    Never more than was declared. What a course does not declare of live or practice is not recognised, unless it declares nothing at all.
    """
    settled = tuple(settled_lesson(facts, policy) for facts in lessons)
    online = as_hours(sum(lesson.recognised_ms for lesson in settled))
    by_mode = {
        mode: as_hours(sum(item.counted_ms for item in attendance if item.mode is mode))
        for mode in (Mode.LIVE, Mode.PRACTICE)
    }
    hours = Hours(
        online=min(online, declared.online) if declared.online else online,
        live=min(by_mode[Mode.LIVE], declared.live) if declared.total else by_mode[Mode.LIVE],
        practice=min(by_mode[Mode.PRACTICE], declared.practice) if declared.total else by_mode[Mode.PRACTICE],
    )
    return PlaceHours(settled, hours, declared, tuple(attendance))


def as_hours(ms: int) -> int:
    """Return time in hundredths of a 学时, rounded down."""
    return ms * HOUR_PARTS // HOUR_UNIT_MS


class SettlementState(StrEnum):
    """How far the settlement of a class has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    SETTLED = "settled"


def require_confirmable(state: SettlementState, *, by: int, proposer: int | None, learners: Sequence[int]) -> None:
    """Raise unless this account may confirm or send back now: never who proposed, and never somebody whose own hours these are."""
    if state is not SettlementState.PROPOSED:
        raise NotTheTurn
    if by == proposer:
        raise SamePerson
    if by in learners:
        raise OwnHours


def _lesson_values(lesson: SettledLesson) -> dict[str, Value]:
    return {
        "lesson": lesson.lesson_id,
        "title": lesson.title,
        "approved_ms": lesson.approved_ms,
        "confirmed_ms": lesson.confirmed_ms,
        "corrected_ms": lesson.corrected_ms,
        "refused_ms": dict(lesson.refused_ms),
        "test_score": lesson.test_score,
        "lacking": [each.value for each in lesson.lacking],
        "taught": lesson.is_taught,
        "recognised_ms": lesson.recognised_ms,
    }


def _item_values(item: SettledItem) -> dict[str, Value]:
    return {
        "item": item.item_id,
        "title": item.title,
        "mode": item.mode.value,
        "starts_at_ms": item.starts_at_ms,
        "ends_at_ms": item.ends_at_ms,
        "hours": item.hours,
        "counted_ms": item.counted_ms,
        "refused_ms": dict(item.refused_ms),
    }


def _hours_values(hours: Hours) -> dict[str, Value]:
    return {"online": hours.online, "live": hours.live, "practice": hours.practice}
