"""Tables of settlements: what was proposed, what a second person said, and what each place came to. All of them append-only."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Settlement(models.Model):
    """The head teacher's proposal of what the hours of a class come to (结算). Append-only. Clause T1.3.

    `digest` is that of all figures that were proposed: a second person confirms these, and no others.
    """

    personal_data: ClassVar[frozenset[str]] = frozenset()

    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    policy_versions = ArrayField(models.BigIntegerField())
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="archive_settlement_once", fields=("training_class", "ordinal")),
        ]


class SettlementReview(models.Model):
    """What the second person did with a proposal: confirmed it, or sent it back with words. Append-only."""

    personal_data: ClassVar[frozenset[str]] = frozenset({"text"})

    settlement = models.OneToOneField(Settlement, on_delete=models.PROTECT, primary_key=True, related_name="review")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirms = models.BooleanField()
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_settlement_two_persons", condition=~models.Q(by=models.F("proposed_by"))
            ),
            models.CheckConstraint(
                name="archive_sent_back_with_words", condition=models.Q(confirms=True) | ~models.Q(text="")
            ),
        ]


class SettledPlace(models.Model):
    """What a place came to when its class was settled, and again after each later correction. Append-only; the last one counts.

    `figures` is what was sealed in its archive (`rules.settlement.PlaceHours`); `online_hours` are hundredths of a 学时. The first
    comes with the settlement, every further one with the appeal that gave something back.
    """

    personal_data: ClassVar[frozenset[str]] = frozenset({"figures"})

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="places")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    because = models.ForeignKey("learning.Appeal", on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField()
    recognised_ms = models.PositiveBigIntegerField()
    online_hours = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="archive_settled_place_once", fields=("enrolment", "ordinal")),
            models.CheckConstraint(
                name="archive_settled_again_by_appeal",
                condition=models.Q(ordinal=1, because__isnull=True) | models.Q(ordinal__gt=1, because__isnull=False),
            ),
        ]
