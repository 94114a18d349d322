"""What exports do by themselves: how often, which worker, and what becomes of a worker that fell."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.notices.models import Notice
from jiangxue.reporting import jobs
from jiangxue.reporting.models import Export
from jiangxue.reporting.rules.exports import KEPT, RELEASED_WITHIN
from jiangxue.reporting.services.asking_for_exports import EXPORT_QUEUE, refuse_export, release_export
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import actor, administrator, asked, made
from tests.factories.tables import ManyRows, registered
from tests.loops import in_a_loop

pytestmark = pytest.mark.clause("T7")


@pytest.fixture
def room(lasting_database: str, own_storage: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Classroom:
    clock.at = MORNING
    monkeypatch.setattr(jobs, "DatabaseClock", lambda: clock)
    return classroom(MORNING)


@pytest.fixture(autouse=True)
def table():
    with registered(ManyRows(5)) as made_table:
        yield made_table


def _told(export: Export) -> list[tuple[str, int]]:
    unread = Notice.objects.filter(about_kind="export", about_id=str(export.pk), read_at=None).order_by("pk")
    return list(unread.values_list("kind", "account_id"))


@pytest.mark.parametrize("name", ["reporting:tend_exports", "reporting:bury_stalled_exports"])
def test_a_job_comes_round_every_minute(name: str) -> None:
    [periodic] = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == name]
    start_s = to_ms(MORNING) // 1000
    periodic.croniter.set_current(start_time=start_s)
    assert periodic.croniter.get_next(float) - start_s == 60


def test_only_the_making_of_files_is_the_exporters() -> None:
    assert {name for name, task in app.tasks.items() if task.queue == EXPORT_QUEUE} == {"reporting:make_export"}


def test_the_job_of_a_worker_that_fell_is_buried_and_the_file_made_by_another(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args->>'export_id' = %s", [str(export.pk)])
    Export.objects.filter(pk=export.pk).update(state="working", attempt=1)
    in_a_loop(jobs.bury_stalled_exports(SimpleNamespace(app=app), timestamp=0))
    jobs.tend_exports(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE args->>'export_id' = %s", [str(export.pk)])
        assert cursor.fetchall() == [("todo",)]
    jobs.make_export(export_id=str(export.pk))
    assert Export.objects.get(pk=export.pk).state == "ready"


def test_files_go_and_requests_lapse_by_themselves(room: Classroom, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    request = asked(room.head_teacher, MORNING, masked=False)
    clock.at = MORNING + max(KEPT, RELEASED_WITHIN)
    jobs.tend_exports(timestamp=0)
    states = Export.objects.filter(pk__in=(export.pk, request.pk)).order_by("state").values_list("state", flat=True)
    assert list(states) == ["expired", "failed"]
    assert _told(request) == [("export.failed", room.head_teacher.pk)]


def test_who_waits_is_told_and_who_needs_to_wait_no_longer_is_not(room: Classroom, clock: HandClock) -> None:
    second, third = administrator(room, MORNING), administrator(room, MORNING)
    export = asked(room.head_teacher, MORNING, masked=False)
    assert sorted(_told(export)) == [("export.asked", second.pk), ("export.asked", third.pk)]
    release_export(viewer=people.viewer(second), export_id=export.pk, by=actor(second), now=MORNING)
    assert _told(export) == []
    made(export, clock)
    assert _told(export) == [("export.ready", room.head_teacher.pk)]


def test_who_asked_is_told_that_it_was_not_released(room: Classroom) -> None:
    second = administrator(room, MORNING)
    export = asked(room.head_teacher, MORNING, masked=False)
    refuse_export(viewer=people.viewer(second), export_id=export.pk, reason="用途不明", by=actor(second), now=MORNING)
    assert _told(export) == [("export.failed", room.head_teacher.pk)]
