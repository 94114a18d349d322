"""What an application to open a class says, as one value: kept while it is written, and frozen with a hash when it is handed in. Clauses T7, C5."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from jiangxue.courseware.rules.content import AssessmentPart, Hours, Mode, PlannedItem
from jiangxue.kernel.canonical import Value, canonical_json

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Meeting:
    """A live or practice item of the plan with its teacher and its times; hours in hundredths of a 学时."""

    mode: Mode
    title: str
    hours: int
    place: str = ""
    teacher_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """A part of the assessment plan (考核方案): by whom and when it is held, and from which mark of 100 it is passed."""

    name: str
    method: str
    weight: int
    examiner: str = ""
    held_on: date | None = None
    pass_mark: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What an application says beside course, name, dates, head teacher and roster; times of day in minutes since midnight of Asia/Shanghai."""

    teacher_ids: tuple[int, ...] = ()
    resources: str = ""
    meetings: tuple[Meeting, ...] = ()
    exams: tuple[Exam, ...] = ()
    hours_from_min: int | None = None
    hours_until_min: int | None = None

    def to_values(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {"format": FORMAT, **values}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Draft":
        """Return the draft that a JSON object holds; `ValueError` for another format."""
        return msgspec.convert(_known(values), cls)


def draft_of(planned: Sequence[PlannedItem], assessment: Sequence[AssessmentPart]) -> Draft:
    """Return the draft with which an application begins: what the version of the course plans, without times and persons."""
    return Draft(
        meetings=tuple(Meeting(item.mode, item.title, item.hours, item.place) for item in planned),
        exams=tuple(Exam(part.name, part.method, part.weight) for part in assessment),
    )


def taught_anew(draft: Draft, planned: Sequence[PlannedItem], assessment: Sequence[AssessmentPart]) -> Draft:
    """Return a draft for another course: its plan and its assessment, the same teachers, resources and hours of the day."""
    fresh = draft_of(planned, assessment)
    return replace(draft, meetings=fresh.meetings, exams=fresh.exams)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something by its number and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TaughtBy:
    """The version of the course by which a class is to be taught."""

    id: int
    serial: int
    title: str
    sha256: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class RosterDigest:
    """How many persons a roster has, and the SHA-256 of all that is written down of them."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Application:
    """All of an application as it was handed in: nothing of it changes afterwards."""

    institution: Named
    course: Named
    version: TaughtBy
    name: str
    opens_on: date
    closes_on: date
    head_teacher: Named
    teachers: tuple[Named, ...]
    draft: Draft
    roster: RosterDigest

    def to_values(self) -> dict[str, Any]:
        """Return the application as a JSON object."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {"format": FORMAT, **values}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Application":
        """Return the application that a JSON object holds; `ValueError` for another format."""
        return msgspec.convert(_known(values), cls)

    @property
    def sha256(self) -> str:
        """Return the hash by which an application is known: SHA-256 of its canonical JSON."""
        return sha256_of(self.to_values())

    def asks_for_the_same(self, other: "Application") -> bool:
        """Say whether two applications ask for the same class and people, whatever these are called meanwhile."""
        return self._asked == other._asked

    @property
    def _asked(self) -> tuple[object, ...]:
        people = (self.head_teacher.id, *(each.id for each in self.teachers))
        what = (self.institution.id, self.course.id, self.version.id, self.version.sha256, self.name)
        return what, people, self.opens_on, self.closes_on, self.draft, self.roster

    def name_of(self, account_id: int | None) -> str:
        """Return the name of a teacher of the class; empty for nobody of them."""
        named = {each.id: each.name for each in (self.head_teacher, *self.teachers)}
        return named.get(account_id or 0, "")


def sha256_of(value: Value) -> str:
    """Return the SHA-256 of a value's canonical JSON, as hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    if values.get("format") != FORMAT:
        raise ValueError("unknown format of an application")
    return {key: value for key, value in values.items() if key != "format"}
