"""Tables of trusted time: the lease, sessions, beats, and what was made of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_DEVICE = Personal(
    Category.DEVICE, "telling a learner which window counts; showing who may have learned for another", Kept.TERM
)
_RECORD = Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)


class StudySession(models.Model):
    """One stretch from sign-in to sign-out (本次学习), with all that judging it again needs.

    `key_name` is that of its lesson's film, empty where nothing is locked. Its first `sealed_n` beats are sealed, in `sealings` parts, up to the server time `sealed_at`; `sealed_state` is where judging
    the rest begins.
    """

    personal_data: ClassVar[PersonalData] = {
        "device": _DEVICE,
        "address": _DEVICE,
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey("courseware.Lesson", on_delete=models.PROTECT, related_name="+")
    key_name = models.CharField(max_length=32, blank=True, db_default="")
    window = models.CharField(max_length=32)
    device = models.CharField(max_length=80)
    address = models.GenericIPAddressField(null=True)
    opened_at = models.DateTimeField()
    opening = models.JSONField()
    policy = models.JSONField()
    policy_versions = ArrayField(models.BigIntegerField())
    valid_until = models.DateTimeField(null=True)
    class_closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=30, blank=True)
    sealings = models.PositiveIntegerField(default=0)
    sealed_n = models.PositiveIntegerField(default=0)
    sealed_at = models.DateTimeField()
    sealed_state = models.JSONField()

    class Meta:
        indexes = [
            models.Index(name="learning_session_by_learner", fields=("learner", "-opened_at")),
            models.Index(name="learning_session_by_time", fields=("-opened_at", "-id")),
            models.Index(
                name="learning_session_to_seal", fields=("sealed_at",), condition=models.Q(closed_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="learning_session_closed_with_reason",
                condition=models.Q(closed_at__isnull=True, end_reason="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="learning_session_closes_after_opening",
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
            ),
        ]


class Lease(models.Model):
    """The one right to earn time (计时权): a row per learner, so two windows cannot both be current. Clause T2.2.

    All times are milliseconds of the server's clock since 1970; `balances` are `[day ordinal, person ms, class ms]`. `answer` is
    the last answer, byte for byte, for a retry. `end_reason` stands from the beat that ended the session until its end is sealed.
    `renew_at_ms` is when a rule begins that was made after the session had opened. What stands around it belongs to the learner and outlives sessions: counted time until the next check and what that was drawn to, credited
    time that no check has confirmed, since when a check is open and until when it waits; counted time until the next face check, what that was drawn to, and what else brought it (`face_trigger`). No column that a beat changes is indexed,
    so that its row is updated in place (decision 0010).
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    learner = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, primary_key=True, related_name="+")
    session = models.OneToOneField(StudySession, on_delete=models.PROTECT, null=True, related_name="lease")
    n = models.PositiveIntegerField(default=0)
    tag = models.CharField(max_length=32, blank=True)
    nonce = models.CharField(max_length=16, blank=True)
    answer = models.TextField(blank=True)
    beat_at_ms = models.BigIntegerField(default=0)
    carry_ms = models.IntegerField(default=0)
    carry_reason = models.CharField(max_length=20, default="paused")
    reached_ms = models.IntegerField(default=0)
    length_ms = models.IntegerField(default=0)
    page_ms = models.IntegerField(default=0, db_default=0)
    balances = models.JSONField(default=list)
    paused_since_ms = models.BigIntegerField(null=True)
    jumped_at_ms = ArrayField(models.BigIntegerField(), default=list)
    event_at_ms = ArrayField(models.BigIntegerField(), default=list)
    next_due_ms = models.BigIntegerField(default=0)
    close_due_ms = models.BigIntegerField(null=True)
    end_reason = models.CharField(max_length=30, blank=True)
    until_check_ms = models.IntegerField(null=True)
    drawn_ms = models.IntegerField(null=True)
    provisional_ms = models.IntegerField(default=0, db_default=0)
    asked_at_ms = models.BigIntegerField(null=True)
    answer_by_ms = models.BigIntegerField(null=True)
    renew_at_ms = models.BigIntegerField(null=True)
    until_face_ms = models.IntegerField(null=True)
    face_drawn_ms = models.IntegerField(null=True)
    face_trigger = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_lease_open_check_waits",
                condition=models.Q(asked_at_ms__isnull=True, answer_by_ms__isnull=True)
                | models.Q(
                    asked_at_ms__isnull=False, answer_by_ms__isnull=False, answer_by_ms__gte=models.F("asked_at_ms")
                ),
            ),
            models.CheckConstraint(
                name="learning_lease_provisional_not_negative", condition=models.Q(provisional_ms__gte=0)
            ),
            models.CheckConstraint(
                name="learning_lease_carry_bounded", condition=models.Q(carry_ms__gte=0, carry_ms__lte=10_000)
            ),
            models.CheckConstraint(
                name="learning_lease_reached_within_lesson",
                condition=models.Q(reached_ms__gte=0, reached_ms__lte=models.F("length_ms")),
            ),
            models.CheckConstraint(
                name="learning_lease_running_has_closing",
                condition=models.Q(session__isnull=True, close_due_ms__isnull=True)
                | models.Q(session__isnull=False, close_due_ms__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_lease_ended_has_session",
                condition=models.Q(session__isnull=False) | models.Q(end_reason=""),
            ),
        ]


class Beat(models.Model):
    """An accepted beat: what was claimed, when it came, and what was made of it. Append-only; partitioned by the day it came.

    The database does not hold it to its session by a foreign key: that would lock and rewrite the session's row for each beat.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    pk = models.CompositePrimaryKey("session_id", "n", "received_at")
    session = models.ForeignKey(StudySession, on_delete=models.PROTECT, related_name="beats", db_constraint=False)
    n = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    claimed_position_ms = models.BigIntegerField()
    claimed_idle_ms = models.BigIntegerField()
    flags = models.PositiveSmallIntegerField()
    client_ms = models.BigIntegerField()
    nonce = models.CharField(max_length=16)
    credited_ms = models.PositiveIntegerField()


class Segment(models.Model):
    """A judged, sealed part of a session within one learning day (学习片段): its time line and its sums. Append-only.

    A session is sealed part by part: `sealing` counts the parts from 1, and each has a row for each day it touches. It was judged
    from the state `start` by the beats `first_n` to `last_n` to the state `after`, or, where a check was settled with it, by its
    outcome after them: `cleared` is `[at ms, until the next ms, provisional ms, until the next face check ms]`. The row of its first day holds the beats packed
    (docs/formats/segment.md). `stretches` are `[start ms, end ms, reason or null]` on the server's clock, in order and without
    gaps. `lease_held` is what the lease held instead, where judging again came to something else. Rows of sessions that were sealed
    as a whole, before there were parts, have empty states.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    session = models.ForeignKey(StudySession, on_delete=models.PROTECT, related_name="segments")
    sealing = models.PositiveIntegerField()
    day = models.DateField()
    first_n = models.PositiveIntegerField()
    last_n = models.PositiveIntegerField()
    start = models.JSONField()
    after = models.JSONField()
    beats = models.BinaryField()
    credited_ms = models.PositiveIntegerField()
    refused_ms = models.JSONField()
    stretches = models.JSONField()
    lease_held = models.JSONField(null=True)
    cleared = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="learning_segment_differing", fields=("day",), condition=models.Q(lease_held__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="learning_segment_once", fields=("session", "sealing", "day")),
            models.CheckConstraint(
                name="learning_segment_beats_in_order", condition=models.Q(first_n__lte=models.F("last_n") + 1)
            ),
        ]


class LessonProgress(models.Model):
    """How far one learner has come in one lesson of one class, as far as it is sealed; the lease of a session is ahead of it.

    `reached_ms` falls back by what a missed check voids; `confirmed_ms` of it are confirmed. `page_ms` is the pace at which a document
    was begun, and by which it is read to its end.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey("courseware.Lesson", on_delete=models.PROTECT, related_name="+")
    reached_ms = models.PositiveIntegerField()
    confirmed_ms = models.PositiveIntegerField(default=0, db_default=0)
    page_ms = models.PositiveIntegerField(default=0, db_default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="learning_progress_once", fields=("enrolment", "lesson")),
            models.CheckConstraint(
                name="learning_progress_confirmed_within_reached",
                condition=models.Q(confirmed_ms__lte=models.F("reached_ms")),
            ),
        ]


class DayTotal(models.Model):
    """What one person learned in one class on one learning day, as far as it is sealed: the sum of that day's segments and verdicts.

    `credited_ms` is provisional and confirmed time together; what a missed check voids has moved from it to `refused_ms`. What people
    gave back of that after an appeal is `corrected_ms`, beside both and mixed into neither.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    credited_ms = models.PositiveIntegerField()
    confirmed_ms = models.PositiveIntegerField(default=0, db_default=0)
    corrected_ms = models.PositiveIntegerField(default=0, db_default=0)
    refused_ms = models.JSONField()

    class Meta:
        indexes = [models.Index(name="learning_day_total_by_day", fields=("-day", "-id"))]
        constraints = [
            models.UniqueConstraint(name="learning_day_total_once", fields=("learner", "training_class", "day")),
            models.CheckConstraint(
                name="learning_day_total_confirmed_within_credited",
                condition=models.Q(confirmed_ms__lte=models.F("credited_ms")),
            ),
        ]
