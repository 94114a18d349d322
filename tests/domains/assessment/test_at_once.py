"""One learner in several windows at the same moment, on real connections: one attempt, one mark (clauses T0, T1.3)."""

from datetime import timedelta

import pytest

from jiangxue.assessment.models import Attempt
from jiangxue.kernel.clock import HandClock, MachineClock
from tests.at_once import at_once
from tests.factories.archives import events_of
from tests.factories.assessment import begun, played, submitted, with_test
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(microsecond=0))


@pytest.fixture
def room(clock: HandClock) -> Classroom:
    made = classroom(clock.now())
    with_test(made, clock.now())
    played(made, clock.now())
    return made


def kinds(room: Classroom) -> list[str]:
    return sorted(event["kind"] for event in events_of(room.enrolment.aid) if event["kind"].startswith("test."))


@pytest.mark.clause("T0")
def test_beginning_in_four_windows_at_once_begins_one_attempt(room: Classroom, clock: HandClock) -> None:
    assert at_once(*[lambda: begun(room, clock)] * 4) == ["done"] * 4
    assert Attempt.objects.count() == 1
    assert kinds(room) == ["test.begun"]


@pytest.mark.clause("T0")
def test_of_several_submissions_at_once_one_is_marked(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    ends = at_once(*[lambda right=right: submitted(room, attempt, clock, right) for right in (0, 4, 2, 1)])
    assert ends == ["done"] * 4
    kept = Attempt.objects.get()
    assert kept.outcome == "submitted"
    assert kinds(room) == ["test.begun", "test.submitted"]
