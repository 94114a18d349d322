"""What browsers make of a canvas may be decoded: strictness must cost no honest learner."""

import base64
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from jiangxue.facecheck.vision.pixels import decoded
from tests.browser.conftest import chromium
from tests.browser.driver import playwright
from tests.browser.firefox import firefox
from tests.browser.webkit import webkit

_PICTURE = """(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const pen = canvas.getContext('2d');
    for (let i = 0; i < 300; i++) {
        pen.fillStyle = `hsl(${i * 7} 70% 50%)`;
        pen.fillRect((i * 13) % 640, (i * 29) % 480, 60, 60);
    }
    return canvas.toDataURL('image/jpeg', 0.8);
})()"""


@contextmanager
def _chromium() -> Iterator[str]:
    browser = playwright().chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
    yield browser.new_page().evaluate(_PICTURE)
    browser.close()


@contextmanager
def _firefox() -> Iterator[str]:
    with firefox() as running, running.page() as page:
        yield page.value(_PICTURE)


@contextmanager
def _webkit() -> Iterator[str]:
    with webkit() as running, running.page() as page:
        yield page.value(_PICTURE)


@pytest.mark.parametrize("picture", [_chromium(), _firefox(), _webkit()], ids=["chromium", "firefox", "webkit"])
def test_the_picture_of_a_canvas_may_be_decoded(picture: AbstractContextManager[str]) -> None:
    with picture as address:
        jpeg = base64.b64decode(address.partition(",")[2])
    assert decoded(jpeg).shape == (480, 640, 3)
