"""A day with checks and something to appeal, and people who look at it in a browser."""

from datetime import timedelta
from io import BytesIO

from django.db import transaction
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.rules.verdicts import VerdictKind
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.pictures import written_anew
from jiangxue.learning.services.sealing import seal_open
from jiangxue.learning.services.verdicts import confirm_all, void_latest
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched

LEAVE = 16
HOUR_MS, MINUTE_MS = 3_600_000, 60_000
WORDS = "当时我一直在看这一节，车间的无线网络断了两分钟，手机上有断网的提示，见截图。请核对后补回这段时间，谢谢老师。"


def yesterday() -> HandClock:
    """Return a clock that stands at two past nine yesterday."""
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(hour=1, minute=2, second=0, microsecond=0))


def long_named_room(clock: HandClock) -> Classroom:
    """Make a class with a name as long as they come, and an hour's lesson."""
    made = classroom(clock.now(), lesson_ms=HOUR_MS)
    TrainingClass.objects.filter(pk=made.training_class.pk).update(
        name="低压电工作业安全技术与操作技能提升培训（2026 年第三期·周末班）"
    )
    return made


@transaction.atomic
def learned(room: Classroom, clock: HandClock) -> StudySession:
    """Learn with a lost network, one check passed and one missed; the site's worker sees it when it is over."""
    session = opened(room, clock)
    watched(session, clock, 14)
    seal_open(clock=clock)
    confirm_all(settled_check(session, clock, "passed"), clock.now())
    watched(session, clock, 1, gap_ms=2 * MINUTE_MS)
    watched(session, clock, 10)
    watched(session, clock, 1, gap_ms=3 * MINUTE_MS - 1_000)
    watched(session, clock, 16, flags=LEAVE)
    end_overdue(clock=clock)
    void_latest(settled_check(session, clock, "missed"), VerdictKind.MISSED_CHECK, 7 * MINUTE_MS, clock.now())
    session.refresh_from_db()
    return session


def settled_check(session: StudySession, clock: HandClock, outcome: str) -> Check:
    asked_at = clock.now()
    shown_at, settled_at = asked_at + timedelta(seconds=2), asked_at + timedelta(seconds=62)
    return sessions.check(session, asked_at, kind="confirm", shown_at=shown_at, outcome=outcome, settled_at=settled_at)


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
    sign_in(page, site, account.login_name, wanted=address)
    return page


def day_of(session: StudySession) -> str:
    return f"/learn/records/{session.opened_at.date().isoformat()}/"
