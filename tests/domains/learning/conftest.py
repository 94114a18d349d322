"""A classroom with an hour's lesson, and the second person of its institution."""

from collections.abc import Iterator

import pytest

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.worlds import Worlds


def _hour_long(clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def room(worlds: Worlds, clock: HandClock) -> Iterator[Classroom]:
    with worlds.rolled_back(_hour_long, clock) as made:
        yield made


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)
