"""The tables of versions: what was handed in, reviewed, published and is taught, frozen."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.courseware.models.course import Course
from jiangxue.courseware.models.outline import Lesson
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.versions import ENDED, State
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData


class CourseVersion(models.Model):
    """A version (版本) of a course: its content as it was handed in for review, never changed, known by its hash.

    `state` says where it stands (`rules.versions`); `taken_down_at` that it may not be shown for the present. `author` is nobody for
    versions that were made of the courses from before there were reviews. `screened_at` is when its words were looked at. What the
    catalogue is searched by (`CATALOGUED`) stands beside the content, taken from it once and for all.
    """

    personal_data: ClassVar[PersonalData] = {
        "content": Personal(Category.IDENTITY, "saying who teaches a course, as it was reviewed", Kept.SUBJECT)
    }
    impersonal: ClassVar[frozenset[str]] = frozenset(
        {"title", "sha256", "occupation_code", "occupation_name", "level", "fee"}
    )

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    serial = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    occupation_code = models.CharField(max_length=10, blank=True)
    occupation_name = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=12, blank=True)
    fee = models.CharField(max_length=20, blank=True)
    hours = models.PositiveIntegerField(default=0)
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    screened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    review_due_on = models.DateField(null=True)
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="courseware_in_catalogue",
                fields=("-published_at", "-id"),
                condition=models.Q(state="published", taken_down_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(name="courseware_version_serial", fields=("course", "serial")),
            models.UniqueConstraint(
                name="courseware_version_one_in_review", fields=("course",), condition=models.Q(state="in_review")
            ),
            models.UniqueConstraint(
                name="courseware_version_one_published", fields=("course",), condition=models.Q(state="published")
            ),
            models.CheckConstraint(
                name="courseware_version_published_has_time",
                condition=models.Q(
                    state__in=("published", "replaced"), published_at__isnull=False, review_due_on__isnull=False
                )
                | ~models.Q(state__in=("published", "replaced"))
                & models.Q(published_at=None, review_due_on=None, taken_down_at=None),
            ),
            models.CheckConstraint(
                name="courseware_version_ended_has_time",
                condition=models.Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | ~models.Q(state__in=sorted(ENDED)) & models.Q(ended_at=None),
            ),
        ]

    @property
    def whole(self) -> CourseContent:
        """Return what it consists of."""
        return CourseContent.from_values(self.content)

    @property
    def is_taught(self) -> bool:
        """Say whether classes may learn by it now."""
        return self.state in (State.PUBLISHED, State.REPLACED) and self.taken_down_at is None


class VersionLesson(models.Model):
    """A lesson's place in a version, with the captions and the questions that it has there; `test_questions` counts those of its test."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"module_title", "title", "captions", "question_ids"})

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="taught")
    module_position = models.PositiveSmallIntegerField()
    module_title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    captions = models.CharField(max_length=40, blank=True)
    question_ids = ArrayField(models.BigIntegerField(), default=list)
    test_questions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("module_position", "position")
        constraints = [
            models.UniqueConstraint(name="courseware_version_lesson_once", fields=("version", "lesson")),
            models.UniqueConstraint(
                name="courseware_version_lesson_position", fields=("version", "module_position", "position")
            ),
        ]
