"""The pages of course questions: sound at every width and in the dark, and usable without script or mouse (WCAG 2.2 AA)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Browser, Page

from jiangxue.courseware.models import CourseQuestion, Lesson
from jiangxue.kernel.clock import MachineClock
from tests.browser.conftest import PHONE
from tests.browser.player import follow
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, LOOKS, assert_sound
from tests.factories import people
from tests.factories.questions import editor, question


@pytest.fixture
def lesson(site: Site) -> Lesson:
    CourseQuestion.objects.filter(retired_at=None).update(retired_at=F("created_at"))  # those of other tests
    return Lesson.objects.select_related("module__course__institution").get(pk=site.lesson_ids[0])


@pytest.fixture
def kept_page(site: Site, browser: Browser, lesson: Lesson) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages on which the course editor has signed in and sees the lesson's questions."""
    contexts = []

    def make(**options: object) -> Page:
        keeper = editor(lesson.module.course.institution, MachineClock().now() - timedelta(days=1))
        context = browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site, keeper.login_name, wanted=f"/institution/lessons/{lesson.pk}/questions/")
        page.wait_for_url("**/questions/")
        return page

    yield make
    for context in contexts:
        context.close()


@LOOKS
def test_the_pages_of_questions_are_sound(
    site: Site, lesson: Lesson, kept_page: Callable[..., Page], device: dict[str, object]
) -> None:
    page = kept_page(**device)
    assert_sound(page)
    asked = question(lesson, people.account(now=MachineClock().now()), MachineClock().now(), "W" * 200)
    page.fill("[name=text]", "W" * 201)
    page.fill("[name=option_0]", "W" * 61)
    follow(page, "#add button[type=submit]")
    assert_sound(page)
    for address in (
        "courses/",
        f"courses/{lesson.module.course_id}/",
        f"lessons/{lesson.pk}/questions/",
        f"questions/{asked.pk}/",
        f"questions/{asked.pk}/retire/",
    ):
        page.goto(f"{site.url}/institution/{address}")
        assert_sound(page)


def test_what_is_pressed_is_at_least_44_pixels_high(lesson: Lesson, kept_page: Callable[..., Page]) -> None:
    question(lesson, people.account(now=MachineClock().now()), MachineClock().now())
    page = kept_page(**PHONE)
    page.reload()
    pressed = page.locator("main a, main button, main .option-choice, main .control")
    low = [each.inner_text() for each in pressed.all() if (each.bounding_box() or {"height": 0})["height"] < 44]
    assert not low


def test_questions_are_kept_without_script(lesson: Lesson, kept_page: Callable[..., Page]) -> None:
    page = kept_page(java_script_enabled=False)
    page.fill("[name=text]", "先做什么？")
    page.fill("[name=option_0]", "停电")
    page.fill("[name=option_1]", "验电")
    follow(page, "#add button[type=submit]")
    assert page.locator("#options-errors").inner_text().strip() == "请点选哪一个选项正确，只能选已填写的选项。"
    page.check("[name=right][value='0']")
    follow(page, "#add button[type=submit]")
    follow(page, ".question-acts a >> nth=0")
    page.fill("[name=option_1]", "挂牌")
    follow(page, "main form button[type=submit]")
    follow(page, ".question-acts a >> nth=1")
    follow(page, "main form button[type=submit]")
    assert "已停用" in page.locator("main [role=status]").inner_text()
    assert not CourseQuestion.objects.filter(lesson=lesson, retired_at=None)


def test_a_question_is_added_with_the_keyboard_alone(lesson: Lesson, kept_page: Callable[..., Page]) -> None:
    page = kept_page(**DESKTOP)
    page.focus("[name=text]")
    page.keyboard.type("先做什么？")
    page.keyboard.press("Tab")
    page.keyboard.type("停电")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.labels[0].innerText").startswith("正确")
    page.keyboard.press("ArrowDown")
    page.focus("[name=option_1]")
    page.keyboard.type("验电")
    page.keyboard.press("Enter")
    page.wait_for_selector(".question")
    kept = CourseQuestion.objects.get(lesson=lesson, retired_at=None)
    assert (kept.options, kept.right_index) == (["停电", "验电"], 1)
