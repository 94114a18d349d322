"""Tables of appeals: what a learner disputes, every step that follows, and what people gave back. All of them append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField

_RECORD = Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)


class Appeal(models.Model):
    """A learner disputes one refused stretch of an ended session (申诉). Append-only. Clauses T1.3, M6.

    Its state is that of its last step. `due_on` is the last day on which it is answered in time, as it was promised.
    """

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.OPINION, "deciding an appeal", Kept.TERM),
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("learning.StudySession", on_delete=models.PROTECT, related_name="appeals")
    day = models.DateField()
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    text = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        indexes = [models.Index(name="learning_appeal_by_learner", fields=("learner", "-opened_at"))]
        constraints = [
            models.UniqueConstraint(name="learning_appeal_once", fields=("session", "start_ms")),
            models.CheckConstraint(
                name="learning_appeal_is_about_time", condition=models.Q(end_ms__gt=models.F("start_ms"))
            ),
            models.CheckConstraint(
                name="learning_appeal_not_about_review",
                condition=~models.Q(reason__in=("", "repeat", "page_full", "lesson_full")),
            ),
        ]

    @property
    def ms(self) -> int:
        """Return how long the stretch is."""
        return self.end_ms - self.start_ms


class AppealPicture(models.Model):
    """The picture that came with an appeal, written anew by us and sealed; never the bytes that were sent. The application cannot change it."""

    personal_data: ClassVar[PersonalData] = {
        "sealed": Personal(Category.OPINION, "deciding an appeal", Kept.TERM, Protection.SEALED, is_sensitive=True),
        WHOLE_ROW: _RECORD,
    }

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, primary_key=True, related_name="picture")
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)


class AppealStep(models.Model):
    """What somebody did with an appeal (经办、复核), in order. Append-only.

    A proposal names its result and, for a correction, how much it gives back. A review names who proposed, which must be somebody else.
    """

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.WORK, "saying why an appeal was decided so", Kept.TERM),
        WHOLE_ROW: _RECORD,
    }

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    result = models.CharField(max_length=12, blank=True)
    ms = models.PositiveIntegerField(null=True)
    text = models.CharField(max_length=1000, blank=True)
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="learning_appeal_step_once", fields=("appeal", "ordinal")),
            models.CheckConstraint(
                name="learning_appeal_step_shape",
                condition=models.Q(
                    kind="proposed", result="corrected", ms__isnull=False, ms__gt=0, proposed_by__isnull=True
                )
                | models.Q(kind="proposed", result="upheld", ms__isnull=True, proposed_by__isnull=True)
                | models.Q(kind__in=("approved", "sent_back"), result="", ms__isnull=True, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_appeal_step_two_persons",
                condition=models.Q(proposed_by__isnull=True) | ~models.Q(by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="learning_appeal_step_has_words", condition=models.Q(kind="approved") | ~models.Q(text="")
            ),
        ]


class Correction(models.Model):
    """Minutes that people gave back after an appeal (人工更正): they stand beside what the machine judged, never in its place.

    It gives back the first `ms` of the stretch `[start_ms, end_ms)` of the session. Append-only.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, primary_key=True, related_name="correction")
    session = models.ForeignKey("learning.StudySession", on_delete=models.PROTECT, related_name="corrections")
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    ms = models.PositiveIntegerField()
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_correction_two_persons",
                condition=~models.Q(proposed_by=models.F("approved_by")),
            ),
            models.CheckConstraint(
                name="learning_correction_not_ones_own",
                condition=~models.Q(learner=models.F("proposed_by")) & ~models.Q(learner=models.F("approved_by")),
            ),
            models.CheckConstraint(
                name="learning_correction_within_stretch",
                condition=models.Q(ms__gt=0, ms__lte=models.F("end_ms") - models.F("start_ms")),
            ),
        ]
