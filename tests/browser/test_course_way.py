"""The whole way of a course in browsers: a file is sent, the course handed in, reviewed by three, published, learned, taken down (clauses T1.4, M6)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from jiangxue.policies.services import set_class_time_policy
from tests.browser.conftest import PHONE
from tests.browser.player import follow, until
from tests.browser.reading import open_book
from tests.browser.site import SIGNAL_MS, Site
from tests.browser.test_looks import DESKTOP
from tests.browser.test_uploads import CONVERTED_WITHIN_MS, choose, row
from tests.factories import people
from tests.factories.classes import institution
from tests.factories.courses import complete, electrician, reviewers_of
from tests.factories.questions import editor

SCREENED_WITHIN_S = 30
STOPPED_WITHIN_S = 40
_RARE_CHECKS = {"check_least_ms": 3_600_000, "check_mean_ms": 3_600_000, "check_most_ms": 3_600_000}


@pytest.fixture
def school(site: Site) -> Organisation:
    electrician()
    return institution()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    sheet = Image.new("RGB", (1280, 720), "white")
    ImageDraw.Draw(sheet).rectangle((200, 150, 1080, 560), outline="black", width=6)
    path = tmp_path / "验电步骤图.png"
    sheet.save(path)
    return path


@pytest.mark.clause("T1.4", "M6", "C2")
def test_from_a_file_to_a_published_course_and_its_taking_down(
    site: Site, signed_in: Callable[..., Page], school: Organisation, picture: Path
) -> None:
    course = _made_by_its_editor(site, signed_in, school, picture)
    version = CourseVersion.objects.get(course=course)
    until(lambda: _is_screened(version), "its words are looked through", SCREENED_WITHIN_S)
    for reviewer in reviewers_of(school, _now()):
        last = _signed(site, signed_in, reviewer, version)
    version.refresh_from_db()
    assert version.state == "published"

    class_id, learner = _class_of(school, course)
    lesson_id = version.lessons.get().lesson_id
    reader = signed_in(learner.login_name, **PHONE)
    open_book(reader, f"{site.url}/learn/classes/{class_id}/lessons/{lesson_id}/")
    until(lambda: "正在计时" in (reader.text_content("main") or ""), "time counts")

    last.goto(f"{site.url}/review/versions/{version.pk}/showing/")
    last.fill("[name=reason]", "图中验电顺序有误，先下架核实")
    last.get_by_role("button", name="紧急下架").click()
    expect(last.locator(".messages")).to_contain_text("课程已下架")
    reader.wait_for_url("**/learn/sessions/**", timeout=STOPPED_WITHIN_S * 1000)
    assert "本课程已暂时下架，已为您签退" in reader.inner_text("main")
    reader.goto(f"{site.url}/learn/classes/{class_id}/")
    assert "本课程已暂时下架" in reader.inner_text("main")
    assert not reader.locator(f"a[href*='/lessons/{lesson_id}/']").count()


def _now():
    return MachineClock().now()


def _is_screened(version: CourseVersion) -> bool:
    version.refresh_from_db()
    return version.screened_at is not None


def _made_by_its_editor(site: Site, signed_in: Callable[..., Page], school: Organisation, picture: Path) -> Course:
    """Begin a course, send its file and put it into the outline by hand; its papers are entered by the services that the forms call."""
    keeper = editor(school, _now() - timedelta(days=1))
    page = signed_in(keeper.login_name, begins_at="/institution/**", **DESKTOP)
    page.goto(f"{site.url}/institution/courses/new/")
    page.fill("[name=title]", "验电操作入门")
    page.click("main .button-main")
    expect(page.locator("h1")).to_have_text("验电操作入门")
    course = Course.objects.latest("pk")
    page.goto(f"{site.url}/institution/courses/{course.pk}/files/")
    choose(page, picture)
    expect(row(page, picture.name)).to_contain_text("可使用", timeout=CONVERTED_WITHIN_MS)
    row(page, picture.name).get_by_role("link", name="放入大纲").click()
    page.fill("[name=title]", "验电步骤图")
    page.fill("[name=new_module]", "第一章 验电")
    page.click("#place button[type=submit]")
    page.wait_for_url(f"**/courses/{course.pk}/#top")
    expect(page.locator("main")).to_contain_text("符合性检查")
    complete(course, people.viewer(keeper), _now())
    page.goto(f"{site.url}/institution/courses/{course.pk}/submit/")
    page.get_by_role("button", name="送审第 1 版").click()
    expect(page.locator(".messages")).to_contain_text("第 1 版已送审")
    return course


def _signed(site: Site, signed_in: Callable[..., Page], reviewer: Account, version: CourseVersion) -> Page:
    """Look at the lesson and sign that it passes, as one of the three does."""
    page = signed_in(reviewer.login_name, begins_at="/review/", **DESKTOP)
    follow(page, f"main a:has-text('{version.title}')")
    follow(page, "main a:has-text('验电步骤图')")
    until(lambda: page.locator("[data-part=page]").evaluate("each => each.naturalWidth") > 0, "the page is shown")
    follow(page, "main a:has-text('填写意见并签署')")
    for point in page.locator("[value=fine]").all():
        point.check()
    page.check("[name=verdict][value=pass]")
    page.fill("[name=password]", people.PASSWORD)
    page.locator(".form-opinion button[type=submit]").click()
    expect(page.locator(".messages")).to_contain_text("已签署")
    return page


def _class_of(school: Organisation, course: Course) -> tuple[int, Account]:
    teacher = people.account((Role.HEAD_TEACHER, school.pk), now=_now(), name="陈敏仪")
    draft = ClassDraft(
        institution_id=school.pk,
        course_id=course.pk,
        head_teacher_id=teacher.pk,
        code=f"WAY-{teacher.pk}",
        name="验电操作一班",
        opens_on=(_now() - timedelta(days=1)).date(),
        closes_on=(_now() + timedelta(days=30)).date(),
    )
    opened = open_class(draft, teacher_ids=[], now=_now())
    values = {"beat_ms": SIGNAL_MS, "beat_jitter_percent": 0, **_RARE_CHECKS}
    set_class_time_policy(
        training_class_id=opened.pk,
        values=values,
        valid_from=_now() - timedelta(days=1),
        author_id=None,
        reason="tests",
    )
    learner = people.account(now=_now(), name="李小明")
    enrol(class_id=opened.pk, learner_id=learner.pk, now=_now())
    return opened.pk, learner
