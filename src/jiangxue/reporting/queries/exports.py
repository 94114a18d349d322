"""Exports: one's own, and those that wait for one's release. Clauses M2, C5."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.accounts.queries.recipients import holders_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.reporting.errors import NoSuchExport
from jiangxue.reporting.models import Export
from jiangxue.reporting.rules.exports import RELEASED_BY, asked_by


def own_exports(viewer: Viewer) -> QuerySet[Export]:
    """Return what the viewer asked for in this role of this organisation, newest first; nobody sees another's."""
    found = Export.objects.filter(account_id=viewer.account_id, role=viewer.role).filter(
        Q(organisation_id=viewer.organisation_id)
    )
    return found.select_related("released_by").order_by("-asked_at", "pk")


def own_export(viewer: Viewer, export_id: UUID) -> Export:
    """Return one of them, or raise `NoSuchExport`."""
    found = own_exports(viewer).filter(pk=export_id).first()
    if found is None:
        raise NoSuchExport
    return found


def requests_of_colleagues(viewer: Viewer) -> QuerySet[Export]:
    """Return the requests for unmasked data that are or were the viewer's to release or refuse, newest first: never their own."""
    if viewer.organisation_id is None or not may_release(viewer):
        return Export.objects.none()
    of_colleagues = Export.objects.filter(masked=False, organisation_id=viewer.organisation_id)
    found = of_colleagues.filter(role__in=asked_by(viewer.role))
    others = found.exclude(account_id=viewer.account_id)
    return others.select_related("account", "released_by").order_by("-asked_at", "pk")


def request_of_colleague(viewer: Viewer, export_id: UUID) -> Export:
    """Return one of them, or raise `NoSuchExport`."""
    found = requests_of_colleagues(viewer).filter(pk=export_id).first()
    if found is None:
        raise NoSuchExport
    return found


def to_release(viewer: Viewer) -> QuerySet[Export]:
    """Return those of them that wait for the viewer, the oldest first."""
    return requests_of_colleagues(viewer).filter(state=Export.State.ASKED).order_by("asked_at", "pk")


def may_release(viewer: Viewer) -> bool:
    """Say whether there is anybody whose requests the viewer could release."""
    return bool(asked_by(viewer.role)) and viewer.organisation_id is not None


def waiting_for(viewer: Viewer) -> int:
    """Return how many requests wait for the viewer's release."""
    return to_release(viewer).count()


def releasers_of(export: Export) -> set[int]:
    """Return the accounts that may release a request for unmasked data at present: of the same organisation, without who asked."""
    return holders_of(RELEASED_BY[Role(export.role)], organisation_id=export.organisation_id) - {export.account_id}


def present_viewer(export: Export) -> Viewer | None:
    """Return who asked as they stand now, in the same role of the same organisation; None where they hold it no longer."""
    of_asker = memberships(export.account_id).filter(role=export.role, account__is_active=True)
    held = of_asker.filter(Q(organisation_id=export.organisation_id))
    membership = held.first()
    return viewer_for(membership) if membership else None
