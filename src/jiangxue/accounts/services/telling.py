"""Telling people what they wait for: texts that were renewed, papers that run out, invitations that were accepted. Clauses M2, C1, C5."""

from datetime import datetime
from itertools import batched

from jiangxue.accounts.models import Invitation, Membership
from jiangxue.accounts.queries.consents import agreed_to_older
from jiangxue.accounts.queries.recipients import holders_of, supervisors_nearest
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.notices.queries import untold
from jiangxue.notices.services import clear, tell
from jiangxue.organisations.queries import papers_to_tell_of
from jiangxue.organisations.rules.papers import PaperState

TOLD_AT_ONCE = 1000


def tell_of_renewed_consents(now: datetime) -> None:
    """Tell who agreed to an older text of a purpose, once for each version, that there is a newer one to read; called once a day."""
    for purpose, asked in PURPOSES.items():
        about = ("consent", f"{purpose}/{asked.version}")
        for account_ids in batched(agreed_to_older(purpose), TOLD_AT_ONCE):
            told = untold(account_ids, "consent.renewed", about)
            tell(told, kind="consent.renewed", about=about, params={"purpose": purpose.value}, at=now)


def tell_of_papers(now: datetime) -> None:
    """Tell administrators of institutions and the supervisors nearest to them once that a paper runs out within 60 days, and once that it has, where no newer one stands beside it; called once a day."""
    for paper, state in papers_to_tell_of(learning_day(now)):
        of, about = paper.organisation, ("paper", paper.pk)
        is_over = state is PaperState.EXPIRED
        if is_over:
            clear(["paper.expiring", "paper.expiring_watched"], about=about, at=now)
        kind = "paper.expired" if is_over else "paper.expiring"
        watched = "paper.expired_watched" if is_over else "paper.expiring_watched"
        params = {"institution": of.name, "ends_on": f"{paper.valid_until}"}
        own = holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=of.pk)
        tell(untold(own, kind, about), kind=kind, about=about, params=params, at=now)
        near = supervisors_nearest(of.region_id)
        tell(untold(near, watched, about), kind=watched, about=about, params=params, at=now)


def tell_of_acceptance(invitation: Invitation, *, at: datetime) -> None:
    """Tell who invited somebody that they have accepted, on the page on which they invited; whom, that page says alone."""
    about, told, organisation_id = ("invitation", invitation.pk), [invitation.invited_by_id], invitation.organisation_id
    if organisation_id is None:
        tell(told, kind="staff.joined_platform", about=about, at=at)
        return
    held = Membership.objects.filter(account_id=invitation.invited_by_id, organisation_id=organisation_id)
    roles = set(held.values_list("role", flat=True))
    if Role.INSTITUTION_ADMINISTRATOR in roles:
        tell(told, kind="staff.joined", about=about, at=at)
    elif Role.SUPERVISOR in roles:
        tell(told, kind="staff.joined_authority", about=about, at=at)
    else:
        tell(told, kind="staff.joined_first", about=about, params={"organisation": organisation_id}, at=at)


def tell_of_help(account_id: int, help_given: str, *, at: datetime) -> None:
    """Tell somebody what a colleague has made possible, or somebody has done, with their password or second factor: who has not asked for it can object."""
    tell([account_id], kind=help_given, about=("account", account_id), at=at)
