"""Stretches and checks of a day as the learner's pages show them, each with the address of its page."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from jiangxue.learning.queries.days import SessionDay
from jiangxue.portals.figures import ShownStretch


def shown_stretches(part: SessionDay) -> list[ShownStretch]:
    """Return the stretches of a session's day, in order."""
    day = date.fromordinal(part.share.day)
    return [ShownStretch(each, stretch_url(day, part.session.pk, each.start_ms)) for each in part.share.stretches]


def day_url(day: date) -> str:
    """Return the address of a day's page."""
    return reverse("learner:record_day", args=(day.isoformat(),))


def stretch_url(day: date, session_id: UUID, start_ms: int) -> str:
    """Return the address of the page that explains a stretch."""
    return reverse("learner:stretch", args=(day.isoformat(), session_id.hex, start_ms))


def known_day(text: str) -> date | None:
    """Return the day that an address names, None if it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def known_id(text: str) -> UUID | None:
    """Return the id that an address names, None if it is none or written in another way than ours."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found.hex == text else None
