"""Showing staff who a learner is, in full and for a reason. Clause M2."""

from datetime import datetime

from jiangxue.accounts.errors import MayNotReveal
from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.persons import ShownPerson, person_in_full
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.kernel.viewer import Role, Viewer

REVEALERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
"""Those who answer for learners and may be shown who they are."""


def reveal_identity(*, viewer: Viewer, account_id: int, reason: str, by: Actor, now: datetime) -> ShownPerson:
    """Return name, account and numbers of somebody within the viewer's reach in full, and record the act with its reason.

    Raises `MayNotReveal`, which is recorded too, or `ReasonMissing`. The caller has found the account within reach.
    Somebody of whom processing is restricted is shown to the supervisor alone.
    """
    is_restricted = Account.objects.filter(pk=account_id).exclude(restricted_at=None).exists()
    if viewer.role not in REVEALERS or (is_restricted and viewer.role is not Role.SUPERVISOR):
        audit.record("identity.revealed", by=by, at=now, about=("account", account_id), result=REFUSED)
        raise MayNotReveal
    why = fit_reason(reason)
    audit.record("identity.revealed", by=by, at=now, about=("account", account_id), reason=why)
    return person_in_full(account_id)
