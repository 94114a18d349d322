"""What has no end yet in a class that is over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """How many sessions of a class still run, how many check-ins wait, and how many appeals."""

    sessions: int
    checks: int
    appeals: int

    @property
    def is_none(self) -> bool:
        """Say whether nothing is open."""
        return not (self.sessions or self.checks or self.appeals)
