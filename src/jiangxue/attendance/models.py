"""Tables of attendance: who signed in and out, what staff state and sign, and what learners say against it. All of them append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.deciding import LONGEST_TEXT
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_RECORD = Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)
_DEVICE = Personal(Category.DEVICE, "showing who may have signed for another", Kept.TERM)
_WORDS = Personal(Category.WORK, "saying who was present, or why something was sent back", Kept.TERM)


class AttendanceMark(models.Model):
    """That a learner signed in to an item (签到) or out of it (签退) by scanning the code: when it was read, how old it was then, and from which browser. Append-only.

    `browser` is a random name that we gave to that browser, hashed.
    """

    personal_data: ClassVar[PersonalData] = {
        "device": _DEVICE,
        "browser": _DEVICE,
        "address": _DEVICE,
        WHOLE_ROW: _RECORD,
    }

    item = models.ForeignKey("enrolment.PlanItem", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=3, choices=[(side.value, side.value) for side in Side])
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    steps_old = models.PositiveSmallIntegerField()
    device = models.CharField(max_length=80)
    browser = models.CharField(max_length=32)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendance_signed_once", fields=("item", "enrolment", "side")),
            models.CheckConstraint(
                name="attendance_confirmed_after_read", condition=models.Q(confirmed_at__gte=models.F("at"))
            ),
        ]


class AttendanceStatement(models.Model):
    """What somebody of staff states of a learner at an item (点名): present from when until when, or, without both, not present; and why they say so. Append-only.

    It counts once a second person has signed it, and takes the place of whatever counted before.
    """

    personal_data: ClassVar[PersonalData] = {"text": _WORDS, WHOLE_ROW: _RECORD}

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey("enrolment.PlanItem", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    present_from = models.DateTimeField(null=True)
    present_until = models.DateTimeField(null=True)
    text = models.CharField(max_length=LONGEST_TEXT)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendance_statement_once", fields=("item", "enrolment", "ordinal")),
            models.CheckConstraint(
                name="attendance_statement_shape",
                condition=models.Q(present_from=None, present_until=None)
                | models.Q(
                    present_from__isnull=False, present_until__isnull=False, present_until__gt=models.F("present_from")
                ),
            ),
            models.CheckConstraint(name="attendance_statement_has_words", condition=~models.Q(text="")),
            models.CheckConstraint(
                name="attendance_statement_not_ones_own", condition=~models.Q(by=models.F("learner"))
            ),
        ]


class AttendanceReview(models.Model):
    """What a second person says to a statement: signed, or sent back with words. Append-only."""

    personal_data: ClassVar[PersonalData] = {"text": _WORDS, WHOLE_ROW: _RECORD}

    statement = models.OneToOneField(
        AttendanceStatement, on_delete=models.PROTECT, primary_key=True, related_name="review"
    )
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    stated_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    agrees = models.BooleanField()
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="attendance_review_two_persons", condition=~models.Q(by=models.F("stated_by"))),
            models.CheckConstraint(
                name="attendance_review_has_words", condition=models.Q(agrees=True) | ~models.Q(text="")
            ),
        ]


class AttendanceObjection(models.Model):
    """That a learner says their attendance of an item is wrong (考勤异议), and why. Append-only.

    It is answered by the first signed statement after those that there were (`after`).
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _RECORD}

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey("enrolment.PlanItem", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_TEXT)
    at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendance_objection_once", fields=("item", "enrolment", "ordinal")),
            models.CheckConstraint(name="attendance_objection_has_words", condition=~models.Q(text="")),
        ]
