"""Addresses of a class that those who answer for it look at; each portal has them under its own name, for its own roles."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.watching import anomalies, day, days, live, settlement
from jiangxue.portals.watching.frame import AddressedView


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses below a class, open to some roles."""
    views: dict[str, tuple[str, AddressedView]] = {
        "live": ("live/", live.show),
        "live_board": ("live/board/", live.board),
        "days": ("days/", days.show),
        "day": ("days/<int:enrolment_id>/<str:day>/", day.show),
        "anomalies": ("anomalies/", anomalies.show),
        "settlement": ("settlement/", settlement.show),
    }
    return [
        path(f"classes/<int:class_id>/{address}", for_roles(*roles)(require_safe(view)), name=name)
        for name, (address, view) in views.items()
    ]
