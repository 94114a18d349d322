"""Moves the judge's state in and out of rows."""

from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.policies.rules.time_policy import TimePolicy


def running_of(lease: Lease) -> Running:
    """Return the session state that a lease row holds."""
    return Running(
        beat_at_ms=lease.beat_at_ms,
        carry_ms=lease.carry_ms,
        carry_reason=Reason(lease.carry_reason),
        reached_ms=lease.reached_ms,
        length_ms=lease.length_ms,
        balances=tuple(DayBalance(*balance) for balance in lease.balances),
        paused_since_ms=lease.paused_since_ms,
        jumped_at_ms=tuple(lease.jumped_at_ms),
        event_at_ms=tuple(lease.event_at_ms),
    )


def put_running(lease: Lease, running: Running) -> None:
    """Write session state into a lease row, which the caller saves."""
    lease.beat_at_ms = running.beat_at_ms
    lease.carry_ms = running.carry_ms
    lease.carry_reason = running.carry_reason
    lease.reached_ms = running.reached_ms
    lease.length_ms = running.length_ms
    lease.balances = [[b.day, b.person_ms, b.class_ms] for b in running.balances]
    lease.paused_since_ms = running.paused_since_ms
    lease.jumped_at_ms = list(running.jumped_at_ms)
    lease.event_at_ms = list(running.event_at_ms)


def opening_values(running: Running) -> dict[str, object]:
    """Return what a session must remember of its beginning in order to be judged again."""
    return {
        "beat_at_ms": running.beat_at_ms,
        "reached_ms": running.reached_ms,
        "length_ms": running.length_ms,
        "balances": [[b.day, b.person_ms, b.class_ms] for b in running.balances],
    }


def opening_of(session: StudySession) -> Running:
    """Return the state in which a session began."""
    values = session.opening
    return Running(
        beat_at_ms=values["beat_at_ms"],
        carry_ms=0,
        reached_ms=values["reached_ms"],
        length_ms=values["length_ms"],
        balances=tuple(DayBalance(*balance) for balance in values["balances"]),
    )


def policy_of(session: StudySession) -> TimePolicy:
    """Return the policy that a session was opened under."""
    return TimePolicy.from_values(session.policy)
