"""Stretches and checks of a day as the learner's pages show them, each with the address of its page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.queries.days import SessionDay
from jiangxue.learning.rules.shapes import Stretch


@dataclass(frozen=True, slots=True)
class ShownStretch:
    """A stretch with its ends as times of day, and where it is explained."""

    stretch: Stretch
    url: str

    @property
    def kind(self) -> str:
        """Return the name of its verdict."""
        return self.stretch.kind

    @property
    def ms(self) -> int:
        """Return its length in milliseconds."""
        return self.stretch.ms

    @property
    def start_ms(self) -> int:
        """Return its beginning in milliseconds."""
        return self.stretch.start_ms

    @property
    def end_ms(self) -> int:
        """Return its end in milliseconds."""
        return self.stretch.end_ms

    @property
    def from_at(self) -> datetime:
        """Return its beginning."""
        return from_ms(self.stretch.start_ms)

    @property
    def to_at(self) -> datetime:
        """Return its end."""
        return from_ms(self.stretch.end_ms)


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
