"""What an institution tells of a learner beside who they are. Clauses T7, C6."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from jiangxue.courseware.rules.content import PriorityGroup


class Education(StrEnum):
    """The highest education that somebody has finished (文化程度)."""

    PRIMARY = "primary"
    JUNIOR_MIDDLE = "junior_middle"
    SENIOR_MIDDLE = "senior_middle"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    TECHNICAL_SCHOOL = "technical_school"
    JUNIOR_COLLEGE = "junior_college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class Background:
    """What is told of a learner for one class (学员背景): group (重点群体), education, code of the region of domicile, employer and its USCC; empty where untold."""

    group: PriorityGroup | None = None
    education: Education | None = None
    domicile: str = ""
    employer: str = ""
    employer_uscc: str = ""


UNTOLD = Background()


class Told(Protocol):
    """A row that holds the facts of a background."""

    group: str
    education: str
    domicile: str
    employer: str
    employer_uscc: str


def background_of(row: Told) -> Background:
    """Return what a row holds of a learner's background."""
    group = PriorityGroup(row.group) if row.group else None
    education = Education(row.education) if row.education else None
    return Background(group, education, row.domicile, row.employer, row.employer_uscc)
