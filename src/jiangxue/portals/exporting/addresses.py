"""Addresses of exports; each portal has them under its own name, for its own roles."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.exporting import asking, fetching, releasing, shown
from jiangxue.portals.watching.frame import AddressedView

BELOW = "exports/"


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses of exports, open to some roles."""
    views: dict[str, tuple[str, AddressedView]] = {
        "exports": ("", require_safe(shown.exports)),
        "exports_board": ("list/", require_safe(shown.exports_board)),
        "ask_export": ("new/<slug:sheet>/", require_http_methods(["GET", "HEAD", "POST"])(asking.ask)),
        "export": ("<uuid:export_id>/", require_safe(shown.export)),
        "export_state": ("<uuid:export_id>/state/", require_safe(shown.export_state)),
        "export_file": ("<uuid:export_id>/file/", require_safe(fetching.file)),
        "retry_export": ("<uuid:export_id>/again/", require_POST(asking.again)),
        "export_requests": ("requests/", require_safe(releasing.requests)),
        "export_request": ("requests/<uuid:export_id>/", require_safe(releasing.show)),
        "release_export": ("requests/<uuid:export_id>/release/", require_POST(releasing.release)),
        "refuse_export": ("requests/<uuid:export_id>/refuse/", require_POST(releasing.refuse)),
    }
    return [path(BELOW + address, for_roles(*roles)(view), name=name) for name, (address, view) in views.items()]
