"""An alarm is said once, until something else happens."""

from pathlib import Path

from jiangxue.ledger.log.alarms import raise_alarm
from tests.factories.logs import connected_as, running_log


def test_an_alarm_is_not_repeated_until_something_else_happens(committed_database: str, tmp_path: Path) -> None:
    with connected_as("SEALER", committed_database) as connection:
        for at_ms, kind, detail in ((1, "a", "x"), (2, "a", "x"), (3, "b", "x"), (4, "a", "y"), (5, "a", "x")):
            raise_alarm(connection, kind, detail, at_ms)
    with running_log(committed_database, tmp_path) as log:
        assert log.one("SELECT array_agg(at_ms ORDER BY id) FROM ledger_alarm") == [1, 3, 4, 5]
