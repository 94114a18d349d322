"""The table of consents."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.models.people import Account
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


class Consent(models.Model):
    """What somebody said to one purpose and one version of its text (单独同意): given, or declined and withdrawn; appended, never edited.

    `way` is how it was said: by themselves on a `page`, or by the `program` on their behalf. `text_sha256` is the hash of the text that was shown.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "proving what somebody agreed to and withdrew", Kept.TERM)
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    text_sha256 = models.CharField(max_length=64)
    is_given = models.BooleanField()
    way = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="accounts_consent_newest", fields=("account", "purpose", "-id"))]
        constraints = [
            models.CheckConstraint(
                name="accounts_consent_names_its_text",
                condition=models.Q(version__gte=1, text_sha256__regex=r"^[0-9a-f]{64}$")
                & models.Q(purpose__regex=r"^[a-z_]+$"),
            ),
            models.CheckConstraint(name="accounts_consent_way_known", condition=models.Q(way__in=("page", "program"))),
        ]
