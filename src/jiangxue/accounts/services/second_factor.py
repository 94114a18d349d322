"""Setting up, giving and taking back a second factor (第二因子). Clause M3; decision 0043."""

from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import SecondFactorSet, SecondFactorWrong
from jiangxue.accounts.models import Account, RecoveryCode, SecondFactor
from jiangxue.accounts.rules.second_factor import (
    RECOVERY_BYTES,
    RECOVERY_CODES,
    accepted_step,
    recovery_code,
    typed_code,
)
from jiangxue.accounts.services.locking import claim_guess, forgive
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.sealed import blind_index, reveal_bytes, seal_bytes_for
from jiangxue.kernel.ids import new_secret
from jiangxue.kernel.totp import SECRET_BYTES


@transaction.atomic
def begin(account: Account) -> bytes:
    """Return the secret that an app is to know: the one that waits to be set up, or a fresh one; raises `SecondFactorSet`."""
    Account.objects.select_for_update().get(pk=account.pk)
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is None:
        factor = SecondFactor(account=account)
        seal_bytes_for(factor, "secret", new_secret(SECRET_BYTES))
        factor.save(force_insert=True)
    if factor.confirmed_at is not None:
        raise SecondFactorSet
    return reveal_bytes(factor, "secret")


def set_up(account: Account, *, code: str, by: Actor, now: datetime) -> list[str]:
    """Let the second factor hold from its first right code on, and return the recovery codes, readable this once.

    Raises `SignInLocked`, `SecondFactorWrong`, or `SecondFactorSet` where it holds already.
    """
    key = _guesses(account.pk)
    claim_guess(key, by=by, now=now)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(account=account).first()
        if factor is None:
            raise SecondFactorWrong
        if factor.confirmed_at is not None:
            raise SecondFactorSet
        if not _takes(factor, code, now):
            raise SecondFactorWrong
        factor.confirmed_at = now
        factor.save(update_fields=["confirmed_at", "used_step"])
        codes = _fresh_codes(account.pk)
        audit.record("second_factor.set_up", by=by, at=now, about=("account", account.pk))
    forgive(key)
    return codes


def confirm_code(account: Account, *, code: str, by: Actor, now: datetime) -> None:
    """Take a code of the app, or one of the recovery codes, from somebody who has a second factor; raises `SignInLocked` or `SecondFactorWrong`."""
    key = _guesses(account.pk)
    claim_guess(key, by=by, now=now)
    if not takes_code(account.pk, code, by=by, now=now):
        audit.record("second_factor.given", by=by, at=now, result=REFUSED)
        raise SecondFactorWrong
    forgive(key)
    audit.record("second_factor.given", by=by, at=now)


@transaction.atomic
def takes_code(account_id: int, code: str, *, by: Actor, now: datetime) -> bool:
    """Say whether a code is one of somebody's app or recovery codes, and let it count no more; the caller counts and records what is wrong."""
    factor = SecondFactor.objects.select_for_update().filter(account=account_id, confirmed_at__isnull=False).first()
    if factor is None or not (_takes(factor, code, now) or _spends(account_id, code, by, now)):
        return False
    factor.save(update_fields=["used_step"])
    return True


@transaction.atomic
def renew_recovery_codes(account: Account, *, by: Actor, now: datetime) -> list[str]:
    """Return fresh recovery codes, readable this once; the old ones count no longer. The caller has taken a code before."""
    Account.objects.select_for_update().get(pk=account.pk)
    audit.record("recovery_codes.renewed", by=by, at=now, about=("account", account.pk))
    return _fresh_codes(account.pk)


@transaction.atomic
def forget_second_factor(account_id: int) -> None:
    """Let somebody set up a second factor anew; browsers in which the old one was given ask again. Who may do this to whom is the caller's."""
    Account.objects.select_for_update().get(pk=account_id)
    RecoveryCode.objects.filter(account_id=account_id).delete()
    SecondFactor.objects.filter(account_id=account_id).delete()


def _guesses(account_id: int) -> bytes:
    return blind_index("sign_in", f"second_factor:{account_id}")


def _takes(factor: SecondFactor, code: str, now: datetime) -> bool:
    step = accepted_step(reveal_bytes(factor, "secret"), typed_code(code), now=now, used=factor.used_step)
    if step is None:
        return False
    factor.used_step = step
    return True


def _spends(account_id: int, code: str, by: Actor, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(account_id=account_id, code_index=_index(code), used_at=None)
    if not unused.update(used_at=now):
        return False
    audit.record("recovery_code.used", by=by, at=now, about=("account", account_id))
    return True


def _fresh_codes(account_id: int) -> list[str]:
    RecoveryCode.objects.filter(account_id=account_id).delete()
    codes = [recovery_code(new_secret(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account_id=account_id, code_index=_index(code)) for code in codes)
    return codes


def _index(code: str) -> bytes:
    return blind_index("recovery_code", typed_code(code))
