"""Who may give and take roles (人员管理), and how long an invitation holds. Clause M3; decision 0044."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, INSTITUTION_ROLES, Role, Viewer

INVITATION_HOLDS = timedelta(days=3)
PASSWORD_LINK_HOLDS = timedelta(days=1)
TOKEN_BYTES = 20
MOST_OPEN = 50
"""Invitations of one organisation that may be open at once."""
GIVEN_BY_INSTITUTION = frozenset({*INSTITUTION_ROLES, Role.REVIEWER})
"""What an administrator of an institution or enterprise may let people be in it."""
GIVEN_WITHOUT_ORGANISATION = frozenset({*EXCLUSIVE_ROLES, Role.REVIEWER})
"""What people are for the platform itself; only the system administrator lets them be it."""
KEPT_BY_SOMEBODY = frozenset({*EXCLUSIVE_ROLES, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
"""Roles of which the last one in an organisation, or on the platform, is not taken: nobody could give it again from within."""


@dataclass(frozen=True, slots=True)
class Place:
    """A role in an organisation, or on the platform where that is None."""

    role: Role
    organisation_id: int | None


def may_manage(viewer: Viewer, place: Place) -> bool:
    """Say whether a viewer may give a role to somebody and take it.

    Administrators of an institution within it; supervisors, that of supervisor within their authority; the system administrator the first
    of these and whoever belongs to the platform. Nobody makes anybody a learner: people register, or are on a roster.
    """
    match viewer.role:
        case Role.INSTITUTION_ADMINISTRATOR:
            return place.role in GIVEN_BY_INSTITUTION and place.organisation_id == viewer.organisation_id is not None
        case Role.SUPERVISOR:
            return place.role is Role.SUPERVISOR and place.organisation_id == viewer.organisation_id is not None
        case Role.SYSTEM_ADMINISTRATOR:
            if place.organisation_id is None:
                return place.role in GIVEN_WITHOUT_ORGANISATION
            return place.role in {Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR}
        case _:
            return False


def is_of(role: Role, *, authority: bool) -> bool:
    """Say whether an organisation has such a role: an authority supervisors alone, whose reach is its region; others everybody but these."""
    return (role is Role.SUPERVISOR) == authority


def may_renew(viewer: Viewer, place: Place) -> bool:
    """Say whether a viewer may see who holds a role, let them set up the second factor anew, and make them a password link.

    Whoever may take it; and of everybody on a staff the system administrator, to whom they come who work in several places.
    """
    is_everywhere = viewer.role is Role.SYSTEM_ADMINISTRATOR and place.role is not Role.LEARNER
    return is_everywhere or may_manage(viewer, place)


def is_open(made_at: datetime, now: datetime) -> bool:
    """Say whether an invitation still holds: for three days."""
    return now < made_at + INVITATION_HOLDS
