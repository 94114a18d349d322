"""What learning does by itself is done as often as it must be."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from jiangxue.kernel.clock import HandClock, MachineClock, learning_day, to_ms
from jiangxue.learning import jobs
from jiangxue.learning.models import Recomputation, Segment, StudySession
from tests.conftest import MORNING
from tests.factories.classes import classroom
from tests.factories.learning import opened, watched

EVERY_S = {
    "learning:end_overdue_sessions": 10,
    "learning:seal_open_segments": 10,
    "learning:add_beat_partitions": 600,
}


@pytest.mark.parametrize("name", EVERY_S)
def test_a_job_comes_round_at_its_interval(name: str) -> None:
    [periodic] = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == name]
    start_s = to_ms(MORNING) // 1000
    periodic.croniter.set_current(start_time=start_s)
    due_s = [periodic.croniter.get_next(float) - start_s for _ in range(12)]
    assert due_s == [EVERY_S[name] * turn for turn in range(1, 13)]


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch, clock: HandClock) -> HandClock:
    """Let jobs go by the clock that the test sets by hand."""
    monkeypatch.setattr(jobs, "DatabaseClock", lambda: clock)
    return clock


@pytest.mark.django_db
def test_the_jobs_seal_and_end_what_is_due(by_hand: HandClock) -> None:
    session = opened(classroom(MORNING, lesson_ms=3_600_000), by_hand)
    watched(session, by_hand, 9)
    jobs.seal_open_segments(timestamp=0)
    assert Segment.objects.get(session=session).credited_ms == 270_000
    by_hand.advance(600_000)
    jobs.end_overdue_sessions(timestamp=0)
    assert StudySession.objects.get(pk=session.pk).end_reason == "silent"


@pytest.mark.django_db
def test_the_job_makes_parts_for_learning_days_and_not_for_those_of_greenwich(by_hand: HandClock) -> None:
    by_hand.at = MachineClock().now().replace(hour=17) + timedelta(days=20)
    jobs.add_beat_partitions(timestamp=0)
    first = learning_day(by_hand.at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass(%s) IS NULL, to_regclass(%s) IS NOT NULL, to_regclass(%s) IS NOT NULL",
            [f"learning_beat_{first + timedelta(days=ahead):%Y%m%d}" for ahead in (-1, 0, 7)],
        )
        assert cursor.fetchone() == (True, True, True)


@pytest.mark.django_db
@pytest.mark.clause("T1.3")
def test_the_job_judges_a_class_again_and_keeps_the_report(by_hand: HandClock) -> None:
    room = classroom(MORNING, lesson_ms=3_600_000)
    watched(opened(room, by_hand), by_hand, 9)
    asked = Recomputation.objects.create(
        training_class=room.training_class, asked_by=room.head_teacher, asked_at=by_hand.now()
    )
    jobs.recompute_class(recomputation_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.finished_at, asked.sessions, asked.beats, asked.differing) == (by_hand.now(), 1, 9, 0)
