"""What courseware does by itself: how often, and which worker does it."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from jiangxue.courseware import converting, jobs
from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.services import processing
from jiangxue.courseware.services.asking import MEDIA_QUEUE, ask_for_all_sizes
from jiangxue.courseware.services.processing import with_heartbeat
from jiangxue.kernel.clock import HandClock, to_ms
from tests.conftest import MORNING
from tests.factories import classes, uploads
from tests.factories.questions import editor
from tests.loops import in_a_loop

EVERY_S = {
    "courseware:take_over_silent_uploads": 30,
    "courseware:drop_unfinished_uploads": 600,
    "courseware:resume_abandoned_films": 60,
}
OF_THE_CONVERTER = {"courseware:process_upload", "courseware:complete_film"}


@pytest.mark.parametrize("name", EVERY_S)
def test_a_job_comes_round_at_its_interval(name: str) -> None:
    [periodic] = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == name]
    start_s = to_ms(MORNING) // 1000
    periodic.croniter.set_current(start_time=start_s)
    due_s = [periodic.croniter.get_next(float) - start_s for _ in range(12)]
    assert due_s == [EVERY_S[name] * turn for turn in range(1, 13)]


def test_only_the_long_work_on_files_is_the_converters() -> None:
    assert {name for name, task in app.tasks.items() if task.queue == MEDIA_QUEUE} == OF_THE_CONVERTER


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch, clock: HandClock) -> HandClock:
    """Let jobs go by the clock that the test sets by hand."""
    monkeypatch.setattr(jobs, "DatabaseClock", lambda: clock)
    monkeypatch.setattr(processing, "BEAT_S", 0.02)
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    monkeypatch.setattr(converting, "converted", uploads.two_pages)
    return clock


def test_the_jobs_convert_take_over_and_tidy(db: None, own_storage: Path, by_hand: HandClock) -> None:
    course = classes.course(classes.institution(), lessons=1)
    keeper = editor(course.institution, MORNING)
    silent, unfinished = uploads.sent(course, keeper, MORNING), uploads.announced(course, keeper, MORNING)
    failed = uploads.sent(course, keeper, MORNING)
    Upload.objects.filter(pk=failed.pk).update(state="failed", finished_at=MORNING)
    processing.begin(silent.pk, clock=by_hand)
    by_hand.advance(61_000)
    jobs.take_over_silent_uploads(timestamp=0)
    jobs.process_upload(upload_id=str(silent.pk))
    jobs.tidy_upload(upload_id=str(silent.pk))
    jobs.remove_outdated(upload_id=str(silent.pk), names=[])
    assert not (own_storage / "uploads" / str(silent.pk)).exists()
    by_hand.at += timedelta(days=8)
    jobs.drop_unfinished_uploads(timestamp=0)
    assert {each.pk: each.can_be_tried_again for each in Upload.objects.all()} == {silent.pk: False, failed.pk: False}
    assert Upload.objects.get(pk=silent.pk).state == "ready"
    assert not Upload.objects.filter(pk=unfinished.pk).exists()


def test_a_film_whose_worker_ended_in_the_middle_is_begun_anew(lasting_database: str) -> None:
    upload_id = uuid4()
    ask_for_all_sizes(upload_id)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args->>'upload_id' = %s", [str(upload_id)])
    in_a_loop(jobs.resume_abandoned_films(SimpleNamespace(app=app), timestamp=0))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status FROM procrastinate_jobs WHERE args->>'upload_id' = %s", [str(upload_id)]
        )
        assert cursor.fetchall() == [("courseware:complete_film", "todo")]


def test_work_goes_on_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "BEAT_S", 0.01)
    monkeypatch.setattr(processing, "connection", SimpleNamespace(close=lambda: None))
    signs = []

    def give_sign() -> None:
        signs.append("given")
        raise OperationalError

    def work() -> str:
        while len(signs) < 3:
            pass
        return "done"

    assert with_heartbeat(work, give_sign) == "done"
