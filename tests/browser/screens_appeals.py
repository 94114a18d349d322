"""Pictures of a day with checks, of its stretches, and of appeals on every side; a part of `make screens`."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock, MachineClock, to_ms
from jiangxue.learning.models import StudySession
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.pictures import written_anew
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people, sessions
from tests.factories.appeals import administrator, draft_of, proposed, reviewed
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched

LEAVE = 16
HOUR_MS, MINUTE_MS = 3_600_000, 60_000
WORDS = "当时我一直在看这一节，车间的无线网络断了两分钟，手机上有断网的提示，见截图。请核对后补回这段时间，谢谢老师。"


@pytest.fixture
def clock() -> HandClock:
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(hour=1, minute=2, second=0, microsecond=0))


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    made = classroom(clock.now(), lesson_ms=HOUR_MS)
    TrainingClass.objects.filter(pk=made.training_class.pk).update(
        name="低压电工作业安全技术与操作技能提升培训（2026 年第三期·周末班）"
    )
    return made


def learned(room: Classroom, clock: HandClock) -> StudySession:
    """Learn with a lost network, a hidden page, one check passed and one missed."""
    session = opened(room, clock)
    watched(session, clock, 12)
    watched(session, clock, 1, gap_ms=2 * MINUTE_MS)
    watched(session, clock, 10)
    watched(session, clock, 1, gap_ms=3 * MINUTE_MS - 1_000)
    watched(session, clock, 16, flags=LEAVE)
    end_overdue(clock=clock)
    session.refresh_from_db()
    checked(session)
    return session


def checked(session: StudySession) -> None:
    """Pass a check in the middle, and miss one at the end, as rows."""
    (segment,) = session.segments.all()
    credited = [(start, end) for start, end, reason in segment.stretches if reason is None]
    begin = session.opened_at
    first = begin + timedelta(milliseconds=credited[0][1] - to_ms(begin))
    last = begin + timedelta(milliseconds=credited[-1][1] - to_ms(begin))
    ways = (
        (first, "passed", "confirmed", [credited[0]]),
        (last, "missed", "missed_check", [(credited[-1][1] - 7 * MINUTE_MS, credited[-1][1])]),
    )
    for at, outcome, kind, spans in ways:
        check = sessions.check(
            session,
            at,
            kind="confirm",
            shown_at=at + timedelta(seconds=2),
            outcome=outcome,
            settled_at=at + timedelta(minutes=1),
        )
        ms = sum(end - start for start, end in spans)
        sessions.verdict(segment, at, check_made=check, kind=kind, ms=ms, stretches=[list(span) for span in spans])


def screenshot() -> bytes:
    image = Image.new("RGB", (720, 1280), "#dfe7ee")
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 500, 680, 760), fill="white", outline="#888")
    for line in range(4):
        pen.rectangle((80, 545 + line * 50, 620 - line * 90, 565 + line * 50), fill="#556")
    kept = BytesIO()
    image.save(kept, "PNG")
    return written_anew(kept.getvalue())


def signed(site: Site, browser: Browser, account: Account, options: dict[str, object], address: str) -> Page:
    page = browser.new_context(locale="zh-CN", **options).new_page()  # type: ignore[arg-type]
    page.goto(f"{site.url}/sign-in/?next={address}")
    page.fill("[name=identifier]", account.login_name)
    page.fill("[name=password]", people.PASSWORD)
    page.click("main button[type=submit]")
    return page


@DEVICES
def test_a_day_its_stretches_and_an_appeal_that_is_refused(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    session = learned(room, clock)
    head = signed(site, browser, room.head_teacher, options, "/institution/appeals/")
    shoot(head, "appeals-empty", width)
    page = signed(site, browser, room.learner, options, "/learn/appeals/")
    shoot(page, "my-appeals-empty", width)
    page.goto(site.url + day_of(session))
    for summary in page.query_selector_all("details.stretches summary"):
        summary.click()
    shoot(page, "record-day-checks", width)
    stretches = [link.get_attribute("href") for link in page.query_selector_all("a.stretch-link")]
    for name, place in (("stretch-confirmed", 0), ("stretch-missed", -1), ("stretch-silent", 1)):
        page.goto(site.url + str(stretches[place]))
        shoot(page, name, width)
    page.click("main a.button-main")
    shoot(page, "appeal-new", width)
    page.fill("[name=text]", "太短了")
    page.set_input_files("[name=picture]", files=[{"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}])
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main button[type=submit]")
    shoot(page, "appeal-refused", width)


@DEVICES
def test_an_appeal_until_its_correction(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    second = administrator(room, clock)
    session = learned(room, clock)
    draft = draft_of(session, clock, text=WORDS, picture=screenshot())
    appeal = open_appeal(room.viewer, draft, clock=clock)
    page = signed(site, browser, room.learner, options, f"/learn/appeals/{appeal.pk}/")
    shoot(page, "appeal-open", width)
    head = signed(site, browser, room.head_teacher, options, "/institution/appeals/")
    shoot(head, "appeals", width)
    head.goto(f"{site.url}/institution/appeals/{appeal.pk}/")
    shoot(head, "appeal-propose", width)
    proposed(room, clock, appeal.pk, 40_000)
    other = signed(site, browser, second, options, f"/institution/appeals/{appeal.pk}/")
    shoot(other, "appeal-review", width)
    reviewed(people.viewer(second), clock, appeal.pk)
    given = f"{day_of(session)}{session.pk.hex}/{appeal.start_ms}/"
    for each, name, address in (
        (page, "appeal-corrected", f"/learn/appeals/{appeal.pk}/"),
        (page, "record-day-corrected", day_of(session)),
        (page, "stretch-corrected", given),
        (page, "records-corrected", "/learn/records/"),
        (page, "my-appeals", "/learn/appeals/"),
        (head, "class-corrected", f"/institution/classes/{room.training_class.pk}/"),
    ):
        each.goto(site.url + address)
        shoot(each, name, width)
        wide = each.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide}"


def day_of(session: StudySession) -> str:
    return f"/learn/records/{session.opened_at.date().isoformat()}/"
