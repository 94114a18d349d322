"""Tables of identity confirmed by staff, where no face is checked: what one person states of a day, and what another one says to it. Append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_RECORD = Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)


class IdentityStatement(models.Model):
    """Somebody of the class states of a learner's day that they saw the learner while they learned, or that it could not be confirmed (人工核验). Append-only. Clause T3.2."""

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.WORK, "saying how somebody was seen, or why not", Kept.TERM),
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ordinal = models.PositiveSmallIntegerField()
    is_seen = models.BooleanField()
    how = models.CharField(max_length=12, blank=True)
    seen_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="learning_identity_statement_once", fields=("enrolment", "day", "ordinal")),
            models.CheckConstraint(
                name="learning_identity_statement_shape",
                condition=(
                    models.Q(is_seen=True, how__in=("on_site", "video"), seen_at__isnull=False)
                    & models.Q(document__in=("card", "other", "known"))
                )
                | (models.Q(is_seen=False, how="", seen_at__isnull=True, document="") & ~models.Q(text="")),
            ),
            models.CheckConstraint(
                name="learning_identity_statement_not_ones_own", condition=~models.Q(by=models.F("learner"))
            ),
        ]


class IdentityReview(models.Model):
    """What a second person says to a statement: it counts from then on, or goes back with a reason. Append-only."""

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.WORK, "saying why a statement was sent back", Kept.TERM),
        WHOLE_ROW: _RECORD,
    }

    statement = models.OneToOneField(
        IdentityStatement, on_delete=models.PROTECT, primary_key=True, related_name="review"
    )
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    stated_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    agrees = models.BooleanField()
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_identity_review_two_persons", condition=~models.Q(by=models.F("stated_by"))
            ),
            models.CheckConstraint(
                name="learning_identity_review_has_words", condition=models.Q(agrees=True) | ~models.Q(text="")
            ),
        ]
