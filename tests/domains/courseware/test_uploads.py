"""Files come portion by portion: nothing is counted before it is stored, nothing is counted twice (clause T1.1)."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import FileTooLarge, NotUnfinished, OutOfReach, TooManyUnfinished, WrongOffset
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.rules.uploads import MOST_UNFINISHED, cleaned_name
from jiangxue.courseware.services.tidying import tidy
from jiangxue.courseware.services.uploading import drop_unfinished, give_up, take_chunk
from jiangxue.courseware.storage import chunk_name, courseware_storage
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor
from tests.refusals import refusal_of

LATER = MORNING + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _storage(own_storage: Path) -> None:
    """Keep what these tests send apart."""


@pytest.fixture
def course(db: None) -> Course:
    return classes.course(classes.institution(), lessons=1)


@pytest.fixture
def keeper(course: Course) -> Account:
    return editor(course.institution, MORNING)


def chunk(upload: Upload, keeper: Account, offset: int, body: bytes) -> Upload:
    return take_chunk(viewer=people.viewer(keeper), upload_id=upload.pk, offset=offset, body=body, now=LATER)


def stored(upload: Upload, offset: int) -> bytes:
    with courseware_storage().open(chunk_name(upload.pk, offset)) as opened:
        return bytes(opened.read())


def jobs() -> list[tuple[str, str, dict[str, object]]]:
    found = ProcrastinateJob.objects.filter(task_name__startswith="courseware:").order_by("pk")
    return list(found.values_list("task_name", "queue_name", "args"))


def test_a_file_that_came_whole_waits_for_the_worker_of_files(course: Course, keeper: Account) -> None:
    upload = uploads.sent(course, keeper, MORNING)
    kept = Upload.objects.get(pk=upload.pk)
    assert (kept.state, kept.received, kept.worked_at) == ("waiting", 30, MORNING)
    assert [stored(kept, offset) for offset in (0, 10, 20)] == [uploads.CONTENT[:10]] * 3
    assert jobs() == [("courseware:process_upload", "media", {"upload_id": str(kept.pk)})]
    assert AuditEntry.objects.filter(action="upload.created", object_id=str(kept.pk)).exists()


def test_a_file_that_is_not_whole_is_no_work_yet(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    chunk(upload, keeper, 0, b"0123456789")
    assert Upload.objects.get().state == "receiving"
    assert jobs() == []


def test_the_same_portion_twice_is_told_where_to_go_on(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    chunk(upload, keeper, 0, b"0123456789")
    with pytest.raises(WrongOffset) as refusal:
        chunk(upload, keeper, 0, b"0123456789")
    assert refusal.value.received == 10
    assert stored(upload, 0) == b"0123456789"
    assert Upload.objects.get().received == 10


@pytest.mark.parametrize("offset", [1, 11, 30, 2**40])
def test_a_portion_that_comes_too_early_is_refused(course: Course, keeper: Account, offset: int) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    assert refusal_of(lambda: chunk(upload, keeper, offset, b"x")) is WrongOffset
    assert not courseware_storage().exists(chunk_name(upload.pk, offset))


def test_more_than_was_announced_is_refused(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    assert refusal_of(lambda: chunk(upload, keeper, 0, b"x" * 31)) is FileTooLarge
    assert Upload.objects.get().received == 0


def test_what_a_lost_transaction_left_is_written_over(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    uploads.in_storage(upload, b"what a process stored before it ended")
    chunk(upload, keeper, 0, b"0123456789")
    assert stored(upload, 0) == b"0123456789"


def test_a_portion_that_cannot_be_stored_is_not_counted(course: Course, keeper: Account, own_storage: Path) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    own_storage.mkdir()
    (own_storage / "uploads").write_text("no folder")
    with pytest.raises(OSError, match="uploads"):
        chunk(upload, keeper, 0, b"0123456789")
    assert Upload.objects.get().received == 0


def test_an_empty_file_is_refused_at_once(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING, size=0)
    assert (upload.state, upload.fault, upload.finished_at) == ("refused", "empty", MORNING)
    assert AuditEntry.objects.filter(action="upload.refused").exists()


def test_a_file_beyond_the_limit_is_not_begun(course: Course, keeper: Account, settings) -> None:
    settings.LARGEST_UPLOAD_BYTES = 100
    uploads.announced(course, keeper, MORNING, size=100)
    with pytest.raises(FileTooLarge):
        uploads.announced(course, keeper, MORNING, size=101)


def test_a_course_has_at_most_20_files_on_their_way(course: Course, keeper: Account) -> None:
    first, *_ = [uploads.announced(course, keeper, MORNING) for _ in range(MOST_UNFINISHED)]
    assert refusal_of(lambda: uploads.announced(course, keeper, MORNING)) is TooManyUnfinished
    uploads.announced(classes.course(course.institution), keeper, MORNING)
    give_up(viewer=people.viewer(keeper), upload_id=first.pk, by=PROGRAM, now=LATER)
    uploads.announced(course, keeper, MORNING)


def tidied() -> list[str]:
    """Remove what the queue asks for, and return of which files."""
    asked = [job.args["upload_id"] for job in ProcrastinateJob.objects.filter(task_name="courseware:tidy_upload")]
    for upload_id in asked:
        tidy(UUID(upload_id))
    return asked


def test_a_file_that_is_given_up_leaves_nothing(course: Course, keeper: Account, own_storage: Path) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    chunk(upload, keeper, 0, b"0123456789")
    pk = upload.pk
    give_up(viewer=people.viewer(keeper), upload_id=pk, by=PROGRAM, now=LATER)
    assert not Upload.objects.exists()
    assert tidied() == [str(pk)]
    assert not (own_storage / "uploads" / str(pk)).exists()


def test_the_portions_of_a_file_on_its_way_are_not_removed(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    chunk(upload, keeper, 0, b"0123456789")
    tidy(upload.pk)
    assert courseware_storage().exists(chunk_name(upload.pk, 0))


def test_a_file_that_came_whole_is_not_given_up(course: Course, keeper: Account) -> None:
    upload = uploads.sent(course, keeper, MORNING)
    with pytest.raises(NotUnfinished):
        give_up(viewer=people.viewer(keeper), upload_id=upload.pk, by=PROGRAM, now=LATER)


def test_unfinished_files_are_dropped_after_seven_days_and_others_never(course: Course, keeper: Account) -> None:
    old = uploads.announced(course, keeper, MORNING)
    chunk(old, keeper, 0, b"0123456789")
    recent = uploads.announced(course, keeper, MORNING + timedelta(seconds=2))
    whole = uploads.sent(course, keeper, MORNING)
    assert drop_unfinished(MORNING + timedelta(days=7, seconds=1)) == 1
    assert tidied() == [str(old.pk)]
    assert set(Upload.objects.values_list("pk", flat=True)) == {recent.pk, whole.pk}
    assert not courseware_storage().exists(chunk_name(old.pk, 0))
    assert courseware_storage().exists(chunk_name(whole.pk, 0))


@pytest.mark.clause("M3")
def test_only_editors_of_the_institution_send_files(course: Course, keeper: Account) -> None:
    upload = uploads.announced(course, keeper, MORNING)
    teacher = editor(course.institution, MORNING, Role.TEACHER)
    stranger = editor(classes.institution(), MORNING)
    colleague = editor(course.institution, MORNING, Role.INSTITUTION_ADMINISTRATOR)
    assert refusal_of(partial(chunk, upload, colleague, 0, b"x")) is OutOfReach  # bytes in another's name
    for other in (teacher, stranger):
        viewer = people.viewer(other)
        assert refusal_of(partial(uploads.announced, course, other, MORNING)) is OutOfReach
        assert refusal_of(partial(chunk, upload, other, 0, b"x")) is OutOfReach
        drop = partial(give_up, viewer=viewer, upload_id=upload.pk, by=PROGRAM, now=LATER)
        assert refusal_of(drop) is OutOfReach
    assert chunk(upload, keeper, 0, b"x").received == 1
    give_up(viewer=people.viewer(colleague), upload_id=upload.pk, by=PROGRAM, now=LATER)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("讲义.pdf", "讲义.pdf"),
        ("C:\\培训\\讲义.pdf", "讲义.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\n c\u202efdp.exe", "ab cfdp.exe"),
        ("  ", "file"),
        ("", "file"),
        ("長" * 300 + ".pptx", "長" * 250 + ".pptx"),
        ("." + "x" * 300, ("." + "x" * 300)[:255]),
    ],
)
def test_a_name_is_cleaned(said: str, kept: str) -> None:
    assert cleaned_name(said) == kept
    assert len(kept) <= 255
