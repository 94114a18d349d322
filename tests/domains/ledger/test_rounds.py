"""A small process makes its rounds until a signal ends it, and says what people must look at."""

import os
import signal
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from jiangxue.ledger.errors import SealerRefusal
from jiangxue.ledger.models import Alarm
from jiangxue.project.rounds import go_round


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _fail_once_by(fault: Callable[[psycopg.Connection], object], database: str) -> list[str]:
    """Run a process whose first round fails and which is then ended; return what people are told."""

    def fail(connection: psycopg.Connection, _: int) -> bool:
        os.kill(os.getpid(), signal.SIGTERM)
        fault(connection)
        return False

    url = make_conninfo(os.environ["JIANGXUE_SEALER_DATABASE_URL"], dbname=database)
    go_round(url, "sealer", 0.0, lambda _: fail)
    return list(Alarm.objects.values_list("kind", flat=True))


def _refuse(_: psycopg.Connection) -> None:
    raise SealerRefusal("a reason")


@pytest.mark.parametrize(
    "fault",
    [
        _refuse,
        lambda connection: connection.execute("INSERT INTO ledger_entry VALUES (NULL)"),
        lambda connection: connection.execute("SELECT * FROM ledger_witness"),
    ],
    ids=["a refusal", "a row that is not taken", "a right that was taken away"],
)
def test_people_are_told_what_does_not_pass_by_itself(
    fault: Callable[[psycopg.Connection], object], committed_database: str
) -> None:
    assert _fail_once_by(fault, committed_database) == ["sealer.refused"]


def test_nobody_is_told_of_a_connection_that_was_lost(committed_database: str) -> None:
    assert not _fail_once_by(
        lambda connection: connection.execute("SELECT pg_terminate_backend(pg_backend_pid())"), committed_database
    )
