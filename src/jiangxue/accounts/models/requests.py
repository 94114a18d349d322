"""Tables of what people ask of their own data: corrections and deletion."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.models.people import Account
from jiangxue.accounts.rules.corrections import CorrectedField
from jiangxue.accounts.rules.reasons import LONGEST_REASON
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedTextField


class CorrectionRequest(models.Model):
    """Somebody says that their name or identity number is registered wrongly (更正申请): which is right, and why; appended, never edited."""

    personal_data: ClassVar[PersonalData] = {
        "wanted": Personal(
            Category.IDENTITY, "correcting what is registered", Kept.ACCOUNT, Protection.SEALED, is_sensitive=True
        ),
        WHOLE_ROW: Personal(Category.IDENTITY, "correcting what is registered", Kept.ACCOUNT),
    }

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20, choices=[(each.value, each.value) for each in CorrectedField])
    wanted = SealedTextField()
    reason = models.CharField(max_length=LONGEST_REASON)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="accounts_correction_newest", fields=("account", "-asked_at"))]
        constraints = [
            models.CheckConstraint(
                name="accounts_correction_is_of_a_field",
                condition=models.Q(field__in=[each.value for each in CorrectedField]),
            ),
            models.CheckConstraint(name="accounts_correction_has_a_reason", condition=models.Q(reason__regex=r"\S")),
        ]


class CorrectionDecision(models.Model):
    """What an administrator of one of the learner's institutions decided about a request, and why; appended, never edited."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "saying who corrected what is registered and why", Kept.ACCOUNT)
    }

    request = models.OneToOneField(
        CorrectionRequest, on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_granted = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_correction_decided_for_a_reason", condition=models.Q(reason__regex=r"\S")
            )
        ]


class DeletionRequest(models.Model):
    """Somebody asks that everything held of them be deleted (删除申请); within the legal term it restricts processing instead.

    One may be open at a time: it is taken back, or ends with the account.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "answering who asks for deletion", Kept.ACCOUNT)
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deletion_requests")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accounts_one_open_deletion_request",
                fields=("account",),
                condition=models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="accounts_deletion_withdrawn_after_asked",
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("asked_at")),
            ),
        ]
