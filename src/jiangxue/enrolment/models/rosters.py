"""The table of roster files that wait to be looked at and confirmed."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.enrolment.rules.roster.files import FileState


class RosterFile(models.Model):
    """A roster as it was read from a file, for the application or the open class that it was sent to; seen by its author alone, and gone after a day.

    `since` says when it came to stand as it does. Of one that is taken in, `content` holds nothing any more, and `outcome` what came of it.
    """

    personal_data: ClassVar[PersonalData] = {
        "content": Personal(
            Category.IDENTITY,
            "showing what a roster says before anything of it is kept",
            Kept.SETTLED,
            Protection.SEALED,
            is_sensitive=True,
        ),
        WHOLE_ROW: Personal(Category.WORK, "saying who has sent a roster", Kept.SETTLED),
    }

    id = models.UUIDField(primary_key=True)
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    opening = models.ForeignKey("enrolment.ClassOpening", on_delete=models.CASCADE, null=True, related_name="+")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, null=True, related_name="+")
    content = SealedBytesField()
    choice = models.JSONField()
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in FileState])
    since = models.DateTimeField()
    reached = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_roster_file_has_one_place",
                condition=models.Q(opening__isnull=True, training_class__isnull=False)
                | models.Q(opening__isnull=False, training_class__isnull=True),
            ),
            models.UniqueConstraint(
                name="enrolment_roster_file_one_waits",
                fields=("author", "opening", "training_class"),
                nulls_distinct=False,
            ),
        ]
