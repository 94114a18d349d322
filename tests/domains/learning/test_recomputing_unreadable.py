"""What cannot be read when a class is judged again is told, and hides nothing else (clause T1.3)."""

import pytest
from django.db.models import F

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal, Lease, StudySession
from jiangxue.learning.rules.differences import What
from jiangxue.learning.services.recomputing import recompute
from tests.conftest import MORNING
from tests.domains.learning.test_recomputing import found, learn
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING, lesson_ms=3_600_000)


def test_a_session_that_cannot_be_read_is_found_and_the_others_are_judged(room: Classroom, clock: HandClock) -> None:
    running = learn(room, clock)
    StudySession.objects.filter(pk=running.pk).update(policy={"beat_ms": "soon"})
    report = recompute(room.training_class.pk)
    assert [difference.what for difference in report.differences] == [What.UNREADABLE]
    assert report.sessions == 2


@pytest.mark.clause("T1.3", "T0")
@pytest.mark.parametrize("refused", [[], {"paused": "long"}, 7])
def test_a_day_that_cannot_be_read_hides_no_other_difference(
    room: Classroom, clock: HandClock, refused: object
) -> None:
    running = learn(room, clock)
    Lease.objects.filter(session=running).update(reached_ms=3_000_000)
    DayTotal.objects.update(refused_ms=refused)
    assert found(room) == {What.DAY_UNREADABLE, What.LEASE}


@pytest.mark.clause("T1.3", "T0")
@pytest.mark.parametrize("state", [[], {"reached_ms": "far"}, {}])
def test_a_state_that_cannot_be_read_hides_no_other_difference(
    room: Classroom, clock: HandClock, state: object
) -> None:
    running = learn(room, clock)
    DayTotal.objects.update(credited_ms=F("credited_ms") + 60_000)
    StudySession.objects.filter(pk=running.pk).update(sealed_state=state)
    assert found(room) == {What.UNREADABLE, What.DAY_TOTAL}


@pytest.mark.clause("T1.3", "T0")
def test_a_segment_as_from_before_there_were_parts_hides_no_other_difference(room: Classroom, clock: HandClock) -> None:
    learn(room, clock)
    added = opened(classroom(MORNING), clock)
    StudySession.objects.filter(pk=added.pk).update(enrolment=room.enrolment)
    sessions.segment(added, MORNING, start={}, refused_ms=["nothing"])
    DayTotal.objects.update(credited_ms=F("credited_ms") + 60_000)
    assert found(room) == {What.UNREADABLE, What.DAY_TOTAL}
