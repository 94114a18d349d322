"""Tables of what is too slow to be asked anew for every page; all of it can be made again from the tables of facts."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.reporting.rules.columns import COLUMNS


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


class ClassDay(models.Model):
    """What all places of one class hold on one learning day, for questions that do not choose among learners."""

    personal_data: ClassVar[PersonalData] = {}

    pk = models.CompositePrimaryKey("training_class_id", "day")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()


for _name in COLUMNS:  # the same numbers in both, of which those of a class may exceed two thousand million
    models.PositiveIntegerField().contribute_to_class(PlaceDay, _name)
    models.PositiveBigIntegerField().contribute_to_class(ClassDay, _name)


class LastLook(models.Model):
    """Until when a job has looked at the facts (统计截至): one row for each thing that is kept."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kept"})

    kept = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
