"""The table of how much of each class is worth a look."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import PersonalData


class WorthALook(models.Model):
    """How many facts of a class were worth a look (异常线索) in the week until a day, notes left out, as counted last; a class that does not run any more keeps none."""

    personal_data: ClassVar[PersonalData] = {}

    training_class = models.OneToOneField(
        "enrolment.TrainingClass", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    until = models.DateField()
    to_look_at = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
