"""Where an application to open a class stands, and what may happen to it there. Clauses T7, C5; docs/rules/openings.md."""

from collections.abc import Mapping
from enum import StrEnum

from jiangxue.enrolment.errors import NotNow


class OpeningState(StrEnum):
    """Where an application to open a class (开班申请) stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    OPENING = "opening"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What happens to an application."""

    STARTED = "started"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    APPROVED = "approved"
    ASKED = "asked"
    STOPPED = "stopped"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"


class Stop(StrEnum):
    """Why the worker has not opened a class: something stands in the way now, it would not be what was handed in, or the worker failed several times."""

    UNFIT = "unfit"
    CHANGED = "changed"
    LOST = "lost"


MOST_ATTEMPTS = 5
"""How often the worker begins anew without coming further, before somebody is told."""
EDITABLE = frozenset({OpeningState.DRAFT, OpeningState.RETURNED})
"""The states in which an application and its roster may be changed."""
SEEN_BY_SUPERVISORS = frozenset(OpeningState) - {OpeningState.DRAFT}
"""A draft is the institution's own; from the first handing in on the authority sees it, until it is taken back."""

_AFTER: Mapping[StepKind, tuple[frozenset[OpeningState], OpeningState]] = {
    StepKind.SUBMITTED: (EDITABLE, OpeningState.SUBMITTED),
    StepKind.TAKEN_BACK: (frozenset({OpeningState.SUBMITTED}), OpeningState.DRAFT),
    StepKind.RETURNED: (frozenset({OpeningState.SUBMITTED, OpeningState.APPROVED}), OpeningState.RETURNED),
    StepKind.APPROVED: (frozenset({OpeningState.SUBMITTED}), OpeningState.APPROVED),
    StepKind.ASKED: (frozenset({OpeningState.SUBMITTED, OpeningState.APPROVED}), OpeningState.OPENING),
    StepKind.STOPPED: (frozenset({OpeningState.OPENING}), OpeningState.APPROVED),
    StepKind.OPENED: (
        frozenset({OpeningState.SUBMITTED, OpeningState.APPROVED, OpeningState.OPENING}),
        OpeningState.OPENED,
    ),
    StepKind.WITHDRAWN: (EDITABLE | {OpeningState.SUBMITTED, OpeningState.APPROVED}, OpeningState.WITHDRAWN),
}


def is_possible(step: StepKind, state: OpeningState) -> bool:
    """Say whether a step may follow in a state; that an opening without approval is allowed is for the policy to say."""
    return step in _AFTER and state in _AFTER[step][0]


def state_after(step: StepKind, state: OpeningState) -> OpeningState:
    """Return where an application stands after a step, or raise `NotNow`."""
    if not is_possible(step, state):
        raise NotNow
    return _AFTER[step][1]


def state_after_stop(*, was_approved: bool) -> OpeningState:
    """Return where an application stands that the worker could not open: approved as before, or, where nobody has to approve, to be changed and handed in again."""
    return OpeningState.APPROVED if was_approved else OpeningState.DRAFT
