"""Tables of settlements: what was proposed, what a second person said, and what each place came to. All of them append-only."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_HOURS = Personal(Category.ACTIVITY, "what the training is recognised for", Kept.TERM)
_WORK = Personal(Category.WORK, "answering for a decision", Kept.TERM)
_RULE = Personal(Category.WORK, "saying who set a rule and why", Kept.SUBJECT)
_ERASED = Personal(Category.ACTIVITY, "proving that an archive was erased when its time was over", Kept.SUBJECT)


class Settlement(models.Model):
    """The head teacher's proposal of what the hours of a class come to (结算). Append-only. Clause T1.3.

    `digest` is that of all figures that were proposed: a second person confirms these, and no others.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"policy_versions", "digest"})

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

    personal_data: ClassVar[PersonalData] = {"text": _WORK}

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

    `figures` is what was sealed in its archive (`rules.settlement.PlaceHours`); `hours` (认定学时) are those of all modes in it
    together, in hundredths of a 学时. The first comes with the settlement, every further one with the appeal that gave something
    back, or with a freeze or its end.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _HOURS}

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="places")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    because = models.ForeignKey("learning.Appeal", on_delete=models.PROTECT, null=True, related_name="+")
    because_freeze = models.ForeignKey("archive.Freeze", on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField()
    recognised_ms = models.PositiveBigIntegerField()
    hours = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="archive_settled_place_once", fields=("enrolment", "ordinal")),
            models.CheckConstraint(
                name="archive_settled_again_with_cause",
                condition=models.Q(ordinal=1, because__isnull=True, because_freeze__isnull=True)
                | models.Q(ordinal__gt=1, because__isnull=False, because_freeze__isnull=True)
                | models.Q(ordinal__gt=1, because__isnull=True, because_freeze__isnull=False),
            ),
        ]


class Freeze(models.Model):
    """Days of a place that are not recognised until somebody has decided about them (暂缓认定), at most to the end of `until`. Append-only. Clauses M6, C5.

    Its number is that of the case of whoever asked for it; the archive does not know more. Without days it is about all of the place.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _HOURS}

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    placed_at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_freeze_of_days_in_order",
                condition=models.Q(first_day=None, last_day=None)
                | models.Q(first_day__isnull=False, last_day__isnull=False, last_day__gte=models.F("first_day")),
            ),
        ]


class FreezeEnd(models.Model):
    """What became of a freeze: it ran out (`lapsed`), or was decided about (`decided`), which may come after that. Append-only.

    `days` are those of which the decision says that they are not recognised (不予认定); all others of the freeze are.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _HOURS}

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="ends")
    kind = models.CharField(max_length=10)
    days = ArrayField(models.DateField())
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="archive_freeze_ends_once", fields=("freeze", "kind")),
            models.CheckConstraint(
                name="archive_freeze_takes_days_by_decision",
                condition=models.Q(kind="lapsed", days=[]) | models.Q(kind="decided"),
            ),
        ]


class RetentionRule(models.Model):
    """For how many years archives are kept from now on (保存期限), never fewer than five. Append-only; without a row it is five. Clause T8.1."""

    personal_data: ClassVar[PersonalData] = {"reason": _RULE}

    years = models.PositiveSmallIntegerField()
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_kept_for_years", condition=models.Q(years__gte=5, years__lte=99) & ~models.Q(reason="")
            ),
        ]


class LegalHold(models.Model):
    """An archive that must not be erased although its time is over (依法保留), until somebody lifts that. Clause T8.1.

    `region` is the code of the region for which the supervisor who placed it answers.
    """

    personal_data: ClassVar[PersonalData] = {"reason": _WORK, "lifted_because": _WORK}
    impersonal: ClassVar[frozenset[str]] = frozenset({"region"})

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    placed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    region = models.CharField(max_length=6)
    reason = models.CharField(max_length=200)
    lifted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="archive_held_once", fields=("enrolment",), condition=models.Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(name="archive_held_with_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="archive_hold_lifted_whole",
                condition=models.Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (models.Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~models.Q(lifted_because="")),
            ),
        ]


class RetentionRun(models.Model):
    """A run that first reports which archives are over their time, and erases them only when a second administrator has confirmed the report.

    `years` is the rule that was in force. One that was finished without being confirmed was dropped. Clauses T8.1, M2.
    """

    personal_data: ClassVar[PersonalData] = {}

    reported_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    years = models.PositiveSmallIntegerField()
    confirmed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_run_two_persons",
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | (
                    models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~models.Q(confirmed_by=models.F("reported_by"))
                ),
            ),
        ]


class Erasure(models.Model):
    """One archive of a run: when it was over its time, when the ledger was told, and when its contents were destroyed.

    `kept_because` is why it was not erased after all. The place itself stays, as a number without contents.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _ERASED}

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="erasures")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    announced_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="archive_erasure_listed_once", fields=("run", "enrolment")),
            models.UniqueConstraint(
                name="archive_erased_once", fields=("enrolment",), condition=models.Q(announced_at__isnull=False)
            ),
            models.CheckConstraint(
                name="archive_erased_after_announced",
                condition=models.Q(erased_at=None) | models.Q(announced_at__isnull=False, kept_because=""),
            ),
        ]
