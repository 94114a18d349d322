"""What learning does by itself is done as often as it must be."""

import pytest
from procrastinate.contrib.django import app

from jiangxue.kernel.clock import to_ms
from tests.conftest import MORNING

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
