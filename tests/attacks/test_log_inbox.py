"""The inbox is edited before it is sealed, by somebody who may do everything in the database but has no sealing key.

What the sealer does not believe goes into quarantine and raises an alarm; it never comes into the log.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.errors import SealerRefusal
from jiangxue.ledger.log.sealing import Sealed
from jiangxue.ledger.services import append, open_archive
from jiangxue.project.sealer import Sealing
from tests.conftest import MORNING
from tests.factories.forgery import unguarded
from tests.factories.logs import LOG_KEY, MORNING_MS, Log, connected_as, running_log
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T8.2")


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


@pytest.fixture
def waiting(log: Log) -> tuple[UUID, UUID]:
    """Return archive and event of a row that waits beside another one of the same archive; one more is sealed already."""
    aid = log.grow()
    append(aid, "segment.sealed", {"number": 2}, at=MORNING)
    return aid, append(aid, "segment.sealed", {"number": 3}, at=MORNING)


def _reasons(log: Log) -> list[tuple[UUID, str]]:
    return log.admin.execute("SELECT eid, reason FROM ledger_quarantined ORDER BY id").fetchall()


def _is_in_the_log(log: Log, eid: UUID) -> bool:
    return log.one("SELECT count(*) FROM ledger_entry WHERE eid = %s", eid) == 1


def test_rows_that_nobody_touched_are_sealed(log: Log, waiting: tuple[UUID, UUID]) -> None:
    assert log.sealer.seal(MORNING_MS) == Sealed(entries=2, quarantined=0, size=3)
    assert _is_in_the_log(log, waiting[1])
    assert log.audit(ring=key_ring()).is_clean


EDITS = {
    "SET kind = 'segment.refused' WHERE eid = %(eid)s": "altered",
    "SET at_ms = at_ms - 60000 WHERE eid = %(eid)s": "altered",
    "SET commitment = sha256(commitment) WHERE eid = %(eid)s": "altered",
    "SET aid = gen_random_uuid() WHERE eid = %(eid)s": "unvouched",
    "SET aid = %(other)s WHERE eid = %(eid)s": "unvouched",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_row_is_not_sealed_after_an_edit_of_any_column(log: Log, waiting: tuple[UUID, UUID], edit: str) -> None:
    _, eid = waiting
    with unguarded(log) as admin:
        admin.execute(f"UPDATE ledger_inboxentry {edit}".encode(), {"eid": eid, "other": open_archive()})
    assert log.sealer.seal(MORNING_MS) == Sealed(entries=1, quarantined=1, size=2)
    assert _reasons(log) == [(eid, EDITS[edit])]
    assert not _is_in_the_log(log, eid)
    found = log.audit(ring=key_ring())
    assert found.is_clean
    assert found.counts["quarantined"] == 1


def test_a_row_under_another_event_id_is_not_sealed_and_its_event_is_missed(
    log: Log, waiting: tuple[UUID, UUID]
) -> None:
    forged = new_id()
    with unguarded(log) as admin:
        admin.execute("UPDATE ledger_inboxentry SET eid = %s WHERE eid = %s", [forged, waiting[1]])
    assert log.sealer.seal(MORNING_MS).quarantined == 1
    assert _reasons(log) == [(forged, "unvouched")]
    found = log.audit()
    assert [(each.kind, each.place) for each in found.findings] == [("payload.lost", str(waiting[1]))]


def _ciphertext(log: Log, eid: UUID, ciphertext: bytes) -> None:
    log.admin.execute("UPDATE ledger_payload SET ciphertext = %s WHERE eid = %s", [ciphertext, eid])


def _that_of_another(log: Log, aid: UUID, eid: UUID) -> None:
    log.admin.execute(
        "UPDATE ledger_payload SET ciphertext = other.ciphertext FROM ledger_payload other"
        " WHERE ledger_payload.eid = %s AND other.eid <> %s AND other.aid = %s",
        [eid, eid, aid],
    )


def _one_under_a_key_of_ones_own(log: Log, aid: UUID, eid: UUID) -> None:
    """Exchange payload and commitment together, without the archive's key."""
    salt, payload = bytes(32), b'{"number":99}'
    ring = crypto.KeyRing({1: crypto.new_key()}, 1)
    _ciphertext(log, eid, ring.seal(salt + payload, f"payload:{eid}"))
    _commit(log, eid, crypto.commitment(salt, payload))


def _one_under_a_key_of_ones_own_put_in_place_of_the_archives(log: Log, aid: UUID, eid: UUID) -> None:
    """The archive's key is itself sealed, under a key that is not in the database."""
    own = crypto.new_key()
    sealed = crypto.KeyRing({1: crypto.new_key()}, 1).seal(own, f"subject_key:{aid}")
    log.admin.execute("UPDATE ledger_subjectkey SET sealed_key = %s WHERE aid = %s", [sealed, aid])
    _ciphertext(log, eid, crypto.KeyRing({1: own}, 1).seal(bytes(32) + b"{}", f"payload:{eid}"))
    _commit(log, eid, crypto.commitment(bytes(32), b"{}"))


def _none(log: Log, aid: UUID, eid: UUID) -> None:
    log.admin.execute("DELETE FROM ledger_payload WHERE eid = %s", [eid])


def _commit(log: Log, eid: UUID, commitment: bytes) -> None:
    with unguarded(log) as admin:
        admin.execute("UPDATE ledger_inboxentry SET commitment = %s WHERE eid = %s", [commitment, eid])


@pytest.mark.parametrize(
    "exchange",
    [
        _that_of_another,
        _one_under_a_key_of_ones_own,
        _one_under_a_key_of_ones_own_put_in_place_of_the_archives,
        _none,
    ],
)
def test_a_row_is_not_sealed_when_its_payload_was_exchanged(
    log: Log, waiting: tuple[UUID, UUID], exchange: Callable[[Log, UUID, UUID], None]
) -> None:
    aid, eid = waiting
    exchange(log, aid, eid)
    log.sealer.seal(MORNING_MS)
    assert (eid, "unvouched") in _reasons(log)
    assert not _is_in_the_log(log, eid)


def test_a_row_that_was_sealed_is_not_sealed_again(log: Log, waiting: tuple[UUID, UUID]) -> None:
    log.admin.execute("CREATE TEMPORARY TABLE kept AS SELECT eid, aid, kind, at_ms, commitment FROM ledger_inboxentry")
    log.seal()
    log.admin.execute("INSERT INTO ledger_inboxentry (eid, aid, kind, at_ms, commitment) SELECT * FROM kept")
    assert log.sealer.seal(MORNING_MS) == Sealed(entries=0, quarantined=2, size=3)
    assert {reason for _, reason in _reasons(log)} == {"repeated"}
    assert log.audit().is_clean


def test_a_forged_row_is_not_sealed(log: Log, waiting: tuple[UUID, UUID]) -> None:
    forged = new_id()
    log.admin.execute(
        "INSERT INTO ledger_inboxentry (eid, aid, kind, at_ms, commitment) VALUES (%s, %s, 'segment.sealed', 0, sha256(''))",
        [forged, waiting[0]],
    )
    assert log.sealer.seal(MORNING_MS) == Sealed(entries=2, quarantined=1, size=3)
    assert _reasons(log) == [(forged, "unvouched")]


def test_a_row_is_removed_unsealed_only_by_whoever_takes_the_guards_off(
    log: Log, waiting: tuple[UUID, UUID], committed_database: str
) -> None:
    with (
        connected_as("SEALER", committed_database) as sealer,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="until its rows are sealed"),
    ):
        sealer.execute("DELETE FROM ledger_inboxentry")


def _remove(log: Log, eid: UUID) -> None:
    with unguarded(log) as admin:
        admin.execute("DELETE FROM ledger_inboxentry WHERE eid = %s", [eid])


def test_a_row_that_was_removed_before_sealing_is_missed_by_its_payload(log: Log, waiting: tuple[UUID, UUID]) -> None:
    _remove(log, waiting[1])
    log.seal()
    assert log.sign() == 2, "signer and witness cannot know of what never came into the log"
    assert [(each.kind, each.place) for each in log.audit().findings] == [("payload.lost", str(waiting[1]))]


def test_a_row_that_was_removed_with_its_payload_before_sealing_is_missed_by_nobody_here(
    log: Log, waiting: tuple[UUID, UUID]
) -> None:
    """An honest limit: what is left of the event are the rows of its own domain. docs/trust.md."""
    _remove(log, waiting[1])
    _none(log, *waiting)
    log.seal()
    assert log.sign() == 2
    assert log.audit(ring=key_ring()).is_clean


def test_the_process_that_seals_raises_an_alarm_and_goes_on(
    log: Log, waiting: tuple[UUID, UUID], committed_database: str
) -> None:
    with unguarded(log) as admin:
        admin.execute("UPDATE ledger_inboxentry SET kind = 'other' WHERE eid = %s", [waiting[1]])
    with connected_as("SEALER", committed_database) as connection:
        assert not Sealing(connection, key_ring(), LOG_KEY).round(connection, MORNING_MS)
    assert log.one("SELECT kind FROM ledger_alarm") == "inbox.altered"
    assert log.size == 3, "the other row, and heads"


def test_a_sealer_with_another_key_refuses_and_puts_nothing_into_quarantine(
    log: Log, waiting: tuple[UUID, UUID], committed_database: str
) -> None:
    """A mistake in a setting, and what cannot be sealed any more once it is in quarantine."""
    with connected_as("SEALER", committed_database) as connection:
        other = crypto.KeyRing({1: crypto.new_key()}, 1)
        assert refusal_of(lambda: Sealing(connection, other, LOG_KEY).round(connection, MORNING_MS)) is SealerRefusal
        assert not _reasons(log)
        Sealing(connection, key_ring(), LOG_KEY).round(connection, MORNING_MS)
    assert _is_in_the_log(log, waiting[1])


def test_a_new_platform_without_archives_has_no_wrong_key(log: Log, committed_database: str) -> None:
    with connected_as("SEALER", committed_database) as connection:
        assert not Sealing(connection, crypto.KeyRing({1: crypto.new_key()}, 1), LOG_KEY).round(connection, MORNING_MS)
