"""What can be wrong with a course, where it is mended, and what a course is held to. docs/rules/conformity.md."""

from dataclasses import dataclass, field
from enum import StrEnum

from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.questions import FEWEST_IN_TEST
from jiangxue.occupations.rules.levels import Level


class Shortcoming(StrEnum):
    """What can be wrong with the content of a course."""

    NO_TITLE = "no_title"
    NO_SUMMARY = "no_summary"
    NO_OCCUPATION = "no_occupation"
    NO_LEVEL = "no_level"
    LEVEL_AND_SPECIAL_ABILITY = "level_and_special_ability"
    LEVEL_UNKNOWN = "level_unknown"
    NO_PROJECT_TYPE = "no_project_type"
    NO_BASIS = "no_basis"
    BASIS_INCOMPLETE = "basis_incomplete"
    NO_TARGET_GROUP = "no_target_group"
    NO_ENTRY_CONDITIONS = "no_entry_conditions"
    NO_GOALS = "no_goals"
    NO_METHODS = "no_methods"
    NO_MATERIALS = "no_materials"
    NO_FREE_GROUPS = "no_free_groups"
    NO_HOURS = "no_hours"
    ONLINE_SHORT = "online_short"
    MUCH_READING = "much_reading"
    LIVE_DIFFERS = "live_differs"
    PRACTICE_DIFFERS = "practice_differs"
    NO_PRACTICE = "no_practice"
    PLANNED_WITHOUT_HOURS = "planned_without_hours"
    PRACTICE_WITHOUT_PLACE = "practice_without_place"
    NO_ASSESSMENT = "no_assessment"
    WEIGHTS_DIFFER = "weights_differ"
    WEIGHT_NOT_POSITIVE = "weight_not_positive"
    NO_LECTURER = "no_lecturer"
    NO_QUALIFICATION = "no_qualification"
    NO_SUPPLIER = "no_supplier"
    NO_LICENCE = "no_licence"
    LICENCE_WITHOUT_PROOF = "licence_without_proof"
    LICENCE_EXPIRED = "licence_expired"
    LICENCE_EXPIRING = "licence_expiring"
    NO_MODULE = "no_module"
    NO_LESSON = "no_lesson"
    EMPTY_MODULE = "empty_module"
    REPEATED_TITLE = "repeated_title"
    NO_KNOWLEDGE = "no_knowledge"
    UNMAPPED_KNOWLEDGE = "unmapped_knowledge"
    NO_CHECK_IN_QUESTIONS = "no_check_in_questions"
    FEW_TEST_QUESTIONS = "few_test_questions"


WARNINGS = frozenset(
    {
        Shortcoming.BASIS_INCOMPLETE,
        Shortcoming.NO_MATERIALS,
        Shortcoming.MUCH_READING,
        Shortcoming.PRACTICE_WITHOUT_PLACE,
        Shortcoming.NO_QUALIFICATION,
        Shortcoming.LICENCE_EXPIRING,
        Shortcoming.REPEATED_TITLE,
        Shortcoming.NO_KNOWLEDGE,
        Shortcoming.UNMAPPED_KNOWLEDGE,
        Shortcoming.NO_CHECK_IN_QUESTIONS,
    }
)
"""What is shown and stops nothing; everything else keeps a course from being reviewed."""


class Section(StrEnum):
    """The sections of the course editor."""

    FACTS = "facts"
    HOURS = "hours"
    PLANNED = "planned"
    ASSESSMENT = "assessment"
    LECTURERS = "lecturers"
    LICENCES = "licences"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is mended: a section, in it the row at `index` (from 0) or the lesson `lesson`, where it is about one."""

    section: Section
    lesson: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a finding, in the unit that docs/rules/conformity.md gives for it."""

    wanted: int
    actual: int

    @property
    def lacking(self) -> int:
        """Return what is missing; 0 where there is too much."""
        return max(0, self.wanted - self.actual)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a course."""

    what: Shortcoming
    place: Place
    figures: Figures | None = None

    @property
    def is_blocking(self) -> bool:
        """Say whether the course cannot be submitted for review with it."""
        return self.what not in WARNINGS


@dataclass(frozen=True, slots=True)
class Limits:
    """What a course is held to; `levels` are those that the table of occupations has for the course's occupation."""

    levels: frozenset[Level]
    pace: Pace = field(default_factory=Pace)
    document_percent: int = 20
    expiring_days: int = 60
    fewest_test_questions: int = FEWEST_IN_TEST
