"""A real platform that is backed up while people learn, goes on learning and being witnessed, and is lost."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection

from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.sealing import seal_open
from jiangxue.ledger.queries.published import newest_note
from jiangxue.ledger.queries.readiness import readiness
from jiangxue.ledger.queries.state import log_state, trust_list
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.posting import post
from jiangxue.ledger.services.wishing import wish_for_heads
from jiangxue.ledger.services.witnessing import ask_all
from tests.backup.places import manage
from tests.browser.player import until
from tests.browser.proving import proved_site
from tests.conftest import connected_to
from tests.factories import people
from tests.factories.classes import OPENS_ON, Classroom, course, institution, training_class
from tests.factories.learning import opened, watched

FILM = "made/00000000000000000000000000000001/one/index.m3u8"


@dataclass(frozen=True)
class Drill:
    """What is left of the platform: its backup, what outsiders know, the signer's folder, and one learner's archive id."""

    database: str
    backup: Path
    before: Path
    newest: Path
    signer: Path
    data: Path
    trust: Path
    place: Enrolment

    @property
    def backed_up_size(self) -> int:
        """How many entries the log had in the snapshot."""
        return int(json.loads((self.backup / "manifest.json").read_text())["log"]["size"])

    @property
    def newest_size(self) -> int:
        """How many entries it had when everything was lost."""
        return note.read_checkpoint(note.split(self.newest.read_text())[0]).size


@contextmanager
def lost_platform(database: str, folder: Path) -> Iterator[Drill]:
    """Let a platform live as described, and yield what is left when its processes have ended."""
    data = folder / "data"
    film = data / "media" / FILM
    film.parent.mkdir(parents=True)
    film.write_text("#EXTM3U\n")
    clock = HandClock(MachineClock().now() - timedelta(hours=10))
    with connected_to(database), proved_site(folder):
        room = _classroom(clock)
        _learn(room, clock)
        _prove(room)
        before = _kept(folder / "before.txt")
        with _learning_meanwhile(room, clock):
            made = manage(database, data, "back_up", folder / "backups")
        assert made.returncode == 0, made.stderr
        _learn(room, clock)
        _witness_all()
        newest = _kept(folder / "newest.txt")
        (folder / "trust.txt").write_text(trust_list() or "")
    (backup,) = (folder / "backups").iterdir()
    yield Drill(database, backup, before, newest, folder / "signer", data, folder / "trust.txt", room.enrolment)


def _classroom(clock: HandClock) -> Classroom:
    now = clock.now()
    of = institution()
    taught = course(of, lessons=1, lesson_ms=36_000_000)
    of_class = training_class(of, now=now, taught=taught, term=(OPENS_ON, (now + timedelta(days=90)).date()))
    learner = people.account(now=now)
    place = enrol(class_id=of_class.pk, learner_id=learner.pk, now=now)
    lessons = [each for module in taught.modules.all() for each in module.lessons.select_related("media")]
    return Classroom(of, of_class, of_class.head_teacher, learner, place, lessons)


def _learn(room: Classroom, clock: HandClock) -> None:
    """Learn for two minutes and leave."""
    session = opened(room, clock)
    watched(session, clock, 4, flags=Flag.LEAVE)
    seal_open(clock=clock)


@contextmanager
def _learning_meanwhile(room: Classroom, clock: HandClock) -> Iterator[None]:
    """Let beats and sealing of segments go on, each in a transaction of its own, while sealer and signer run."""
    ended, faults = threading.Event(), list[BaseException]()

    def learn() -> None:
        try:
            while not ended.is_set():
                _learn(room, clock)
        except BaseException as fault:  # noqa: BLE001 (handed to the test)
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=learn)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert not faults, faults


def _prove(room: Classroom) -> None:
    """Wait until everything recorded so far is sealed, signed, witnessed and under heads, as whoever asks for an archive does."""
    wish_for_heads(now=MachineClock().now())
    _until_witnessed(lambda: readiness(room.enrolment.aid).is_current)


def _witness_all() -> None:
    """Wait until everything recorded so far is sealed, signed and witnessed."""
    _until_witnessed(lambda: (state := log_state()).waiting == 0 and state.witnessed == state.size)


def _until_witnessed(is_done: Callable[[], bool]) -> None:
    def asked() -> bool:
        ask_all(post, now=MachineClock().now())
        return is_done()

    until(asked, "everything is witnessed", 60)


def _kept(path: Path) -> Path:
    path.write_text(newest_note() or "")
    return path
