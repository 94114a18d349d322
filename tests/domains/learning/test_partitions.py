"""Days of beats: made ahead, guarded like their parent, and never in the way of beats that came before them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from jiangxue.kernel.clock import MachineClock, learning_day
from jiangxue.learning.services.partitions import add_partitions
from tests.factories import sessions
from tests.factories.classes import classroom

MORNING = MachineClock().now().replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=20)
"""Beyond the days that the migration made; the database makes none that lie far from its own."""

TODAY = learning_day(MORNING)


def part_of(days_ahead: int) -> str:
    return f"learning_beat_{TODAY + timedelta(days=days_ahead):%Y%m%d}"


def parts() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'learning_beat'::regclass ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_days_are_made_ahead_and_only_once() -> None:
    assert add_partitions(TODAY) == 8
    assert add_partitions(TODAY) == 0
    assert add_partitions(TODAY + timedelta(days=1)) == 1
    assert {part_of(ahead) for ahead in range(9)} <= set(parts())


@pytest.mark.django_db
def test_there_are_parts_before_any_job_has_run() -> None:
    assert len(parts()) >= 8


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-400, 400])
def test_days_far_from_today_are_refused(days: int) -> None:
    with pytest.raises(ProgrammingError, match="around today"):
        add_partitions(learning_day(MachineClock().now()) + timedelta(days=days))


@pytest.mark.django_db
def test_a_beat_lies_in_the_part_of_its_learning_day() -> None:
    add_partitions(TODAY)
    running = sessions.session(classroom(MORNING), MORNING)
    last_of_day = MORNING.replace(hour=15, minute=59, second=59)
    sessions.beat(running, last_of_day)
    sessions.beat(running, last_of_day + timedelta(seconds=1), n=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM learning_beat ORDER BY n")
        assert [name for (name,) in cursor.fetchall()] == [part_of(0), part_of(1)]


@pytest.mark.django_db
def test_a_day_whose_beats_came_before_its_part_keeps_them_where_they_are() -> None:
    sessions.beat(sessions.session(classroom(MORNING), MORNING), MORNING)
    assert add_partitions(TODAY) == 7
    assert part_of(0) not in parts()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET n = n", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_new_day_is_append_only_like_the_others(change: str) -> None:
    add_partitions(TODAY)
    sessions.beat(sessions.session(classroom(MORNING), MORNING), MORNING)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(change.format(part_of(0)))


@pytest.mark.django_db
def test_a_new_day_has_the_triggers_of_its_parent() -> None:
    add_partitions(TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'", [part_of(0)])
        assert cursor.fetchone() == (2,)
