"""The sealing key is rotated while people write, while it is killed, and after somebody moved blobs: nothing is lost, nothing becomes genuine."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.core.management.base import CommandError
from django.db import transaction

from jiangxue.accounts.models import Identity
from jiangxue.djangokit.sealed import key_ring, reveal, reveal_bytes, seal_for
from jiangxue.kernel import crypto
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.crypto import KeyRing, NotGenuine
from jiangxue.ledger.models import SubjectKey
from jiangxue.ledger.services import append, open_archive
from jiangxue.operations.services.rotating import rotate_seal_key
from tests.attacks.places import environment_of
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.keys import (
    as_owner,
    blobs,
    contents,
    everything_sealed,
    many_archives,
    numbers,
    only,
    owner_url,
    rotated,
    two_keys,
)
from tests.factories.logs import ORIGIN, connected_as, running_log

pytestmark = pytest.mark.clause("M2")

MANY = 12_000
_KILLS = 6
_SEED = 20261127


@pytest.fixture
def sealed(committed_database: str) -> str:
    everything_sealed(MORNING)
    return committed_database


class _Killed(BaseException):
    """Stands for a process that ends at a point: what it had not committed is undone."""


def _environment(ring: KeyRing) -> dict[str, str]:
    more = ",".join(f"{number}:{key.hex()}" for number, key in ring.keys.items() if number != 1)
    return {**os.environ, "JIANGXUE_SEAL_KEYS": more, "JIANGXUE_SEAL_KEY_CURRENT": str(ring.current)}


def _begun(database: str, ring: KeyRing) -> "subprocess.Popen[str]":
    """Start the real command in a process of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "jiangxue.project.manage", "rotate_seal_key"),
            *("--fingerprint", crypto.fingerprint(ring.keys[ring.current])),
        ],
        env={**_environment(ring), "DATABASE_URL": owner_url(database)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for(what: Callable[[], object]) -> None:
    for _ in range(400):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to that")


@pytest.mark.parametrize(("point", "before"), [("locked", 0), ("written", 2), ("committed", 0), ("committed", 3)])
def test_a_rotation_that_ends_at_any_point_has_lost_nothing_and_is_gone_on_with(
    sealed: str, settings, point: str, before: int
) -> None:
    many_archives(901)
    ring, held = two_keys(settings, current=2), contents()
    left = [before]

    def at(passed: str) -> None:
        left[0] -= passed == point
        if left[0] < 0:
            raise _Killed

    with as_owner(), suppress(_Killed):
        rotate_seal_key(fingerprint=crypto.fingerprint(ring.keys[2]), clock=HandClock(MORNING), at=at)
    assert 1 in numbers(), "it did not come to its end"
    assert contents() == held
    rotated("--fingerprint", crypto.fingerprint(ring.keys[2]))
    only(settings, 2)
    assert contents() == held


def test_kills_at_any_moment_of_the_real_command_while_the_real_sealer_works(
    sealed: str, settings, tmp_path: Path
) -> None:
    many_archives(MANY)
    ring, chance, written = two_keys(settings, current=2), Random(_SEED), list[UUID]()
    held, under_old, aids = contents(), [_under(1)], [open_archive() for _ in range(3)]
    with running_log(sealed, tmp_path) as log, _sealer(sealed, ring, tmp_path):
        for turn in range(_KILLS):
            command = _begun(sealed, ring)
            assert command.stdout is not None
            assert any(line.startswith("ledger_subjectkey.sealed_key: ") for line in command.stdout)
            written.append(append(aids[turn % 3], "segment.sealed", {"turn": turn}, at=MORNING))
            time.sleep(chance.uniform(0, 0.6))
            command.kill()
            command.communicate()
            assert held.items() <= contents().items()
            under_old.append(_under(1))
        assert under_old == sorted(under_old, reverse=True), "what was done stays done"
        assert under_old[0] > under_old[-1] > 0, "they were killed at work"
        last = _begun(sealed, ring)
        said, faults = last.communicate(timeout=120)
        assert (last.returncode, faults) == (0, ""), said
        only(settings, 2)
        assert held.items() <= contents().items()
        written.append(append(aids[0], "segment.sealed", {"turn": "last"}, at=MORNING))
        _wait_for(lambda: log.one("SELECT count(*) FROM ledger_inboxentry") == 0)
        entered = log.one(
            'SELECT array_agg(eid ORDER BY "index") FROM ledger_entry WHERE leaf NOT LIKE \'%%"heads"%%\''
        )
        assert set(written) <= set(entered)
        assert log.one("SELECT count(*) FROM ledger_quarantined") == 0
        assert log.audit(ring=key_ring()).is_clean


def _under(number: int) -> int:
    return sum(crypto.key_number(blob) == number for blob in blobs().values())


@contextmanager
def _sealer(database: str, ring: KeyRing, folder: Path):
    environment: Mapping[str, str] = {**_environment(ring), **environment_of(database, folder / "signer", ORIGIN)}
    with (folder / "sealer.log").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "jiangxue.project.sealer"], env=environment, stdout=said, stderr=said
        )
        try:
            yield
            assert process.poll() is None, (folder / "sealer.log").read_text()
        finally:
            process.terminate()
            process.wait(20)


def test_whoever_changes_a_row_meanwhile_neither_loses_it_nor_is_held_up(sealed: str, settings) -> None:
    """The rotation waits for the row that is held, one at a time, and holds none itself: so nobody comes into a deadlock with it."""
    first, last = Identity.objects.earliest("pk"), Identity.objects.latest("pk")
    ring = two_keys(settings, current=1)
    with connected_as("TEST_ADMIN", sealed) as admin, transaction.atomic():
        _renumber(last, "13700000001")
        command = _begun(sealed, KeyRing(ring.keys, 2))
        _wait_for(lambda: _somebody_waits(admin, sealed))
        _renumber(first, "13700000002")
    _, faults = command.communicate(timeout=60)
    assert command.returncode in {0, 1}, faults
    assert "deadlock" not in faults
    assert reveal(Identity.objects.get(pk=last.pk), "phone") == "13700000001"
    assert reveal(Identity.objects.get(pk=first.pk), "phone") == "13700000002"
    assert crypto.key_number(bytes(Identity.objects.get(pk=last.pk).phone)) == 2, "what it waited for, it sealed anew"
    settings.SEAL_KEY_CURRENT = 2
    rotated()
    assert numbers() == {2}


def _renumber(identity: Identity, phone: str) -> None:
    seal_for(identity, "phone", phone)
    identity.save(update_fields=["phone"])


def _somebody_waits(admin, database: str) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    ((count,),) = admin.execute(waiting, [database]).fetchall()
    return bool(count)


def test_a_program_that_still_seals_under_the_old_key_loses_nothing(sealed: str, settings) -> None:
    """It was started with the old settings; it knows both keys, so that it also opens what is sealed anew."""
    many_archives(3000)
    ring, held = two_keys(settings, current=1), contents()
    command = _begun(sealed, KeyRing(ring.keys, 2))
    victim, phone = Identity.objects.earliest("pk"), ""
    turn = 0
    while command.poll() is None:
        turn += 1
        people.account(now=MORNING)
        victim.refresh_from_db()
        phone = f"137{turn:08d}"
        _renumber(victim, phone)
    people.account(now=MORNING)
    _, faults = command.communicate()
    assert turn > 3
    now = contents()
    assert {place for place in held if held[place] != now[place]} <= {("accounts_identity.phone", victim.pk)}
    assert reveal(Identity.objects.get(pk=victim.pk), "phone") == phone
    assert command.returncode == 0 or "A program still seals under another key" in faults
    settings.SEAL_KEY_CURRENT = 2
    rotated()
    assert numbers() == {2}
    assert reveal(Identity.objects.get(pk=victim.pk), "phone") == phone


def test_two_rotations_at_once_do_it_once_each(sealed: str, settings) -> None:
    many_archives(3000)
    ring, held = two_keys(settings, current=2), contents()
    both = [_begun(sealed, ring) for _ in range(2)]
    ends = [command.communicate(timeout=120) for command in both]
    assert [command.returncode for command in both] == [0, 0], ends
    resealed = [int(said.split("sealed anew: ")[1].split()[0]) for said, _ in ends]
    assert sum(resealed) == len(held)
    only(settings, 2)
    assert contents() == held


def test_a_blob_that_was_moved_opens_neither_before_nor_after(sealed: str, settings) -> None:
    """Sealing anew opens first, for the place where the blob lies: it makes nothing genuine that was not."""
    giver, taker = Identity.objects.order_by("pk")[:2]
    Identity.objects.filter(pk=taker.pk).update(phone=giver.phone)
    archives = SubjectKey.objects.order_by("pk")[:2]
    with as_owner():
        SubjectKey.objects.filter(pk=archives[1].pk).update(sealed_key=archives[0].sealed_key)
    two_keys(settings, current=2)
    people.account(now=MORNING)
    with pytest.raises(CommandError, match="2 values do not open"):
        rotated()
    assert bytes(Identity.objects.get(pk=taker.pk).phone) == bytes(giver.phone), "left as it was"
    assert _refused(Identity.objects.get(pk=taker.pk), "phone")
    assert _refused(SubjectKey.objects.get(pk=archives[1].pk), "sealed_key")
    Identity.objects.filter(pk=taker.pk).update(phone=Identity.objects.get(pk=giver.pk).phone)
    assert _refused(Identity.objects.get(pk=taker.pk), "phone"), "nor once it is sealed under the new key"


def _refused(row: Identity | SubjectKey, field: str) -> bool:
    try:
        reveal_bytes(row, field)
    except NotGenuine:
        return True
    return False


def test_an_old_copy_of_a_row_that_is_put_back_after_the_old_key_is_gone_does_not_open(sealed: str, settings) -> None:
    """What an old backup holds is unreadable once the old key is destroyed; this is how a person is forgotten in backups too."""
    old = {identity.pk: bytes(identity.id_number) for identity in Identity.objects.all()}
    two_keys(settings, current=2)
    people.account(now=MORNING)
    rotated()
    only(settings, 2)
    for pk, blob in old.items():
        Identity.objects.filter(pk=pk).update(id_number=blob)
        assert _refused(Identity.objects.get(pk=pk), "id_number")
