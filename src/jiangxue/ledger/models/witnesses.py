"""Who outside has seen the log, and how many of them an export waits for."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData

_WORK = Personal(Category.WORK, "saying who set a rule and why", Kept.SUBJECT)


class Witness(models.Model):
    """An outside party that countersigns checkpoints, by an address or by mail; what was last heard of it."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"title", "verifier_key", "address", "outcome", "outcome_detail"})

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=80)
    verifier_key = models.CharField(max_length=300, unique=True)
    address = models.URLField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    requested_size = models.BigIntegerField(null=True, blank=True)
    """The size that was last taken to a witness by mail, to which its answer belongs."""

    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_detail = models.CharField(max_length=300, blank=True)


class Cosignature(models.Model):
    """A witness's signature under a checkpoint, checked when it came, with the time that it states."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"line"})

    id = models.BigAutoField(primary_key=True)
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures", db_index=False)
    size = models.BigIntegerField(db_index=True)
    line = models.CharField(max_length=500)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "size"], name="ledger_one_cosignature_of_a_witness"),
        ]


class WitnessRule(models.Model):
    """How many witnesses must have signed before an archive is given out; the newest counts, none is changed."""

    personal_data: ClassVar[PersonalData] = {
        "account_id": _WORK,
        "reason": _WORK,
    }

    id = models.BigAutoField(primary_key=True)
    need = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(need__lte=16), name="ledger_need_is_possible")]
