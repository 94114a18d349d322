"""Showing staff who a learner is, in full and for a reason. Clause M2."""

from collections.abc import Collection
from datetime import datetime

from jiangxue.accounts.errors import MayNotReveal
from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.persons import ShownPerson, persons_in_full
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
    return reveal_identities(viewer=viewer, account_ids=[account_id], reason=reason, by=by, now=now)[account_id]


def reveal_identities(
    *, viewer: Viewer, account_ids: Collection[int], reason: str, by: Actor, now: datetime
) -> dict[int, ShownPerson]:
    """Do the same for several at once, each with an entry of its own; all of them or nobody is shown."""
    refused = _refused(viewer, account_ids)
    if refused:
        for account_id in refused:
            audit.record("identity.revealed", by=by, at=now, about=("account", account_id), result=REFUSED)
        raise MayNotReveal
    why = fit_reason(reason)
    for account_id in account_ids:
        audit.record("identity.revealed", by=by, at=now, about=("account", account_id), reason=why)
    return persons_in_full(account_ids)


def _refused(viewer: Viewer, account_ids: Collection[int]) -> list[int]:
    """Return those of some accounts who are not shown to the viewer."""
    if viewer.role not in REVEALERS:
        return list(account_ids)
    if viewer.role is Role.SUPERVISOR:
        return []
    return list(Account.objects.filter(pk__in=account_ids).exclude(restricted_at=None).values_list("pk", flat=True))
