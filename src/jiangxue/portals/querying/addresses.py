"""Addresses of queries and statistics; each portal has them under its own name, for its own roles."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.querying import pictures, sheets, statistics


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses, open to some roles."""
    allowed = for_roles(*roles)
    return [
        path("query/", allowed(require_safe(statistics.show)), name="query"),
        path("query/charts/<str:chart>.<str:ending>", allowed(require_safe(pictures.show)), name="query_chart"),
        path("query/<str:sheet>/", allowed(require_safe(sheets.show)), name="query_sheet"),
    ]
