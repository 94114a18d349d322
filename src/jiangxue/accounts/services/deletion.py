"""Asking that everything held of oneself be deleted, and taking that back. Clause M2; PIPL Article 47."""

from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import DeletionPending, NoDeletionAsked
from jiangxue.accounts.models import Account, DeletionRequest
from jiangxue.accounts.queries.recipients import administrators
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role
from jiangxue.notices.services import clear, tell


@transaction.atomic
def ask_for_deletion(*, account_id: int, by: Actor, now: datetime) -> DeletionRequest:
    """Keep the request and restrict the processing of what must still be kept, or raise `DeletionPending`.

    Erasing what is past its term is not done here: the retention run finds the open requests.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    if DeletionRequest.objects.filter(account=account, withdrawn_at=None).exists():
        raise DeletionPending
    account.restricted_at = now
    account.save(update_fields=["restricted_at"])
    audit.record("deletion.asked", by=by, at=now, about=("account", account_id))
    tell(administrators(Role.SYSTEM_ADMINISTRATOR), kind="deletion.asked", about=("account", account_id), at=now)
    return DeletionRequest.objects.create(account=account, asked_at=now)


@transaction.atomic
def withdraw_deletion_request(*, account_id: int, by: Actor, now: datetime) -> DeletionRequest:
    """Take the open request back and lift the restriction, or raise `NoDeletionAsked`."""
    account = Account.objects.select_for_update().get(pk=account_id)
    request = DeletionRequest.objects.filter(account=account, withdrawn_at=None).first()
    if request is None:
        raise NoDeletionAsked
    request.withdrawn_at = max(now, request.asked_at)
    request.save(update_fields=["withdrawn_at"])
    account.restricted_at = None
    account.save(update_fields=["restricted_at"])
    audit.record("deletion.withdrawn", by=by, at=now, about=("account", account_id))
    clear(["deletion.asked"], about=("account", account_id), at=now)
    return request
