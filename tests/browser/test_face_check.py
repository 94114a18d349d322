"""The face check in Chromium, before a camera that the browser makes up and a server that only listens (docs/formats/face-check.md; clauses T3.1, T3.2, T1.2)."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE
from tests.browser.face_stand_in import (
    ACT,
    CHECK,
    FLASH,
    HOLD,
    HONEST,
    PLACE,
    Scene,
    StandIn,
    done,
    face_browser,
    standing_in,
)
from tests.browser.player import until
from tests.browser.test_looks import LOOKS, assert_sound


@pytest.fixture(scope="module")
def camera_browser() -> Iterator[Browser]:
    with face_browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with standing_in() as running:
        yield running


@pytest.fixture
def page(camera_browser: Browser) -> Iterator[Page]:
    context = camera_browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def begin(page: Page, stand_in: StandIn, scene: Scene) -> None:
    stand_in.scene = scene
    page.goto(stand_in.url)
    page.click("[data-part=main]")


def reach(page: Page, phase: str) -> None:
    page.wait_for_selector(f"[data-phase={phase}]", state="attached")


def test_one_press_leads_through_the_check_and_on(page: Page, stand_in: StandIn) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    begin(page, stand_in, Scene(HONEST))
    page.wait_for_url("**/next")
    scene = stand_in.scene
    assert [post for post, _ in scene.posts] == ["begin", "result"]
    assert scene.posts[0][1] == {"check": CHECK}
    assert scene.posts[1][1] == {"check": CHECK, "attempt": "a" * 32}
    assert scene.texts[1:] == [{"painted": 4}, {"painted": 5}]
    assert wrong == []


def test_frames_are_as_the_format_says(page: Page, stand_in: StandIn) -> None:
    begin(page, stand_in, Scene(HONEST))
    page.wait_for_url("**/next")
    frames = stand_in.scene.frames
    assert {frame.size for frame in frames} == {(640, 480)}
    assert max(len(frame.jpeg) for frame in frames) <= 60_000
    assert not any(frame.has_exif for frame in frames)
    assert [frame.seq for frame in frames] == list(range(1, len(frames) + 1))
    slots = [frame.slot for frame in frames]
    assert slots == sorted(slots)
    assert set(slots) == {0, 4, 5, 12, 13}
    assert len({frame.jpeg for frame in frames}) == len(frames)
    shown = [frame.presented for frame in frames]
    assert all(before < after for before, after in pairwise(shown))


def test_no_more_than_ten_frames_a_second_go_out(page: Page, stand_in: StandIn) -> None:
    begin(page, stand_in, Scene((PLACE, 30, HOLD)))
    until(lambda: len(stand_in.scene.frames) >= 30, "thirty frames", 20)
    frames = stand_in.scene.frames[:30]
    assert frames[-1].at_s - frames[0].at_s >= 2.4


def test_the_camera_tells_what_it_is(page: Page, stand_in: StandIn) -> None:
    begin(page, stand_in, Scene((PLACE, HOLD)))
    reach(page, "placing")
    hello = stand_in.scene.texts[0]
    camera = hello["camera"]
    assert hello["ticket"] == "b" * 32
    assert "prefer" not in hello
    assert camera["label"] == "fake_device_0"
    assert camera["constructor"] == "MediaStreamTrack"
    assert camera["native"] is True
    assert camera["frame_callback"] is True
    assert camera["settings"]["width"] == 640
    assert not {"deviceId", "groupId"} & {*camera["settings"], *camera["capabilities"]}


def test_movements_instead_of_colours_are_asked_for_and_remembered(page: Page, stand_in: StandIn) -> None:
    stand_in.scene = Scene((PLACE, HOLD))
    page.goto(stand_in.url)
    page.click("[data-part=flash]")
    page.reload()
    page.click("[data-part=main]")
    reach(page, "placing")
    assert stand_in.scene.texts[0]["prefer"] == "actions"
    assert page.is_hidden("[data-part=live-actions]")


def test_a_colour_that_is_not_borne_ends_at_once(page: Page, stand_in: StandIn) -> None:
    begin(page, stand_in, Scene((PLACE, FLASH, HOLD)))
    until(lambda: {"painted": 4} in stand_in.scene.texts, "the colour is shown")
    stand_in.scene.says = (PLACE, HOLD)
    page.click("[data-part=live-actions]")
    reach(page, "placing")
    assert page.get_attribute("[data-part=screen]", "fill") == "#ffffff"
    assert stand_in.scene.texts[-1]["prefer"] == "actions"


def test_with_the_largest_type_everything_stays_on_a_phones_screen(camera_browser: Browser, stand_in: StandIn) -> None:
    context = camera_browser.new_context(locale="zh-CN", **PHONE)
    page = context.new_page()
    stand_in.scene = Scene((PLACE, {**PLACE, "hint": "many_faces"}, HOLD))
    page.goto(stand_in.url)
    page.evaluate("document.documentElement.style.fontSize = '25px'")
    page.click("[data-part=main]")
    reach(page, "placing")
    sizes = "(({scrollWidth: w, scrollHeight: h, clientWidth: cw, clientHeight: ch}) => [w - cw, h - ch])(document.querySelector('[data-part=live]'))"
    assert page.evaluate(sizes) == [0, 0]
    context.close()


def test_where_no_script_runs_the_other_way_is_shown(camera_browser: Browser, stand_in: StandIn) -> None:
    context = camera_browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    stand_in.scene = Scene()
    page.goto(stand_in.url)
    page.wait_for_selector(".face-unstarted a[href='/supervised']")
    assert page.is_hidden("[data-part=calm]")
    context.close()


def test_the_keyboard_is_enough(page: Page, stand_in: StandIn) -> None:
    stand_in.scene = Scene((PLACE, HOLD))
    page.goto(stand_in.url)
    page.focus("[data-part=main]")
    page.keyboard.press("Enter")
    reach(page, "placing")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.part") == "stop"
    page.keyboard.press("Escape")
    reach(page, "stopped")
    assert page.evaluate("document.querySelector('[data-part=video]').srcObject") is None
    assert page.evaluate("document.activeElement.dataset.part") == "title"


def test_a_connection_that_breaks_before_the_challenge_costs_no_press(page: Page, stand_in: StandIn) -> None:
    begin(page, stand_in, Scene((PLACE, 1, ("close", 1011))))
    until(lambda: len(stand_in.scene.posts) >= 2, "it begins anew")
    stand_in.scene.says = (PLACE, 2, done("passed"))
    page.wait_for_url("**/next")


def test_without_permission_the_learner_is_helped_and_may_say_that_it_is_not_possible(
    page: Page, stand_in: StandIn
) -> None:
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    begin(page, stand_in, Scene())
    reach(page, "trouble")
    assert page.inner_text("[data-part=title]") == "还没有允许使用摄像头"
    assert page.locator("[data-part=steps] li").count() == 3
    assert page.get_attribute("[data-part=supervised]", "href") == "/supervised"
    page.click("[data-part=excuse]")
    page.wait_for_url("**/next")
    assert stand_in.scene.posts == [("unavailable", {"check": CHECK, "why": "denied"})]


@pytest.mark.clause("T1.2")
@LOOKS
def test_every_kind_of_page_is_sound(camera_browser: Browser, stand_in: StandIn, device: dict[str, object]) -> None:
    context = camera_browser.new_context(locale="zh-CN", **device)
    page = context.new_page()
    stand_in.scene = Scene((PLACE, FLASH, HOLD))
    page.goto(stand_in.url)
    assert_sound(page)
    page.click("[data-part=main]")
    until(lambda: {"painted": 4} in stand_in.scene.texts, "the colour is shown")
    assert_sound(page)
    page.click("[data-part=stop]")
    stand_in.scene = Scene((PLACE, ACT, HOLD))
    page.click("[data-part=main]")
    reach(page, "acting")
    assert_sound(page)
    page.click("[data-part=stop]")
    scene = Scene((PLACE, 2, done("blocked", "virtual_camera")), result={"outcome": "blocked", "url": "/next"})
    stand_in.scene = scene
    page.click("[data-part=main]")
    reach(page, "result")
    assert_sound(page)
    context.close()


def test_a_movement_is_also_said_by_a_drawing_that_stands_still(camera_browser: Browser, stand_in: StandIn) -> None:
    context = camera_browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    begin(page, stand_in, Scene((PLACE, ACT, HOLD)))
    reach(page, "acting")
    drawn = "getComputedStyle(document.querySelector('.face-sign-features'))"
    assert page.evaluate(f"{drawn}.animationName") == "none"
    assert page.evaluate(f"{drawn}.transform") == "matrix(1, 0, 0, 1, -16, 0)"
    context.close()


OPEN = """([check]) => new Promise((done) => {
  const root = document.querySelector("[data-island=face]");
  root.addEventListener("face:finished", (event) => {
    event.preventDefault();
    window.finished = event.detail;
  });
  document.querySelector("dialog").showModal();
  const script = document.createElement("script");
  script.src = root.dataset.script;
  script.onload = () => done(root.dispatchEvent(new CustomEvent("face:open", { detail: check })));
  document.head.append(script);
})"""
"""What web/core/face_seam.ts does for a host, whose own script is not a part of this page."""


def test_inside_a_dialog_it_fills_the_screen_and_hands_back_what_is_settled(page: Page, stand_in: StandIn) -> None:
    stand_in.scene = Scene((PLACE, FLASH, "painted", HOLD), result={"outcome": "passed", "credited_ms": 7})
    page.goto(f"{stand_in.url}/host")
    assert page.get_attribute("[data-island=face]", "data-phase") is None
    page.evaluate(OPEN, [CHECK])
    page.click("[data-part=main]")
    until(lambda: {"painted": 4} in stand_in.scene.texts, "the colour is shown")
    sizes = "[innerWidth, innerHeight]"
    box = "(({x, y, width, height}) => [x, y, width, height])(document.querySelector('[data-part=live]').getBoundingClientRect())"
    assert page.evaluate(box) == [0, 0, *page.evaluate(sizes)]
    assert page.evaluate("document.elementFromPoint(5, innerHeight - 5).closest('[data-part=live]') !== null")
    page.keyboard.press("Escape")
    reach(page, "stopped")
    assert page.evaluate("document.querySelector('dialog').open")
    stand_in.scene.says = (PLACE, 2, done("passed"))
    page.click("[data-part=main]")
    until(lambda: page.evaluate("window.finished !== undefined"), "it is handed back")
    assert page.evaluate("window.finished.reply.body") == {"outcome": "passed", "credited_ms": 7}
    assert page.url.endswith("/host")
    assert stand_in.scene.posts[0] == ("begin", {"check": CHECK})
