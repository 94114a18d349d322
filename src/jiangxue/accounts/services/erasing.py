"""Forgetting the person of an account when nothing of them need be kept any more. Clause M2; PIPL Article 47."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.services.second_factor import forget_second_factor
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.notices import services as notices


def lock_account(account_id: int) -> None:
    """Hold an account until the transaction ends: whoever says something to a consent or a correction waits for it."""
    Account.objects.select_for_update().get(pk=account_id)


def lock_accounts(account_ids: Collection[int]) -> None:
    """Hold several accounts, in the order of their keys."""
    list(Account.objects.select_for_update().filter(pk__in=account_ids).order_by("pk").values_list("pk"))


@transaction.atomic
def erase_account(account_id: int, *, by: Actor, now: datetime) -> None:
    """Remove name, numbers, password, roles and requests of an account; its number stays, for what others did with it.

    The database refuses it while any archive of the person still has contents.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_erase(%s)", [account_id])
    Identity.objects.filter(account=account).delete()
    Membership.objects.filter(account=account).delete()
    forget_second_factor(account_id)
    account.name, account.login_name = "", f"erased-{account.pk}"
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["name", "login_name", "is_active", "password"])
    audit.forget_addresses([account_id])
    notices.forget_account(account_id)
    audit.record("account.erased", by=by, at=now, about=("account", account_id))


def forget_old_addresses() -> int:
    """Remove the addresses from which erased accounts had acted as soon as they need not be kept any more, and return how many."""
    erased = Account.objects.filter(is_active=False, name="", login_name__startswith="erased-")
    return audit.forget_addresses(list(erased.values_list("pk", flat=True)))
