"""A classroom with an hour's lesson, and the second person of its institution."""

import pytest

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)
