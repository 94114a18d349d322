"""A classroom whose first lesson has a test and is played."""

import pytest

from jiangxue.courseware.models import CourseQuestion
from jiangxue.kernel.clock import HandClock
from tests.factories.assessment import played, with_test
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def asked(room: Classroom, clock: HandClock) -> list[CourseQuestion]:
    """Return the four questions of the first lesson's test; the lesson is played."""
    found = with_test(room, clock.now())
    played(room, clock.now())
    return found
