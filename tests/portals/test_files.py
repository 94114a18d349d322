"""The pages of a course's files: who sees what, and how a ready one becomes a lesson (clauses T1.1, T1.4, M3)."""

from dataclasses import replace

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.courseware.models import Course, CourseLicence, Lesson, Module, Upload
from jiangxue.courseware.rules.files import FileFault, FileKind, LessonKind
from jiangxue.courseware.rules.quality import Check, Finding, QualityReport, Verdict
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.institution.file_words import FAULTS, KINDS, STATES
from jiangxue.portals.reports.words import VERDICT_WORDS
from tests.factories import classes, people, uploads
from tests.factories.classes import Classroom
from tests.factories.questions import editor
from tests.portals.clients import client_of, text_of

type Standing = tuple[dict[str, object], tuple[str, ...]]


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


@pytest.fixture
def ready(course: Course, keeper: Account, clock: HandClock) -> Upload:
    now = clock.now()
    return uploads.kept(
        course, keeper, now, state="ready", kind="pdf", finished_at=now, media=uploads.document(), done_permille=1000
    )


def files_url(course: Course) -> str:
    return f"/institution/courses/{course.pk}/files/"


def url_of(upload: Upload, act: str = "") -> str:
    return f"/institution/files/{upload.pk}/{act}"


def test_every_fault_state_kind_and_verdict_has_words() -> None:
    assert set(FAULTS) == set(FileFault)
    assert set(KINDS) == set(FileKind)
    assert set(STATES) == set(Upload.State.values)
    assert set(VERDICT_WORDS) == set(Verdict)
    for words in FAULTS.values():
        assert str(words.sentence).endswith("。")
        assert "请" in str(words.advice)


def test_the_course_leads_to_its_files_and_an_editor_sees_where_to_send(course: Course, client: Client) -> None:
    assert files_url(course) in text_of(client, f"/institution/courses/{course.pk}/")
    page = text_of(client, files_url(course))
    for words in ('data-island="upload"', "选择文件", "每个不超过 4.0", "7 天内", "还没有课件"):
        assert words in page


@pytest.mark.clause("M3")
def test_teachers_see_the_files_and_no_form(room: Classroom, course: Course, ready: Upload) -> None:
    teacher = client_of(room.head_teacher)
    page = text_of(teacher, files_url(course))
    assert ready.name in page
    assert 'data-island="upload"' not in page
    shown = text_of(teacher, url_of(ready))
    assert 'id="place"' not in shown
    assert teacher.post(url_of(ready, "place/"), {"title": "x", "module": "new", "new_module": "y"}).status_code == 403


@pytest.mark.clause("M3")
def test_others_find_no_files_here(course: Course, ready: Upload, clock: HandClock) -> None:
    stranger = client_of(editor(classes.institution(), clock.now()))
    for address in (files_url(course), f"{files_url(course)}list/", url_of(ready), url_of(ready, "state/")):
        text_of(stranger, address, 404)
    assert stranger.post(url_of(ready, "place/"), {"title": "x"}).status_code == 404
    assert stranger.post(url_of(ready, "drop/")).status_code == 404
    reviewer = client_of(people.account((Role.REVIEWER, None), now=clock.now()))
    text_of(reviewer, files_url(course), 403)


@pytest.mark.parametrize(
    "case",
    [
        ({"received": 15}, ("未传完", "50%")),
        ({"state": "waiting", "received": 30}, ("等待转换",)),
        ({"state": "working", "received": 30, "done_permille": 426}, ("正在转换", "42%")),
        ({"state": "refused", "fault": "encrypted"}, ("不能使用", "文件设有密码。")),
        ({"state": "failed"}, ("转换失败", "不是文件的问题")),
    ],
)
def test_the_list_says_where_each_file_stands(
    course: Course, keeper: Account, client: Client, clock: HandClock, case: Standing
) -> None:
    fields, words = case
    ended = {"finished_at": clock.now()} if fields.get("state") in ("refused", "failed") else {}
    uploads.kept(course, keeper, clock.now(), **fields, **ended)
    page = text_of(client, f"{files_url(course)}list/")
    for each in words:
        assert each in page


@pytest.mark.parametrize("fault", list(FileFault))
def test_the_page_of_a_refused_file_says_why_and_what_to_do(
    course: Course, keeper: Account, client: Client, clock: HandClock, fault: FileFault
) -> None:
    now = clock.now()
    refused = uploads.kept(course, keeper, now, state="refused", fault=fault, finished_at=now)
    page = text_of(client, url_of(refused))
    assert str(FAULTS[fault].sentence) in page
    assert str(FAULTS[fault].advice) in page


def test_the_list_shows_the_verdict_of_the_quality_check(course: Course, client: Client, ready: Upload) -> None:
    assert ready.media is not None
    finding = Finding(Check.PAGES, "2", "300", Verdict.WARN)
    ready.media.report = QualityReport(LessonKind.DOCUMENT, 2, (finding,)).to_values()
    ready.media.save()
    assert "有提醒" in text_of(client, files_url(course))
    ready.media.report = QualityReport(LessonKind.DOCUMENT, 2, (replace(finding, verdict=Verdict.FAIL),)).to_values()
    ready.media.save()
    assert "不合格" in text_of(client, files_url(course))
    page = text_of(client, url_of(ready))
    assert "质量检测不合格。请先看下面的报告" in page
    assert "文件已可使用。" not in page


def test_files_are_found_by_name_and_have_pages(
    course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    for number in range(21):
        uploads.kept(course, keeper, clock.now(), name=f"第{number}讲.mp4", state="waiting")
    assert text_of(client, f"{files_url(course)}?page=2").count('scope="row"') == 1
    assert text_of(client, f"{files_url(course)}list/?q=第7讲").count('scope="row"') == 1
    assert "没有符合的课件" in text_of(client, f"{files_url(course)}?q=焊工")


def test_the_author_is_told_once_of_what_has_ended_and_nobody_else_is(
    course: Course, keeper: Account, client: Client, ready: Upload, clock: HandClock
) -> None:
    now = clock.now()
    uploads.kept(course, keeper, now, name="带宏.docx", state="refused", fault="macro", finished_at=now)
    colleague = client_of(editor(course.institution, now))
    assert "已可使用" not in text_of(colleague, "/institution/courses/")
    page = text_of(client, f"/institution/courses/{course.pk}/")
    assert "《讲义.pdf》已可使用，可以放入大纲了。" in page
    assert "《带宏.docx》不能使用。文档中含有宏" in page
    assert "已可使用" not in text_of(client, f"/institution/courses/{course.pk}/")


def test_a_ready_file_becomes_the_last_lesson_of_a_module(course: Course, client: Client, ready: Upload) -> None:
    module = course.modules.get()
    page = text_of(client, url_of(ready))
    assert 'value="讲义"' in page
    answer = client.post(url_of(ready, "place/"), {"title": "安全用电讲义", "module": str(module.pk)}, follow=True)
    assert "《安全用电讲义》已放入大纲" in answer.content.decode()
    lesson = Lesson.objects.get(media=ready.media)
    assert (lesson.module, lesson.position, lesson.title) == (module, 4, "安全用电讲义")
    assert 'id="place"' not in text_of(client, url_of(ready))


def test_a_new_module_may_be_named(course: Course, client: Client, ready: Upload) -> None:
    client.post(url_of(ready, "place/"), {"title": "讲义", "module": "new", "new_module": "第二章"})
    placed = Lesson.objects.get(media=ready.media)
    assert (placed.module.title, placed.module.position, placed.position) == ("第二章", 2, 1)


def test_what_was_typed_stays_when_something_is_missing(course: Course, client: Client, ready: Upload) -> None:
    answer = client.post(url_of(ready, "place/"), {"title": "我的标题", "module": "new", "new_module": " "})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "请填写新章的名称。" in page
    assert 'value="我的标题"' in page
    assert client.post(url_of(ready, "place/"), {"title": "", "module": "7"}).status_code == 400
    assert Module.objects.filter(course=course).count() == 1


def test_a_file_is_placed_once(course: Course, client: Client, ready: Upload) -> None:
    typed = {"title": "讲义", "module": str(course.modules.get().pk)}
    client.post(url_of(ready, "place/"), typed)
    assert client.post(url_of(ready, "place/"), typed).status_code == 409
    assert Lesson.objects.filter(media=ready.media).count() == 1


def test_a_module_of_another_course_is_no_choice(room: Classroom, client: Client, ready: Upload) -> None:
    other = classes.course(room.institution).modules.get()
    assert client.post(url_of(ready, "place/"), {"title": "讲义", "module": str(other.pk)}).status_code == 400


def test_a_file_that_is_not_ready_is_not_placed(
    course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    waiting = uploads.kept(course, keeper, clock.now(), state="waiting")
    typed = {"title": "讲义", "module": str(course.modules.get().pk)}
    assert client.post(url_of(waiting, "place/"), typed).status_code == 409


def test_an_unfinished_file_can_be_given_up(course: Course, keeper: Account, client: Client, clock: HandClock) -> None:
    upload = uploads.kept(course, keeper, clock.now(), received=10)
    assert url_of(upload, "drop/") in text_of(client, url_of(upload))
    answer = client.post(url_of(upload, "drop/"), follow=True)
    assert "已放弃《讲义.pdf》" in answer.content.decode()
    assert not Upload.objects.exists()
    whole = uploads.kept(course, keeper, clock.now(), received=30, state="waiting")
    assert "予以保留" in client.post(url_of(whole, "drop/"), follow=True).content.decode()


def test_a_refused_file_can_be_removed_from_the_list_by_its_editors(
    room: Classroom, course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    now = clock.now()
    refused = uploads.kept(course, keeper, now, received=30, state="refused", fault="macro", finished_at=now)
    teacher = client_of(room.head_teacher)
    assert "删除此文件" not in text_of(teacher, url_of(refused))
    assert teacher.post(url_of(refused, "drop/")).status_code == 403
    assert "删除此文件" in text_of(client, url_of(refused))
    assert "已从列表中删除" in client.post(url_of(refused, "drop/"), follow=True).content.decode()
    assert not Upload.objects.exists()
    assert AuditEntry.objects.filter(action="upload.dropped").exists()


def test_the_page_says_which_endings_are_taken(course: Course, client: Client) -> None:
    page = text_of(client, files_url(course))
    endings = page.split('data-endings="')[1].split('"')[0].split()
    assert {"mp4", "pdf", "docx", "wps"} <= set(endings)
    assert "docm" not in endings
    assert "平台不支持这种文件" in page.split('data-word-kind="')[1].split('"')[0]


def test_a_proof_of_lawful_use_is_not_offered_as_a_lesson_first(course: Course, client: Client, ready: Upload) -> None:
    assert "放入大纲</a>" in text_of(client, files_url(course))
    CourseLicence.objects.create(course=course, position=1, title="授权书", holder="出版社", proof=ready)
    for address in (files_url(course), url_of(ready)):
        page = text_of(client, address)
        assert "用作使用证明" in page
        assert "放入大纲</a>" not in page
    assert 'id="place"' in text_of(client, url_of(ready))  # it may become a lesson all the same


@pytest.mark.clause("M3")
def test_a_file_on_which_the_work_failed_can_be_tried_again_by_its_editors(
    room: Classroom, course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    failed = uploads.kept(course, keeper, clock.now(), received=30, state="failed", finished_at=clock.now())
    teacher = client_of(room.head_teacher)
    assert "再试一次</button>" not in text_of(teacher, url_of(failed))
    assert teacher.post(url_of(failed, "again/")).status_code == 403
    assert "再试一次</button>" in text_of(client, url_of(failed))
    assert "等待转换" in client.post(url_of(failed, "again/"), follow=True).content.decode()
    again = client.post(url_of(failed, "again/"), follow=True).content.decode()
    assert "“讲义.pdf”现在不能再试，请重新上传。" in again


def test_what_is_gone_or_refused_offers_no_other_try(
    course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    now = clock.now()
    gone = uploads.kept(course, keeper, now, received=0, state="failed", finished_at=now)
    refused = uploads.kept(course, keeper, now, received=30, state="refused", fault="encrypted", finished_at=now)
    for upload in (gone, refused):
        assert "再试一次</button>" not in text_of(client, url_of(upload))
        client.post(url_of(upload, "again/"))
    assert set(Upload.objects.values_list("state", flat=True)) == {"failed", "refused"}


@pytest.mark.clause("M3")
def test_markup_in_a_name_or_detail_is_shown_as_it_is_written(
    course: Course, keeper: Account, client: Client, clock: HandClock
) -> None:
    now, name = clock.now(), "<img src=x onerror=alert(1)>讲义.pdf"
    refused = uploads.kept(
        course, keeper, now, name=name, state="refused", fault="wrong_name", detail="<b>pdf</b>", finished_at=now
    )
    for url in (files_url(course), f"{files_url(course)}list/", url_of(refused)):
        page = text_of(client, url)
        assert "<img src=x" not in page
        assert "<b>pdf" not in page
        assert "&lt;img src=x" in page, url


@pytest.mark.parametrize(
    "case",
    [("pdf", "按内容看，这是 PDF 文件"), ("pdf", "请把后缀改为 .pdf 后上传"), ("<b>", "文件名的后缀与文件内容不符")],
)
def test_a_file_with_a_wrong_ending_is_called_what_it_is(
    course: Course, keeper: Account, client: Client, clock: HandClock, case: tuple[str, str]
) -> None:
    now, (detail, words) = clock.now(), case
    refused = uploads.kept(course, keeper, now, state="refused", fault="wrong_name", detail=detail, finished_at=now)
    assert words in text_of(client, url_of(refused))
