"""Identity confirmed by staff (人工核验), for learners whose face is not checked: which days need it, when somebody can have been seen, and who signs. Clause T3.2.

The text is docs/rules/face-checks.md, the supervised way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.learning.errors import NotSeenWhileLearning, NotTheTurn, OwnTime, SamePerson
from jiangxue.learning.rules.checks import CheckKind
from jiangxue.learning.rules.verdicts import Span

SLACK_MS = 10 * 60_000
"""So long before a session or after it somebody may have been seen: a video call is made before the lesson or after it."""
NOT_OF_ATTENTION = ("", CheckKind.FACE.value)
"""Kinds of checks that are never asked instead of a face; where a face was due, any other makes the day one that staff confirm."""


class How(StrEnum):
    """How somebody was seen."""

    ON_SITE = "on_site"
    VIDEO = "video"


class Document(StrEnum):
    """What it was seen by that they are who they say."""

    CARD = "card"
    OTHER = "other"
    KNOWN = "known"


class IdentityState(StrEnum):
    """Whose turn it is for a day, or how it was decided."""

    TO_STATE = "to_state"
    TO_REVIEW = "to_review"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


STATABLE = frozenset({IdentityState.TO_STATE, IdentityState.NOT_CONFIRMED})
"""Where a statement may be made; one about a day that could not be confirmed takes the place of that word once it is signed."""
UNDECIDED = frozenset({IdentityState.TO_STATE, IdentityState.TO_REVIEW})


@dataclass(frozen=True, slots=True)
class Stated:
    """The last statement about a day: whether somebody was seen, and whether a second person agreed; None: not yet said."""

    is_seen: bool
    agrees: bool | None


def state_of(last: Stated | None) -> IdentityState:
    """Return where a day stands after its last statement; one that was sent back is none."""
    if last is None or last.agrees is False:
        return IdentityState.TO_STATE
    if last.agrees is None:
        return IdentityState.TO_REVIEW
    return IdentityState.CONFIRMED if last.is_seen else IdentityState.NOT_CONFIRMED


def require_statement(state: IdentityState, *, by: int, learner: int) -> None:
    """Raise unless this account may make a statement now: never the learner. A day that could not be confirmed may be stated anew: the learner has no other way back."""
    if state not in STATABLE:
        raise NotTheTurn
    if by == learner:
        raise OwnTime


def require_review(state: IdentityState, *, by: int, learner: int, stated_by: int | None) -> None:
    """Raise unless this account may sign or send back now: never who stated it, in whatever role, and never the learner."""
    if state is not IdentityState.TO_REVIEW:
        raise NotTheTurn
    if by == stated_by:
        raise SamePerson
    if by == learner:
        raise OwnTime


def require_seen_while_learning(seen_ms: int, sessions: Iterable[Span], now_ms: int) -> None:
    """Raise `NotSeenWhileLearning` unless that moment is past and lies in a session of the day, or at most 10 minutes beside one; ms since 1970."""
    is_near = any(start_ms - SLACK_MS <= seen_ms <= end_ms + SLACK_MS for start_ms, end_ms in sessions)
    if seen_ms > now_ms or not is_near:
        raise NotSeenWhileLearning
