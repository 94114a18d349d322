"""The table of signed promises."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.enrolment.models.classes import Enrolment
from jiangxue.enrolment.models.openings import ClassOpening
from jiangxue.enrolment.rules.promises import Party


class Promise(models.Model):
    """A promise (承诺书) that somebody signed, by which text: the institution's for an application, a learner's for a place; appended, never edited."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "proving what institution and learner promised", Kept.TERM)
    }

    party = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Party])
    opening = models.ForeignKey(ClassOpening, on_delete=models.PROTECT, null=True, related_name="promises")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="promises")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    text_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_promise_has_its_place",
                condition=models.Q(party="institution", opening__isnull=False, enrolment=None)
                | models.Q(party="learner", opening=None, enrolment__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_promise_names_its_text",
                condition=models.Q(version__gte=1, text_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.UniqueConstraint(name="enrolment_promise_once_a_place", fields=("enrolment",)),
        ]
