"""Tables of one-time codes, and of what is counted so that nobody tries without end."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.rules.one_time_codes import TRIES, CodePurpose
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection


class OneTimeCode(models.Model):
    """A code that was sent to a mobile number for one purpose (短信验证码); neither code nor number can be read here."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.CONTACT, "proving a mobile number", Kept.SETTLED, Protection.KEYED_INDEX)
    }

    purpose = models.CharField(max_length=20, choices=[(each.value, each.value) for each in CodePurpose])
    phone_index = models.BinaryField(max_length=16)
    code_index = models.BinaryField(max_length=16)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="accounts_code_newest", fields=("phone_index", "purpose", "-id"))]
        constraints = [
            models.CheckConstraint(
                name="accounts_code_purpose_known",
                condition=models.Q(purpose__in=[each.value for each in CodePurpose]),
            ),
            models.CheckConstraint(name="accounts_code_tried_five_times", condition=models.Q(tries__lte=TRIES)),
        ]


class CountedAttempt(models.Model):
    """One attempt to do something that may not be tried without end, under a keyed index of what it was tried with."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(
            Category.DEVICE, "limiting how often something is tried", Kept.SETTLED, Protection.KEYED_INDEX
        )
    }

    key = models.BinaryField(max_length=16, db_index=True)
    at = models.DateTimeField()
