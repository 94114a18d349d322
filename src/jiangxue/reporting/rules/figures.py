"""What statistics are divided by, and how shares and spreads come about. docs/rules/statistics.md."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from jiangxue.reporting.rules.sheets import hours_of

AGE_BANDS = (16, 25, 35, 45, 55, 61)
"""Where bands of ages begin; the last band and what lies before the first are open."""
PROGRESS_BANDS = (0, 1, 25, 50, 75, 100)
"""Percent of its lessons from which on a place belongs to a band; the first is nothing at all, the last everything."""
DRAWN_PERIODS = 31
"""So many parts of time a chart shows: the last ones; its table has all in which there was anything."""
A_YEAR = timedelta(days=366)


class Period(StrEnum):
    """What a course of time is divided into."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Division(StrEnum):
    """What places are told apart by."""

    INSTITUTION = "institution"
    REGION = "region"
    COURSE = "course"
    CLASS = "class"
    STATE = "state"
    OCCUPATION = "occupation"
    LEVEL = "level"
    GROUP = "group"
    EDUCATION = "education"
    AGE = "age"
    SEX = "sex"
    LEARNER = "learner"


OF_LEARNERS = frozenset({Division.GROUP, Division.EDUCATION, Division.AGE, Division.SEX, Division.LEARNER})
"""Divisions that tell the learners of one class apart."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Time of learning days as far as it is sealed, in milliseconds; what people gave back stands beside what was credited."""

    credited_ms: int = 0
    effective_ms: int = 0
    corrected_ms: int = 0
    refused_ms: Mapping[str, int] = field(default_factory=dict)

    @property
    def provisional_ms(self) -> int:
        """Return what no check has confirmed yet."""
        return self.credited_ms - self.effective_ms

    @property
    def all_refused_ms(self) -> int:
        """Return what was refused for any reason."""
        return sum(self.refused_ms.values())

    @property
    def raw_ms(self) -> int:
        """Return all time from sign-in to sign-out."""
        return self.credited_ms + self.all_refused_ms

    @property
    def hours(self) -> int:
        """Return the effective time in hundredths of a 学时."""
        return hours_of(self.effective_ms)

    def __add__(self, other: "Amounts") -> "Amounts":
        """Return what both come to."""
        reasons = sorted({*self.refused_ms, *other.refused_ms})
        return Amounts(
            self.credited_ms + other.credited_ms,
            self.effective_ms + other.effective_ms,
            self.corrected_ms + other.corrected_ms,
            {name: self.refused_ms.get(name, 0) + other.refused_ms.get(name, 0) for name in reasons},
        )

    @property
    def by_column(self) -> dict[str, int]:
        """Return the same by the names of columns."""
        return {
            "raw": self.raw_ms,
            "credited": self.credited_ms,
            "effective": self.effective_ms,
            "hours": self.hours,
            "corrected": self.corrected_ms,
            "refused": self.all_refused_ms,
            **{f"refused_{reason}": ms for reason, ms in self.refused_ms.items()},
        }


@dataclass(frozen=True, slots=True)
class People:
    """How many places there are and how they stand; `persons` counts somebody with several places once. Hours are hundredths."""

    enrolled: int = 0
    persons: int = 0
    learning: int = 0
    finished: int = 0
    unfinished: int = 0
    left: int = 0
    settled: int = 0
    recognised_hours: int = 0

    def __add__(self, other: "People") -> "People":
        """Return what both come to, without telling persons apart: somebody may have places in both."""
        added = {name: getattr(self, name) + getattr(other, name) for name in self.__slots__ if name != "persons"}
        return People(**added)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many checks of one kind came to what."""

    passed: int = 0
    missed: int = 0
    failed: int = 0
    unavailable: int = 0
    unclear: int = 0

    @property
    def asked(self) -> int:
        """Return how many have come to something."""
        return self.passed + self.missed + self.failed + self.unavailable + self.unclear

    def __add__(self, other: "Outcomes") -> "Outcomes":
        """Return what both come to."""
        return Outcomes(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Attempts:
    """How attempts at the tests of lessons ended; `score` is the sum of the marks of those that were handed in, of 100 each."""

    passed: int = 0
    failed: int = 0
    expired: int = 0
    score: int = 0

    @property
    def handed_in(self) -> int:
        """Return how many were marked."""
        return self.passed + self.failed

    @property
    def average(self) -> int | None:
        """Return the average mark in hundredths, rounded down; None where nothing was marked."""
        return self.score * 100 // self.handed_in if self.handed_in else None

    def __add__(self, other: "Attempts") -> "Attempts":
        """Return what both come to."""
        return Attempts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Attended:
    """Live and practice lessons over all places, in milliseconds: planned time, and what of it counts."""

    live_planned_ms: int = 0
    live_ms: int = 0
    practice_planned_ms: int = 0
    practice_ms: int = 0

    @property
    def live_hours(self) -> int:
        """Return what counts of live lessons in hundredths of a 学时."""
        return hours_of(self.live_ms)

    @property
    def practice_hours(self) -> int:
        """Return what counts of practice lessons in hundredths of a 学时."""
        return hours_of(self.practice_ms)

    def __add__(self, other: "Attended") -> "Attended":
        """Return what both come to."""
        return Attended(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Cases:
    """How many cases (核查单) were opened and what became of them, and how much effective time is not recognised because of any, in ms.

    `undecided` and `decided` are all; `withheld` is contained in `decided`, `lapsed`, whose freeze ran out, in `undecided`.
    """

    undecided: int = 0
    decided: int = 0
    withheld: int = 0
    lapsed: int = 0
    frozen_ms: int = 0
    withheld_ms: int = 0

    @property
    def opened(self) -> int:
        """Return how many there are."""
        return self.undecided + self.decided


@dataclass(frozen=True, slots=True)
class Tally:
    """What learning days come to: sessions that were opened (签到), time, check-ins of attention, face checks, tests, and attendance."""

    sign_ins: int = 0
    time: Amounts = Amounts()
    checks: Outcomes = Outcomes()
    faces: Outcomes = Outcomes()
    tests: Attempts = Attempts()
    attended: Attended = Attended()

    def __add__(self, other: "Tally") -> "Tally":
        """Return what both come to."""
        return Tally(
            self.sign_ins + other.sign_ins,
            self.time + other.time,
            self.checks + other.checks,
            self.faces + other.faces,
            self.tests + other.tests,
            self.attended + other.attended,
        )


def period_of(days: Collection[date]) -> Period:
    """Return the finest division of some days of which a chart can show every part of the last year; what is older stands in the table."""
    if not days:
        return Period.DAY
    last = max(days)
    first = min(day for day in days if day > last - A_YEAR)
    days_between = (last - first).days + 1
    if days_between <= DRAWN_PERIODS:
        return Period.DAY
    return Period.WEEK if days_between <= (DRAWN_PERIODS - 1) * 7 else Period.MONTH


def begins(period: Period, day: date) -> date:
    """Return the first day of the part of time in which a day lies; weeks begin on Monday."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period is Period.MONTH else day


def following(period: Period, first: date) -> date:
    """Return the first day of the next part of time."""
    if period is Period.MONTH:
        return (first + timedelta(days=32)).replace(day=1)
    return first + timedelta(days=7 if period is Period.WEEK else 1)


def without_gaps(period: Period, days: Iterable[date]) -> list[date]:
    """Return the beginnings of all parts of time from the earliest to the latest of some days, also of those in which nothing was."""
    every = sorted(begins(period, day) for day in days)
    found: list[date] = []
    while every and (not found or found[-1] < every[-1]):
        found.append(following(period, found[-1]) if found else every[0])
    return found


def band_of(value: int, starts: tuple[int, ...]) -> int:
    """Return the number of the band in which a value lies: how many of the starts it has reached."""
    return sum(value >= start for start in starts)
