"""Days of beats: made ahead, guarded like their parent, and never in the way of beats that came before them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from jiangxue.kernel.clock import learning_day
from jiangxue.learning.services.partitions import add_partitions
from tests.conftest import MORNING
from tests.factories import sessions
from tests.factories.classes import classroom

TODAY = learning_day(MORNING)


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
    assert parts()[:2] == ["learning_beat_20261124", "learning_beat_20261125"]


@pytest.mark.django_db
def test_a_beat_lies_in_the_part_of_its_learning_day() -> None:
    add_partitions(TODAY)
    running = sessions.session(classroom(MORNING), MORNING)
    last_of_day = MORNING.replace(hour=15, minute=59, second=59)
    sessions.beat(running, last_of_day)
    sessions.beat(running, last_of_day + timedelta(seconds=1), n=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM learning_beat ORDER BY n")
        assert [name for (name,) in cursor.fetchall()] == ["learning_beat_20261124", "learning_beat_20261125"]


@pytest.mark.django_db
def test_a_day_whose_beats_came_before_its_part_keeps_them_where_they_are() -> None:
    sessions.beat(sessions.session(classroom(MORNING), MORNING), MORNING)
    assert add_partitions(TODAY) == 7
    assert "learning_beat_20261124" not in parts()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET n = n", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_new_day_is_append_only_like_the_others(change: str) -> None:
    add_partitions(TODAY)
    sessions.beat(sessions.session(classroom(MORNING), MORNING), MORNING)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(change.format("learning_beat_20261124"))


@pytest.mark.django_db
def test_a_new_day_has_the_triggers_of_its_parent() -> None:
    add_partitions(date(2026, 11, 24))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'learning_beat_20261124'::regclass AND tgenabled = 'A'"
        )
        assert cursor.fetchone() == (2,)
