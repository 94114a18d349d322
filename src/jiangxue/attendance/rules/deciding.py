"""Who may state who was present, who signs it, and what a learner may say against it. Clauses M6, C3; docs/rules/attendance.md."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue.attendance.errors import NotTheTurn, OwnTime, SamePerson, TooManyObjections

LONGEST_TEXT = 500
MOST_OBJECTIONS = 3
"""So often one may say of an item that it is wrong; the head teacher can always be spoken to."""


@dataclass(frozen=True, slots=True)
class Word:
    """A statement of staff: who made it, and whether a second person agreed; None: nothing said yet."""

    by: int
    agrees: bool | None


def require_statement(words: Sequence[Word], *, by: int, learner: int) -> None:
    """Raise unless this account may state something now: never the learner, and not while another statement waits for its signature."""
    if by == learner:
        raise OwnTime
    if words and words[-1].agrees is None:
        raise NotTheTurn


def require_signature(words: Sequence[Word], *, by: int, learner: int) -> None:
    """Raise unless this account may sign or send back the last statement: never who made it, in whatever role, and never the learner."""
    if not words or words[-1].agrees is not None:
        raise NotTheTurn
    if by == words[-1].by:
        raise SamePerson
    if by == learner:
        raise OwnTime


def require_objection(*, before: int, is_open: bool) -> None:
    """Raise `TooManyObjections` where an earlier one is not answered yet, or after the third."""
    if is_open or before >= MOST_OBJECTIONS:
        raise TooManyObjections
