"""Faces in a real browser before the real server: enrolled, checked within the lesson, and refused layer by layer (clauses T3.1, T3.2, T4)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import SFACE, found_in
from jiangxue.kernel.clock import MachineClock
from jiangxue.learning.models import Check
from jiangxue.project.env import face_models
from tests.browser.conftest import PHONE, chromium
from tests.browser.player import part, paused
from tests.browser.puppet import sits_before, until_shown
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.factories.faces.attacks import Loop
from tests.factories.faces.live import Live
from tests.factories.faces.showing import Shown
from tests.factories.facing import enrolled

pytestmark = pytest.mark.clause("T3.2")


def title(page: Page) -> str:
    return part(page, "title").strip()


@pytest.mark.clause("T3.1")
def test_whoever_is_there_enrols_and_is_known_again_within_the_lesson(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name, **PHONE)
    sits_before(page.context, Live(seed=3))
    page.goto(f"{site.url}/learn/face/")
    page.click("button[value=face]")
    page.click("[data-part=main]")
    until_shown(page, lambda: title(page) == "登记好了", "the face is enrolled")
    learner = Account.objects.get(login_name=login_name)
    assert FaceTemplate.objects.filter(pk=learner.pk).exists()
    page.goto(site.face_lesson_url())
    until_shown(page, lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    page.click("[data-part=cover]")
    until_shown(page, lambda: page.is_visible("dialog [data-part=main]"), "the check of the face is shown")
    assert paused(page)
    page.click("dialog [data-part=main]")
    until_shown(page, lambda: Check.objects.filter(learner=learner, outcome="passed").exists(), "the face is known")
    until_shown(page, lambda: not paused(page), "the film goes on by itself")
    assert page.url == site.face_lesson_url()


@contextmanager
def before_a_camera(browser: Browser, *flags: str) -> Iterator[Browser]:
    """Run another Chromium of the same kind for a while, which makes a camera up and allows it without asking."""
    fake = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", *flags)
    args = ["--no-sandbox", "--disable-gpu", *fake]
    launched = browser.browser_type.launch(executable_path=chromium(), args=args)
    yield launched
    launched.close()


def signed_in_on(browser: Browser, site: Site, login_name: str) -> Page:
    page = browser.new_context(locale="zh-CN").new_page()
    sign_in(page, site, login_name)
    page.wait_for_url("**/learn/")
    return page


@pytest.mark.clause("T4")
def test_a_made_up_camera_is_refused_by_its_name(site: Site, browser: Browser, login_name: str) -> None:
    with before_a_camera(browser) as seeing:
        page = signed_in_on(seeing, site, login_name)
        page.goto(f"{site.url}/learn/face/")
        page.click("button[value=face]")
        page.click("[data-part=main]")
        until_shown(page, lambda: "虚拟摄像头" in page.inner_text("main"), "the page names the virtual camera")
    assert FaceAttempt.objects.get(account__login_name=login_name).outcome == "blocked"
    assert not FaceTemplate.objects.filter(account__login_name=login_name).exists()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Return a film of the learner, as a file that Chromium takes for a camera."""
    shown = [Loop(seed=3).frame(Shown("place"), at_ms) for at_ms in range(0, 2_000, 100)]
    path = tmp_path / "camera.mjpeg"
    path.write_bytes(b"".join(shown))
    return path


@pytest.mark.clause("T4")
def test_a_film_of_the_learner_fails_where_no_name_is_looked_at(
    site: Site, browser: Browser, login_name: str, film: Path
) -> None:
    sight = Sight(found_in(face_models()))
    portrait = sight.portray(Live(seed=3).frame(Shown("place"), 0))
    learner = Account.objects.get(login_name=login_name)
    enrolled(learner, MachineClock().now(), embedding=portrait.embedding, model_sha256=SFACE.sha256)
    with before_a_camera(browser, f"--use-file-for-fake-video-capture={film}") as seeing:
        page = signed_in_on(seeing, site, login_name)
        page.goto(site.unnamed_lesson_url())
        until_shown(page, lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
        page.click("[data-part=cover]")
        until_shown(page, lambda: page.is_visible("dialog [data-part=main]"), "the check of the face is shown")
        page.click("dialog [data-part=main]")
        attempts = FaceAttempt.objects.filter(account=learner, check_id__isnull=False).exclude(outcome="")
        until_shown(page, attempts.exists, "the attempt is judged", patience_s=80)
    assert {each.outcome for each in attempts} <= {"failed", "step_up", "again", "review"}
    assert not Check.objects.filter(learner=learner, outcome="passed").exists()
