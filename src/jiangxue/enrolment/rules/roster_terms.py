"""How long the roster of an application (花名册) is kept before a class comes of it. Clauses M2, T8.1; docs/rules/retention.md."""

from datetime import date, timedelta

from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState

KEPT = timedelta(days=90)
"""How long a roster lies that nobody does anything with."""
AFTER_FIRST_DAY = timedelta(days=30)
"""How long after its first day an application that is handed in keeps its roster: a class cannot be opened any more then."""
WARNED_BEFORE = timedelta(days=14)
_LYING = EDITABLE | {OpeningState.SUBMITTED, OpeningState.APPROVED}


def roster_ends_on(state: OpeningState, last: date, opens_on: date) -> date | None:
    """Return the first day on which a roster is no longer kept, None where a class came of it, or it is gone already.

    `last` is the day of the last step, of the last person who was put on it, or of the last word that it is to be kept: 90 days from then on,
    and of an application that waits or is approved not before 30 days after its first day.
    """
    if state not in _LYING:
        return None
    ends = last + KEPT
    return ends if state in EDITABLE else max(ends, opens_on + AFTER_FIRST_DAY)


def is_warned_of(ends_on: date, today: date) -> bool:
    """Say whether people are told that a roster goes soon: for the last 14 days."""
    return today >= ends_on - WARNED_BEFORE
