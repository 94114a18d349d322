"""What each kind of message (消息) says, through which roles it is looked into, and which page it leads to.

A kind has one entry in one of the modules here. Its sentence names parameters of the message; those that end in `_on` are days, in `_at` instants (both ISO 8601),
in `_ms` lengths of time, and are written as everywhere. The page is the name of an address; `args` says what stands in it, in its
order: `about`, the number of the object, or the name of a parameter.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxue.notices.models import Notice
from jiangxue.portals.notice_words.learners import LEARNERS
from jiangxue.portals.notice_words.openings import OPENINGS
from jiangxue.portals.notice_words.platform import PLATFORM
from jiangxue.portals.notice_words.said import Said
from jiangxue.portals.notice_words.staff import STAFF
from jiangxue.portals.notice_words.supervision import CASES, ORDERS
from jiangxue.ui.durations import duration

KINDS: dict[str, Said] = {**LEARNERS, **STAFF, **PLATFORM, **OPENINGS, **CASES, **ORDERS}
"""Every kind that the code tells; tests/portals/test_notice_words.py holds both against each other."""

UNKNOWN = Said(_("Other messages"), _("There is something new for you."), frozenset())


def said_of(kind: str) -> Said:
    """Return what a kind of message says; a kind that is called so no more says only that there is something."""
    return KINDS.get(kind, UNKNOWN)


def sentence_of(notice: Notice) -> str:
    """Write a message as a sentence; what an old message does not hold is a dash."""
    values: Mapping[str, str] = defaultdict(
        lambda: "—", {name: _shown(name, value) for name, value in notice.params.items()}
    )
    return str(said_of(notice.kind).sentence) % values


def address_of(notice: Notice) -> str:
    """Return the page that a message leads to: its own address, or the one of its kind; empty where there is none any more."""
    said = said_of(notice.kind)
    if notice.url or not said.page:
        return str(notice.url)
    values = {**notice.params, "about": notice.about_id}
    try:
        return reverse(said.page, args=[values.get(name, "") for name in said.args])
    except NoReverseMatch:
        return ""


def _shown(name: str, value: str | int) -> str:
    try:
        if name.endswith("_ms"):
            return duration(int(value))
        if name.endswith("_on"):
            return f"{date.fromisoformat(str(value)):%Y-%m-%d}"
        if name.endswith("_at"):
            return f"{timezone.localtime(datetime.fromisoformat(str(value))):%Y-%m-%d %H:%M}"
    except ValueError:
        return "—"
    return str(value)
