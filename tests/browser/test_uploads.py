"""Files are sent from a real browser: the line breaks, the page is closed, it goes on; then ready or refused, and placed (clause T1.1)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route, expect

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Lesson, Upload
from jiangxue.courseware.rules.uploads import CHUNK_BYTES
from jiangxue.courseware.services import ModuleDraft, create_course
from jiangxue.kernel.clock import MachineClock
from tests.browser.conftest import PHONE
from tests.browser.player import follow
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, LOOKS, assert_sound
from tests.factories import uploads
from tests.factories.questions import editor

CONVERTED_WITHIN_MS = 60_000


@pytest.fixture
def course(site: Site) -> Course:
    institution_id = Lesson.objects.get(pk=site.lesson_ids[0]).module.course.institution_id
    modules = [ModuleDraft("第一章 认识触电", [])]
    return create_course(institution_id=institution_id, title="低压电工安全操作基础", summary="", modules=modules)


@pytest.fixture
def keeper(course: Course) -> Account:
    return editor(course.institution, MachineClock().now() - timedelta(days=1))


@pytest.fixture
def files_page(site: Site, browser: Browser, course: Course, keeper: Account) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages on which the course editor has signed in and sees the course's files."""
    contexts = []

    def make(**options: object) -> Page:
        context = browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site, keeper.login_name, wanted=f"/institution/courses/{course.pk}/files/")
        page.wait_for_url("**/files/")
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a picture of more than two portions: noise cannot be packed."""
    noise = np.random.default_rng(7).integers(0, 256, (1800, 2000, 3), dtype=np.uint8)
    path = tmp_path_factory.mktemp("files") / "配电箱接线图.png"
    Image.fromarray(noise).save(path, compress_level=1)
    assert path.stat().st_size > 2 * CHUNK_BYTES
    return path


class Line:
    """What goes over the line of a page: `portions` are the offsets that were sent, `most` how many come through."""

    def __init__(self, page: Page, most: int) -> None:
        self.portions: list[int] = []
        self.announced = 0
        self.most = most
        page.on("request", self._note)
        page.route("**/uploads/**", self._pass)

    def _note(self, request: Request) -> None:
        self.announced += request.method == "POST"

    def _pass(self, route: Route) -> None:
        if route.request.method == "PATCH":
            if len(self.portions) >= self.most:
                route.abort("connectionreset")
                return
            self.portions.append(int(route.request.headers["upload-offset"]))
        route.continue_()


def choose(page: Page, path: Path) -> None:
    page.set_input_files("[data-part=input]", path)


def row(page: Page, name: str):
    return page.locator("[data-part=board] tr", has_text=name)


def test_a_file_goes_on_after_the_line_broke_and_the_page_was_closed(
    course: Course, files_page: Callable[..., Page], picture: Path
) -> None:
    page = files_page(**DESKTOP)
    Line(page, most=1)
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("暂时连不上服务器", timeout=15_000)
    page.context.set_offline(True)
    expect(page.locator(".queue-line")).to_contain_text("网络已断开")
    address = page.url
    page.close()
    upload = Upload.objects.get(course=course)
    assert upload.received == CHUNK_BYTES
    page = _reopened(page, address)
    expect(row(page, picture.name)).to_contain_text("未传完")
    line = Line(page, most=99)
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("已上传", timeout=30_000)
    assert line.portions[0] == CHUNK_BYTES
    assert line.announced == 0
    expect(row(page, picture.name)).to_contain_text("可使用", timeout=CONVERTED_WITHIN_MS)
    _place(page, picture.name)
    page.wait_for_url(f"**/courses/{course.pk}/#top")
    assert "配电箱接线图（一）" in page.locator("main").inner_text()
    assert Lesson.objects.get(module__course=course).media.pages == 1


def _reopened(closed: Page, address: str) -> Page:
    """Open a page anew in the same browser, as somebody does who comes back with the line."""
    closed.context.set_offline(False)
    page = closed.context.new_page()
    page.goto(address)
    return page


def _place(page: Page, name: str) -> None:
    row(page, name).get_by_role("link", name="放入大纲").click()
    page.wait_for_url("**/files/*-*/#place")
    page.fill("[name=title]", "配电箱接线图（一）")
    page.click("#place button[type=submit]")


def test_a_file_goes_on_by_itself_when_the_line_is_back(
    course: Course, files_page: Callable[..., Page], picture: Path
) -> None:
    page = files_page(**PHONE)
    line = Line(page, most=1)
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("暂时连不上服务器", timeout=15_000)
    page.context.set_offline(True)
    expect(page.locator(".queue-line")).to_contain_text("网络已断开")
    line.most = 99
    page.context.set_offline(False)
    expect(page.locator(".queue-line")).to_contain_text("已上传", timeout=30_000)
    assert line.portions == sorted(set(line.portions))
    assert line.announced == 1


def test_a_file_is_paused_and_goes_on(course: Course, files_page: Callable[..., Page], picture: Path) -> None:
    page = files_page(**DESKTOP)
    line = Line(page, most=1)
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("暂时连不上服务器", timeout=15_000)
    page.locator(".queue-line button").click()
    expect(page.locator(".queue-line")).to_contain_text("已暂停")
    line.most = 99
    page.locator(".queue-line button").click()
    expect(page.locator(".queue-line")).to_contain_text("已上传", timeout=30_000)


def test_several_files_are_sent_one_after_the_other_and_a_bad_one_says_why(
    site: Site, course: Course, files_page: Callable[..., Page], tmp_path: Path
) -> None:
    good, bad, empty = tmp_path / "现场照片.png", tmp_path / "说明.pdf", tmp_path / "空.docx"
    Image.new("RGB", (640, 480), "white").save(good)
    bad.write_bytes(b"no document at all")
    empty.write_bytes(b"")
    page = files_page(**DESKTOP)
    page.set_input_files("[data-part=input]", [good, bad, empty])
    expect(page.locator(".queue-line", has_text="空.docx")).to_contain_text("文件是空的")
    expect(row(page, good.name)).to_contain_text("可使用", timeout=CONVERTED_WITHIN_MS)
    expect(row(page, bad.name)).to_contain_text("不能使用", timeout=CONVERTED_WITHIN_MS)
    page.goto(f"{site.url}/institution/courses/{course.pk}/")
    told = page.locator("main .messages").inner_text()
    assert "《现场照片.png》已可使用" in told
    assert "《说明.pdf》不能使用" in told
    page.reload()
    assert not page.locator("main .messages").count()
    page.goto(f"{site.url}/institution/files/{Upload.objects.get(course=course, name=bad.name).pk}/")
    assert "请" in page.locator("main .notice-warn").inner_text()


def test_whoever_was_signed_out_is_told_and_goes_on_after_signing_in(
    site: Site, course: Course, keeper: Account, files_page: Callable[..., Page], picture: Path
) -> None:
    page = files_page(**DESKTOP)
    line = Line(page, most=1)
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("暂时连不上服务器", timeout=15_000)
    page.context.clear_cookies()
    line.most = 99
    expect(page.locator(".queue-line")).to_contain_text("请重新登录后选择同一个文件", timeout=15_000)
    sign_in(page, site, keeper.login_name, wanted=f"/institution/courses/{course.pk}/files/")
    page.wait_for_url("**/files/")
    line.portions.clear()
    choose(page, picture)
    expect(page.locator(".queue-line")).to_contain_text("已上传", timeout=30_000)
    assert line.portions[0] == CHUNK_BYTES


def _every_state(course: Course, keeper: Account) -> list[Upload]:
    now = MachineClock().now()
    fields: list[dict[str, object]] = [
        {"name": "W" * 120 + ".mp4", "received": 15},
        {"name": "第二讲.pptx", "received": 30, "state": "waiting", "worked_at": now + timedelta(hours=1)},
        {"name": "第三讲.mp4", "state": "working", "done_permille": 430, "worked_at": now + timedelta(hours=1)},
        {"name": "带宏.docx", "state": "refused", "fault": "macro", "finished_at": now, "told_at": now},
        {"name": "第五讲.mp4", "state": "failed", "finished_at": now, "told_at": now},
        {
            "name": "讲义.pdf",
            "state": "ready",
            "kind": "pdf",
            "finished_at": now,
            "media": uploads.document(f"made/{course.pk}/1"),
        },
    ]
    return [uploads.kept(course, keeper, now, **each) for each in fields]


@LOOKS
def test_the_pages_of_files_are_sound(
    site: Site, course: Course, keeper: Account, files_page: Callable[..., Page], device: dict[str, object]
) -> None:
    page = files_page(**device)
    assert_sound(page)
    shown = _every_state(course, keeper)
    page.goto(page.url)
    assert_sound(page)
    for upload in shown:
        page.goto(f"{site.url}/institution/files/{upload.pk}/")
        assert_sound(page)


def test_what_is_pressed_is_at_least_44_pixels_high(
    course: Course, keeper: Account, files_page: Callable[..., Page]
) -> None:
    page = files_page(**PHONE)
    *_, ready = _every_state(course, keeper)
    page.reload()
    pressed = page.locator("main a:visible, main button:visible, main label.button, main .control:visible")
    low = [each.inner_text() for each in pressed.all() if (each.bounding_box() or {"height": 0})["height"] < 44]
    page.goto(page.url.split("/courses/")[0] + f"/files/{ready.pk}/")
    low += [each.inner_text() for each in pressed.all() if (each.bounding_box() or {"height": 0})["height"] < 44]
    assert not low


def test_files_are_looked_at_and_placed_without_script(
    site: Site, course: Course, keeper: Account, files_page: Callable[..., Page]
) -> None:
    page = files_page(java_script_enabled=False)
    assert "上传文件需要 JavaScript" in page.locator("main").inner_text()
    *_, ready = _every_state(course, keeper)
    page.reload()
    row(page, ready.name).get_by_role("link", name="放入大纲").click()
    page.select_option("[name=module]", "new")
    page.fill("[name=new_module]", "第二章")
    follow(page, "#place button[type=submit]")
    assert Lesson.objects.get(media=ready.media).module.title == "第二章"
