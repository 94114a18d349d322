"""A class of its own with lessons to read, whose pages are drawn here, and what a reader sees and does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Lesson
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.services import LessonDraft, MediaDraft, ModuleDraft, create_course
from jiangxue.courseware.storage import courseware_storage
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.policies.services import set_class_time_policy
from tests.browser.player import until
from tests.browser.site import SIGNAL_MS, Site
from tests.factories import people
from tests.factories.classes import in_force, institution

PAGE_MS = 5_000
SLIDE = (1600, 900)
SHEET = (1240, 1754)
WORDS = (
    "第一章 触电的基本知识\n人体触电时，电流对人体的伤害程度与通过人体的电流大小、持续时间、途径、种类有关。",
    "1. 电流大小\n工频交流电 1 毫安左右有感觉；10 毫安以上难以自主摆脱；50 毫安以上有生命危险。",
    "2. 持续时间\n通电时间越长，人体电阻因出汗等原因越低，通过的电流越大，危险也越大。",
    "3. 安全电压\n我国规定的安全电压额定值为 42、36、24、12 和 6 伏，应按环境选用。",
    "4. 停电、验电、挂接地线\n在停电设备上工作，必须完成停电、验电、装设接地线、悬挂标示牌和装设遮栏。",
)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class ReadingClass:
    """A class with one lesson to read, and its learner."""

    url: str
    login_name: str
    pages: int


def reading_class(
    site: Site, sizes: Sequence[tuple[int, int]] = (SLIDE,) * 3, values: dict[str, int] | None = None
) -> ReadingClass:
    """Draw a document of pages of these sizes and open a class in which it is read; `values` are further parameters of its rule."""
    now = MachineClock().now()
    folder = f"reading-{now:%H%M%S}-{next(_numbers)}"
    _draw(folder, sizes)
    document = MediaDraft(folder, "0" * 64, kind=LessonKind.DOCUMENT, page_sizes=sizes)
    lessons = [LessonDraft("触电的基本知识（讲义）", document)]
    school = institution()
    course = create_course(
        institution_id=school.pk,
        title="低压电工安全讲义",
        summary="",
        modules=[ModuleDraft("第一章 认识触电", lessons)],
    )
    class_id = _open(in_force(course, now).pk, school.pk)
    policy = {"beat_ms": SIGNAL_MS, "beat_jitter_percent": 0, "page_ms": PAGE_MS, **_NO_CHECKS, **(values or {})}
    set_class_time_policy(
        training_class_id=class_id, values=policy, valid_from=now - timedelta(days=3), author_id=None, reason="tests"
    )
    learner = people.account(now=now, name="李小明")
    enrol(class_id=class_id, learner_id=learner.pk, now=now)
    lesson = Lesson.objects.get(module__course=course)
    url = f"{site.url}/learn/classes/{class_id}/lessons/{lesson.pk}/"
    return ReadingClass(url, Account.objects.get(pk=learner.pk).login_name, len(sizes))


_NO_CHECKS = {"check_least_ms": 3_600_000, "check_mean_ms": 3_600_000, "check_most_ms": 3_600_000}


def _open(course_id: int, institution_id: int) -> int:
    now = MachineClock().now()
    teacher = people.account((Role.HEAD_TEACHER, institution_id), now=now, name="陈敏仪")
    draft = ClassDraft(
        institution_id=institution_id,
        course_id=course_id,
        head_teacher_id=teacher.pk,
        code=f"READ-{teacher.pk}",
        name="低压电工安全培训",
        opens_on=(now - timedelta(days=3)).date(),
        closes_on=(now + timedelta(days=90)).date(),
    )
    return open_class(draft, teacher_ids=[], now=now).pk


def _draw(folder: str, sizes: Sequence[tuple[int, int]]) -> None:
    storage = courseware_storage()
    for number, (width, height) in enumerate(sizes, 1):
        words = WORDS[(number - 1) % len(WORDS)]
        image = Image.new("RGB", (width, height), "white")
        drawing = ImageDraw.Draw(image)
        title, _, body = words.partition("\n")
        drawing.text((width * 0.07, height * 0.08), title, fill="#1b2f4e", font=_font(width // 22))
        for line in range(0, len(body), 22):
            place = (width * 0.07, height * 0.08 + width / 10 + line / 22 * width / 17)
            drawing.text(place, body[line : line + 22], fill="#222", font=_font(width // 30))
        drawing.rectangle((width * 0.07, height * 0.6, width * 0.93, height * 0.9), outline="#838a93", width=3)
        drawing.text((width * 0.88, height * 0.93), str(number), fill="#555", font=_font(width // 40))
        kept = BytesIO()
        image.save(kept, "WEBP")
        storage.save(f"{folder}/pages/{number:04}.webp", ContentFile(kept.getvalue()))
        storage.save(f"{folder}/pages/{number:04}.txt", ContentFile(words.encode()))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", size)
    except OSError:
        return ImageFont.load_default(size)


def open_book(page: Page, url: str) -> None:
    """Open a lesson and start to read with a click."""
    page.goto(url)
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    page.click("[data-part=cover]")
    until(lambda: page.locator(".reader-image").count() == 1, "the page lies open")


def page_number(page: Page) -> int:
    """Return the number of the page that lies open."""
    return int(page.input_value("[data-part=number]"))


def next_is_open(page: Page) -> bool:
    return page.get_attribute("[data-part=next]", "aria-disabled") == "false"


def turn(page: Page) -> None:
    """Wait until the page's time is full, and turn it."""
    before = page_number(page)
    until(lambda: next_is_open(page), "the next page opens")
    page.click("[data-part=next]")
    until(lambda: page_number(page) == before + 1, "the page is turned")
