"""Tests that the demonstration's people have taken of the lessons that they have played: most passed, some at the second try, some not yet."""

from datetime import datetime

from jiangxue.assessment.queries.lesson_tests import Seat
from jiangxue.assessment.queries.recognition import recognition
from jiangxue.assessment.rules.recognition import Missing
from jiangxue.assessment.services import begin_attempt, submit_attempt
from jiangxue.courseware.queries.teaching import questions_kept
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import reach_of
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.policies.queries import time_policy_for

_READING_MS = 25_000
"""How long somebody takes for one question."""


def take_tests(class_code: str, *, at: datetime, clock: HandClock, chance: Chance) -> int:
    """Let the learners of a class take the tests that are open to them, one after another, and return how many attempts that were."""
    places = Enrolment.objects.filter(training_class__code=class_code).select_related("training_class__institution")
    clock.at = at
    taken = 0
    for serial, place in enumerate(places.order_by("learner__login_name")):
        if serial % 5 == 4:
            continue  # has not come to it yet
        for lesson_id in _open_to(place, clock.now()):
            for percent in _tries(serial):
                _take(place, lesson_id, percent, clock, chance)
                taken += 1
    return taken


def _tries(serial: int) -> tuple[int, ...]:
    """Return how much of a test somebody knows at each try, in percent."""
    if serial % 7 == 3:
        return (50,)
    return (25, 100) if serial % 4 == 1 else (75,)


def _open_to(place: Enrolment, at: datetime) -> list[int]:
    policy = time_policy_for(reach_of(place.training_class), at).policy
    lessons = recognition([Seat(place.pk, place.training_class.version_id, policy)], at)[place.pk]
    return [each.lesson_id for each in lessons if each.test.is_on and Missing.PLAYED not in each.missing]


def _take(place: Enrolment, lesson_id: int, percent: int, clock: HandClock, chance: Chance) -> None:
    viewer = Viewer(place.learner_id, Role.LEARNER)
    attempt = begin_attempt(
        viewer=viewer, class_id=place.training_class_id, lesson_id=lesson_id, clock=clock, chance=chance
    )
    kept = questions_kept([item.ref for item in attempt.items])
    known = -(-len(attempt.items) * percent // 100)
    choices = {}
    for number, item in enumerate(attempt.items):
        clock.advance(_READING_MS)
        right = item.order.index(kept[item.ref].right_index)
        choices[number] = right if number < known else (right + 1) % len(item.order)
    submit_attempt(viewer=viewer, attempt_id=attempt.pk, choices=choices, clock=clock)
