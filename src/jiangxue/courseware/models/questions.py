"""The table of the questions of lessons."""

from itertools import combinations
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.courseware.models.outline import Lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import LONGEST_OPTION, LONGEST_TEXT, MOST_OPTIONS
from jiangxue.djangokit.personal import PersonalData


def _all_differ(options: str) -> models.Q:
    """Return the condition that no two options are the same; places beyond the last option are null, and null equals nothing."""
    condition = models.Q()
    for one, other in combinations(range(MOST_OPTIONS), 2):
        condition &= ~models.Q(**{f"{options}__{one}": models.F(f"{options}__{other}")})
    return condition


class CourseQuestion(models.Model):
    """A question about a lesson: one that a check-in may ask (打卡问题), or one of the lesson's test (测验题).

    What was asked is evidence: it is retired, never edited.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"text", "options"})

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    purpose = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Purpose], default=Purpose.CHECK_IN.value
    )
    text = models.CharField(max_length=LONGEST_TEXT)
    options = ArrayField(models.CharField(max_length=LONGEST_OPTION))
    right_index = models.PositiveSmallIntegerField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courseware_question_purpose_known", condition=models.Q(purpose__in=("check_in", "test"))
            ),
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
