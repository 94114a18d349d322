"""Learners with open sessions, and the administrator's way into the database that they learn in."""

import json
import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from jiangxue.accounts.models import Account
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.services.opening import OpeningRequest, open_session
from tests.attacks.client import Page
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import NO_CHECK_SOON
from tests.hot.harness import Harness

type Admin = psycopg.Connection[tuple[object, ...]]
type PagesFor = Callable[[int], list[Page]]


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def pages_for(room: Classroom, hot: Harness, clock: HandClock) -> PagesFor:
    """Return a maker of pages, each of a learner of its own with an open session."""

    def make(number: int) -> list[Page]:
        return [opened_page(room, _enrolled(room, clock), hot, clock) for _ in range(number)]

    return make


def _enrolled(room: Classroom, clock: HandClock) -> Account:
    learner = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=clock.now())
    return learner


def opened_page(room: Classroom, learner: Account, hot: Harness, clock: HandClock) -> Page:
    """Return a page of a learner of the room's class that has opened the first lesson."""
    wanted = OpeningRequest(
        class_id=room.training_class.pk,
        lesson_id=room.lesson.pk,
        window="0" * 32,
        device="电脑 · Chrome",
        address=None,
        take_over=False,
        signed_in_since=learner.password_changed_at,
    )
    opened = open_session(people.viewer(learner), wanted, clock=clock, chance=lambda: NO_CHECK_SOON)
    return Page(
        post=lambda _url, body: hot.ask(json.dumps(body).encode()),
        open_url="",
        session=opened.session,
        key=bytes.fromhex(opened.key),
        tag=opened.tag,
        nonce=opened.nonce,
    )


@pytest.fixture
def admin(lasting_database: str) -> Iterator[Admin]:
    address = make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=lasting_database)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection
