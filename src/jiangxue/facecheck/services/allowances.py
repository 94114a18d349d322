"""Keeping what is arranged for somebody's face checks. Clauses T3.2, M6."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.accounts.services.erasing import lock_account
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.facecheck.errors import AllowanceChanged, AllowanceStands
from jiangxue.facecheck.models import FaceAllowance
from jiangxue.facecheck.queries.allowances import arranged_for, said_by
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.kernel import ids
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall hold for somebody from now on, and why; said after so many words on it."""

    allowance: Allowance
    why: str
    after: int


@transaction.atomic
def keep_allowance(account_id: int, wish: Wish, *, viewer: Viewer, by: Actor, now: datetime) -> FaceAllowance:
    """Let something else hold for somebody from now on; raise `AllowanceStands`, `AllowanceChanged`, or `ReasonMissing`.

    Attempts that are open go on as they began. Who may arrange it is for the caller to know, and `enrolment.evidence` tells the archives.
    """
    why = fit_reason(wish.why)
    lock_account(account_id)
    before = arranged_for(account_id)
    if len(before) != wish.after:
        raise AllowanceChanged
    if wish.allowance == (said_by(before[-1]) if before else Allowance()):
        raise AllowanceStands
    row = FaceAllowance.objects.create(
        id=ids.new_id(),
        account_id=account_id,
        ordinal=len(before) + 1,
        without_flash=wish.allowance.without_flash,
        more_time=wish.allowance.more_time,
        by_id=viewer.account_id,
        role=viewer.role.value,
        at=now,
    )
    audit.record("face.arranged", by=by, at=now, about=("account", account_id), reason=why)
    return row
