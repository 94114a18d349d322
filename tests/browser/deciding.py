"""What people decide about identity, in browser tests: a grey figure stands for pictures, as no photograph of a person is in this repository's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check
from tests.factories import facing
from tests.factories.classes import Classroom
from tests.factories.face_cases import faces_checked, unclear


def grey() -> bytes:
    """Return a JPEG of the size that checks keep."""
    written = BytesIO()
    Image.new("L", (240, 320), 170).save(written, "JPEG")
    return written.getvalue()


@contextmanager
def pictures_that_open() -> Iterator[None]:
    """Let attempts of the factories keep pictures that a browser can show."""
    before = facing.PICTURE, facing.ENROLLED_PICTURE
    facing.PICTURE = facing.ENROLLED_PICTURE = grey()
    try:
        yield
    finally:
        facing.PICTURE, facing.ENROLLED_PICTURE = before


def unclear_check(room: Classroom, clock: HandClock) -> Check:
    """Return a face check for people to decide, with pictures."""
    with pictures_that_open():
        return unclear(faces_checked(room, clock), clock)


def with_pictures(page: Page) -> None:
    """Give a reason and have the pictures shown."""
    page.get_by_label("核对学员身份").check()
    page.get_by_role("button", name="显示照片").click()
    page.get_by_role("heading", name="抽检照片").wait_for()


def face_to_compare(room: Classroom, clock: HandClock) -> None:
    """Let the class check faces, and its learner have enrolled one with a picture that a browser can show."""
    with pictures_that_open():
        faces_checked(room, clock)


def faces_shown(page: Page) -> None:
    """Give a reason and have the enrolled faces of the page shown."""
    page.get_by_label("核对学员身份").check()
    page.get_by_role("button", name="显示照片").click()
    page.get_by_role("button", name="保存所选结果").wait_for()
