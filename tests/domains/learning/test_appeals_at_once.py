"""Two who act on one appeal at the same moment, on real connections: one of them does, the other is told (clause M6)."""

from datetime import timedelta

import pytest

from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.learning.models import Appeal, Correction, DayTotal
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.recomputing import recompute
from tests.at_once import at_once
from tests.factories import people
from tests.factories.appeals import administrator, appealed, draft_of, proposed, reviewed, silent_session
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(hour=1, minute=0, microsecond=0))


@pytest.fixture
def room(clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


def test_one_stretch_appealed_in_two_windows_is_one_appeal(room: Classroom, clock: HandClock) -> None:
    draft = draft_of(silent_session(room, clock), clock)
    ends = at_once(*[lambda: open_appeal(room.viewer, draft, clock=clock)] * 2)
    assert ends == ["AlreadyAppealed", "done"]
    assert Appeal.objects.count() == 1


@pytest.mark.clause("M6")
def test_two_who_approve_at_once_give_back_once(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    viewers = [people.viewer(administrator(room, clock)) for _ in range(2)]
    first, second = ((lambda viewer=viewer: reviewed(viewer, clock, found.pk)) for viewer in viewers)
    assert at_once(first, second) == ["NotTheTurn", "done"]
    assert Correction.objects.count() == 1
    assert DayTotal.objects.get(learner=room.learner).corrected_ms == 60_000
    assert not recompute(room.training_class.pk).differences


@pytest.mark.clause("M6")
def test_an_approval_and_a_sending_back_at_once_are_one_step(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    one, other = (people.viewer(administrator(room, clock)) for _ in range(2))
    ends = at_once(lambda: reviewed(one, clock, found.pk), lambda: reviewed(other, clock, found.pk, approves=False))
    assert ends == ["NotTheTurn", "done"]
    assert found.steps.count() == 2
    assert not recompute(room.training_class.pk).differences
