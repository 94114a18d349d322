"""Rectification orders (整改通知): who may do what when, by when they are answered, and what their number is. Clause C5; docs/rules/orders.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiangxue.supervision.errors.orders import NotADeadline, NotTheTurn

LONGEST_TITLE, SHORTEST_TEXT, LONGEST_TEXT = 120, 4, 4_000
MOST_FILES = 3
FURTHEST = timedelta(days=183)


class OrderStepKind(StrEnum):
    """What was done with an order."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    DROPPED = "dropped"
    ANSWERED = "answered"
    DEMANDED = "demanded"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class OrderState(StrEnum):
    """Whose turn it is, or how an order ended."""

    DRAFT = "draft"
    TO_ANSWER = "to_answer"
    TO_ACCEPT = "to_accept"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


_STATES = {
    OrderStepKind.DRAFTED: OrderState.DRAFT,
    OrderStepKind.ISSUED: OrderState.TO_ANSWER,
    OrderStepKind.DEMANDED: OrderState.TO_ANSWER,
    OrderStepKind.ANSWERED: OrderState.TO_ACCEPT,
    OrderStepKind.ACCEPTED: OrderState.ACCEPTED,
    OrderStepKind.WITHDRAWN: OrderState.WITHDRAWN,
    OrderStepKind.DROPPED: OrderState.DROPPED,
}
LEADS_TO: dict[OrderState | None, frozenset[OrderStepKind]] = {
    None: frozenset({OrderStepKind.DRAFTED}),
    OrderState.DRAFT: frozenset({OrderStepKind.DRAFTED, OrderStepKind.ISSUED, OrderStepKind.DROPPED}),
    OrderState.TO_ANSWER: frozenset({OrderStepKind.ANSWERED, OrderStepKind.WITHDRAWN}),
    OrderState.TO_ACCEPT: frozenset({OrderStepKind.ACCEPTED, OrderStepKind.DEMANDED, OrderStepKind.WITHDRAWN}),
    OrderState.ACCEPTED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
    OrderState.DROPPED: frozenset(),
}
"""Every step there is, by the state that it is made in."""
OF_INSTITUTION = frozenset({OrderStepKind.ANSWERED})
"""What the institution does; everything else is the authority's."""
UNISSUED = frozenset({OrderState.DRAFT, OrderState.DROPPED})
"""What nobody but the authority sees."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step as the rules see it; `due_on` is the deadline that it sets, if it does."""

    kind: OrderStepKind
    on: date
    due_on: date | None = None


def state_after(kind: str | None) -> OrderState | None:
    """Return the state that a step leads to, None before the first."""
    return _STATES[OrderStepKind(kind)] if kind else None


def require_step(kind: OrderStepKind, after: OrderState | None) -> None:
    """Raise `NotTheTurn` unless such a step is made in this state."""
    if kind not in LEADS_TO[after]:
        raise NotTheTurn


def require_deadline(due_on: date, today: date) -> None:
    """Raise `NotADeadline` unless the last day for the answer is today or one of the next 183."""
    if not today <= due_on <= today + FURTHEST:
        raise NotADeadline


def deadline_of(steps: Sequence[Done]) -> date | None:
    """Return the last day on which the order is answered in time: that of the last step that set one."""
    return next((step.due_on for step in reversed(steps) if step.due_on is not None), None)


def is_overdue(state: OrderState | None, due_on: date | None, today: date) -> bool:
    """Say whether the institution should have answered by now."""
    return state is OrderState.TO_ANSWER and due_on is not None and today > due_on


def late_answers(steps: Sequence[Done]) -> list[int]:
    """Return the places, from 0, of the answers that came after their deadline; they are taken all the same."""
    return [
        place
        for place, step in enumerate(steps)
        if step.kind is OrderStepKind.ANSWERED and step.on > (deadline_of(steps[:place]) or step.on)
    ]


def reference_of(region: str, year: int, serial: int) -> str:
    """Return the number of an order: region, year, and which of that year's it is, from 1 (440104-2026-0003)."""
    return f"{region}-{year}-{serial:04d}"
