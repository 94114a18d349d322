"""Whoever seals or signs is killed, without warning, at each point and at any moment: nothing is lost, doubled or signed twice otherwise."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import IO
from uuid import UUID

import pytest

from jiangxue.djangokit.sealed import key_ring
from jiangxue.ledger.rules.edge import root
from jiangxue.ledger.services import Event, append_all, open_archive
from tests.attacks.dying import SMALL
from tests.attacks.places import environment_of
from tests.conftest import MORNING
from tests.factories.logs import MORNING_MS, ORIGIN, Log, running_log

pytestmark = pytest.mark.clause("T8.2")

POINTS = {
    "seal": ("computed", "entries written", "before commit", "committed"),
    "heads": ("heads computed", "entries written", "heads before commit", "heads committed"),
    "sign": ("checked", "remembered", "signed", "kept"),
}
_KILLED = -9
_TURNS = 6
_KILLS = 36
_SEED = 20261126


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path, limit=SMALL) as running:
        yield running


class Writing:
    """Whoever appends while others are killed; knows all that must be in the log."""

    def __init__(self, archives: int = 5) -> None:
        self._archives = [open_archive() for _ in range(archives)]
        self.written: list[UUID] = []

    def append(self, events: int) -> None:
        """Append events, in turn to each archive."""
        number = len(self.written)
        self.written += append_all(
            [
                Event(
                    self._archives[(number + more) % len(self._archives)],
                    "segment.sealed",
                    {"number": number + more},
                    MORNING + timedelta(seconds=number + more),
                )
                for more in range(events)
            ]
        )


def _is_whole(log: Log, written: list[UUID], notes: list[str]) -> None:
    """Demand that after one more honest round everything is there, once, signed, and as it was ever signed."""
    log.seal()
    log.sign()
    sealed = log.one('SELECT array_agg(eid ORDER BY "index") FROM ledger_entry WHERE leaf NOT LIKE \'%%"heads"%%\'')
    assert sealed == written, "each event once, and in the order in which they were written"
    assert log.one("SELECT count(*) FROM ledger_inboxentry") == 0
    found = log.audit(*notes, ring=key_ring())
    assert found.is_clean, found.findings
    assert found.counts["quarantined"] == found.counts["alarm"] == 0
    by, edge = log.signer.memory.read()
    assert edge.size == log.size
    assert log.one("SELECT root FROM ledger_checkpoint ORDER BY size DESC LIMIT 1") == root(by, edge)


@contextmanager
def _mortals(database: str, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.attacks.dying", database, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as mortals:
        yield mortals
        assert mortals.stdin is not None
        mortals.stdin.close()


def _end_of(mortals: "subprocess.Popen[str]", act: str, point: str, before: int) -> int:
    assert mortals.stdin is not None
    assert mortals.stdout is not None
    mortals.stdin.write(f"{act}\t{point}\t{before}\n")
    mortals.stdin.flush()
    return int(mortals.stdout.readline())


@pytest.mark.parametrize("act", POINTS)
def test_a_death_at_each_point_loses_nothing_and_doubles_nothing(log: Log, committed_database: str, act: str) -> None:
    """Some times at each point: at the first passing, and where there are several steps, at later ones."""
    writing, notes = Writing(), list[str]()
    with _mortals(committed_database, log.signer.memory.folder) as mortals:
        for turn in range(_TURNS):
            for point in POINTS[act]:
                writing.append(SMALL * 4)
                if act != "seal":
                    log.sealer.seal(MORNING_MS)
                before = turn % 3 if act == "seal" else 0
                assert _end_of(mortals, act, point, before) == _KILLED
                log.sealer.seal(MORNING_MS)  # the other sealer goes on at once
                notes += [note for (note,) in log.admin.execute("SELECT note FROM ledger_checkpoint").fetchall()]
    assert len(writing.written) == _TURNS * 4 * SMALL * 4
    _is_whole(log, writing.written, sorted(set(notes)))


def test_who_is_not_killed_ends_well(log: Log, committed_database: str) -> None:
    """The honest twin: the same acts, with a point that is never passed."""
    writing = Writing()
    with _mortals(committed_database, log.signer.memory.folder) as mortals:
        for act in POINTS:
            writing.append(SMALL * 4)
            assert _end_of(mortals, act, "nowhere", 0) == 0
    _is_whole(log, writing.written, [])


def test_what_was_remembered_and_not_kept_is_signed_next_time(log: Log, committed_database: str) -> None:
    Writing().append(3)
    log.seal()
    with _mortals(committed_database, log.signer.memory.folder) as mortals:
        for point in ("remembered", "signed"):
            assert _end_of(mortals, "sign", point, 0) == _KILLED
            assert log.signer.memory.read()[1].size == 3
            assert log.one("SELECT count(*) FROM ledger_checkpoint") == 0
        assert _end_of(mortals, "sign", "nowhere", 0) == 0
    assert log.one("SELECT size FROM ledger_checkpoint") == 3


class Processes:
    """Two sealers and a signer as they run in production."""

    def __init__(self, environment: Mapping[str, str], said: IO[str]) -> None:
        self._environment, self._said = environment, said
        self._running = [self._begun(name) for name in ("sealer", "sealer", "signer")]

    def kill(self, chance: Random) -> None:
        """Kill one of them and begin it anew."""
        victim = chance.randrange(len(self._running))
        name, process = self._running[victim]
        assert process.poll() is None, f"the {name} ended by itself"
        process.kill()
        process.wait()
        self._running[victim] = self._begun(name)

    def end(self) -> None:
        """End all of them by a signal, as a supervisor does."""
        for _, process in self._running:
            process.terminate()
        for _, process in self._running:
            process.wait(20)

    def _begun(self, name: str) -> tuple[str, "subprocess.Popen[bytes]"]:
        command = [sys.executable, "-m", f"jiangxue.project.{name}"]
        return name, subprocess.Popen(command, env=self._environment, stdout=self._said, stderr=self._said)


@contextmanager
def _processes(database: str, log: Log, folder: Path) -> Iterator[Processes]:
    with (folder / "said").open("w") as said:
        processes = Processes(environment_of(database, log.signer.memory.folder, ORIGIN), said)
        try:
            yield processes
        finally:
            processes.end()


def test_kills_at_any_moment_of_the_real_processes(log: Log, committed_database: str, tmp_path: Path) -> None:
    chance, writing, notes = Random(_SEED), Writing(archives=20), list[str]()
    with _processes(committed_database, log, tmp_path) as processes:
        for _ in range(_KILLS):
            writing.append(chance.randrange(10, 200))
            time.sleep(chance.uniform(0.05, 0.9))
            processes.kill(chance)
            notes += [note for (note,) in log.admin.execute("SELECT note FROM ledger_checkpoint").fetchall()]
    assert log.size > 0, "they came to sealing"
    assert notes, "and to signing"
    _is_whole(log, writing.written, sorted(set(notes)))
