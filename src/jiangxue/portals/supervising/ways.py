"""Ways from one page of supervision to another."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from jiangxue.enrolment.queries import Place
from jiangxue.portals.watching.case_links import new_case_url


def case_page(portal: str, case: UUID | None) -> str:
    """Return the page of a case that an order is about; empty where it is about none, or the portal has no such page."""
    if case is None:
        return ""
    try:
        return reverse(f"{portal}:case", args=(case,))
    except NoReverseMatch:
        return ""


def case_form(place: Place, source: str, ref: str) -> str:
    """Return where a case about a learner is opened; empty where the platform has no such page."""
    try:
        return new_case_url(place, source, ref)
    except NoReverseMatch:
        return ""
