"""Pictures of the catalogue, of a course's page, of rating it, and of deciding about comments; a part of `make screens`."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseAssessment, CourseVersion
from jiangxue.courseware.rules.content import Fee, PriorityGroup
from jiangxue.courseware.services.versions import show_no_more
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.occupations.queries import last_table
from jiangxue.occupations.rules.levels import Level
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment
from tests.browser.appealing import long_named_room, signed, yesterday
from tests.browser.player import follow
from tests.browser.rating import HELD, give, listed_words
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people
from tests.factories.classes import Classroom, course, institution, published, teach_anew
from tests.factories.occupations import ELECTRICIAN, WELDER, imported
from tests.factories.ratings import another, finished, lecturer, moderator, rated

OPINIONS = (
    ("张伟", 5, "讲得清楚，例子都是车间里真会遇到的。"),
    (
        "欧阳慧敏",
        4,
        "停电、验电、装设接地线三步讲得很细，回去照着做就行。\n希望急救那一节多一点真人示范，光看图还是不敢动手。",
    ),
    ("阿依古丽·买买提江", 5, ""),
    ("刘洋", 2, "文档字太多，手机上看费眼。"),
    ("陈杰", 5, "好" * 120),
)


@pytest.fixture
def room(site: Site) -> Classroom:
    """Make a class of a course that has everything its page can show, whose learner has finished."""
    clock = yesterday()
    now = clock.now()
    if last_table() is None:
        imported(now)
    made = long_named_room(clock)
    _with_papers(made.training_class.course)
    for position, (name, _) in enumerate((("王建国", ""), ("李秀英", "")), 1):
        lecturer(made.training_class.course, name, position)
    teach_anew(made.training_class, now)
    made.enrolment.training_class.refresh_from_db()
    finished(made.enrolment, now)
    return made


def _with_papers(what: Course) -> None:
    Course.objects.filter(pk=what.pk).update(
        title="低压电工作业安全技术与操作技能提升（含触电急救与电气火灾处置）",
        summary="面向从事低压电气安装、检修工作的人员，讲清怎样防触电、怎样按步骤停电验电、出了事怎样救人。",
        occupation_id=ELECTRICIAN.code,
        level=Level.FOUR,
        goals="1. 说出电流对人体的危害和安全电压等级；\n2. 按规程完成停电、验电、装设接地线；\n3. 会做心肺复苏，会处置电气火灾。",
        target_group="在岗低压电工、设备维护人员",
        entry_conditions="年满 18 周岁，取得五级电工证书后从事本职业工作 1 年以上；无妨碍从事电工作业的疾病。",
        online_hours=800,
        practice_hours=400,
        fee=Fee.FREE_FOR_GROUPS,
        free_for=[PriorityGroup.GRADUATES, PriorityGroup.MIGRANT_WORKERS, PriorityGroup.VETERANS],
    )
    what.refresh_from_db()
    for position, (name, method, weight) in enumerate(
        (("课节测验", "线上答题，每节 60 分合格", 20), ("理论考试", "线上闭卷", 40), ("实操考核", "现场操作", 40)), 1
    ):
        CourseAssessment.objects.create(course=what, position=position, name=name, method=method, weight=weight)


def _others(now: datetime) -> CourseVersion:
    """Publish some more courses, and return the version of one to be taken down."""
    for title, fee, level in (("焊接入门", Fee.FREE, Level.FIVE), ("氩弧焊提高", Fee.PAID, Level.FIVE)):
        more = course(institution(), lessons=1)
        Course.objects.filter(pk=more.pk).update(
            title=title, fee=fee, level=level, occupation_id=WELDER.code, online_hours=600
        )
        more.refresh_from_db()
        version = published(more, now)
    return version


def _rate(room: Classroom, now: datetime) -> None:
    teachers = list(room.training_class.course.lecturers.values_list("pk", flat=True))
    for number, (name, stars, comment) in enumerate(OPINIONS):
        at = now - timedelta(days=31 * number)
        rated(another(room.training_class, now, name), at, stars, comment, dict.fromkeys(teachers, stars))


@DEVICES
def test_the_catalogue(site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    now = MachineClock().now()
    gone = _others(now)
    _rate(room, now)
    page = browser.new_context(locale="zh-CN", **options).new_page()
    for name, address in (
        ("catalogue", ""),
        ("catalogue-filtered", "?q=焊&free=on&sort=best"),
        ("catalogue-none", "?q=潜水"),
        ("public-course", f"{room.training_class.course_id}/"),
        ("public-course-not-there", "99999999/"),
    ):
        page.goto(f"{site.url}/courses/{address}")
        shoot(page, name, width)
    show_no_more(course_id=gone.course_id, now=now)
    page.goto(f"{site.url}/courses/{gone.course_id}/")
    shoot(page, "public-course-taken-down", width)


@DEVICES
def test_rating(site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    now = MachineClock().now()
    listed_words()
    class_url = f"/learn/classes/{room.training_class.pk}/"
    page = signed(site, browser, room.learner, options, class_url)
    shoot(page, "rating-card", width)
    follow(page, ".rating-card a")
    shoot(page, "rating-form", width)
    page.fill("[name=comment]", HELD)
    page.evaluate("document.querySelector('main .form').noValidate = true")  # else the browser itself asks for stars
    follow(page, "main .form button[type=submit]")
    shoot(page, "rating-form-wrong", width)
    give(page, 4, HELD)
    shoot(page, "rating-held", width)
    hidden = rated(room.enrolment, now, 1, "讲课的是骗子")
    seen = SeenComment(hidden.pk, hidden.serial, Standing(hidden.standing))
    by = people.viewer(moderator(now - timedelta(days=1)))
    hide_comment(viewer=by, seen=seen, reason="辱骂他人，请就课程本身写评论", by=PROGRAM, now=now)
    page.goto(f"{site.url}{class_url}rating/")
    shoot(page, "rating-hidden", width)
    beginner = _beginner(room, now)
    page = signed(site, browser, beginner.learner, options, f"{class_url}rating/")
    shoot(page, "rating-not-yet", width)


def _beginner(room: Classroom, now: datetime) -> Enrolment:
    learner = people.account(now=now - timedelta(days=1))
    return enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=now)


@DEVICES
def test_reading_and_deciding(
    site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now()
    listed_words()
    staff = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=now - timedelta(days=1))
    ratings = f"/institution/courses/{room.training_class.course_id}/ratings/"
    page = signed(site, browser, staff, options, ratings)
    shoot(page, "institution-ratings-none", width)
    _rate(room, now)
    rated(room.enrolment, now, 5, HELD)
    page.goto(site.url + ratings)
    shoot(page, "institution-ratings", width)
    page.goto(f"{site.url}/institution/classes/{room.training_class.pk}/ratings/")
    shoot(page, "institution-class-ratings", width)
    page = signed(site, browser, moderator(now - timedelta(days=1)), options, "/review/ratings/")
    shoot(page, "comments-held", width)
    _hide_without_reason(page)
    shoot(page, "comments-no-reason", width)
    page.fill("main .comment-hide [name=reason]", "留联系方式招揽，属广告")
    follow(page, "main form[action$='/hide/'] button")
    page.goto(f"{site.url}/review/ratings/?standing=hidden")
    shoot(page, "comments-hidden", width)


def _hide_without_reason(page: Page) -> None:
    page.locator("main .comment-hide [name=reason]").last.fill(" ")
    with page.expect_navigation():
        page.locator("main form[action$='/hide/'] button").last.click()
