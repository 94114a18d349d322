"""The sealer before, while and after the sealing key is rotated, and what it does with a key that it was not told of."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from jiangxue.djangokit.resealing import reseal
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.crypto import KeyRing
from jiangxue.ledger.errors import SealerRefusal
from jiangxue.ledger.log.sealing import Sealed, Sealer
from jiangxue.ledger.services import append, open_archive
from jiangxue.project.sealer import Sealing
from tests.conftest import MORNING
from tests.factories.keys import as_owner, only, two_keys
from tests.factories.logs import LOG_KEY, MORNING_MS, Log, connected_as
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T8.2")


def _with(log: Log, ring: KeyRing, limit: int = 5000) -> Sealer:
    return Sealer(log.sealer.connection, ring, log.sealer.by, LOG_KEY, limit)


def _append(aid: UUID, events: int = 1) -> list[UUID]:
    return [append(aid, "segment.sealed", {"number": number}, at=MORNING) for number in range(events)]


def _entered(log: Log) -> list[UUID]:
    return [eid for (eid,) in log.admin.execute('SELECT eid FROM ledger_entry ORDER BY "index"').fetchall()]


def test_the_sealer_seals_before_while_and_after_a_rotation(log: Log, settings) -> None:
    aids = [open_archive() for _ in range(6)]
    written = [eid for aid in aids for eid in _append(aid)]
    ring = two_keys(settings, current=2)
    sealer = _with(log, ring)
    assert sealer.seal(MORNING_MS) == Sealed(entries=6, quarantined=0, size=6)
    with as_owner():
        steps = reseal(ring, some=2)
        next(steps)
        written += [eid for aid in (*aids, open_archive()) for eid in _append(aid)]
        assert sealer.seal(MORNING_MS) == Sealed(entries=7, quarantined=0, size=13)
        assert list(steps), "the rotation was not at its end"
    alone = _with(log, only(settings, 2))
    written += [eid for aid in aids for eid in _append(aid)]
    assert alone.seal(MORNING_MS) == Sealed(entries=6, quarantined=0, size=19)
    assert _entered(log) == written
    assert log.audit(ring=key_ring()).is_clean


def test_rows_wait_for_a_key_that_the_sealer_was_not_told_of_while_it_seals_the_others(log: Log, settings) -> None:
    """In quarantine they would be lost to the log, for a setting that was forgotten."""
    known = open_archive()
    before = log.sealer.ring
    two_keys(settings, current=2)
    unknown = open_archive()
    waiting, sealed = _append(unknown, 2), _append(known, 2)
    waiting += _append(unknown)
    sealer = _with(log, before)
    assert sealer.seal(MORNING_MS) == Sealed(2, 0, 2, frozenset({2}))
    assert sealer.seal(MORNING_MS) == Sealed(0, 0, 2, frozenset({2}))
    assert _with(log, key_ring()).seal(MORNING_MS) == Sealed(3, 0, 5)
    assert _entered(log) == sealed + waiting
    assert log.audit(ring=key_ring()).is_clean


def test_more_waiting_rows_than_are_sealed_at_once_hold_nobody_up(log: Log, settings) -> None:
    known = open_archive()
    before = log.sealer.ring
    two_keys(settings, current=2)
    for _ in range(4):
        _append(open_archive(), 5)
    sealed = _append(known, 3)
    sealer = _with(log, before, limit=4)
    assert sealer.seal(MORNING_MS) == Sealed(3, 0, 3, frozenset({2}))
    assert _entered(log) == sealed


def test_a_key_that_is_sealed_anew_while_the_sealer_judges_its_rows_puts_none_into_quarantine(
    log: Log, settings, committed_database: str
) -> None:
    """The sealer was not told of the new key, has read the archive's key, and is held up until that is sealed under the new one."""
    eid = _append(open_archive())[0]
    before = log.sealer.ring
    ring = two_keys(settings, current=2)
    with ThreadPoolExecutor(1) as pool, connected_as("TEST_ADMIN", committed_database) as other:
        with other.transaction():
            other.execute("LOCK TABLE ledger_payload IN ACCESS EXCLUSIVE MODE")
            sealing = pool.submit(_with(log, before).seal, MORNING_MS)
            _wait_until_it_is_held_up(log, committed_database)
            with as_owner():
                assert [step.resealed for step in reseal(ring)] == [1]
        assert sealing.result(20) == Sealed(entries=1, quarantined=0, size=1)
    assert _entered(log) == [eid]


def _wait_until_it_is_held_up(log: Log, database: str) -> None:
    held_up = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    for _ in range(200):
        if log.one(held_up, database):
            return
        time.sleep(0.05)
    pytest.fail("it was not held up")


def test_a_lacking_key_is_an_alarm_that_is_raised_once(log: Log, settings, committed_database: str) -> None:
    _append(open_archive())
    before = log.sealer.ring
    two_keys(settings, current=2)
    _append(open_archive())
    with connected_as("SEALER", committed_database) as connection:
        sealing = Sealing(connection, before, LOG_KEY)
        for _ in range(3):
            assert not sealing.round(connection, MORNING_MS)
    assert log.admin.execute("SELECT kind, detail FROM ledger_alarm").fetchall() == [
        ("sealer.key_lacking", "sealing keys 2")
    ]


def test_a_sealer_that_has_only_the_key_before_the_rotation_refuses(
    log: Log, settings, committed_database: str
) -> None:
    _append(open_archive())
    before = log.sealer.ring
    ring = two_keys(settings, current=2)
    with as_owner():
        assert [step.resealed for step in reseal(ring)] == [1]
    with connected_as("SEALER", committed_database) as connection:
        assert refusal_of(lambda: Sealing(connection, before, LOG_KEY)) is SealerRefusal
        Sealing(connection, key_ring(), LOG_KEY).round(connection, MORNING_MS)
    assert log.one("SELECT count(*) FROM ledger_inboxentry") == 0


def test_whoever_writes_another_number_into_an_archives_key_makes_its_rows_wait_with_an_alarm(
    log: Log, settings, committed_database: str
) -> None:
    """Without the sealing key nobody can seal another: the rows wait, everybody sees it, and the right key brings them into the log."""
    aid, other = open_archive(), open_archive()
    eids = [*_append(aid), *_append(other)]
    log.admin.execute("UPDATE ledger_subjectkey SET sealed_key = set_byte(sealed_key, 2, 9) WHERE aid = %s", [aid])
    with connected_as("SEALER", committed_database) as connection:
        Sealing(connection, key_ring(), LOG_KEY).round(connection, MORNING_MS)
    assert log.one("SELECT detail FROM ledger_alarm") == "sealing keys 9"
    assert eids[0] not in _entered(log)
    assert eids[1] in _entered(log)
    log.admin.execute("UPDATE ledger_subjectkey SET sealed_key = set_byte(sealed_key, 2, 1) WHERE aid = %s", [aid])
    log.seal()
    assert eids[0] in _entered(log)
