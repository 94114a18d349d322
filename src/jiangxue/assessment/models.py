"""The table of attempts at the tests of lessons."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.assessment.rules.attempts import Outcome
from jiangxue.assessment.rules.items import Item
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


class Attempt(models.Model):
    """An attempt (作答) at a lesson's test, from its beginning to its mark, with the rule by which it is marked.

    `questions` are the items (`rules.items.Item`) as they were drawn, each with what was chosen and when. An attempt that has ended
    stays as it is.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)
    }

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey("courseware.Lesson", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    pass_percent = models.PositiveSmallIntegerField()
    attempts_a_day = models.PositiveSmallIntegerField()
    policy_versions = ArrayField(models.BigIntegerField())
    questions = models.JSONField()
    outcome = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True)
    right_answers = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(name="assessment_attempt_by_place", fields=("enrolment", "lesson", "-begun_at")),
            models.Index(
                name="assessment_attempt_by_end",
                fields=("-ended_at", "-id"),
                condition=models.Q(outcome__in=("submitted", "expired")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="assessment_attempt_one_open", fields=("enrolment", "lesson"), condition=models.Q(outcome="")
            ),
            models.UniqueConstraint(
                name="assessment_attempt_passed_once", fields=("enrolment", "lesson"), condition=models.Q(passed=True)
            ),
            models.CheckConstraint(
                name="assessment_attempt_outcome_known", condition=models.Q(outcome__in=("", *Outcome))
            ),
            models.CheckConstraint(
                name="assessment_attempt_ended_with_outcome",
                condition=models.Q(outcome="", ended_at=None) | (~models.Q(outcome="") & ~models.Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="assessment_attempt_ends_in_its_time",
                condition=models.Q(expires_at__gt=models.F("begun_at"))
                & (
                    models.Q(ended_at=None)
                    | models.Q(ended_at__gte=models.F("begun_at"), ended_at__lte=models.F("expires_at"))
                ),
            ),
            models.CheckConstraint(
                name="assessment_attempt_marked_when_submitted",
                condition=models.Q(
                    outcome="submitted", right_answers__isnull=False, score__isnull=False, passed__isnull=False
                )
                | (~models.Q(outcome="submitted") & models.Q(right_answers=None, score=None, passed=None)),
            ),
            models.CheckConstraint(
                name="assessment_attempt_passed_by_its_mark",
                condition=models.Q(passed=None)
                | models.Q(passed=True, score__gte=models.F("pass_percent"), score__lte=100)
                | models.Q(passed=False, score__lt=models.F("pass_percent")),
            ),
        ]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return what it asks, and what was chosen."""
        return tuple(Item.from_values(values) for values in self.questions)

    @items.setter
    def items(self, items: tuple[Item, ...]) -> None:
        self.questions = [item.to_values() for item in items]
