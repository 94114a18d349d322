"""Asking the source of identities about somebody, and keeping what it answers. Clause M1; decision 0028."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.models import Account, Identity, IdentityVerification
from jiangxue.accounts.queries.providers import identity_source
from jiangxue.accounts.queries.verification import kept, verification_of
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.verification import Answer, Outcome, Verification
from jiangxue.audit import services as audit
from jiangxue.audit.services import DONE, REFUSED, Actor
from jiangxue.djangokit.sealed import reveal


@dataclass(frozen=True, slots=True)
class Asked:
    """What a source was asked about an account, and what it answered."""

    account_id: int
    name: str
    number_index: bytes
    source: str
    answer: Answer


def ask_about(account_id: int) -> Asked | None:
    """Ask the source about somebody as they are registered, outside of any transaction; None where there is no source, or nothing to ask about."""
    source = identity_source()
    identity = Identity.objects.select_related("account").filter(account_id=account_id).first()
    if source is None or identity is None:
        return None
    name = identity.account.name
    answer = source.verify(name, IdType(identity.id_type), reveal(identity, "id_number"))
    return Asked(account_id, name, bytes(identity.id_number_index), source.name, answer)


@transaction.atomic
def keep_answer(asked: Asked, *, by: Actor, now: datetime) -> Verification | None:
    """Keep what was answered; None, and nothing kept, where the registration was corrected while the source was asked."""
    account = Account.objects.select_for_update().get(pk=asked.account_id)
    identity = Identity.objects.filter(account=account).first()
    if identity is None or (account.name, bytes(identity.id_number_index)) != (asked.name, asked.number_index):
        return None
    return keep(asked.account_id, asked.source, asked.answer, by=by, now=now)


def keep(account_id: int, source: str, answer: Answer, *, by: Actor, now: datetime) -> Verification:
    """Keep an answer about an account in the caller's transaction, in which the account is locked or made."""
    row = IdentityVerification.objects.create(
        account_id=account_id, source=source, outcome=answer.outcome.value, reference=answer.reference, at=now
    )
    result = DONE if answer.outcome is Outcome.MATCHED else REFUSED
    audit.record("identity.verified", by=by, at=now, about=("account", account_id), result=result)
    return kept(row)


def portrait_reference(account_id: int) -> str | None:
    """Return under which of its references the source has matched somebody as they are registered now; None where it has not."""
    known, source = verification_of(account_id), identity_source()
    if source is None or known is None or (known.outcome, known.source) != (Outcome.MATCHED, source.name):
        return None
    return known.reference


def portrait_under(reference: str) -> bytes | None:
    """Ask the source for the picture that it keeps under a reference, for comparing faces; None where there is none.

    It may be long in answering: ask where nothing of the database is held. Nobody is shown the picture.
    """
    source = identity_source()
    return source.portrait(reference) if source is not None else None
