"""Pictures of the reviewers' pages; a part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from jiangxue.review.rules.opinions import Opinion, Verdict
from jiangxue.screening.models import Hit
from tests.browser.player import until
from tests.browser.reviewing import desk_of, now, put_words_in_force
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people
from tests.factories.courses import signed, submitted


@DEVICES
def test_a_course_on_its_way_through_the_reviews(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    put_words_in_force()
    at = desk_of(site)
    own = at.reviewers[0]
    page = signed_in(own.login_name, begins_at="/review/", **options)
    shoot(page, "reviews-none", width)
    version = submitted(at, now())
    page.goto(f"{site.url}/review/")
    shoot(page, "reviews", width)
    address = f"{site.url}/review/versions/{version.pk}/"
    page.goto(address)
    shoot(page, "review-version", width)
    film, document = at.lessons[0], at.lessons[1]
    page.goto(f"{address}lessons/{film.pk}/")
    until(lambda: page.evaluate("document.querySelector('[data-part=video]').readyState") > 1, "the preview is loaded")
    page.click("[data-part=here]")
    page.fill("[name=text]", "这里的字幕“接地”写成了“接的”，请改正；画面停留时间也偏短。")
    page.click("#mark button[type=submit]")
    page.wait_for_selector("#marks")
    shoot(page, "review-film", width)
    page.fill("[name=at]", "99:99")
    page.fill("[name=text]", "请改正")
    page.click("#mark button[type=submit]")
    page.wait_for_selector(".field-errors")
    shoot(page, "review-mark-refused", width)
    page.goto(f"{address}lessons/{document.pk}/")
    shoot(page, "review-document", width)


@DEVICES
def test_an_opinion_that_is_signed(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    put_words_in_force()
    at = desk_of(site)
    own, version = at.reviewers[0], submitted(at, now())
    page = signed_in(own.login_name, begins_at="/review/", **options)
    address = f"{site.url}/review/versions/{version.pk}/"
    page.goto(f"{address}sign/")
    shoot(page, "review-sign", width)
    page.fill("[name=password]", people.PASSWORD)
    page.click("[name=verdict][value=pass]")
    page.click("main form button[type=submit]:has-text('签署')")
    page.wait_for_selector(".field-errors")
    shoot(page, "review-sign-refused", width)
    signed(own, version, now(), Opinion(Verdict.CHANGES, {}, "第一课字幕有错字，请按标注修改后重新送审。"))
    page.goto(address)
    shoot(page, "review-returned", width)


@DEVICES
def test_a_course_is_taken_down(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    at = desk_of(site)
    page = signed_in(at.reviewers[1].login_name, begins_at="/review/", **options)
    version = submitted(at, now())
    Hit.objects.filter(place_ref=str(version.pk)).update(
        decision="harmless", decided_by=at.reviewers[0], decided_at=now()
    )
    for reviewer in at.reviewers:
        signed(reviewer, version, now())
    page.goto(f"{site.url}/review/courses/")
    shoot(page, "review-courses", width)
    page.goto(f"{site.url}/review/versions/{version.pk}/showing/")
    shoot(page, "take-down", width)
    page.fill("[name=reason]", "学员反映第二课演示的验电方法有误，先下架核实。")
    page.click("[value=take_down]")
    page.wait_for_selector(".notice-ok")
    shoot(page, "taken-down", width)
    back = signed_in(at.reviewers[2].login_name, begins_at="/review/", **options)
    back.goto(f"{site.url}/review/versions/{version.pk}/showing/")
    back.fill("[name=reason]", "已核实，演示正确。")
    back.click("[value=put_back]")
    back.wait_for_selector(".notice-ok")
    shoot(back, "put-back", width)
