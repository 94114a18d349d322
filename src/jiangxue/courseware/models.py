"""Tables of courses, modules, lessons, packaged media and the questions of check-ins."""

from itertools import combinations
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.courseware.rules.questions import LONGEST_OPTION, LONGEST_TEXT, MOST_OPTIONS


def _all_differ(options: str) -> models.Q:
    """Return the condition that no two options are the same; places beyond the last option are null, and null equals nothing."""
    condition = models.Q()
    for one, other in combinations(range(MOST_OPTIONS), 2):
        condition &= ~models.Q(**{f"{options}__{one}": models.F(f"{options}__{other}")})
    return condition


class Course(models.Model):
    """A course of one institution."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class Module(models.Model):
    """A chapter (章) of a course's outline."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(name="courseware_module_position", fields=("course", "position"))]


class Media(models.Model):
    """A packaged film: a folder of HLS renditions, named by the hash of its manifest."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    folder = models.CharField(max_length=120, unique=True)
    length_ms = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="courseware_media_has_length", condition=models.Q(length_ms__gt=0))]


class Lesson(models.Model):
    """A lesson (课节): the unit that is watched."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    media = models.OneToOneField(Media, on_delete=models.PROTECT, related_name="lesson")

    class Meta:
        ordering = ("module__position", "position")
        constraints = [models.UniqueConstraint(name="courseware_lesson_position", fields=("module", "position"))]

    @property
    def length_ms(self) -> int:
        """Return the length of the lesson's film."""
        return self.media.length_ms


class CourseQuestion(models.Model):
    """A question (课程问题) about a lesson that a check-in may ask. What was asked is evidence: it is retired, never edited."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=LONGEST_TEXT)
    options = ArrayField(models.CharField(max_length=LONGEST_OPTION))
    right_index = models.PositiveSmallIntegerField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="courseware_question_has_text", condition=models.Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="courseware_question_options_number",
                condition=models.Q(options__len__gte=2, options__len__lte=5),
            ),
            models.CheckConstraint(
                name="courseware_question_options_have_text", condition=~models.Q(options__contains=[""])
            ),
            models.CheckConstraint(name="courseware_question_options_differ", condition=_all_differ("options")),
            models.CheckConstraint(
                name="courseware_question_right_one_is_an_option",
                condition=models.Q(right_index__lt=models.F("options__len")),
            ),
            models.CheckConstraint(
                name="courseware_question_retired_after_creation",
                condition=models.Q(retired_at=None) | models.Q(retired_at__gte=models.F("created_at")),
            ),
        ]
