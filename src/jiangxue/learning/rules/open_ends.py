"""What has no end yet in a class that is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

APPEALS_WAITED_FOR = timedelta(days=14)
"""Appeals that come later than that after the end of a class are decided as all others, and do not keep it from being settled."""


def waited_for_until(closes_at: datetime) -> datetime:
    """Return until when an appeal must be opened to be waited for when its class is settled: nobody keeps a class open for ever."""
    return closes_at + APPEALS_WAITED_FOR


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """How many sessions of a class still run, how many check-ins wait, how many appeals that are waited for, how many face checks people have to decide, how many days staff have to confirm, and how many enrolled faces that it relies on nobody has held against the document."""

    sessions: int
    checks: int
    appeals: int
    faces: int = 0
    days: int = 0
    enrolments: int = 0

    @property
    def is_none(self) -> bool:
        """Say whether nothing is open."""
        return not any((self.sessions, self.checks, self.appeals, self.faces, self.days, self.enrolments))
