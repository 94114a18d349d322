"""Moves the judge's state in and out of rows."""

from collections.abc import Mapping
from typing import Any

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.policies.rules.time_policy import TimePolicy

_USUAL: dict[str, Any] = {
    "carry_ms": 0,
    "carry_reason": Reason.PAUSED,
    "paused_since_ms": None,
    "jumped_at_ms": [],
    "event_at_ms": [],
    "until_check_ms": None,
    "provisional_ms": 0,
    "asked_at_ms": None,
    "page_ms": 0,
    "until_face_ms": None,
}
"""What most states have; it is left out where a state is kept as JSON."""

MALFORMED = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a state or a policy can raise that somebody else has written."""

_COLUMNS = (*_USUAL, "beat_at_ms", "reached_ms", "length_ms", "balances")


def _values(running: Running) -> dict[str, Any]:
    """Return a state by the names of the lease's columns, as they hold it."""
    return {
        "beat_at_ms": running.beat_at_ms,
        "carry_ms": running.carry_ms,
        "carry_reason": running.carry_reason,
        "reached_ms": running.reached_ms,
        "length_ms": running.length_ms,
        "balances": [[b.day, b.person_ms, b.class_ms] for b in running.balances],
        "paused_since_ms": running.paused_since_ms,
        "jumped_at_ms": list(running.jumped_at_ms),
        "event_at_ms": list(running.event_at_ms),
        "until_check_ms": running.until_check_ms,
        "provisional_ms": running.provisional_ms,
        "asked_at_ms": running.asked_at_ms,
        "page_ms": running.page_ms,
        "until_face_ms": running.until_face_ms,
    }


def state_values(running: Running) -> dict[str, Any]:
    """Return a state as a JSON object; what is as usual is left out."""
    return {name: value for name, value in _values(running).items() if name not in _USUAL or value != _USUAL[name]}


def state_of(values: Mapping[str, Any]) -> Running:
    """Return the state that a JSON object holds."""
    whole = {**_USUAL, **values}
    return Running(
        beat_at_ms=whole["beat_at_ms"],
        carry_ms=whole["carry_ms"],
        carry_reason=Reason(whole["carry_reason"]),
        reached_ms=whole["reached_ms"],
        length_ms=whole["length_ms"],
        balances=tuple(DayBalance(*balance) for balance in whole["balances"]),
        paused_since_ms=whole["paused_since_ms"],
        jumped_at_ms=tuple(whole["jumped_at_ms"]),
        event_at_ms=tuple(whole["event_at_ms"]),
        until_check_ms=whole["until_check_ms"],
        provisional_ms=whole["provisional_ms"],
        asked_at_ms=whole["asked_at_ms"],
        page_ms=whole["page_ms"],
        until_face_ms=whole["until_face_ms"],
    )


def running_of(lease: Lease) -> Running:
    """Return the session state that a lease row holds."""
    return state_of({name: getattr(lease, name) for name in _COLUMNS})


def put_running(lease: Lease, running: Running) -> None:
    """Write session state into a lease row, which the caller saves."""
    for name, value in _values(running).items():
        setattr(lease, name, value)


def difference(lease: Lease, running: Running) -> dict[str, Any] | None:
    """Return what a lease row holds of the state, unread, if that is not exactly this state."""
    held = {name: getattr(lease, name) for name in _COLUMNS}
    return None if held == _values(running) else held


def opening_facts(running: Running) -> dict[str, Any]:
    """Return the fields of a session row that say in which state it began and that nothing of it is sealed yet."""
    values = state_values(running)
    return {"opening": values, "sealed_state": values, "sealed_at": from_ms(running.beat_at_ms)}


def opening_of(session: StudySession) -> Running:
    """Return the state in which a session began."""
    return state_of(session.opening)


def sealed_state_of(session: StudySession) -> Running:
    """Return the state from which a session's unsealed rest is judged."""
    return state_of(session.sealed_state)


def policy_of(session: StudySession) -> TimePolicy:
    """Return the policy that a session was opened under."""
    return TimePolicy.from_values(session.policy)
