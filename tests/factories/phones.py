"""Codes by which staff prove who they are, whatever the clock says."""

from itertools import count

from django.test import Client

from jiangxue.accounts.models import Account, RecoveryCode, SecondFactor
from jiangxue.accounts.rules.second_factor import typed_code
from jiangxue.accounts.services import second_factor
from jiangxue.djangokit.sealed import blind_index
from tests.conftest import MORNING

_numbers = count(1)


def code_of(client: Client) -> str:
    """Return a fresh recovery code of whoever is signed in, which counts once; their second factor is set up where it was not."""
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    if not SecondFactor.objects.filter(account=account).exists():
        second_factor.begin(account)
        SecondFactor.objects.filter(account=account).update(confirmed_at=MORNING)
    code = f"AAAA-BBBB-{next(_numbers):08d}"
    RecoveryCode.objects.create(account=account, code_index=blind_index("recovery_code", typed_code(code)))
    return code
