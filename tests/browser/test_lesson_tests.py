"""A lesson's test in a browser: choices are kept as they are made, and all of it works without script (clauses T0, T1.2)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from jiangxue.assessment.models import Attempt
from jiangxue.kernel.clock import MachineClock
from tests.browser.appealing import signed
from tests.browser.conftest import PHONE
from tests.browser.player import follow, until
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, assert_sound
from tests.factories.assessment import played, with_test
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(site: Site) -> Classroom:
    now = MachineClock().now() - timedelta(hours=1)
    made = classroom(now)
    with_test(made, now)
    played(made, now)
    return made


def intro_url(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/test/"


def attempt_of(room: Classroom) -> Attempt:
    return Attempt.objects.get(enrolment=room.enrolment)


@pytest.mark.clause("T0")
def test_a_choice_outlives_the_page_and_has_the_time_of_its_own(site: Site, browser: Browser, room: Classroom) -> None:
    page = signed(site, browser, room.learner, DESKTOP, intro_url(room))
    follow(page, "main button[type=submit]")
    for place in (0, 1):
        page.check(f"[name=answer-{place}][value='1']")
        until(lambda place=place: attempt_of(room).items[place].chosen == 1, "the choice is kept")
    first, second = [item.chosen_at_ms for item in attempt_of(room).items[:2]]
    assert first < second
    page.goto(site.url + intro_url(room))
    follow(page, "main button[type=submit]")
    assert page.is_checked("[name=answer-0][value='1']")
    page.context.close()


@pytest.mark.clause("T0", "T1.2")
@pytest.mark.parametrize("options", [PHONE, {**DESKTOP, "color_scheme": "dark"}], ids=["phone", "desktop, dark"])
def test_a_test_is_taken_without_script_and_its_pages_are_sound(
    site: Site, browser: Browser, room: Classroom, options: dict[str, object]
) -> None:
    page = signed(site, browser, room.learner, {**options, "java_script_enabled": False}, intro_url(room))
    sound = signed(site, browser, room.learner, options, intro_url(room))
    assert_sound(sound)
    follow(page, "main button[type=submit]")
    sound.goto(page.url)
    assert_sound(sound)
    page.check("[name=answer-0][value='0']")
    follow(page, "main button[type=submit]")
    assert page.is_checked("[name=answer-0][value='0']")
    assert page.locator(".test-item-missing").count() == 3
    follow(sound, "main button[type=submit]")
    assert_sound(sound)
    for place in (1, 2, 3):
        page.check(f"[name=answer-{place}][value='0']")
    follow(page, "main button[type=submit]")
    assert attempt_of(room).outcome == "submitted"
    sound.goto(page.url)
    assert_sound(sound)
    sound.goto(f"{site.url}/learn/classes/{room.training_class.pk}/")
    assert_sound(sound)
    for each in (page, sound):
        each.context.close()
