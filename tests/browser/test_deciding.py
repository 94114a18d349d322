"""Pages on which people decide who learned, at phone and desktop width: no sideways scroll, no findings of axe (clauses T3.1, T3.2, T1.2)."""

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page

from jiangxue.kernel.clock import HandClock
from tests.browser.appealing import long_named_room, signed, yesterday
from tests.browser.conftest import PHONE
from tests.browser.deciding import face_to_compare, faces_shown, unclear_check, with_pictures
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, assert_sound
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom
from tests.factories.identity import by_staff, learned

BOTH = pytest.mark.parametrize("options", [PHONE, {**DESKTOP, "color_scheme": "dark"}], ids=["phone", "desktop, dark"])


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    return long_named_room(clock)


def all_shown(page: Page) -> bool:
    """Say whether every picture of the page was sent and could be read."""
    page.wait_for_load_state("networkidle")
    return bool(page.evaluate("[...document.querySelectorAll('main img')].every((each) => each.naturalWidth > 0)"))


@pytest.mark.clause("T3.1")
@BOTH
def test_two_persons_decide_about_a_face_check(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, options: dict[str, object]
) -> None:
    with transaction.atomic():
        check = unclear_check(room, clock)
    second = administrator(room, clock)
    case = f"/institution/faces/{check.pk}/"
    head = signed(site, browser, room.head_teacher, options, "/institution/faces/")
    assert_sound(head)
    head.goto(site.url + case)
    assert_sound(head)
    with_pictures(head)
    assert head.locator("main img").count() == 4
    assert all_shown(head)
    assert_sound(head)
    head.get_by_label("不能确认是本人").check()
    head.get_by_label("依据").fill("光线太暗，看不清是不是同一个人。")
    head.get_by_role("button", name="提交").click()
    assert head.get_by_text("您的意见已交复核人").is_visible()
    page = signed(site, browser, second, options, case)
    with_pictures(page)
    assert_sound(page)
    page.get_by_role("button", name="复核通过").click()
    assert page.get_by_text("已决定").is_visible()
    assert_sound(page)


@pytest.mark.clause("T3.1")
@BOTH
def test_an_enrolled_face_is_held_against_the_document(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, options: dict[str, object]
) -> None:
    with transaction.atomic():
        face_to_compare(room, clock)
    at = f"/institution/classes/{room.training_class.pk}/enrolled-faces/"
    head = signed(site, browser, room.head_teacher, options, at)
    assert_sound(head)
    faces_shown(head)
    assert head.locator("main img").count() == 1
    assert all_shown(head)
    head.get_by_label("与证件不相符", exact=True).check()
    head.get_by_role("button", name="保存所选结果").click()
    assert head.get_by_text("请选择查看证件的方式。").is_visible()
    assert all_shown(head)
    assert_sound(head)
    head.get_by_label("视频查看证件").check()
    head.get_by_label("如不相符，请写明哪里不相符").fill("五官与证件照片明显不同。")
    head.get_by_role("button", name="保存所选结果").click()
    assert head.get_by_text("已保存 1 名学员的核对结果。").is_visible()
    assert_sound(head)
    learner = signed(site, browser, room.learner, options, "/learn/face/")
    assert learner.get_by_text("请联系班主任，或改用人工核验").is_visible()
    assert_sound(learner)


@pytest.mark.clause("T3.2")
@BOTH
def test_a_teacher_confirms_and_a_second_person_signs(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, options: dict[str, object]
) -> None:
    with transaction.atomic():
        learned(by_staff(room, clock), clock)
    second = administrator(room, clock)
    at = f"/institution/classes/{room.training_class.pk}/identity/"
    head = signed(site, browser, room.head_teacher, options, at)
    assert_sound(head)
    head.locator("main tbody a").first.click()
    assert_sound(head)
    head.get_by_label("学习时我核验了学员本人").check()
    head.get_by_label("视频通话").check()
    head.locator("[name=time]").fill("09:04")
    head.get_by_label("核对身份证", exact=True).check()
    head.get_by_role("button", name="交第二人签认").click()
    assert head.get_by_text("待第二人签认").first.is_visible()
    page = signed(site, browser, second, options, head.url.removeprefix(site.url))
    assert_sound(page)
    page.get_by_role("button", name="签署").click()
    assert page.get_by_text("已由两人核验").first.is_visible()
    learner = signed(site, browser, room.learner, options, "/learn/")
    assert_sound(learner)
