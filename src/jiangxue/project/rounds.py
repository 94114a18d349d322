"""A small process that does the same thing again and again on its own database connection, and survives a lost one."""

import logging
import signal
import threading
from collections.abc import Callable

import psycopg

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.errors import LedgerRefusal
from jiangxue.ledger.log.alarms import raise_alarm
from jiangxue.ledger.log.nodes import Connection

log = logging.getLogger(__name__)
_PAUSE_AFTER_FAULT_S = 5.0
_PAUSE_AFTER_REFUSAL_S = 60.0

type Round = Callable[[Connection, int], bool]
"""One round, with the database's time in ms; says whether there is more to do at once."""


def go_round(database_url: str, name: str, pause_s: float, make: Callable[[Connection], Round]) -> None:
    """Make a round every `pause_s` seconds, or at once while there is more to do, until a signal ends this process.

    A refusal, also one of the database to take what was computed, is written to the log and to the alarms, and tried again after a
    minute; a lost connection after seconds.
    """
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.is_set():
        try:
            with psycopg.connect(
                database_url, autocommit=True, application_name=name, connect_timeout=10
            ) as connection:
                ended.wait(_rounds(connection, name, ended, pause_s, make))
        except psycopg.Error as fault:
            log.exception("lost_the_database", extra={"state": fault.sqlstate})
            ended.wait(_PAUSE_AFTER_FAULT_S)


def _rounds(
    connection: Connection, name: str, ended: threading.Event, pause_s: float, make: Callable[[Connection], Round]
) -> float:
    try:
        do = make(connection)
        while not ended.is_set():
            if not do(connection, now_ms(connection)):
                ended.wait(pause_s)
    except (psycopg.OperationalError, psycopg.InterfaceError):
        raise  # lost, or in another's way: it passes
    except (LedgerRefusal, psycopg.Error) as refusal:
        log.exception("%s_refuses: %s", name, refusal)
        raise_alarm(connection, f"{name}.refused", str(refusal), now_ms(connection))
        return _PAUSE_AFTER_REFUSAL_S
    return 0.0


def now_ms(connection: Connection) -> int:
    """Return the database's present in ms since 1970 UTC."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    return to_ms(row[0])
