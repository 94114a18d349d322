"""The list of courses and the page of each say where it stands and what it lacks (clauses C2, M3, M6, T1.4)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.courseware.models import Course, CourseLicence, CourseVersion, Module
from jiangxue.courseware.rules.content import Purpose
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.review.rules.opinions import Opinion, Verdict
from tests.factories import classes
from tests.factories.courses import FINE, Desk, published, signed, submitted
from tests.factories.questions import editor, question
from tests.portals.clients import client_of, main_of, text_of
from tests.portals.courses import READERS, course_url, lesson_url, teacher_of

LIST = "/institution/courses/"
NEW = "/institution/courses/new/"


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


def standing(client: Client, at: Desk) -> str:
    """Return what list and page say of a course: both the same."""
    page = text_of(client, course_url(at))
    row = text_of(client, LIST).split(course_url(at))[1].split("</tr>")[0]
    said = page.split('<p class="course-standing">')[1].split("</p>")[0]
    assert said.strip() in row
    return said


def change(at: Desk) -> None:
    Course.objects.filter(pk=at.course.pk).update(summary="新的简介")


@pytest.mark.clause("C2")
def test_an_editor_begins_a_course_with_its_title(at: Desk, client: Client) -> None:
    assert NEW in text_of(client, LIST)
    assert "新建课程" in text_of(client, NEW)
    response = client.post(NEW, {"title": "高处作业 & 防护"}, follow=True)
    begun = Course.objects.latest("pk")
    assert response.redirect_chain == [(f"{LIST}{begun.pk}/", 302)]
    assert (begun.title, begun.institution_id) == ("高处作业 & 防护", at.institution.pk)
    assert "处需要改正" in response.content.decode()


@pytest.mark.parametrize(
    ("title", "told"), [("", "请写课程名称"), ("题 & " * 40, "最多 120 字"), (" \n", "请写课程名称")]
)
def test_a_course_without_a_fit_title_is_not_begun(at: Desk, client: Client, title: str, told: str) -> None:
    response = client.post(NEW, {"title": title})
    assert response.status_code == 400
    assert told in response.content.decode()
    assert Course.objects.count() == 1


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", READERS)
def test_other_staff_begin_no_course(at: Desk, clock: HandClock, role: Role) -> None:
    reader = teacher_of(at, clock.now(), role)
    assert NEW not in text_of(reader, LIST)
    assert reader.get(NEW).status_code == 403
    assert reader.post(NEW, {"title": "课程"}).status_code == 403


def test_a_new_course_is_a_draft(at: Desk, client: Client) -> None:
    assert "草稿" in standing(client, at)


def test_the_step_of_the_review_is_named(at: Desk, client: Client, clock: HandClock) -> None:
    version = submitted(at, clock.now())
    assert "审核中：初审" in standing(client, at)
    signed(at.reviewers[0], version, clock.now())
    assert "审核中：复审" in standing(client, at)
    signed(at.reviewers[1], version, clock.now())
    assert "审核中：终审" in standing(client, at)


def test_a_published_course_says_its_version_and_whether_it_has_changed_since(
    at: Desk, client: Client, clock: HandClock
) -> None:
    published(at, clock.now())
    said = standing(client, at)
    assert "已发布 第 1 版" in said
    assert "有未发布的修改" not in said
    change(at)
    assert "有未发布的修改" in standing(client, at)


def test_while_a_new_version_is_reviewed_the_old_one_is_named(at: Desk, client: Client, clock: HandClock) -> None:
    published(at, clock.now())
    change(at)
    submitted(at, clock.now())
    said = standing(client, at)
    assert "审核中：初审" in said
    assert "第 1 版在用" in said


@pytest.mark.parametrize(("verdict", "label"), [(Verdict.CHANGES, "退回修改"), (Verdict.REJECT, "不予通过")])
def test_a_returned_course_leads_to_the_opinions(
    at: Desk, client: Client, clock: HandClock, verdict: Verdict, label: str
) -> None:
    version = submitted(at, clock.now())
    signed(at.reviewers[0], version, clock.now(), Opinion(verdict, FINE, "第 2 课声音太小"))
    assert label in standing(client, at)
    assert f'href="/institution/versions/{version.pk}/"' in text_of(client, course_url(at))


def test_a_course_that_is_taken_down_says_so(at: Desk, client: Client, clock: HandClock) -> None:
    published(at, clock.now())
    CourseVersion.objects.update(taken_down_at=clock.now())
    assert "已下架" in standing(client, at)


def test_the_yearly_review_is_announced(at: Desk, client: Client, clock: HandClock) -> None:
    version = published(at, clock.now())
    assert "年度复审" not in standing(client, at)
    CourseVersion.objects.filter(pk=version.pk).update(review_due_on=(clock.now() + timedelta(days=20)).date())
    assert "年度复审" in standing(client, at)


@pytest.mark.clause("C2")
def test_a_finding_says_its_figures_and_leads_to_where_it_is_mended(at: Desk, client: Client) -> None:
    Course.objects.filter(pk=at.course.pk).update(online_hours=800, goals="")
    page = text_of(client, course_url(at))
    assert "声明线上 8.00 学时，课件共 1 小时 30 分，少 4 小时 30 分。" in page
    assert f'href="{course_url(at, "edit/plan/")}#id_online_hours"' in page
    assert f'href="{course_url(at, "edit/facts/")}#id_goals"' in page
    assert 'id="id_goals"' in text_of(client, course_url(at, "edit/facts/"))
    assert course_url(at, "submit/") not in page


def leads(client: Client, at: Desk) -> list[str]:
    """Return where the findings on the page of a course lead."""
    checks = main_of(client, course_url(at)).split('id="checks"')[1].split("</section>")[0]
    return re.findall(r'<a [^>]*href="([^"]+)"', checks)


@pytest.mark.clause("C2")
def test_every_finding_leads_to_a_place_that_there_is(at: Desk, client: Client, clock: HandClock) -> None:
    course = at.course
    empty = Module.objects.create(course=course, position=course.modules.count() + 1, title="空的一章")
    question(at.lessons[1], at.editor, clock.now(), purpose=Purpose.TEST)
    at.lessons[0].knowledge.all().delete()
    course.assessment.update(weight=0)
    course.lecturers.update(qualification="")
    CourseLicence.objects.create(course=course, position=1, title="授权书", holder="出版社")
    nothing = dict.fromkeys(("summary", "special_ability", "goals", "methods", "materials", "target_group"), "")
    Course.objects.filter(pk=course.pk).update(
        **nothing, level="", project_type="", basis_name="", fee="free_for_groups", free_for=[], live_hours=100
    )
    found = leads(client, at)
    assert len(found) > 15
    assert f"{course_url(at, 'outline/')}#module-{empty.position}-place" in found
    assert lesson_url(at, 1, "test/") in found
    for address in found:
        page, _, anchor = address.partition("#")
        shown = main_of(client, page)
        assert not anchor or f'id="{anchor}"' in shown, address


def test_few_test_questions_lead_to_those_of_the_test(at: Desk, client: Client, clock: HandClock) -> None:
    question(at.lessons[1], at.editor, clock.now(), "先做什么？", purpose=Purpose.TEST)
    assert lesson_url(at, 1, "test/") in leads(client, at)
    assert "先做什么？" in main_of(client, lesson_url(at, 1, "test/"))


def test_a_warning_stops_nothing_and_leads_to_the_lesson(at: Desk, client: Client) -> None:
    at.lessons[0].knowledge.all().delete()
    page = text_of(client, course_url(at))
    assert "《第 1 课》没有知识点" in page
    assert f'href="/institution/lessons/{at.lessons[0].pk}/#rows"' in page
    assert course_url(at, "submit/") in page


def test_a_long_list_of_published_courses_asks_the_database_no_more(
    at: Desk, client: Client, clock: HandClock, django_assert_max_num_queries
) -> None:
    for _ in range(8):
        classes.published(classes.course(at.institution), clock.now())
    with django_assert_max_num_queries(40):
        client.get(LIST)


@pytest.mark.clause("M3")
def test_strangers_find_nothing(at: Desk, clock: HandClock) -> None:
    stranger = client_of(editor(classes.institution(), clock.now()))
    version = submitted(at, clock.now())
    assert at.course.title not in text_of(stranger, LIST)
    for address in ("", "preview/", "versions/", "papers/", "submit/", "withdraw/", "outline/", "papers/outline.docx"):
        assert stranger.get(course_url(at, address)).status_code == 404, address
    assert stranger.get(f"/institution/versions/{version.pk}/").status_code == 404
    assert stranger.get(f"/institution/versions/{version.pk}/papers/outline.docx").status_code == 404
