"""From the last page of a course to its rating, the comment that a person decides about, and the catalogue (clauses M6, C6)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.rating.models import CourseRating
from tests.browser.conftest import PHONE
from tests.browser.player import follow
from tests.browser.rating import HELD, class_url, give, listed_words, moderating, read_to_the_end, short_class
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, LOOKS, assert_sound


@pytest.mark.clause("M6")
def test_a_learner_finishes_rates_and_changes_it_and_a_held_comment_is_shown_by_a_person(
    site: Site, browser: Browser, signed_in: Callable[..., Page]
) -> None:
    listed_words()
    reading = short_class(site)
    page = signed_in(reading.login_name, **PHONE)
    page.goto(class_url(reading))
    assert not page.locator(".rating-card").count()
    read_to_the_end(site, page, reading)
    page.goto(class_url(reading))
    follow(page, ".rating-card a")
    give(page, 4, "讲得清楚")
    assert "★★★★☆" in page.inner_text(".rating-card")
    follow(page, ".rating-card a")
    assert page.is_checked("[name=stars][value='4']")
    give(page, 5, HELD)
    assert "复核前只有您自己能看到" in page.inner_text(".rating-card")

    rating = CourseRating.objects.get(enrolment__learner__login_name=reading.login_name)
    course_url = f"{site.url}/courses/{rating.course_id}/"
    everybody = browser.new_context(locale="zh-CN").new_page()
    everybody.goto(course_url)
    assert "1 人评价" in everybody.inner_text("main")
    assert "微★信" not in everybody.inner_text("main")

    moderator = moderating(site, browser, DESKTOP)
    waiting = moderator.locator(".comments > li", has_text="学得不错").last
    assert waiting.locator("mark").all_inner_texts() == ["加★微★信", "包★过"]
    with moderator.expect_navigation():
        waiting.locator("form[action$='/show/'] button").click()
    assert "评论已向大家显示" in moderator.inner_text("main")
    everybody.context.clear_cookies()
    everybody.goto(f"{course_url}?fresh")
    assert HELD in everybody.inner_text("main")


def test_stars_are_given_with_the_keyboard_and_without_script(site: Site, signed_in: Callable[..., Page]) -> None:
    reading = short_class(site)
    page = signed_in(reading.login_name)
    read_to_the_end(site, page, reading)
    state = page.context.storage_state()
    plain = page.context.browser.new_context(storage_state=state, java_script_enabled=False, locale="zh-CN").new_page()
    plain.goto(f"{class_url(reading)}rating/")
    plain.focus("[name=stars][value='5']")
    plain.keyboard.press("Space")
    plain.keyboard.press("ArrowDown")
    assert plain.is_checked("[name=stars][value='4']")
    plain.press("[name=stars][value='4']", "Enter")
    plain.wait_for_url(f"{class_url(reading)}")
    assert "★★★★☆" in plain.inner_text(".rating-card")


@pytest.mark.clause("C6")
def test_the_catalogue_filters_in_the_address(site: Site, browser: Browser) -> None:
    page = browser.new_context(locale="zh-CN", **PHONE).new_page()
    page.goto(f"{site.url}/sign-in/")
    follow(page, "main a[href='/courses/']")
    page.fill("[name=q]", "操作基础")
    follow(page, ".catalogue-words button[type=submit]")
    assert "q=" in page.url
    assert page.locator("main .row-link").count() == 1
    follow(page, "main .row-link")
    assert "低压电工安全操作基础" in page.inner_text("h1")
    page.go_back()
    page.click(".more > summary")
    page.check("[name=good]")
    follow(page, ".filter button[type=submit]")
    assert "没有符合的课程" in page.inner_text("main")
    assert page.context.cookies() == [] or not any(each["name"] == "sessionid" for each in page.context.cookies())


@pytest.mark.clause("T1.2")
@LOOKS
def test_the_public_pages_are_sound(site: Site, browser: Browser, device: dict[str, object]) -> None:
    page = browser.new_context(locale="zh-CN", **device).new_page()
    page.goto(f"{site.url}/courses/")
    assert_sound(page)
    follow(page, "main .row-link >> nth=-1")
    assert_sound(page)
    for address in ("?q=潜水", "99999999/"):
        page.goto(f"{site.url}/courses/{address}")
        assert_sound(page)


@pytest.mark.clause("T1.2")
@LOOKS
def test_the_pages_of_ratings_are_sound(
    site: Site, browser: Browser, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    listed_words()
    reading = short_class(site)
    page = signed_in(reading.login_name, **device)
    page.goto(f"{class_url(reading)}rating/")
    assert_sound(page)
    read_to_the_end(site, page, reading)
    page.goto(class_url(reading))
    assert_sound(page)
    page.goto(f"{class_url(reading)}rating/")
    assert_sound(page)
    low = [
        each.inner_text()
        for each in page.locator("main .star-choice, main .button, main .control").all()
        if (each.bounding_box() or {"height": 0})["height"] < 44
    ]
    assert not low
    give(page, 3, HELD)
    assert_sound(page)
    moderator = moderating(site, browser, device)
    assert_sound(moderator)
