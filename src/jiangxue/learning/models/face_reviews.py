"""The table of what people said about face checks that the machine could not decide. Append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


class FaceReviewStep(models.Model):
    """What somebody said about an unclear face check (人脸复核), in order. Append-only. Clauses T3.1, T3.2.

    One person says that it was the learner; that it was not, one says (`doubted`) and another one approves or sends back: these name who
    doubted. `ms` is what the word decided about: the time that was confirmed or voided by it.
    """

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.WORK, "saying why a face check was decided so", Kept.TERM),
        WHOLE_ROW: Personal(Category.ACTIVITY, "the record of face checks that the training rules demand", Kept.TERM),
    }

    check_made = models.ForeignKey(
        "learning.Check", on_delete=models.PROTECT, related_name="review_steps", db_column="check_id"
    )
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    ms = models.PositiveIntegerField(null=True)
    text = models.CharField(max_length=1000, blank=True)
    doubted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="learning_face_review_step_once", fields=("check_made", "ordinal")),
            models.CheckConstraint(
                name="learning_face_review_step_shape",
                condition=models.Q(kind="confirmed", ms__isnull=False, doubted_by__isnull=True)
                | models.Q(kind="doubted", ms__isnull=True, doubted_by__isnull=True)
                | models.Q(kind="sent_back", ms__isnull=True, doubted_by__isnull=False)
                | models.Q(kind="approved", ms__isnull=False, doubted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_face_review_step_two_persons",
                condition=models.Q(doubted_by__isnull=True) | ~models.Q(by=models.F("doubted_by")),
            ),
            models.CheckConstraint(
                name="learning_face_review_step_has_words", condition=models.Q(kind="approved") | ~models.Q(text="")
            ),
        ]
