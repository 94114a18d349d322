"""The pages of an archive below the address of one; each portal has them under its own names."""

from django.views.decorators.http import require_POST, require_safe

from jiangxue.portals.archives import day, giving, holding, printing, records, shown
from jiangxue.portals.archives.closed import unless_closed
from jiangxue.portals.archives.frame import View

PAGES: dict[str, tuple[str, View]] = {
    "archive": ("", require_safe(shown.page)),
    "archive_board": ("board/", require_safe(shown.board)),
    "archive_day": ("days/<str:day>/", require_safe(unless_closed(day.page))),
    "archive_records": ("records/", require_safe(unless_closed(records.page))),
    "ask_archive": ("ask/", require_POST(shown.ask)),
    "why_give_archive": ("give/why/", require_safe(unless_closed(giving.why))),
    "give_archive": ("give/", require_POST(unless_closed(giving.give))),
    "print_archive": ("paper/", require_POST(unless_closed(printing.give))),
    "hold_archive": ("hold/", require_POST(holding.hold)),
    "lift_archive": ("lift/", require_POST(holding.lift)),
}
"""By name: where it lies below an archive, and what answers there; it takes request, place and archive."""
SHOWN = ("archive", "archive_day", "archive_records")
"""Those of them that are looked at as a whole page."""
