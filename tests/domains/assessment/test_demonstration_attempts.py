"""The demonstration's people take the tests of what they have played: most pass, some at the second try, some not yet."""

import pytest

from jiangxue.assessment.models import Attempt
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal
from jiangxue.project.demonstration.tests_taken import take_tests
from tests.factories import people
from tests.factories.assessment import played, with_test
from tests.factories.classes import Classroom


@pytest.fixture
def crowd(room: Classroom, clock: HandClock) -> list[Enrolment]:
    """Return five places in the room's class, whose learners have played its first lesson, which has a test."""
    with_test(room, clock.now())
    played(room, clock.now())
    places = [room.enrolment]
    for _ in range(4):
        learner = people.account(now=clock.now())
        place = enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=clock.now())
        played(room, clock.now(), place=place)
        places.append(place)
    return sorted(places, key=lambda place: place.learner.login_name)


def test_who_has_played_takes_the_test_by_the_real_rules(
    room: Classroom, crowd: list[Enrolment], clock: HandClock
) -> None:
    began = clock.now()
    assert take_tests(room.training_class.code, at=began, clock=clock, chance=lambda: 0.5) == 5
    scores = [
        list(Attempt.objects.filter(enrolment=place).order_by("begun_at").values_list("score", flat=True))
        for place in crowd
    ]
    assert scores == [[75], [25, 100], [75], [50], []]
    assert clock.now() > began
    assert not DayTotal.objects.exists()


def test_what_is_taken_already_is_not_taken_again(room: Classroom, crowd: list[Enrolment], clock: HandClock) -> None:
    take_tests(room.training_class.code, at=clock.now(), clock=clock, chance=lambda: 0.5)
    passed = Attempt.objects.filter(passed=True).count()
    take_tests(room.training_class.code, at=clock.now(), clock=clock, chance=lambda: 0.5)
    assert Attempt.objects.filter(passed=True).count() == passed
