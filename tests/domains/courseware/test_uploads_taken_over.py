"""Two workers at the same upload, each on a connection of its own: the one that was taken for dead changes nothing (clause T1.1)."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place
from jiangxue.courseware.models import Media, Upload
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.uploads import SILENT_AFTER
from jiangxue.courseware.services import processing
from jiangxue.courseware.services.processing import process
from jiangxue.courseware.services.taking_over import take_over_silent
from jiangxue.courseware.services.uploading import give_up
from jiangxue.kernel.clock import HandClock
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor


@pytest.fixture
def upload(lasting_database: str, own_storage: Path) -> Upload:
    course = classes.course(classes.institution(), lessons=1)
    return uploads.sent(course, editor(course.institution, MORNING), MORNING)


def in_a_process_of_its_own(pool: ThreadPoolExecutor, act: Callable[[], object]) -> Future[object]:
    def connected() -> object:
        try:
            return act()
        finally:
            connection.close()

    return pool.submit(connected)


def test_a_revived_worker_is_overtaken_for_good(
    upload: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker converts for so long that its heart seems to stand still; the second one ends before it."""
    asleep, awake = Event(), Event()

    def convert(source: Path, kind: FileKind, place: Place) -> Converted:
        if place.folder.parent.name.endswith("-1"):
            asleep.set()
            assert awake.wait(30)
        return uploads.two_pages(source, kind, place)

    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    monkeypatch.setattr(converting, "converted", convert)
    monkeypatch.setattr(processing, "BEAT_S", 600.0)  # no sign of life in between
    late = HandClock(MORNING + SILENT_AFTER + timedelta(seconds=1))
    with ThreadPoolExecutor(1) as pool:
        first = in_a_process_of_its_own(pool, lambda: process(upload.pk, clock=HandClock(MORNING)))
        assert asleep.wait(30)
        take_over_silent(clock=late)
        process(upload.pk, clock=late)
        awake.set()
        first.result(30)
    kept = Upload.objects.select_related("media").get(pk=upload.pk)
    assert (kept.state, kept.attempt, kept.worked_at) == ("ready", 2, late.now())
    assert kept.media is not None
    assert kept.media.folder == f"made/{upload.pk.hex}/2"
    assert [path.name for path in (own_storage / "made" / upload.pk.hex).iterdir()] == ["2"]
    assert (own_storage / "originals" / str(upload.pk)).read_bytes() == uploads.CONTENT
    assert Media.objects.filter(folder__startswith=f"made/{upload.pk.hex}").count() == 1


def test_of_two_workers_that_begin_at_the_same_moment_one_works(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    monkeypatch.setattr(converting, "converted", uploads.two_pages)
    work = lambda: process(upload.pk, clock=HandClock(MORNING))  # noqa: E731
    assert at_once(work, work) == ["done", "done"]
    kept = Upload.objects.get(pk=upload.pk)
    assert (kept.state, kept.attempt) == ("ready", 1)


def test_of_two_that_send_the_same_portion_at_the_same_moment_one_is_told_where_to_go_on(
    lasting_database: str, own_storage: Path
) -> None:
    course = classes.course(classes.institution(), lessons=1)
    keeper = editor(course.institution, MORNING)
    upload = uploads.announced(course, keeper, MORNING)
    viewer = people.viewer(keeper)

    def send() -> None:
        uploads.take_chunk(viewer=viewer, upload_id=upload.pk, offset=0, body=b"0123456789", now=MORNING)

    assert at_once(send, send) == ["WrongOffset", "done"]
    assert Upload.objects.get(pk=upload.pk).received == 10


def test_of_two_that_give_up_the_same_file_at_the_same_moment_one_finds_it_gone(
    lasting_database: str, own_storage: Path
) -> None:
    course = classes.course(classes.institution(), lessons=1)
    keeper = editor(course.institution, MORNING)
    upload = uploads.announced(course, keeper, MORNING)
    viewer = people.viewer(keeper)

    def drop() -> None:
        give_up(viewer=viewer, upload_id=upload.pk, by=PROGRAM, now=MORNING)

    assert at_once(drop, drop) == ["OutOfReach", "done"]
