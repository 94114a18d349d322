"""Pictures of a lesson's test on every side; a part of `make screens`."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.courseware.rules.content import Purpose
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.appealing import long_named_room, signed
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories.assessment import begun, played, submitted, with_test
from tests.factories.classes import Classroom
from tests.factories.questions import editor, question

TEXTS = (
    "停电时，负荷开关和隔离开关的操作次序是哪一个？",
    "303 断路器停电检修，母线不停电。“保留的带电部位”一栏怎样写？请按照现场实际情况，选出最完整、最准确的一种写法，并注意上口往往还有电。",
    "没有验过电的线路，应当怎样看待？",
    "有人高压触电，首先应当怎么做？",
)


@pytest.fixture
def room(site: Site) -> Classroom:
    now = MachineClock().now() - timedelta(hours=3)
    made = long_named_room(HandClock(now))
    with_test(made, now, texts=TEXTS)
    with_test(made, now, lesson=1, texts=TEXTS[:3])
    played(made, now)
    return made


def choose(page: Page, *places: int) -> None:
    for place in places:
        page.check(f"[name=answer-{place}][value='{place % 3}']")


@DEVICES
def test_a_learner_takes_a_test(
    site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    page = signed(site, browser, room.learner, options, "/learn/")
    shoot(page, "test-home", width)
    page.click("main .hero a.button-main")
    shoot(page, "test-intro", width)
    page.click("main button[type=submit]")
    shoot(page, "test-questions", width)
    choose(page, 0, 2)
    page.click("main button[type=submit]")
    shoot(page, "test-missing", width)
    choose(page, 1, 3)
    page.click("main button[type=submit]")
    shoot(page, "test-result", width)
    clock = HandClock(MachineClock().now())
    submitted(room, begun(room, clock), clock, 0)
    page.goto(f"{site.url}/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/test/")
    shoot(page, "test-intro-tried", width)


@DEVICES
def test_a_passed_test_and_one_without_attempts(
    site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    clock = HandClock(MachineClock().now() - timedelta(hours=2))
    submitted(room, begun(room, clock), clock, 1)
    expired = begun(room, clock)
    clock.at = expired.expires_at
    passed = submitted(room, begun(room, clock), clock, 3)
    played(room, clock.now(), lesson=1)
    for _ in range(3):
        submitted(room, begun(room, clock, lesson=1), clock, 0)
    page = signed(site, browser, room.learner, options, f"/learn/attempts/{passed.pk}/")
    shoot(page, "test-passed", width)
    page.goto(f"{site.url}/learn/attempts/{expired.pk}/")
    shoot(page, "test-expired", width)
    class_url = f"{site.url}/learn/classes/{room.training_class.pk}/"
    page.goto(class_url)
    shoot(page, "class-with-tests", width)
    for number, name in enumerate(("passed", "used-up")):
        page.goto(f"{class_url}lessons/{room.lessons[number].pk}/test/")
        shoot(page, f"test-intro-{name}", width)
    page.goto(f"{class_url}lessons/{room.lessons[0].pk}/")
    shoot(page, "lesson-with-test", width)
    head = signed(site, browser, room.head_teacher, options, f"/institution/classes/{room.training_class.pk}/")
    shoot(head, "institution-class-recognised", width)


@DEVICES
def test_an_editor_keeps_a_test(
    site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now()
    question(room.lessons[2], room.head_teacher, now, TEXTS[0], purpose=Purpose.TEST)
    keeper = editor(room.institution, now, Role.COURSE_EDITOR)
    page = signed(site, browser, keeper, options, f"/institution/lessons/{room.lessons[2].pk}/test/")
    shoot(page, "test-questions-few", width)
    page.goto(f"{site.url}/institution/lessons/{room.lesson.pk}/test/")
    shoot(page, "test-questions-kept", width)
    page.goto(f"{site.url}/institution/courses/{room.training_class.course_id}/")
    shoot(page, "course-with-tests", width)
    page.context.close()
