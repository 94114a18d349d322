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


class LastLook(models.Model):
    """Until when a job has looked at the facts (统计截至): one row for each thing that is kept."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kept"})

    kept = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
