"""The pages of an archive below the address of one; each portal has them under its own names."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.portals.archives import day, printing, records, shown

type View = Callable[..., HttpResponse]

PAGES: dict[str, tuple[str, View]] = {
    "archive": ("", require_safe(shown.page)),
    "archive_board": ("board/", require_safe(shown.board)),
    "archive_day": ("days/<str:day>/", require_safe(day.page)),
    "archive_records": ("records/", require_safe(records.page)),
    "ask_archive": ("ask/", require_POST(shown.ask)),
    "give_archive": ("give/", require_POST(shown.give)),
    "print_archive": ("paper/", require_POST(printing.give)),
}
"""By name: where it lies below an archive, and what answers there; it takes request, place and archive."""
SHOWN = ("archive", "archive_day", "archive_records")
"""Those of them that are looked at as a whole page."""
