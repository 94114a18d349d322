"""Which organisations a viewer may see. Clause C5."""

from collections.abc import Collection

from django.db.models import QuerySet

from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.organisations.models import Organisation, Region


def institutions(viewer: Viewer, *, named: str = "") -> QuerySet[Organisation]:
    """Return the institutions in a supervisor's region, or a member's own; for others none."""
    found = Organisation.objects.filter(kind=Organisation.Kind.INSTITUTION, name__icontains=named).select_related(
        "region"
    )
    if viewer.role is Role.SUPERVISOR and viewer.region:
        return found.filter(region__code__startswith=viewer.region).order_by("region", "name")
    if viewer.role in INSTITUTION_ROLES and viewer.organisation_id is not None:
        return found.filter(pk=viewer.organisation_id)
    return found.none()


def region_name(code: str) -> str:
    """Return the name of a region, or its code where the name is not known."""
    found = Region.objects.filter(code=code).first()
    return found.name if found else code


def region_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of regions by code; those whose names are not known stand under their codes."""
    return {code: code for code in codes} | dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
