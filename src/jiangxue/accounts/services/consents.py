"""Giving and withdrawing consent, purpose by purpose. Clause M2."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import ConsentTextChanged
from jiangxue.accounts.models import Account, Consent, Identity
from jiangxue.accounts.queries.consents import last_said, text_of
from jiangxue.accounts.rules.consents import PURPOSES, KeptConsent, Purpose
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor


@transaction.atomic
def give_consent(*, account_id: int, purpose: Purpose, version: int, by: Actor, now: datetime) -> KeptConsent | None:
    """Keep that somebody agrees to the text they were shown; None where they had already. Raises `ConsentTextChanged`."""
    if version != PURPOSES[purpose].version:
        raise ConsentTextChanged
    Account.objects.select_for_update().get(pk=account_id)
    said = last_said(account_id).get(purpose)
    if said is not None and said.is_in_force:
        return None
    audit.record("consent.given", by=by, at=now, about=("consent", f"{purpose}/{version}"))
    return _kept(account_id, purpose, is_given=True, by=by, now=now)


@transaction.atomic
def withdraw_consent(*, account_id: int, purpose: Purpose, by: Actor, now: datetime) -> KeptConsent | None:
    """Keep that somebody does not agree, or no longer, and do at once what follows from it; None where no agreement is withdrawn by it."""
    Account.objects.select_for_update().get(pk=account_id)
    said = last_said(account_id).get(purpose)
    if said is not None and not said.is_given and not said.is_outdated:
        return None
    was_given = said is not None and said.is_given
    act = "consent.withdrawn" if was_given else "consent.declined"
    audit.record(act, by=by, at=now, about=("consent", f"{purpose}/{PURPOSES[purpose].version}"))
    kept = _kept(account_id, purpose, is_given=False, by=by, now=now)
    if purpose in _AFTER_WITHDRAWAL:
        _AFTER_WITHDRAWAL[purpose](account_id)
    return kept if was_given else None


def _kept(account_id: int, purpose: Purpose, *, is_given: bool, by: Actor, now: datetime) -> KeptConsent:
    text = text_of(purpose)
    Consent.objects.create(
        account_id=account_id,
        purpose=purpose.value,
        version=text.version,
        text_sha256=text.sha256,
        is_given=is_given,
        way="page" if by.account_id == account_id else "program",
        at=now,
    )
    return KeptConsent(account_id, purpose, text.version, text.sha256, is_given)


def _forget_phone(account_id: int) -> None:
    Identity.objects.filter(account_id=account_id).update(phone=None, phone_index=None)


_AFTER_WITHDRAWAL: Mapping[Purpose, Callable[[int], None]] = {Purpose.PHONE: _forget_phone}
