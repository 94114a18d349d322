"""A classroom and a browser in which its learner is signed in."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def learner(room: Classroom) -> Client:
    client = Client()
    client.force_login(room.learner)
    return client
