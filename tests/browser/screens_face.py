"""Pictures of every state of the face check, with a camera that the browser makes up; a part of `make screens`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.face_stand_in import ACT, BEGUN, FLASH, HOLD, PLACE, Scene, StandIn, done, face_browser, standing_in
from tests.browser.screens import DEVICES, shoot

LIVE = {
    "queue": ({"do": "queue", "place": 12}, HOLD),
    "place": (PLACE, HOLD),
    "closer": ({**PLACE, "hint": "closer"}, HOLD),
    "many-faces": ({**PLACE, "hint": "many_faces"}, HOLD),
    "flash": (PLACE, FLASH, HOLD),
    "flash-dark": (PLACE, {**FLASH, "colour": "#6060d0"}, HOLD),
    "turn-left": (PLACE, ACT, HOLD),
    "turn-right": (PLACE, {**ACT, "action": "turn_right"}, HOLD),
    "open-mouth": (PLACE, {**ACT, "action": "open_mouth", "number": 2}, HOLD),
    "blink": (PLACE, {**ACT, "action": "blink", "number": 3}, HOLD),
    "rest": (PLACE, ACT, {"do": "rest", "slot": 13}, HOLD),
    "judging": (PLACE, {"do": "judging"}, HOLD),
}
RESULTS: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "passed": ("check", done("passed"), {"outcome": "passed"}),
    "again": (
        "check",
        done("again", "not_seen_well", "not_live"),
        {"outcome": "again", "attempts_left": 2, "step_up": False},
    ),
    "step-up": (
        "check",
        done("step_up", "not_sure_it_is_you"),
        {"outcome": "again", "attempts_left": 1, "step_up": True},
    ),
    "review": ("check", done("review", "not_sure_it_is_you"), {"outcome": "review", "url": "/next"}),
    "failed": ("check", done("failed", "other_face"), {"outcome": "failed", "url": "/next"}),
    "blocked": ("check", done("blocked", "virtual_camera"), {"outcome": "blocked", "url": "/next"}),
    "enrolled": ("enrol", done("passed"), {}),
    "enrol-blocked": ("enrol", done("blocked", "virtual_camera"), {}),
    "tried": ("trial", done("passed"), {}),
    "tried-badly": ("trial", done("again", "not_seen_well"), {}),
}
MISSING = {
    "no-camera": "navigator.mediaDevices.getUserMedia = () => Promise.reject({name: 'NotFoundError'})",
    "in-use": "navigator.mediaDevices.getUserMedia = () => Promise.reject({name: 'NotReadableError'})",
    "denied": "navigator.mediaDevices.getUserMedia = () => Promise.reject({name: 'NotAllowedError'})",
    "insecure": "Object.defineProperty(window, 'isSecureContext', {value: false})",
    "old-browser": "Object.defineProperty(navigator, 'mediaDevices', {value: undefined})",
}
AGENTS = {
    "wechat": "Mozilla/5.0 (Linux; Android 12; V2049A) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.50",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
}


@pytest.fixture(scope="module")
def camera_browser() -> Iterator[Browser]:
    with face_browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with standing_in() as running:
        yield running


def opened(browser: Browser, stand_in: StandIn, scene: Scene, **options: object) -> Page:
    stand_in.scene = scene
    page = browser.new_context(locale="zh-CN", **options).new_page()
    page.goto(stand_in.url)
    return page


def press(page: Page) -> None:
    page.click("[data-part=main]")


@DEVICES
@pytest.mark.parametrize("name", LIVE)
def test_in_front_of_the_camera(
    camera_browser: Browser, stand_in: StandIn, name: str, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    says = LIVE[name]
    page = opened(camera_browser, stand_in, Scene(says), **options)
    press(page)
    page.wait_for_selector(f"[data-phase={_phase_of(says)}]", state="attached", timeout=10_000)
    page.wait_for_timeout(900)
    shoot(page, f"face-live-{name}", width)
    page.context.close()


def _phase_of(says: tuple[object, ...]) -> str:
    message = says[-2]
    assert isinstance(message, dict)
    phases = {"place": "placing", "flash": "flashing", "act": "acting", "rest": "resting"}
    return phases.get(message["do"], message["do"])


@DEVICES
@pytest.mark.parametrize("name", RESULTS)
def test_results(camera_browser: Browser, stand_in: StandIn, name: str, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    purpose, said, result = RESULTS[name]
    scheme = {"color_scheme": "dark"} if width == "1440" and name in ("passed", "again") else {}
    page = opened(camera_browser, stand_in, Scene((PLACE, 4, said), purpose, result), **options, **scheme)
    press(page)
    page.wait_for_selector("[data-phase=result]", state="attached", timeout=10_000)
    shoot(page, f"face-result-{name}", width)
    page.context.close()


@DEVICES
@pytest.mark.parametrize("name", [*MISSING, "denied-wechat", "denied-iphone", "refused", "no-service", "asking"])
def test_what_is_missing(
    camera_browser: Browser, stand_in: StandIn, name: str, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    scene = Scene()
    if name == "refused":
        scene.begins = [(409, {"error": "not_enrolled", "message": "您还没有登记人脸。", "url": "/next"})]
    if name == "no-service":
        scene.begins = [(409, {"error": "service_missing", "message": "", "url": ""})]
    stand_in.scene = scene
    kind, _, agent = name.partition("-") if name.startswith("denied-") else (name, "", "")
    more = {"user_agent": AGENTS[agent]} if agent else {}
    page = camera_browser.new_context(locale="zh-CN", **{**options, **more}).new_page()
    script = MISSING.get(kind, "")
    if kind == "asking":
        script = "navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined)"
    page.add_init_script(script)
    page.goto(stand_in.url)
    if page.is_visible("[data-part=main]"):
        press(page)
        page.wait_for_selector(
            "[data-phase=trouble], [data-phase=refused], [data-phase=asking]", state="attached", timeout=10_000
        )
    if kind == "asking":
        page.wait_for_timeout(6_500)
    shoot(page, f"face-{name}", width)
    page.context.close()


@DEVICES
@pytest.mark.parametrize("purpose", ["check", "enrol", "trial"])
def test_before(
    camera_browser: Browser, stand_in: StandIn, purpose: str, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    page = opened(camera_browser, stand_in, Scene(purpose=purpose), **options)
    shoot(page, f"face-before-{purpose}", width)
    page.click("[data-part=flash]")
    shoot(page, f"face-before-{purpose}-actions", width)
    page.context.close()


@DEVICES
def test_the_largest_type(camera_browser: Browser, stand_in: StandIn, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    for name in ("many-faces", "open-mouth", "queue"):
        page = opened(camera_browser, stand_in, Scene(LIVE[name]), **options)
        page.evaluate("document.documentElement.style.fontSize = '25px'")
        press(page)
        page.wait_for_selector(f"[data-phase={_phase_of(LIVE[name])}]", state="attached", timeout=10_000)
        page.wait_for_timeout(900)
        shoot(page, f"face-large-{name}", width)
        page.context.close()


@DEVICES
def test_when_many_people_wait(
    camera_browser: Browser, stand_in: StandIn, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    scene = Scene(begins=[(409, {"error": "busy", "message": "", "url": "", "retry_ms": 60_000}), (200, BEGUN)])
    page = opened(camera_browser, stand_in, scene, **options)
    press(page)
    page.wait_for_selector("[data-phase=busy]", state="attached", timeout=10_000)
    shoot(page, "face-live-busy", width)
    page.context.close()


@pytest.mark.parametrize("size", [(844, 390), (320, 600), (1366, 768)], ids=str)
def test_other_screens(camera_browser: Browser, stand_in: StandIn, size: tuple[int, int]) -> None:
    viewport = {"width": size[0], "height": size[1]}
    for name in ("place", "turn-left", "flash"):
        page = opened(camera_browser, stand_in, Scene(LIVE[name]), viewport=viewport)
        press(page)
        page.wait_for_selector(f"[data-phase={_phase_of(LIVE[name])}]", state="attached", timeout=10_000)
        page.wait_for_timeout(900)
        shoot(page, f"face-live-{name}", f"{size[0]}x{size[1]}")
        page.context.close()
