"""A new password for who has forgotten theirs: by a code to the registered number and the end of the identity number. Clauses M1, M3; decision 0028."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import NotRecoverable
from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.rules import limits
from jiangxue.accounts.rules.id_types import bare
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services import change_password, forgive_failures
from jiangxue.accounts.services.codes import ProvedPhone, prove_phone, spend_code
from jiangxue.accounts.services.limiting import claim_attempt
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.sealed import blind_index, reveal
from jiangxue.kernel.viewer import Role

END = 6
"""How many of the last places of the identity number are asked for: numbers of mobiles change hands, and the new holder is somebody else."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says to be recognised by, as typed."""

    phone: str
    code: str
    number_end: str


def recognise(claim: Claim, *, by: Actor, now: datetime) -> tuple[Account, ProvedPhone]:
    """Return the learner whom a proved number and the end of their identity number belong to.

    Raises what `prove_phone` and `claim_attempt` raise, and `NotRecoverable` whatever of the rest does not fit. Staff are not recovered by
    a mobile number: whoever holds it would hold their rights.
    """
    if by.address:
        claim_attempt({f"recover/address/{by.address}": limits.RECOVERING_FROM_AN_ADDRESS}, now=now)
    proved = prove_phone(purpose=CodePurpose.RECOVER, phone=claim.phone, code=claim.code, now=now)
    # Counted of holders of a code alone, or a stranger could use up what its owner may try.
    claim_attempt({f"recover/phone/{proved.phone}": limits.RECOVERING_BY_A_PHONE}, now=now)
    account = Account.objects.filter(identity__phone_index=blind_index("phone", proved.phone), is_active=True).first()
    if account is None or not _is_learner_alone(account) or not _ends_with(account, claim.number_end):
        audit.record("password.recovered", by=by, at=now, result=REFUSED)
        raise NotRecoverable
    return account, proved


@transaction.atomic
def recover(account: Account, proved: ProvedPhone, *, password: str, by: Actor, now: datetime) -> None:
    """Set a new password for whom `recognise` returned, or raise `CodeOver`; browsers signed in with the old one are signed out, a lock is lifted."""
    spend_code(proved, now=now)
    change_password(account, password=password, by=by, now=now)
    forgive_failures(account.pk)
    audit.record("password.recovered", by=by, at=now, about=("account", account.pk))


def _is_learner_alone(account: Account) -> bool:
    held = Membership.objects.filter(account=account).values_list("role", flat=True)
    return set(held) == {Role.LEARNER.value}


def _ends_with(account: Account, typed: str) -> bool:
    return reveal(account.identity, "id_number")[-END:] == bare(typed)
