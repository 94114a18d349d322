"""A worker that falls in the middle of work of which there may be one at a time does not keep that work from ever being done again."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from jiangxue.operations import jobs
from tests.loops import in_a_loop


@pytest.fixture
def queue(lasting_database: str) -> Iterator[None]:
    yield
    _asked("DELETE FROM procrastinate_jobs")


def _asked(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _begun(lock: str | None, worker: int | None = None) -> int:
    """Put a job into the queue and let a worker begin it; one that has ended leaves no name."""
    [(number,)] = _asked(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, lock, status, worker_id) VALUES ('x', 'default', %s, 'doing', %s) RETURNING id",
        lock,
        worker,
    )
    return int(str(number))


def _worker() -> int:
    [(number,)] = _asked("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    return int(str(number))


def test_the_lock_of_a_worker_that_fell_is_free_again_and_others_are_left(queue: None) -> None:
    alive = _worker()
    fell, at_work, without = _begun("one"), _begun("two", alive), _begun(None)
    in_a_loop(jobs.free_locks(SimpleNamespace(app=app), timestamp=0))
    left = {number for (number,) in _asked("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")}
    assert left == {at_work, without}
    assert fell not in left


def test_every_job_that_holds_a_lock_is_on_the_queue_that_is_looked_at() -> None:
    locked = {name for name, task in app.tasks.items() if task.lock is not None}
    assert len(locked) > 5
    assert {app.tasks[name].queue for name in locked} == {"default"}


def test_it_comes_round_every_minute() -> None:
    [periodic] = [
        each for each in app.periodic_registry.periodic_tasks.values() if each.task.name == "operations:free_locks"
    ]
    assert periodic.cron == "* * * * *"
