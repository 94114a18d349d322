"""Pictures of the course editor; a part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from jiangxue.courseware.models import Course, Lesson
from jiangxue.kernel.clock import MachineClock
from jiangxue.review.rules.opinions import Opinion, Verdict
from tests.browser.editing import desk_on_site, editor_page
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import classes
from tests.factories.courses import FINE, published, signed, submitted

PAGES = {
    "course-fit": "",
    "course-facts": "edit/facts/",
    "course-plan": "edit/plan/",
    "course-assessment": "edit/assessment/",
    "course-lecturers": "edit/lecturers/",
    "course-licences": "edit/licences/",
    "course-outline": "outline/",
    "course-preview": "preview/",
    "course-submit": "submit/",
    "course-papers": "papers/",
    "course-versions-none": "versions/",
}


@DEVICES
def test_a_course_as_it_is_made(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    at = desk_on_site()
    classes.add_lessons(at.course, [f"低压线路检修的安全要求（之{number}）" for number in range(1, 6)])
    page = editor_page(site, signed_in, at, **options)
    for name, rest in PAGES.items():
        page.goto(f"{site.url}/institution/courses/{at.course.pk}/{rest}")
        shoot(page, name, width)
    for name, rest in {"lesson": "", "lesson-preview": "preview/", "lesson-remove": "remove/"}.items():
        page.goto(f"{site.url}/institution/lessons/{at.lessons[1].pk}/{rest}")
        shoot(page, f"course-{name}", width)
    page.goto(f"{site.url}/institution/courses/new/")
    shoot(page, "course-new", width)


@DEVICES
def test_a_course_that_lacks_much(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    at = desk_on_site()
    Course.objects.filter(pk=at.course.pk).update(online_hours=800, goals="", methods="", is_imported=True, supplier="")
    page = editor_page(site, signed_in, at, **options)
    shoot(page, "course-lacking", width)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/edit/plan/")
    page.fill("[name=online_hours]", "八")
    page.fill("[name=row-0-title]", "")
    page.locator(".actions .button-main").click()
    shoot(page, "course-plan-refused", width)


@DEVICES
def test_a_course_that_is_reviewed(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now()
    at = desk_on_site()
    published(at, now)
    Course.objects.filter(pk=at.course.pk).update(
        title="低压电工安全操作基础（含触电急救与电气火灾处置，2026 年修订版）"
    )
    Lesson.objects.filter(pk=at.lessons[0].pk).update(draft_title="触电的危害")
    version = submitted(at, now)
    page = editor_page(site, signed_in, at, **options)
    shoot(page, "course-in-review", width)
    for name, rest in {"facts-locked": "edit/facts/", "outline-locked": "outline/", "withdraw": "withdraw/"}.items():
        page.goto(f"{site.url}/institution/courses/{at.course.pk}/{rest}")
        shoot(page, f"course-{name}", width)
    opinion = Opinion(Verdict.CHANGES, FINE, "第二课声音太小，请重录。\n第三课缺少绝缘手套的检查方法。")
    signed(at.reviewers[0], version, now, opinion)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/")
    shoot(page, "course-returned", width)
    page.goto(f"{site.url}/institution/versions/{version.pk}/")
    shoot(page, "course-version", width)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/versions/")
    shoot(page, "course-versions", width)
    page.goto(f"{site.url}/institution/courses/")
    shoot(page, "courses-states", width)
