"""A class with a practice lesson of two 学时 that begins in half an hour, and the second person of its institution."""

from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel.clock import HandClock
from tests.factories.appeals import administrator
from tests.factories.attendance import item
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def lesson(room: Classroom, clock: HandClock) -> PlanItem:
    return item(room, clock.now() + timedelta(minutes=30))


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)
