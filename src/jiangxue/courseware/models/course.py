"""The tables of courses and of what their papers say, as their editors have it now; what is taught is a version's."""

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.courseware.rules.content import Fee, Mode, ProjectType
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData
from jiangxue.occupations.rules.levels import Level


def _values(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class Course(models.Model):
    """A course of one institution; hours are declared in hundredths of a 学时. `aid` is the archive of its reviews."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset(
        {
            "title",
            "summary",
            "special_ability",
            "basis_name",
            "basis_code",
            "basis_edition",
            "target_group",
            "entry_conditions",
            "goals",
            "methods",
            "materials",
            "free_for",
            "supplier",
        }
    )

    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    aid = models.UUIDField(unique=True, null=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    occupation = models.ForeignKey("occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12, blank=True, choices=_values(Level))
    special_ability = models.CharField(max_length=60, blank=True)
    project_type = models.CharField(max_length=20, blank=True, choices=_values(ProjectType))
    basis_name = models.CharField(max_length=120, blank=True)
    basis_code = models.CharField(max_length=60, blank=True)
    basis_edition = models.CharField(max_length=60, blank=True)
    target_group = models.TextField(blank=True)
    entry_conditions = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    methods = models.TextField(blank=True)
    materials = models.TextField(blank=True)
    online_hours = models.PositiveIntegerField(default=0)
    live_hours = models.PositiveIntegerField(default=0)
    practice_hours = models.PositiveIntegerField(default=0)
    fee = models.CharField(max_length=20, choices=_values(Fee), default=Fee.PAID.value)
    free_for = ArrayField(models.CharField(max_length=30), default=list)
    supplier = models.CharField(max_length=120, blank=True)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courseware_course_level_or_ability",
                condition=models.Q(level="") | models.Q(special_ability=""),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Contributor(models.Model):
    """Somebody who has changed a course or sent a file for it, and therefore never reviews it."""

    personal_data: ClassVar[PersonalData] = {}

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="contributors")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="courseware_contributor_once", fields=("course", "account"))]


class CourseLecturer(models.Model):
    """A teacher (授课教师) whom a course's papers name; its row stays when a later version names others."""

    personal_data: ClassVar[PersonalData] = {
        "name": Personal(Category.IDENTITY, "saying who teaches a course", Kept.SUBJECT),
        "qualification": Personal(Category.WORK, "saying who teaches a course", Kept.SUBJECT),
    }

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="lecturers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    qualification = models.CharField(max_length=120, blank=True)
    left_at = models.DateTimeField(null=True)


class CourseAssessment(models.Model):
    """One part of a course's assessment scheme (考核方案); the conformity check says whether the weights come to 100."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"name", "method"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assessment")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    method = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField()


class CoursePlanned(models.Model):
    """A live or practice item (直播、实操) in a course's plan, in hundredths of a 学时."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"title", "place", "work_content"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="planned")
    position = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=[(mode.value, mode.value) for mode in (Mode.LIVE, Mode.PRACTICE)])
    title = models.CharField(max_length=120)
    hours = models.PositiveIntegerField()
    place = models.CharField(max_length=120, blank=True)
    work_content = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courseware_planned_is_live_or_practice", condition=models.Q(mode__in=("live", "practice"))
            )
        ]
