"""Handing a course in, taking it back, and what its versions and previews show (clauses T1.4, M3, M6)."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseVersion, Lesson
from jiangxue.courseware.rules.screened import place_of
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.review.rules.opinions import Answer, Opinion, Point, Verdict
from jiangxue.review.services.marking import MarkDraft, put_mark
from jiangxue.screening.models import Hit
from jiangxue.screening.rules.places import ScreenedText
from jiangxue.screening.services import import_words, screen
from tests.factories import people, uploads, words
from tests.factories.courses import FINE, Desk, published, signed, submitted
from tests.portals.clients import client_of, text_of
from tests.portals.courses import READERS, course_url, lesson_url, teacher_of


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


def version_url(version: CourseVersion) -> str:
    return f"/institution/versions/{version.pk}/"


@pytest.mark.clause("T1.4")
def test_what_will_be_frozen_is_said_and_then_handed_in(at: Desk, client: Client) -> None:
    page = text_of(client, course_url(at, "submit/"))
    assert "第 1 版" in page
    assert not CourseVersion.objects.exists()
    response = client.post(course_url(at, "submit/"), follow=True)
    version = CourseVersion.objects.get()
    assert response.redirect_chain == [(version_url(version), 302)]
    assert version.sha256 in page
    assert f"校验值前 12 位：{version.sha256[:12]}" in response.content.decode()


def test_a_course_that_lacks_something_is_not_handed_in(at: Desk, client: Client) -> None:
    Course.objects.filter(pk=at.course.pk).update(goals="")
    page = text_of(client, course_url(at, "submit/"))
    assert "还没有写培训目标" in page
    assert "送审第 1 版" not in page
    response = client.post(course_url(at, "submit/"))
    assert response.status_code == 409
    assert "课程还不能送审" in response.content.decode()
    assert not CourseVersion.objects.exists()


def test_what_the_course_consists_of_is_read_once(at: Desk, client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        text_of(client, course_url(at, "submit/"))
    asked = [each["sql"] for each in captured if 'FROM "courseware_lessonknowledge"' in each["sql"]]
    assert len(asked) == 1


def test_a_course_as_it_is_published_is_not_handed_in_again(at: Desk, client: Client, clock: HandClock) -> None:
    published(at, clock.now())
    assert "没有变化，不需要送审" in text_of(client, course_url(at, "submit/"))
    assert client.post(course_url(at, "submit/")).status_code == 409
    assert CourseVersion.objects.count() == 1


def test_a_course_in_review_is_not_handed_in_twice(at: Desk, client: Client, clock: HandClock) -> None:
    submitted(at, clock.now())
    response = client.post(course_url(at, "submit/"))
    assert response.status_code == 409
    assert "第 1 版正在审核" in response.content.decode()


@pytest.mark.clause("M6")
def test_a_course_is_taken_back_after_being_asked_once(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    assert "撤回送审吗" in text_of(client, course_url(at, "withdraw/"))
    version.refresh_from_db()
    assert version.state == "in_review"
    response = client.post(course_url(at, "withdraw/"), follow=True)
    version.refresh_from_db()
    assert version.state == "withdrawn"
    assert "第 1 版已撤回" in response.content.decode()


def test_who_takes_back_too_late_is_told(at: Desk, client: Client) -> None:
    for response in (client.get(course_url(at, "withdraw/")), client.post(course_url(at, "withdraw/"))):
        assert response.status_code == 409
        assert "课程已不在审核中" in response.content.decode()


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", READERS)
def test_other_staff_hand_nothing_in_and_take_nothing_back(at: Desk, clock: HandClock, role: Role) -> None:
    reader = teacher_of(at, clock.now(), role)
    assert reader.post(course_url(at, "submit/")).status_code == 403
    version = submitted(at, clock.now())
    assert reader.post(course_url(at, "withdraw/")).status_code == 403
    assert text_of(reader, version_url(version))
    assert text_of(reader, course_url(at, "versions/"))


@pytest.mark.clause("M6")
def test_a_version_shows_opinions_points_and_marks_with_their_place(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    reviewer = people.viewer(at.reviewers[0])
    mark = MarkDraft(lesson_id=at.lessons[1].pk, at=65_000, text="这里讲错了 & 请重录")
    put_mark(viewer=reviewer, version_id=version.pk, draft=mark, now=clock.now())
    points = {**FINE, Point.SAFETY: Answer.TO_MEND}
    signed(at.reviewers[0], version, clock.now(), Opinion(Verdict.CHANGES, points, "第 2 课有错误"))
    page = text_of(client, version_url(version))
    assert all(
        said in page for said in ("初审", "需修改", "第 2 课有错误", "01:05", "这里讲错了 &amp; 请重录", "需修改")
    )
    assert at.reviewers[0].name not in page
    preview = lesson_url(at, 1, "preview/")
    assert f"{preview}#marks" in page
    assert 'data-at="65000"' in text_of(client, preview)


def test_a_mark_on_a_lesson_that_is_taken_out_leads_nowhere(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    mark = MarkDraft(lesson_id=at.lessons[1].pk, at=0, text="删掉")
    put_mark(viewer=people.viewer(at.reviewers[0]), version_id=version.pk, draft=mark, now=clock.now())
    signed(at.reviewers[0], version, clock.now(), Opinion(Verdict.CHANGES, FINE, "请删掉第 2 课"))
    Lesson.objects.filter(pk=at.lessons[1].pk).update(module=None)
    page = text_of(client, version_url(version))
    assert "删掉" in page
    assert "preview/#marks" not in page


@pytest.mark.clause("T1.4")
def test_a_version_shows_the_words_that_were_found_and_what_a_person_said(
    at: Desk, client: Client, clock: HandClock
) -> None:
    keeper = words.keeper(clock.now())
    import_words(
        viewer=words.viewer_of(keeper),
        content=words.word_file(words.WORDS),
        name="词库.csv",
        by=PROGRAM,
        now=clock.now(),
    )
    version = submitted(at, clock.now())
    assert "没有发现" in text_of(client, version_url(version))
    where = {"lesson": at.lessons[0].pk, "field": "title"}
    screen(place=place_of(version.pk), texts=[ScreenedText("保证包过", where)], now=clock.now())
    Hit.objects.update(decision="to_change", decided_by=keeper, decided_at=clock.now(), note="请改写")
    page = text_of(client, version_url(version))
    assert all(said in page for said in ("<mark>包过</mark>", "第 1 课 · ", "需修改", "请改写"))


def test_words_that_are_still_being_looked_through_are_said_to_be(at: Desk, client: Client, clock: HandClock) -> None:
    assert "正在筛查文字" in text_of(client, version_url(submitted(at, clock.now(), screened=False)))


@pytest.mark.clause("M6")
def test_a_version_lists_what_it_has_changed(at: Desk, client: Client, clock: HandClock) -> None:
    published(at, clock.now())
    Course.objects.filter(pk=at.course.pk).update(title="低压电工安全（修订）")
    Lesson.objects.filter(pk=at.lessons[0].pk).update(draft_title="触电的危害")
    page = text_of(client, version_url(submitted(at, clock.now())))
    assert "课程名称：由“低压电工安全”改为“低压电工安全（修订）”。" in page
    assert "课节《第 1 课》改名为《触电的危害》。" in page


def test_versions_are_listed_with_state_and_hash(at: Desk, client: Client, clock: HandClock) -> None:
    assert "还没有版本" in text_of(client, course_url(at, "versions/"))
    first = published(at, clock.now())
    Course.objects.filter(pk=at.course.pk).update(summary="新的简介")
    second = submitted(at, clock.now())
    page = text_of(client, course_url(at, "versions/"))
    assert page.index(version_url(second)) < page.index(version_url(first))
    assert all(said in page for said in ("已发布", "审核中", first.sha256[:12], second.sha256[:12]))


@pytest.mark.clause("M6")
def test_the_preview_shows_the_course_as_a_class_does_and_times_nothing(at: Desk, client: Client) -> None:
    page = text_of(client, course_url(at, "preview/"))
    assert "预览：不计时" in page
    assert lesson_url(at, 0, "preview/") in page
    page = text_of(client, lesson_url(at, 0, "preview/"))
    assert "预览：不计时" in page
    assert 'data-island="preview"' in page
    assert lesson_url(at, 1, "preview/") in page
    assert 'data-island="player"' not in page


def test_an_empty_course_has_an_empty_preview(at: Desk, client: Client) -> None:
    Lesson.objects.update(module=None)
    assert "还没有课节" in text_of(client, course_url(at, "preview/"))


@pytest.mark.clause("M6")
def test_files_of_a_course_in_review_stay_as_they_are(at: Desk, client: Client, clock: HandClock) -> None:
    media = at.lessons[0].media
    ended = {"state": "ready", "kind": "video", "media": media, "finished_at": clock.now(), "told_at": clock.now()}
    file = uploads.kept(at.course, at.editor, clock.now(), **ended)
    free = {**ended, "media": uploads.document(), "kind": "pdf"}
    other = uploads.kept(at.course, at.editor, clock.now(), name="新课件.pdf", **free)
    submitted(at, clock.now())
    typed = {"title": "新课节 & 补充", "module": "new", "new_module": "补充"}
    placed = client.post(f"/institution/files/{other.pk}/place/", typed)
    assert placed.status_code == 409
    assert "新课节 &amp; 补充" in placed.content.decode()
    captions = ContentFile("1\n00:00:01,000 --> 00:00:02,000\n断电\n".encode(), name="a.srt")
    sent = client.post(f"/institution/files/{file.pk}/captions/", {"captions": captions})
    assert sent.status_code == 409
    assert "没有保存：课程正在审核" in sent.content.decode()
    page = text_of(client, f"/institution/files/{other.pk}/")
    assert 'name="new_module"' not in page
    assert course_url(at, "withdraw/") in page
