"""A classroom, a course at the desk of its editor, and browsers in which people of both are signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from tests.factories.appeals import administrator, silent_session
from tests.factories.classes import Classroom, classroom
from tests.factories.courses import Desk, desk, submitted
from tests.factories.logs import Log, running_log
from tests.factories.questions import editor
from tests.portals.clients import client_of
from tests.worlds import Worlds


def _classroom(clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def room(worlds: Worlds, clock: HandClock) -> Iterator[Classroom]:
    with worlds.rolled_back(_classroom, clock) as made:
        yield made


@pytest.fixture
def learner(room: Classroom) -> Client:
    client = Client()
    client.force_login(room.learner)
    return client


@pytest.fixture
def course(room: Classroom) -> Course:
    return room.training_class.course


@pytest.fixture
def keeper(room: Classroom, clock: HandClock) -> Account:
    """Return the editor who keeps the institution's courses."""
    return editor(room.institution, clock.now())


@pytest.fixture
def session(room: Classroom, clock: HandClock) -> StudySession:
    """Return a session of which a minute was refused."""
    return silent_session(room, clock)


@pytest.fixture
def head(room: Classroom) -> Client:
    return client_of(room.head_teacher)


@pytest.fixture
def principal(room: Classroom, clock: HandClock) -> Account:
    """Return an administrator of the room's institution."""
    return administrator(room, clock)


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Client:
    """Return the browser of the second person."""
    return client_of(administrator(room, clock))


def _desk(clock: HandClock) -> Desk:
    return desk(clock.now())


@pytest.fixture
def at(worlds: Worlds, clock: HandClock) -> Iterator[Desk]:
    with worlds.rolled_back(_desk, clock) as made:
        yield made


@pytest.fixture
def version(at: Desk, clock: HandClock) -> CourseVersion:
    """Return the version of the course that is handed in."""
    return submitted(at, clock.now())


@pytest.fixture
def own(at: Desk) -> Client:
    """Return the browser of the institution's reviewer."""
    return client_of(at.reviewers[0])


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    """Return a log that is sealed and signed when a test says so."""
    with running_log(committed_database, tmp_path) as running:
        yield running
