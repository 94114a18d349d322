"""The table of what sources outside answered about identities."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.models.people import Account
from jiangxue.accounts.rules.verification import Outcome
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


class IdentityVerification(models.Model):
    """What a source outside answered about the name and number of an account (实名认证); appended, never edited, and gone with the account."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.IDENTITY, "saying who has verified an identity", Kept.ACCOUNT)
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="verifications")
    source = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Outcome])
    reference = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="accounts_verification_newest", fields=("account", "-id"))]
        constraints = [
            models.CheckConstraint(
                name="accounts_verification_outcome_known",
                condition=models.Q(outcome__in=[each.value for each in Outcome]),
            ),
            models.CheckConstraint(
                name="accounts_verification_names_its_source",
                condition=models.Q(source__regex=r"\S")
                & (models.Q(outcome=Outcome.UNAVAILABLE.value) | models.Q(reference__regex=r"\S")),
            ),
        ]
