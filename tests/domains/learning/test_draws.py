"""Which draw of a check counts for somebody who learns in classes that draw otherwise (clauses T2.6, T2.5)."""

from datetime import timedelta
from itertools import accumulate

import pytest

from jiangxue.enrolment.queries import reach_of
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Lease
from jiangxue.learning.rules.checks import drawn_ms
from jiangxue.learning.services.opening import OpeningRequest, open_session
from jiangxue.policies.queries import time_policy_for
from tests.factories.classes import Classroom, classroom
from tests.factories.policies import set_rule

CHANCES = (0.9, 0.5, 0.7, 0.2, 0.6, 0.1)


@pytest.fixture
def elsewhere(room: Classroom, clock: HandClock) -> Classroom:
    """Return a class that the room's learner is in too, and that asks seldom."""
    found = classroom(clock.now(), lesson_ms=3_600_000)
    enrol(class_id=found.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    set_rule(found, clock.now() - timedelta(days=1), check_mean_ms=2_400_000, check_most_ms=3_600_000)
    return found


def open_in(place: Classroom, room: Classroom, clock: HandClock, chance: float) -> int:
    """Open a lesson of a class for the room's learner, with that chance to draw by, and return when the next check is due."""
    clock.advance(1_000)
    wanted = OpeningRequest(
        class_id=place.training_class.pk,
        lesson_id=place.lesson.pk,
        window="0" * 32,
        device="电脑 · Chrome",
        address=None,
        take_over=True,
        signed_in_since=room.learner.password_changed_at,
    )
    open_session(room.viewer, wanted, clock=clock, chance=lambda: chance)
    lease = Lease.objects.get(learner=room.learner)
    assert lease.until_check_ms is not None
    assert lease.drawn_ms == lease.until_check_ms
    return lease.until_check_ms


@pytest.mark.clause("T2.6", "T2.5")
def test_of_all_draws_in_classes_that_draw_otherwise_the_nearest_counts(
    room: Classroom, elsewhere: Classroom, clock: HandClock
) -> None:
    places = [room, elsewhere] * 3
    draws = [
        drawn_ms(time_policy_for(reach_of(place.training_class), clock.now()).policy, chance)
        for place, chance in zip(places, CHANCES, strict=True)
    ]
    due = [open_in(place, room, clock, chance) for place, chance in zip(places, CHANCES, strict=True)]
    assert due == list(accumulate(draws, min))
    assert len(set(due)) > 2


@pytest.mark.clause("T2.6")
def test_no_opening_in_one_class_changes_the_draw(room: Classroom, clock: HandClock) -> None:
    assert len({open_in(room, room, clock, chance) for chance in CHANCES}) == 1
