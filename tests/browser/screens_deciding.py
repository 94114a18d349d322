"""Pictures of the pages on which people decide who learned; a part of `make screens`."""

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from jiangxue.kernel.clock import HandClock
from tests.browser.appealing import long_named_room, signed, yesterday
from tests.browser.deciding import face_to_compare, faces_shown, unclear_check, with_pictures
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom
from tests.factories.identity import by_staff, learned, states


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    return long_named_room(clock)


@DEVICES
def test_a_face_check_that_people_decide(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    head = signed(site, browser, room.head_teacher, options, "/institution/faces/")
    shoot(head, "face-cases-empty", width)
    with transaction.atomic():
        check = unclear_check(room, clock)
    head.reload()
    shoot(head, "face-cases", width)
    head.goto(f"{site.url}/institution/faces/{check.pk}/")
    shoot(head, "face-case", width)
    with_pictures(head)
    shoot(head, "face-case-pictures", width)


@DEVICES
def test_an_enrolled_face_and_the_document(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    with transaction.atomic():
        face_to_compare(room, clock)
    at = f"/institution/classes/{room.training_class.pk}/enrolled-faces/"
    head = signed(site, browser, room.head_teacher, options, at)
    shoot(head, "enrolled-faces", width)
    faces_shown(head)
    shoot(head, "enrolled-faces-shown", width)


@DEVICES
def test_a_day_that_staff_confirm(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    with transaction.atomic():
        learned(by_staff(room, clock), clock)
    at = f"/institution/classes/{room.training_class.pk}/identity/"
    page = signed(site, browser, room.head_teacher, options, at)
    shoot(page, "identity", width)
    page.locator("main tbody a").first.click()
    shoot(page, "identity-state", width)
    day = page.url
    learner = signed(site, browser, room.learner, options, "/learn/")
    shoot(learner, "home-by-staff", width)
    states(people.viewer(room.head_teacher), room, clock)
    second = signed(site, browser, administrator(room, clock), options, day.removeprefix(site.url))
    shoot(second, "identity-sign", width)
