"""Raising an alarm of the ledger from the application."""

from datetime import datetime

from jiangxue.djangokit.plain import plain_connection
from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.log.alarms import raise_alarm


def alarm(kind: str, detail: str, *, now: datetime) -> None:
    """Add an alarm, unless the last one of its kind says the same; it stays whatever becomes of the caller's transaction."""
    with plain_connection("alarm") as connection:
        raise_alarm(connection, kind, detail, to_ms(now))
