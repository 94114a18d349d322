"""Tables of invitations to work for an organisation or the platform."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.models.people import Account
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData, Protection
from jiangxue.kernel.viewer import Role


class Invitation(models.Model):
    """A link by which somebody takes a role (邀请); readable nowhere once it was shown. Who took it is `account`."""

    personal_data: ClassVar[PersonalData] = {
        "name": Personal(Category.IDENTITY, "saying whom an invitation is for", Kept.SETTLED),
        "token_index": Personal(Category.KEY, "finding an invitation", Kept.SETTLED, Protection.KEYED_INDEX),
        "invited_by": Personal(Category.WORK, "saying who invited", Kept.SUBJECT),
        "account": Personal(Category.WORK, "saying who accepted", Kept.SUBJECT),
    }

    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    token_index = models.BinaryField(max_length=16)
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accounts_invitation_token_once", fields=("token_index",)),
            models.CheckConstraint(
                name="accounts_invitation_taken_is_ended",
                condition=models.Q(account=None) | models.Q(ended_at__isnull=False),
            ),
        ]
