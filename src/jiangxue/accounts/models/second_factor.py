"""Tables of second factors."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.models.people import Account
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField


class SecondFactor(models.Model):
    """What an authenticator app of somebody knows (第二因子); of force once its first code was given, until then waiting to be set up.

    `used_step` is the last step whose code was given: no code counts twice.
    """

    personal_data: ClassVar[PersonalData] = {
        "secret": Personal(Category.KEY, "signing in as staff", Kept.ACCOUNT, Protection.SEALED)
    }

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="+")
    secret = SealedBytesField()
    confirmed_at = models.DateTimeField(null=True)
    used_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """One code for who has lost their phone, readable nowhere; each counts once."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.KEY, "signing in as staff", Kept.ACCOUNT, Protection.KEYED_INDEX)
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    code_index = models.BinaryField(max_length=16)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="accounts_recovery_code_once", fields=("account", "code_index"))]
