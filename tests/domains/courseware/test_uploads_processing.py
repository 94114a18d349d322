"""A worker makes courseware of files: whole or not at all, once, and never over another's work (clauses T1.1, T1.4)."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place, Unfit
from jiangxue.courseware.errors import ChunkMissing, Superseded
from jiangxue.courseware.models import Course, Media, Upload
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.rules.uploads import MOST_ATTEMPTS, SILENT_AFTER
from jiangxue.courseware.services import processing
from jiangxue.courseware.services.processing import beat, begin, process
from jiangxue.courseware.services.taking_over import take_over_silent
from jiangxue.courseware.services.tidying import remove_outdated, tidy
from jiangxue.courseware.storage import courseware_storage, original_of
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.factories import classes, uploads
from tests.factories.questions import editor
from tests.refusals import refusal_of

SILENT_MS = int(SILENT_AFTER / timedelta(milliseconds=1)) + 1
type Convert = Callable[[Path, FileKind, Place], Converted]


@pytest.fixture
def course(db: None) -> Course:
    return classes.course(classes.institution(), lessons=1)


@pytest.fixture
def keeper(course: Course) -> Account:
    return editor(course.institution, MORNING)


@pytest.fixture
def upload(own_storage: Path, course: Course, keeper: Account) -> Upload:
    return uploads.sent(course, keeper, MORNING)


@pytest.fixture
def converts(monkeypatch: pytest.MonkeyPatch) -> Callable[[Convert], None]:
    """Return how to put another converter in the place of the real one; it makes two pages until told otherwise."""

    def put(convert: Convert) -> None:
        monkeypatch.setattr(converting, "converted", convert)

    monkeypatch.setattr(processing, "BEAT_S", 0.02)
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    put(uploads.two_pages)
    return put


def refusing(fault: FileFault) -> Convert:
    def convert(source: Path, kind: FileKind, place: Place) -> Converted:
        raise Unfit(fault, "what was seen")

    return convert


def tasks() -> list[str]:
    found = ProcrastinateJob.objects.filter(task_name__startswith="courseware:", status="todo").order_by("pk")
    return list(found.values_list("task_name", flat=True))


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_whole_file_becomes_courseware(upload: Upload, own_storage: Path, converts: object, clock: HandClock) -> None:
    process(upload.pk, clock=clock)
    kept = Upload.objects.select_related("media").get()
    assert (kept.state, kept.kind, kept.done_permille, kept.finished_at) == ("ready", "pdf", 1000, MORNING)
    assert kept.media is not None
    assert (kept.media.kind, kept.media.pages, kept.media.report["length"]) == ("document", 2, 2)
    assert below(own_storage / kept.media.folder) == ["pages/0001.webp", "pages/0002.webp"]
    assert (own_storage / "originals" / str(kept.pk)).read_bytes() == uploads.CONTENT
    assert AuditEntry.objects.filter(action="upload.ready", object_id=str(kept.pk)).exists()
    assert not list((own_storage.parent / "work").iterdir())


def test_portions_go_when_the_file_is_ready_and_the_original_stays(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    tidy(upload.pk)
    assert (own_storage / "uploads" / str(upload.pk)).exists()
    process(upload.pk, clock=clock)
    assert {"courseware:tidy_upload", "courseware:remove_outdated"} <= set(tasks())
    tidy(upload.pk)
    remove_outdated(upload.pk, [])
    assert not (own_storage / "uploads" / str(upload.pk)).exists()
    assert len(below(own_storage)) == 3


@pytest.mark.parametrize("fault", [fault for fault in FileFault if fault is not FileFault.NOT_READY])
def test_a_file_that_cannot_be_used_is_refused_with_its_fault(
    upload: Upload, own_storage: Path, converts: Callable[[Convert], None], clock: HandClock, fault: FileFault
) -> None:
    converts(refusing(fault))
    process(upload.pk, clock=clock)
    kept = Upload.objects.get()
    assert (kept.state, kept.fault, kept.detail, kept.media) == ("refused", fault, "what was seen", None)
    tidy(upload.pk)
    assert not Media.objects.filter(kind="document").exists()
    assert below(own_storage) == []


def test_what_the_platform_lacks_is_not_the_fault_of_the_file(
    upload: Upload, converts: Callable[[Convert], None], clock: HandClock
) -> None:
    converts(refusing(FileFault.NOT_READY))
    process(upload.pk, clock=clock)
    kept = Upload.objects.get()
    assert (kept.state, kept.fault, kept.detail) == ("failed", "", "not_ready")


def test_an_upload_is_worked_on_once(upload: Upload, converts: object, clock: HandClock) -> None:
    process(upload.pk, clock=clock)
    process(upload.pk, clock=clock)
    assert Upload.objects.get().attempt == 1
    assert Media.objects.filter(kind="document").count() == 1


def test_an_upload_that_is_not_whole_is_not_worked_on(
    own_storage: Path, course: Course, keeper: Account, clock: HandClock
) -> None:
    assert begin(uploads.announced(course, keeper, MORNING).pk, clock=clock) is None


def test_a_working_worker_shows_how_far_it_has_come(
    upload: Upload, converts: Callable[[Convert], None], clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    beat = processing.beat

    def watched(attempt: processing.Attempt, permille: int, *, clock: HandClock) -> None:
        beat(attempt, permille, clock=clock)
        clock.advance(1000)
        kept = Upload.objects.get()
        seen.append((kept.done_permille, kept.worked_at))

    def slow(source: Path, kind: FileKind, place: Place) -> Converted:
        made = uploads.two_pages(source, kind, place)
        while len(seen) < 3:  # until the progress of 500 has been read at least once
            pass
        return made

    converts(slow)
    monkeypatch.setattr(processing, "beat", watched)
    process(upload.pk, clock=clock)
    assert 500 in [permille for permille, _ in seen]
    assert [at for _, at in seen] == sorted({at for _, at in seen})


def test_a_lost_portion_never_becomes_courseware(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    (own_storage / "uploads" / str(upload.pk) / f"{10:015}").unlink()
    with pytest.raises(ChunkMissing):
        process(upload.pk, clock=clock)
    assert Upload.objects.get().state == "working"


def test_a_silent_worker_is_taken_over_and_one_that_beats_is_not(
    upload: Upload, converts: object, clock: HandClock
) -> None:
    attempt = begin(upload.pk, clock=clock)
    assert attempt is not None
    clock.advance(SILENT_MS - 2)
    assert take_over_silent(clock=clock) == 0
    clock.advance(2)
    assert take_over_silent(clock=clock) == 1
    assert Upload.objects.get().state == "waiting"
    process(upload.pk, clock=clock)
    kept = Upload.objects.get()
    assert (kept.state, kept.attempt) == ("ready", 2)


def test_a_worker_that_comes_back_changes_nothing_and_leaves_nothing(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    beaten: list[str] = []

    def sleeping(attempt: processing.Attempt, permille: int, *, clock: HandClock) -> None:
        if not beaten:  # the first worker falls asleep here; meanwhile another one does all of it
            beaten.append("slept")
            clock.advance(SILENT_MS)
            take_over_silent(clock=clock)
            process(upload.pk, clock=clock)
        original(attempt, permille, clock=clock)

    original = processing.beat
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(processing, "beat", sleeping)
        process(upload.pk, clock=clock)
    kept = Upload.objects.select_related("media").get()
    assert (kept.state, kept.attempt) == ("ready", 2)
    assert kept.media is not None
    assert kept.media.folder.endswith("/2")
    assert [path.name for path in (own_storage / "made" / upload.pk.hex).iterdir()] == ["2"]
    assert Media.objects.filter(kind="document").count() == 1


def test_while_the_next_attempt_works_the_former_has_no_say(upload: Upload, converts: object, clock: HandClock) -> None:
    former = begin(upload.pk, clock=clock)
    assert former is not None
    clock.advance(SILENT_MS)
    take_over_silent(clock=clock)
    assert begin(upload.pk, clock=clock) is not None
    assert refusal_of(lambda: beat(former, 500, clock=clock)) is Superseded
    assert Upload.objects.get().done_permille == 0


def test_an_upload_that_is_worked_on_is_not_begun_again(upload: Upload, converts: object, clock: HandClock) -> None:
    assert begin(upload.pk, clock=clock) is not None
    assert begin(upload.pk, clock=clock) is None
    assert Upload.objects.get().attempt == 1


def test_the_next_attempt_removes_what_a_killed_one_left(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    begin(upload.pk, clock=clock)
    for left in (own_storage / "made" / upload.pk.hex / "1", own_storage.parent / "work" / f"{upload.pk.hex}-1"):
        left.mkdir(parents=True)
        (left / "half").write_text("made")
    clock.advance(SILENT_MS)
    take_over_silent(clock=clock)
    process(upload.pk, clock=clock)
    assert not [name for name in below(own_storage.parent) if "half" in name]


def test_what_a_killed_worker_of_this_machine_left_of_another_upload_goes_after_a_day(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    work = own_storage.parent / "work"
    for name, age in (("made-old", timedelta(hours=25)), ("made-new", timedelta(hours=1))):
        (work / name).mkdir(parents=True)
        (work / name / "source").write_text("film")
        at_s = (clock.now() - age).timestamp()
        os.utime(work / name, (at_s, at_s))
    process(upload.pk, clock=clock)
    assert [path.name for path in work.iterdir()] == ["made-new"]


def test_a_part_of_the_original_that_a_killed_attempt_left_is_made_whole(
    upload: Upload, own_storage: Path, converts: object, clock: HandClock
) -> None:
    courseware_storage().save(original_of(upload.pk), ContentFile(uploads.CONTENT[:7]))
    process(upload.pk, clock=clock)
    assert (own_storage / original_of(upload.pk)).read_bytes() == uploads.CONTENT


def test_after_three_attempts_it_has_failed(upload: Upload, converts: object, clock: HandClock) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert begin(upload.pk, clock=clock) is not None
        clock.advance(SILENT_MS)
        take_over_silent(clock=clock)
    kept = Upload.objects.get()
    assert (kept.state, kept.attempt, kept.finished_at) == ("failed", 3, clock.now())
    assert AuditEntry.objects.filter(action="upload.failed").exists()
    assert begin(upload.pk, clock=clock) is None


def test_an_upload_whose_place_in_the_queue_was_lost_gets_another(
    upload: Upload, converts: object, clock: HandClock
) -> None:
    clock.advance(SILENT_MS)
    take_over_silent(clock=clock)
    assert tasks() == ["courseware:process_upload"]  # it stood there still
    finish_jobs()
    clock.advance(SILENT_MS)
    take_over_silent(clock=clock)
    assert tasks() == ["courseware:process_upload"]
    assert Upload.objects.get().attempt == 0


def finish_jobs() -> None:
    """Take every job out of the queue, as a worker does that ends at once."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
