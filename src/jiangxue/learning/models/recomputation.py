"""Reports of judging classes again."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData


class Recomputation(models.Model):
    """A report of judging a class again (复算): who asked when, what was looked at, and what did not agree.

    `differences` are `[what, facts]` of the first of them, at most as many as a page can show; `differing` is how many there were.
    """

    personal_data: ClassVar[PersonalData] = {
        "differences": Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)
    }

    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sessions = models.PositiveIntegerField(default=0)
    segments = models.PositiveIntegerField(default=0)
    beats = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(name="learning_recomputation_last", fields=("training_class", "-asked_at"))]
        constraints = [
            models.CheckConstraint(
                name="learning_recomputation_finished_later",
                condition=models.Q(finished_at__isnull=True) | models.Q(finished_at__gte=models.F("asked_at")),
            )
        ]
