"""One Chromium for each test process; each test gets learners of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from tests.browser.driver import playwright
from tests.browser.signing_in import sign_in
from tests.browser.site import Site

CANDIDATES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
OFFICE = {"viewport": {"width": 1440, "height": 900}}
type Enter = Callable[[Account, str], Page]


def chromium() -> str:
    """Return the browser's program: CHROMIUM, or an installed one."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for path in CANDIDATES if Path(path).exists()), None)
    assert found, "no Chromium found: install one, or name it in CHROMIUM"
    return found


@pytest.fixture(scope="session")
def browser(served_site: Site) -> Iterator[Browser]:
    launched = playwright().chromium.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=document-user-activation-required"],
    )
    yield launched
    launched.close()


@pytest.fixture
def login_name(site: Site) -> str:
    """Return a learner whom no other test of this process uses."""
    return site.new_learner()


@pytest.fixture
def signed_in(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages on which somebody, a learner unless told otherwise, has signed in through the form, each in a browser profile of its own."""
    contexts = []

    def make(login_name: str, *, begins_at: str = "/learn/", **options: object) -> Page:
        context = browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site, login_name)
        page.wait_for_url(f"**{begins_at}")
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=[PHONE, OFFICE], ids=["phone", "desktop"])
def device(request: pytest.FixtureRequest) -> dict[str, object]:
    """Let a test that does not say otherwise run on a phone and on a desktop."""
    return request.param


@pytest.fixture
def new_page(browser: Browser, device: dict[str, object]) -> Iterator[Callable[[], Page]]:
    """Return a maker of pages on which nobody has signed in."""
    with ExitStack() as contexts:
        yield lambda: contexts.enter_context(browser.new_context(locale="zh-CN", **device)).new_page()  # type: ignore[arg-type]


@pytest.fixture
def entering(site: Site, signed_in: Callable[..., Page], device: dict[str, object]) -> Enter:
    """Return a maker of pages on which one of the staff has signed in and gone to an address."""

    def enter(account: Account, address: str) -> Page:
        page = signed_in(account.login_name, begins_at="/**", **device)
        page.goto(site.url + address)
        return page

    return enter
