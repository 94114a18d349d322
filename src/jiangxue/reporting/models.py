"""Tables of what is too slow to be asked anew for every page, which can be made again from the tables of facts; and exports."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.reporting.rules.columns import ATTENDED, COLUMNS
from jiangxue.reporting.rules.exports import OURS, Fault, Format

_MADE = ("ready", "expired")
_OVER = ("ready", "failed", "refused", "expired")


class PlaceStanding(models.Model):
    """How many lessons of its class's version a place has completed, as a job found it; the place has finished (学完) when these are all."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "saying who has finished, in lists and statistics", Kept.TERM)
    }

    enrolment = models.OneToOneField(
        "enrolment.Enrolment", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    lessons = models.PositiveIntegerField()
    done = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reporting_standing_done_within_lessons", condition=models.Q(done__lte=models.F("lessons"))
            )
        ]


class PlaceDay(models.Model):
    """What one place holds on one learning day, in columns that add up fast: sign-ins, time, and what checks came to; ms.

    A job writes it of the tables of facts, by the same statement that reads them directly where that is fast enough.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "statistics of learning that the authority asks for", Kept.TERM)
    }

    pk = models.CompositePrimaryKey("enrolment_id", "day")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(db_index=True)


class PlaceAttendance(models.Model):
    """How long the live and practice lessons of one day were planned for a place, and what of that counts (考勤), as a job found it; ms."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "statistics of attendance that the authority asks for", Kept.TERM)
    }

    pk = models.CompositePrimaryKey("enrolment_id", "day")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        indexes = [models.Index(name="reporting_attendance_by_day", fields=("-day", "-enrolment"))]


class PlaceTotal(models.Model):
    """What all learning days of one place come to, for questions that choose or tell apart learners and ask for no days."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "statistics of learning that the authority asks for", Kept.TERM)
    }

    enrolment = models.OneToOneField(
        "enrolment.Enrolment", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )


class ClassDay(models.Model):
    """What all places of one class hold on one learning day, for questions that do not choose among learners."""

    personal_data: ClassVar[PersonalData] = {}

    pk = models.CompositePrimaryKey("training_class_id", "day")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()


for _name in COLUMNS:  # the same numbers in all, of which only those of one day stay below two thousand million
    models.PositiveIntegerField().contribute_to_class(PlaceDay, _name)
    models.PositiveBigIntegerField().contribute_to_class(PlaceTotal, _name)
    models.PositiveBigIntegerField().contribute_to_class(ClassDay, _name)


for _name in ATTENDED:
    models.PositiveIntegerField().contribute_to_class(PlaceAttendance, _name)


class LastLook(models.Model):
    """Until when a job has looked at the facts (统计截至): one row for each thing that is kept."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kept"})

    kept = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()


class Export(models.Model):
    """A table that somebody has asked for as a file (导出), from the asking until the file is gone.

    Account, role and organisation are those of the viewer who asked; what they may see is judged when the file is made. `filter` is the
    canonical query of the list. `state`: `asked` while a second person has to release unmasked data, `waiting` for the worker, `working`,
    then `ready`, `failed` (`fault` says why; ours can be tried again), `refused` by the second person, or `expired`: the file is gone.
    The `attempt` number keeps a worker that was taken for dead from writing any more.
    """

    personal_data: ClassVar[PersonalData] = {
        "filter": Personal(Category.WORK, "saying what was exported", Kept.HALF_YEAR),
        "reason": Personal(Category.WORK, "saying why data were exported unmasked", Kept.HALF_YEAR),
        "refusal": Personal(Category.WORK, "saying why data were not exported unmasked", Kept.HALF_YEAR),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"role", "sheet", "title", "sha256", "rows_sha256", "name"})

    class State(models.TextChoices):
        """Where an export stands."""

        ASKED = "asked"
        WAITING = "waiting"
        WORKING = "working"
        READY = "ready"
        FAILED = "failed"
        REFUSED = "refused"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    sheet = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    filter = models.CharField(max_length=2000, blank=True)
    format = models.CharField(max_length=4, choices=[(each.value, each.value) for each in Format])
    masked = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    released_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, blank=True)
    fault = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Fault], blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=200, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    rows_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(name="reporting_export_own", fields=("account", "-asked_at")),
            models.Index(
                name="reporting_export_to_release", fields=("organisation",), condition=models.Q(state="asked")
            ),
            models.Index(name="reporting_export_to_remove", fields=("expires_at",), condition=models.Q(state="ready")),
        ]
        constraints = [
            models.CheckConstraint(
                name="reporting_export_state_known",
                condition=models.Q(state__in=("asked", "waiting", "working", *_OVER)),
            ),
            models.CheckConstraint(
                name="reporting_export_format_known", condition=models.Q(format__in=[each.value for each in Format])
            ),
            models.CheckConstraint(
                name="reporting_export_unmasked_for_a_reason",
                condition=models.Q(masked=True, released_by=None) | models.Q(masked=False) & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="reporting_export_released_by_another",
                condition=models.Q(released_by=None, released_at=None)
                | models.Q(released_by__isnull=False, released_at__isnull=False)
                & ~models.Q(released_by=models.F("account")),
            ),
            models.CheckConstraint(
                name="reporting_export_unmasked_only_released",
                condition=models.Q(masked=True)
                | models.Q(released_by__isnull=False)
                | models.Q(state__in=("asked", "refused", "failed")),
            ),
            models.CheckConstraint(
                name="reporting_export_made_has_sums",
                condition=models.Q(
                    state__in=_MADE,
                    sha256__regex=r"^[0-9a-f]{64}$",
                    rows_sha256__regex=r"^[0-9a-f]{64}$",
                    expires_at__isnull=False,
                )
                | ~models.Q(state__in=_MADE) & models.Q(sha256="", rows_sha256="", expires_at=None),
            ),
            models.CheckConstraint(
                name="reporting_export_ended_has_time",
                condition=models.Q(state__in=_OVER, finished_at__isnull=False)
                | ~models.Q(state__in=_OVER) & models.Q(finished_at=None),
            ),
            models.CheckConstraint(
                name="reporting_export_failed_has_fault",
                condition=models.Q(state__in=("failed", "refused")) & ~models.Q(fault="")
                | ~models.Q(state__in=("failed", "refused")) & models.Q(fault=""),
            ),
        ]

    @property
    def is_on_the_way(self) -> bool:
        """Say whether it is asked for and not over."""
        return self.state not in _OVER

    @property
    def can_be_tried_again(self) -> bool:
        """Say whether it failed through no fault of who asked."""
        return self.state == self.State.FAILED and self.fault in OURS


class ExportKey(models.Model):
    """The key that locks the file of an export; it goes with the file, and what is left of it anywhere stays shut."""

    personal_data: ClassVar[PersonalData] = {
        "sealed": Personal(Category.KEY, "opening the file of an export", Kept.SETTLED, Protection.SEALED)
    }

    export = models.OneToOneField(Export, on_delete=models.CASCADE, primary_key=True, related_name="key")
    sealed = SealedBytesField()
