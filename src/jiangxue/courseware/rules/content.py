"""What a course consists of, as one value: it is checked, hashed, reviewed, taught and printed. Clauses C2, M7; docs/formats/course-version.md."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.kernel.canonical import canonical_json
from jiangxue.occupations.rules.levels import Level

FORMAT = 1
HOUR_PARTS = 100
"""Hours of a course are declared in hundredths of a 学时, as whole numbers: 1.50 学时 are 150."""


class ProjectType(StrEnum):
    """What a training is for (培训项目类型)."""

    ON_THE_JOB = "on_the_job"
    EMPLOYMENT = "employment"
    PROJECT = "project"
    SPECIAL_ABILITY = "special_ability"
    SKILL_LEVEL = "skill_level"
    STARTUP = "startup"


class Fee(StrEnum):
    """Who pays for a course."""

    FREE = "free"
    FREE_FOR_GROUPS = "free_for_groups"
    PAID = "paid"


class PriorityGroup(StrEnum):
    """The groups for whom training may be free (重点就业群体). Clause C6."""

    GRADUATES = "graduates"
    MIGRANT_WORKERS = "migrant_workers"
    UNEMPLOYED = "unemployed"
    VETERANS = "veterans"
    LIFTED_OUT_OF_POVERTY = "lifted_out_of_poverty"
    HARD_TO_EMPLOY = "hard_to_employ"
    DISABLED = "disabled"


class Mode(StrEnum):
    """The ways of being taught (培训方式). Clause C3."""

    ONLINE = "online"
    LIVE = "live"
    PRACTICE = "practice"


class Purpose(StrEnum):
    """What a question of a lesson is for: a random check-in, or the lesson's test."""

    CHECK_IN = "check_in"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation (职业) of the imported table; `is_practical` says that it is learned by doing."""

    code: str
    name: str
    is_practical: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """The standard (国家职业技能标准、专项职业能力规范、职业培训课程规范) that a course follows."""

    name: str = ""
    number: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Declared hours by mode, in hundredths of a 学时."""

    online: int = 0
    live: int = 0
    practice: int = 0

    @property
    def total(self) -> int:
        """Return all hours together."""
        return self.online + self.live + self.practice


@dataclass(frozen=True, slots=True)
class Facts:
    """What the papers say of a course. It leads to a level of an occupation, or to a special ability (专项职业能力) without level."""

    title: str
    summary: str = ""
    occupation: Occupation | None = None
    level: Level | None = None
    special_ability: str = ""
    project_type: ProjectType | None = None
    basis: Basis = Basis()
    target_group: str = ""
    entry_conditions: str = ""
    goals: str = ""
    methods: str = ""
    materials: str = ""
    hours: Hours = Hours()
    fee: Fee = Fee.PAID
    free_for: tuple[PriorityGroup, ...] = ()
    supplier: str = ""
    is_imported: bool = False


@dataclass(frozen=True, slots=True)
class Lecturer:
    """A teacher (授课教师) of a course; `ref` is the row's number, which stays the same from version to version."""

    ref: int
    name: str
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentPart:
    """One part of the assessment scheme (考核方案); the weights of all are per cent."""

    name: str
    method: str
    weight: int


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """A live or practice item (直播、实操) of the plan, in hundredths of a 学时; `work_content` is what it trains (工作内容)."""

    mode: Mode
    title: str
    hours: int
    place: str = ""
    work_content: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """The proof that imported resources are lawfully used (引进资源合法使用证明); `proof_sha256` is that of the file sent."""

    title: str
    holder: str
    valid_until: date | None
    proof_sha256: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgePoint:
    """A knowledge point (知识点) of a lesson, and the work content (工作内容) of the standard that it serves."""

    text: str
    work_content: str = ""


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """A question of a lesson; `right_index` counts from 0."""

    ref: int
    purpose: Purpose
    text: str
    options: tuple[str, ...]
    right_index: int


@dataclass(frozen=True, slots=True)
class TaughtLesson:
    """A lesson (课节): its courseware by hash, its knowledge points and its questions."""

    ref: int
    title: str
    kind: LessonKind
    length_ms: int
    pages: int
    source_sha256: str
    captions_sha256: str = ""
    knowledge: tuple[KnowledgePoint, ...] = ()
    questions: tuple[LessonQuestion, ...] = ()

    def asked(self, purpose: Purpose) -> tuple[LessonQuestion, ...]:
        """Return the questions for one purpose."""
        return tuple(question for question in self.questions if question.purpose is purpose)


@dataclass(frozen=True, slots=True)
class TaughtModule:
    """A chapter (章) with its lessons in order."""

    title: str
    lessons: tuple[TaughtLesson, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseContent:
    """All of a course."""

    facts: Facts
    modules: tuple[TaughtModule, ...] = ()
    planned: tuple[PlannedItem, ...] = ()
    assessment: tuple[AssessmentPart, ...] = ()
    lecturers: tuple[Lecturer, ...] = ()
    licences: tuple[Licence, ...] = ()

    @property
    def lessons(self) -> tuple[TaughtLesson, ...]:
        """Return the lessons of all modules in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def to_values(self) -> dict[str, Any]:
        """Return the content as a JSON object."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {"format": FORMAT, **values}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "CourseContent":
        """Return the content that a JSON object holds; `ValueError` for another format."""
        if values.get("format") != FORMAT:
            raise ValueError("unknown format of a course version")
        return msgspec.convert({key: value for key, value in values.items() if key != "format"}, cls)

    @property
    def sha256(self) -> str:
        """Return the hash by which a version is known: SHA-256 of its canonical JSON."""
        return hashlib.sha256(canonical_json(self.to_values())).hexdigest()
