"""Locking what is guessed at: wrong passwords and wrong codes. Clause M3."""

from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import SignInLocked
from jiangxue.accounts.models import FailedSignIn
from jiangxue.accounts.rules import lock
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.locks import lock_until_commit


def claim_guess(key: bytes, *, by: Actor, now: datetime) -> None:
    """Count an attempt as failed before it is heard, or refuse it with `SignInLocked`.

    Attempts on one key wait for each other here and not while a password is hashed: a hundred at once neither outrun the count
    nor hold a hundred transactions.
    """
    with transaction.atomic():
        lock_until_commit(key)
        failures = list(FailedSignIn.objects.filter(key=key).order_by("at").values_list("at", flat=True))
        until = lock.locked_until(failures, now)
        if until is None:
            FailedSignIn.objects.create(key=key, at=now)
            return
        audit.record("sign_in.locked", by=by, at=now, result=REFUSED)
    raise SignInLocked(until)


def forgive(key: bytes) -> None:
    """Forget the failures on a key: the right one was given."""
    FailedSignIn.objects.filter(key=key).delete()
