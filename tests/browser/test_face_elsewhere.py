"""The face check in Firefox, and in WebKit as Safari has it, before cameras that they make up (clause T6)."""

from collections.abc import Iterator

import pytest

from tests.browser.face_stand_in import CHECK, HONEST, Scene, StandIn, standing_in
from tests.browser.firefox import firefox
from tests.browser.other import OtherPage
from tests.browser.player import until
from tests.browser.webkit import webkit

pytestmark = pytest.mark.clause("T6")
BROWSERS = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with standing_in() as running:
        yield running


@pytest.fixture(params=BROWSERS, scope="module")
def page(request: pytest.FixtureRequest) -> Iterator[OtherPage]:
    with BROWSERS[request.param]() as browser, browser.page() as opened:
        yield opened


def test_one_press_leads_through_the_check_and_on(page: OtherPage, stand_in: StandIn) -> None:
    scene = stand_in.scene = Scene(HONEST)
    page.go(stand_in.url)
    page.click("[data-part=main]")
    until(lambda: page.address.endswith("/next"), "the check has passed", 30)
    assert scene.posts[-1] == ("result", {"check": CHECK, "attempt": "a" * 32})
    assert scene.texts[1:] == [{"painted": 4}, {"painted": 5}]
    assert {frame.size for frame in scene.frames} == {(640, 480)}
    assert not any(frame.has_exif for frame in scene.frames)
    assert [frame.seq for frame in scene.frames] == list(range(1, len(scene.frames) + 1))
