"""Tables of what is too slow to be asked anew for every page; all of it can be made again from the tables of facts."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


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
    sign_ins = models.PositiveIntegerField()
    credited = models.PositiveIntegerField()
    effective = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    refused_other_window = models.PositiveIntegerField()
    refused_class_closed = models.PositiveIntegerField()
    refused_out_of_hours = models.PositiveIntegerField()
    refused_over_cap = models.PositiveIntegerField()
    refused_check_pending = models.PositiveIntegerField()
    refused_jumped = models.PositiveIntegerField()
    refused_too_fast = models.PositiveIntegerField()
    refused_hidden = models.PositiveIntegerField()
    refused_paused = models.PositiveIntegerField()
    refused_silent = models.PositiveIntegerField()
    refused_repeat = models.PositiveIntegerField()
    refused_page_full = models.PositiveIntegerField()
    refused_lesson_full = models.PositiveIntegerField()
    refused_missed_check = models.PositiveIntegerField()
    refused_failed_check = models.PositiveIntegerField()
    refused_unconfirmed = models.PositiveIntegerField()
    check_passed = models.PositiveIntegerField()
    check_missed = models.PositiveIntegerField()
    check_failed = models.PositiveIntegerField()
    check_unavailable = models.PositiveIntegerField()
    check_unclear = models.PositiveIntegerField()
    face_passed = models.PositiveIntegerField()
    face_missed = models.PositiveIntegerField()
    face_failed = models.PositiveIntegerField()
    face_unavailable = models.PositiveIntegerField()
    face_unclear = models.PositiveIntegerField()


class LastLook(models.Model):
    """Until when a job has looked at the facts (统计截至): one row for each thing that is kept."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kept"})

    kept = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
