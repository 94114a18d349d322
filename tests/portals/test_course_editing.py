"""Small courtesies of the pages on which courses are edited and handed in (clauses C2, M6, T1.4)."""

import pytest
from django.test import Client

from jiangxue.courseware.models import Course
from jiangxue.kernel.clock import HandClock
from jiangxue.review.rules.opinions import Opinion, Verdict
from jiangxue.review.services.marking import MarkDraft, put_mark
from tests.factories import people
from tests.factories.courses import FINE, Desk, published, signed, submitted
from tests.portals.clients import client_of, main_of, text_of
from tests.portals.courses import course_url, lesson_url, rows, section_url, teacher_of

READY = "检查通过，可以送审"
UNCHANGED = "没有任何改动"


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


def change(at: Desk) -> None:
    Course.objects.filter(pk=at.course.pk).update(summary="新的简介")


def test_a_course_is_called_ready_for_review_only_while_it_can_be_handed_in(
    at: Desk, client: Client, clock: HandClock
) -> None:
    assert READY in text_of(client, course_url(at))
    version = submitted(at, clock.now())
    assert "检查通过，正在审核" in text_of(client, course_url(at))
    for reviewer in at.reviewers:
        signed(reviewer, version, clock.now())
    page = text_of(client, course_url(at))
    assert "与已发布版本相同，无需送审" in page
    assert READY not in page
    change(at)
    assert READY in text_of(client, course_url(at))


def test_who_hands_in_again_what_came_back_unchanged_is_told_so(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    mark = MarkDraft(lesson_id=at.lessons[1].pk, at=0, text="请重录")
    put_mark(viewer=people.viewer(at.reviewers[0]), version_id=version.pk, draft=mark, now=clock.now())
    signed(at.reviewers[0], version, clock.now(), Opinion(Verdict.CHANGES, FINE, "请改第 2 课"))
    page = main_of(client, course_url(at, "submit/"))
    assert f"与退回的第 1 版相比，{UNCHANGED}" in page
    assert "该版有 1 处标注" in page
    assert f"/institution/versions/{version.pk}/" in page
    change(at)
    assert UNCHANGED not in text_of(client, course_url(at, "submit/"))


def test_what_came_back_may_be_handed_in_again_unchanged(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    signed(at.reviewers[0], version, clock.now(), Opinion(Verdict.CHANGES, FINE, "请改第 2 课"))
    assert client.post(course_url(at, "submit/")).status_code == 302
    client.post(course_url(at, "withdraw/"))
    assert UNCHANGED in text_of(client, course_url(at, "submit/"))


def test_one_more_row_leads_to_the_row_that_it_adds(at: Desk, client: Client) -> None:
    sent = rows({"name": "甲"}, {"name": "乙"})
    assert (
        'formaction="#id_row-2-name"'
        in client.post(section_url(at, "lecturers"), {**sent, "rows": 1, "more": 1}).content.decode()
    )
    assert 'id="id_row-2-name"' in client.post(section_url(at, "lecturers"), {**sent, "more": 1}).content.decode()


def test_a_form_asks_before_it_is_left_and_one_that_is_only_read_does_not(
    at: Desk, client: Client, clock: HandClock
) -> None:
    for address in (section_url(at, "plan"), lesson_url(at)):
        assert "islands/unsaved" in text_of(client, address)
        assert 'data-island="unsaved">' in text_of(client, address)
        assert "unsaved" not in text_of(teacher_of(at, clock.now()), address)
    typed = client.post(section_url(at, "lecturers"), {**rows({"name": "甲"}), "more": 1}).content.decode()
    assert 'data-island="unsaved" data-typed>' in typed


def test_a_lesson_leads_to_its_test(at: Desk, client: Client) -> None:
    assert lesson_url(at, 0, "test/") in main_of(client, lesson_url(at))


def test_a_version_says_which_review_comes_next(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    signed(at.reviewers[0], version, clock.now())
    for address in (f"/institution/versions/{version.pk}/", course_url(at, "versions/")):
        assert "审核中：复审" in main_of(client, address)


def test_a_published_version_is_called_published(at: Desk, client: Client, clock: HandClock) -> None:
    version = published(at, clock.now())
    assert "审核中" not in main_of(client, f"/institution/versions/{version.pk}/")


def test_the_list_of_courses_offers_the_inventory(at: Desk, client: Client) -> None:
    page = text_of(client, "/institution/courses/")
    assert "/institution/courses/inventory.pdf" in page
    assert "/institution/courses/inventory.docx" in page


def test_many_findings_say_how_many_more_there_are(at: Desk, client: Client) -> None:
    client.post("/institution/courses/new/", {"title": "空课"})
    page = main_of(client, f"/institution/courses/{Course.objects.latest('pk').pk}/")
    more = page.count('class="row-main state state-warn"') - 8
    assert more > 0
    assert f"再显示 {more} 条" in page


def test_what_came_too_late_leads_to_how_it_stands_now(at: Desk, client: Client) -> None:
    response = client.post(course_url(at, "withdraw/"))
    assert response.status_code == 409
    assert "查看现在的内容" in response.content.decode()
    assert "重新打开" not in response.content.decode()
