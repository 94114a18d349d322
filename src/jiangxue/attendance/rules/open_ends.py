"""What of the attendance of a class has no end yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenAttendance:
    """How many items may still be signed out of, how many statements wait for a signature, and how many objections for an answer."""

    running: int = 0
    unsigned: int = 0
    objections: int = 0

    @property
    def is_none(self) -> bool:
        """Say whether nothing is open."""
        return not (self.running or self.unsigned or self.objections)
