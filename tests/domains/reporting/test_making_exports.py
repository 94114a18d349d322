"""Making the file of an export: rights as they stand then, a file that is locked where it lies, and workers that fall in the middle."""

import csv
import hashlib
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.accounts.models import Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.models import ClassTeacher
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.errors import ExportExpired, NoSuchExport, NotMadeYet, Superseded
from jiangxue.reporting.models import Export, ExportKey
from jiangxue.reporting.rules.exports import KEPT, LISTED, MOST_ATTEMPTS, RELEASED_WITHIN, Format
from jiangxue.reporting.services import making_exports
from jiangxue.reporting.services.asking_for_exports import MAKE, release_export, try_export_again
from jiangxue.reporting.services.fetching_exports import Fetched, fetch_export
from jiangxue.reporting.services.making_exports import make_export
from jiangxue.reporting.services.tending_exports import forget_ended, let_lapse, remove_expired, take_over_lost
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import REASON, actor, administrator, asked, made
from tests.factories.tables import ManyRows, registered
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T7")


@pytest.fixture
def room(lasting_database: str, own_storage: Path, clock: HandClock) -> Classroom:
    clock.at = MORNING
    return classroom(MORNING)


@pytest.fixture(autouse=True)
def table():
    with registered(ManyRows(5)) as made_table:
        yield made_table


def _fetched(export: Export, at=MORNING) -> Fetched:
    who = export.account
    return fetch_export(viewer=people.viewer(who), export_id=export.pk, by=actor(who), now=at)


def _content(export: Export) -> bytes:
    return b"".join(_fetched(export).blocks)


def _acts(export: Export) -> list[tuple[str, str]]:
    acts = AuditEntry.objects.filter(object_kind="export", object_id=str(export.pk)).order_by("pk")
    return [(act.action, act.result) for act in acts]


def test_a_csv_file_is_made_fetched_and_recorded_with_its_check_value(room: Classroom, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    fetched = _fetched(export)
    content = b"".join(fetched.blocks)
    assert (export.state, export.rows_done, export.expires_at) == ("ready", 5, MORNING + KEPT)
    assert export.sha256 == export.rows_sha256 == hashlib.sha256(content).hexdigest()
    assert fetched.size == export.bytes == len(content)
    assert fetched.name == f"学员明细-2026-11-24-5行-{export.sha256[:12]}.csv"
    assert len(list(csv.reader(content.decode("utf-8-sig").splitlines()))) == 6
    assert _acts(export) == [("export.asked", "done"), ("export.made", "done"), ("export.downloaded", "done")]
    assert export.sha256 in AuditEntry.objects.get(action="export.made", object_id=str(export.pk)).reason


def test_a_workbook_tells_on_its_cover_what_it_is(room: Classroom, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING, kind=Format.XLSX), clock)
    same = made(asked(room.head_teacher, MORNING), clock)
    book = openpyxl.load_workbook(BytesIO(_content(export)))
    cover = {str(name.value): str(said.value) for name, said in book.worksheets[0].iter_rows()}
    assert cover["内容"] == "学员明细"
    assert cover["重点群体"] == "农民工"
    assert cover["导出时间"] == "2026-11-24 09:00:00"
    assert cover["导出人"] == f"王** · 班主任 · {room.institution.name}"
    assert cover["行数"] == "5"
    assert cover["行校验值（SHA-256）"] == same.sha256 == export.rows_sha256
    assert cover["合计：计入时长"] == "10 秒（10.010 秒）"
    assert "脱敏" in cover["个人信息"]
    assert book.worksheets[1].max_row == 6


def test_a_file_lies_locked_and_its_key_is_sealed(room: Classroom, own_storage: Path, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    [stored] = (own_storage.parent / "exports").iterdir()
    assert "姓名".encode() in _content(export)
    assert "姓名".encode() not in stored.read_bytes()
    assert not list((own_storage.parent / "work").iterdir())


def test_what_is_seen_is_judged_when_the_file_is_made(room: Classroom, table: ManyRows, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=MORNING)
    ClassTeacher.objects.create(training_class=room.training_class, teacher=teacher)
    export = asked(teacher, MORNING, sheet="learners")
    assert export.rows_expected == 1
    ClassTeacher.objects.filter(teacher=teacher).delete()
    assert made(export, clock).rows_done == 0


def test_a_lost_role_exports_nothing(room: Classroom, table: ManyRows, clock: HandClock) -> None:
    export = asked(room.head_teacher, MORNING)
    Membership.objects.filter(account=room.head_teacher).delete()
    export = made(export, clock)
    assert (export.state, export.fault, len(table.seen)) == ("failed", "role_lost", 1)
    assert _acts(export)[-1] == ("export.refused", "refused")


def test_a_closed_account_exports_nothing(room: Classroom, clock: HandClock) -> None:
    export = asked(room.head_teacher, MORNING)
    room.head_teacher.is_active = False
    room.head_teacher.save(update_fields=["is_active"])
    assert made(export, clock).fault == "role_lost"


def test_a_class_that_is_out_of_reach_by_then_is_not_exported(room: Classroom, clock: HandClock) -> None:
    export = asked(room.head_teacher, MORNING, sheet="learners", query=f"class={room.training_class.pk}")
    other = people.account((Role.HEAD_TEACHER, room.institution.pk), now=MORNING)
    room.training_class.head_teacher = other
    room.training_class.save(update_fields=["head_teacher"])
    assert made(export, clock).fault == "out_of_reach"


def test_unmasked_data_are_made_only_after_the_release(room: Classroom, table: ManyRows, clock: HandClock) -> None:
    second = administrator(room, MORNING)
    export = made(asked(room.head_teacher, MORNING, kind=Format.XLSX, masked=False), clock)
    assert (export.state, table.masked) == ("asked", False)
    release_export(viewer=people.viewer(second), export_id=export.pk, by=actor(second), now=MORNING)
    export = made(export, clock)
    book = openpyxl.load_workbook(BytesIO(_content(export)))
    assert book.worksheets[1]["B2"].value.startswith("4401041990")
    said = {str(name.value): str(value.value) for name, value in book.worksheets[0].iter_rows()}["个人信息"]
    assert REASON in said
    assert "梁**" in said


def test_others_and_the_same_person_in_another_role_are_told_that_there_is_no_such_file(
    room: Classroom, clock: HandClock
) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    for who in (administrator(room, MORNING), room.learner, classroom(MORNING).head_teacher):
        fetch = partial(fetch_export, viewer=people.viewer(who), export_id=export.pk, by=actor(who), now=MORNING)
        assert refusal_of(fetch) is NoSuchExport


def test_a_file_is_gone_with_its_key_after_its_time(room: Classroom, own_storage: Path, clock: HandClock) -> None:
    waiting = asked(room.head_teacher, MORNING)
    assert refusal_of(partial(_fetched, waiting)) is NotMadeYet
    export = made(waiting, clock)
    assert refusal_of(partial(_fetched, export, MORNING + KEPT)) is ExportExpired
    remove_expired(MORNING + KEPT - timedelta(seconds=1))
    assert Export.objects.get(pk=export.pk).state == "ready"
    remove_expired(MORNING + KEPT)
    assert not list((own_storage.parent / "exports").iterdir())
    assert not ExportKey.objects.filter(export=export).exists()
    assert Export.objects.get(pk=export.pk).state == "expired"
    assert refusal_of(partial(_fetched, export)) is ExportExpired


def test_a_file_that_somebody_removed_is_said_to_be_gone(room: Classroom, own_storage: Path, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    for stored in (own_storage.parent / "exports").iterdir():
        stored.unlink()
    assert refusal_of(partial(_fetched, export)) is ExportExpired
    assert remove_expired(MORNING + KEPT) >= 1


@pytest.mark.clause("M2")
def test_what_ended_long_ago_stands_in_no_list_any_more(room: Classroom, own_storage: Path, clock: HandClock) -> None:
    ended, waiting = made(asked(room.head_teacher, MORNING), clock), asked(room.head_teacher, MORNING)
    remove_expired(MORNING + KEPT)
    both = Export.objects.filter(pk__in=(ended.pk, waiting.pk))
    forget_ended(MORNING + LISTED - timedelta(seconds=1))
    assert both.count() == len((ended, waiting))
    assert forget_ended(MORNING + LISTED) >= 1
    assert both.get().pk == waiting.pk


def test_a_request_that_nobody_released_lapses(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    let_lapse(MORNING + RELEASED_WITHIN - timedelta(seconds=1))
    assert Export.objects.get(pk=export.pk).state == "asked"
    let_lapse(MORNING + RELEASED_WITHIN)
    assert Export.objects.get(pk=export.pk).fault == "not_released"


class _Killed(BaseException):
    """The worker's process has ended."""


def _killed_in_the_middle(export: Export, table: ManyRows, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(making_exports, "_finish", lambda *args: (_ for _ in ()).throw(_Killed))
        with pytest.raises(_Killed):
            make_export(export.pk, clock=clock)


def _jobs_of(export: Export) -> int:
    return ProcrastinateJob.objects.filter(task_name=MAKE, args__export_id=str(export.pk)).count()


def _lose_the_job(export: Export) -> None:
    """Let an export that has waited longer than those of other tests have no job any more."""
    Export.objects.filter(pk=export.pk).update(asked_at=MORNING - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'export_id' = %s", [str(export.pk)])


def test_what_a_killed_worker_was_at_is_begun_anew_and_comes_whole(
    room: Classroom, table: ManyRows, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(room.head_teacher, MORNING)
    _killed_in_the_middle(export, table, clock, monkeypatch)
    assert Export.objects.get(pk=export.pk).state == "working"
    take_over_lost(MORNING)
    assert _jobs_of(export) == 1, "its job is there still"
    _lose_the_job(export)
    take_over_lost(MORNING)
    assert _jobs_of(export) == 1
    export = made(export, clock)
    assert (export.state, export.attempt, export.rows_done) == ("ready", 2, 5)


def test_after_three_of_them_it_says_so_and_can_be_tried_again(
    room: Classroom, table: ManyRows, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(room.head_teacher, MORNING)
    for _ in range(MOST_ATTEMPTS):
        _killed_in_the_middle(export, table, clock, monkeypatch)
    _lose_the_job(export)
    take_over_lost(MORNING)
    export.refresh_from_db()
    assert (export.state, export.fault) == ("failed", "worker_lost")
    viewer, by = people.viewer(room.head_teacher), actor(room.head_teacher)
    try_export_again(viewer=viewer, export_id=export.pk, by=by, now=MORNING)
    assert made(export, clock).state == "ready"


def test_a_worker_that_was_taken_for_dead_changes_nothing_when_it_comes_back(
    room: Classroom, own_storage: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(room.head_teacher, MORNING)
    first = making_exports._begun(export.pk)
    assert first is not None
    done = made(export, clock)
    written = own_storage.parent / "late"
    written.write_bytes(b"late")
    with pytest.raises(Superseded):
        making_exports._finish(first, written, making_exports.Written(9, "0" * 64), clock)
    assert _content(done).startswith(b"\xef\xbb\xbf")
    making_exports._fail(first, making_exports.Fault.ROLE_LOST, clock)
    assert Export.objects.get(pk=export.pk).state == "ready"


def test_one_that_is_made_already_is_not_made_again(room: Classroom, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    assert made(export, clock).attempt == 1


def test_progress_is_seen_while_the_rows_are_read(
    room: Classroom, table: ManyRows, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making_exports, "TOLD_EVERY", 2)
    export = asked(room.head_teacher, MORNING)
    seen, rows = [], table.rows()
    monkeypatch.setattr(
        table,
        "rows",
        lambda: (
            seen.append(Export.objects.values_list("rows_done", flat=True).get(pk=export.pk)) or row for row in rows
        ),
    )
    assert made(export, clock).state == "ready"
    assert len(seen) == 5
