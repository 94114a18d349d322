"""Tables of checks: what was asked, what came of it, and the verdicts that followed."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_RECORD = Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)


class Check(models.Model):
    """A check of one learner (随机打卡), from when it is known of to its outcome. Clause T2.6.

    It was asked in `session` after `drawn_ms` of counted time, or as a last one before an end (`drawn_ms` is None). `prompt` is what
    was shown last: its text, its options, which of them is right, and the course question that it comes from, if any; `nonce` is what
    an answer to it must carry. `reaction_ms` is the server's measure, `claimed_reaction_ms` the page's word. Where a face was due,
    `trigger` says why; of a learner without face data such a check is one of attention, and staff confirm who it was. `unavailable_why` is the page's word of why a face could not be shown.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    id = models.UUIDField(primary_key=True)
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("learning.StudySession", on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20, blank=True)
    drawn_ms = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    prompt = models.JSONField(default=dict)
    prompted_at = models.DateTimeField(null=True)
    nonce = models.CharField(max_length=16, blank=True)
    wrong_presses = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=12, blank=True)
    settled_at = models.DateTimeField(null=True)
    was_right = models.BooleanField(null=True)
    reaction_ms = models.PositiveIntegerField(null=True)
    claimed_reaction_ms = models.PositiveBigIntegerField(null=True)
    confirmed_ms = models.PositiveIntegerField(default=0)
    voided_ms = models.PositiveIntegerField(default=0)
    trigger = models.CharField(max_length=20, blank=True, db_default="")
    unavailable_why = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        indexes = [
            models.Index(name="learning_check_by_learner", fields=("learner", "-asked_at")),
            models.Index(
                name="learning_check_by_staff",
                fields=("session",),
                condition=~models.Q(trigger="") & ~models.Q(kind__in=("", "face")),
            ),
            models.Index(
                name="learning_check_for_people",
                fields=("outcome", "session"),
                condition=models.Q(kind="face", outcome__in=("unclear", "failed")),
            ),
            models.Index(name="learning_check_open", fields=("expires_at",), condition=models.Q(outcome="")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="learning_check_one_open", fields=("learner",), condition=models.Q(outcome="")
            ),
            models.CheckConstraint(
                name="learning_check_outcome_known",
                condition=models.Q(
                    outcome__in=("", "passed", "missed", "withdrawn", "failed", "unclear", "unavailable")
                ),
            ),
            models.CheckConstraint(
                name="learning_check_settled_with_outcome",
                condition=models.Q(outcome="", settled_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="learning_check_waits_after_asking",
                condition=models.Q(expires_at__gte=models.F("asked_at")),
            ),
        ]

    @property
    def failed_by_answer(self) -> bool:
        """Say whether it was missed by choosing wrongly, not by letting its time pass."""
        return (
            self.outcome == "missed"
            and self.kind != "face"
            and self.settled_at is not None
            and self.settled_at < self.expires_at
        )


class Verdict(models.Model):
    """A later verdict over credited time of a segment: confirmed, or no longer counted and why. Append-only. Clause T1.3.

    `stretches` are the `[start ms, end ms]` of the segment that it is about; what no verdict is about is provisional. What no check
    had confirmed when its class was settled is `unconfirmed`, by no check.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    segment = models.ForeignKey("learning.Segment", on_delete=models.PROTECT, related_name="verdicts")
    check_made = models.ForeignKey(
        Check, on_delete=models.PROTECT, related_name="verdicts", db_column="check_id", null=True
    )
    kind = models.CharField(max_length=20)
    ms = models.PositiveIntegerField()
    stretches = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_verdict_kind_known",
                condition=models.Q(kind__in=("confirmed", "missed_check", "failed_check"), check_made__isnull=False)
                | models.Q(kind="unconfirmed", check_made__isnull=True),
            ),
            models.CheckConstraint(name="learning_verdict_is_about_time", condition=models.Q(ms__gt=0)),
        ]


class Interruption(models.Model):
    """A time until `at` in which the server could not serve as it should: a start, beats turned away, a sweeper that did not come. Append-only."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind"})

    at = models.DateTimeField(db_index=True)
    lasted_ms = models.PositiveBigIntegerField(default=0, db_default=0)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_interruption_kind_known",
                condition=models.Q(kind__in=("started", "overloaded", "stalled")),
            ),
        ]


class Sweep(models.Model):
    """When the sweeper came last: a single row."""

    personal_data: ClassVar[PersonalData] = {}

    at = models.DateTimeField()
