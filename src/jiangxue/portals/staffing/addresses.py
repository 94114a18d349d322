"""Addresses of the pages about staff; each portal has them under its own name."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.staffing import helping, views
from jiangxue.portals.staffing.frame import View, of_staff

_PAGES: dict[str, tuple[str, View]] = {
    "staff": ("staff/", require_http_methods(["GET", "HEAD", "POST"])(views.staff)),
    "take_back": ("staff/invitations/<int:invitation_id>/", require_POST(views.take_back)),
    "end_role": ("staff/roles/<int:membership_id>/", require_http_methods(["GET", "HEAD", "POST"])(views.end)),
    "renew_second_factor": (
        "staff/roles/<int:membership_id>/second-factor/",
        require_http_methods(["GET", "HEAD", "POST"])(helping.renew),
    ),
    "password_link": (
        "staff/roles/<int:membership_id>/password/",
        require_http_methods(["GET", "HEAD", "POST"])(helping.link),
    ),
}


def addresses(role: Role) -> list[URLPattern]:
    """Return the addresses about the viewer's own organisation."""
    return [path(address, for_roles(role)(of_staff(view)), name=name) for name, (address, view) in _PAGES.items()]


def chosen_addresses(role: Role) -> list[URLPattern]:
    """Return the addresses about any organisation and about the platform itself."""
    allowed = for_roles(role)
    below = "organisations/<int:organisation_id>/"
    return [
        each
        for name, (address, view) in _PAGES.items()
        for each in (
            path(f"{below}{address}", allowed(of_staff(view)), name=f"organisation_{name}"),
            path(f"platform/{address}", allowed(of_staff(view)), name=f"platform_{name}"),
        )
    ]
