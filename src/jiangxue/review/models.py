"""Tables of reviews, of marks that wait to be signed, and of courses taken down."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.review.rules.opinions import LONGEST_MARK, Step, Verdict


class Review(models.Model):
    """A review (审核) of a version, signed and never changed. `marks` are what the reviewer noted, `sha256` is what was signed."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "the signed review of a course", Kept.SUBJECT)
    }

    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(choices=[(step.value, step.name) for step in Step])
    reviewer = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Verdict])
    points = models.JSONField()
    comment = models.TextField(blank=True)
    marks = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="review_one_of_each_step", fields=("version", "step")),
            models.UniqueConstraint(name="review_three_different_persons", fields=("version", "reviewer")),
            models.CheckConstraint(name="review_step_known", condition=models.Q(step__in=(1, 2, 3))),
        ]


class PendingMark(models.Model):
    """A place that a reviewer has marked (标注) and not signed yet: milliseconds of a film, or a page of a document."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "marks of a review before it is signed", Kept.SETTLED)
    }

    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey("courseware.Lesson", on_delete=models.PROTECT, related_name="+")
    at = models.PositiveIntegerField()
    text = models.CharField(max_length=LONGEST_MARK)
    made_at = models.DateTimeField()


class LessonLook(models.Model):
    """A lesson that a reviewer has opened on its page of a version, once; who has not opened all lets nothing pass."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "showing that a reviewer has looked", Kept.SUBJECT)
    }

    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey("courseware.Lesson", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="review_lesson_looked_at_once", fields=("version", "reviewer", "lesson"))
        ]


class TakeDown(models.Model):
    """One act of taking a course down (紧急下架) or putting it back (恢复), with its reason; never changed."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "saying who took a course down and why", Kept.SUBJECT)
    }

    course = models.ForeignKey("courseware.Course", on_delete=models.PROTECT, related_name="+")
    is_down = models.BooleanField()
    reason = models.TextField()
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_takedown_has_reason", condition=models.Q(reason__regex=r"\S"))
        ]
