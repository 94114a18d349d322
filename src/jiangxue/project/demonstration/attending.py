"""Live and practice lessons of the demonstration's classes: some were attended by code and by roll call, one is disputed, one lies ahead."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jiangxue.attendance.models import AttendanceStatement
from jiangxue.attendance.rules.codes import Seen, Side
from jiangxue.attendance.services.signing import From, sign
from jiangxue.attendance.services.stating import Objecting, Signing, Stating, object_to, review, state
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import Enrolment, PlanItem, TrainingClass
from jiangxue.enrolment.rules.plan import ItemDraft
from jiangxue.enrolment.services.plan import add_item
from jiangxue.kernel.clock import HandClock, learning_day, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import CLASS_CODE, QUICK_CODE

SHORT, LONG = timedelta(minutes=9), timedelta(minutes=90)
"""Short ones fit into the day of the quick rule; the others have two 学时."""
ROOM, LIVE_ROOM = "实训楼 201", "https://live.example.cn/room/201"
STAYED, LATE = timedelta(0), timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson that was held: in which class, what, when, and who signed with their phones, was called, or did not sign out, by the numbers of their login names."""

    class_code: str
    mode: Mode
    title: str
    starts_at: datetime
    length: timedelta
    signed: Sequence[int]
    called: Sequence[int] = ()
    not_signed_out: Sequence[int] = ()


def has_attendance() -> bool:
    """Say whether lessons are planned already."""
    return PlanItem.objects.filter(training_class__code=QUICK_CODE).exists()


def make_attendance(*, days: Days, report: Callable[[str], object]) -> None:
    """Plan lessons, and let some of the learners have been there, by the services that pages use."""
    held = list(_lessons(days))
    clock = HandClock(days.now)
    for each in held:
        item = _planned(each, days.ago(14))
        _sign_all(item, each, clock)
        if each.called:
            _call_roll(item, each, clock)
        for serial in each.not_signed_out:
            _object(item, serial, clock)
    _plan_ahead(days)
    report(f"  {len(held)} live and practice lessons that were held, with their attendance")


def _lessons(days: Days) -> Iterator[Held]:
    yield Held(CLASS_CODE, Mode.PRACTICE, "接线与验电实操", days.ago(2, 14), LONG, range(7, 20), (20, 21), (22,))
    yield Held(QUICK_CODE, Mode.PRACTICE, "触电急救演练", days.ago(4, 9), SHORT, range(5, 11), (12,))
    yield Held(QUICK_CODE, Mode.LIVE, "安全用电答疑", days.ago(1, 20), SHORT, range(5, 10))


def _planned(held: Held, now: datetime) -> PlanItem:
    of = TrainingClass.objects.get(code=held.class_code)
    draft = ItemDraft(
        mode=held.mode,
        title=held.title,
        hours=held.length // timedelta(minutes=45) * 100 or 20,
        place=ROOM if held.mode is Mode.PRACTICE else LIVE_ROOM,
        teacher_id=acting("teacher", Role.TEACHER).account_id,
        starts_at=held.starts_at,
        ends_at=held.starts_at + held.length,
    )
    return add_item(acting("headteacher", Role.HEAD_TEACHER), of.pk, draft, by=PROGRAM, now=now)


def _sign_all(item: PlanItem, held: Held, clock: HandClock) -> None:
    """Let learners sign in around the beginning and out around the end; two of them with one phone, one comes late."""
    for number, serial in enumerate((*held.signed, *held.not_signed_out)):
        late = LATE if number == len(held.signed) - 1 else STAYED
        _sign(item, serial, Side.IN, item.starts_at + late - timedelta(seconds=90 - 7 * number), clock)
    for number, serial in enumerate(held.signed):
        _sign(item, serial, Side.OUT, item.ends_at + timedelta(seconds=20 + 7 * number), clock)


def _sign(item: PlanItem, serial: int, side: Side, at: datetime, clock: HandClock) -> None:
    clock.at = at + timedelta(seconds=4)
    phone = f"phone of {serial if serial != 6 else 5}"
    said = From("手机 · 微信", phone, f"10.20.30.{serial if serial == 9 else 7}")
    sign(_learner(serial), Seen(item.pk, side, to_ms(at), 0), said, clock=clock)


def _learner(serial: int) -> Viewer:
    place = Enrolment.objects.filter(learner__login_name=learner_login(serial))[0]
    return Viewer(place.learner_id, Role.LEARNER)


def _call_roll(item: PlanItem, held: Held, clock: HandClock) -> None:
    """Let the teacher have called the roll of those without a phone, and the head teacher have signed."""
    class_id = item.training_class_id
    logins = [learner_login(serial) for serial in held.called]
    places = Enrolment.objects.filter(training_class=class_id, learner__login_name__in=logins)
    clock.at = item.ends_at + timedelta(minutes=5)
    said = Stating(
        class_id, item.pk, {place.pk: 0 for place in places}, (item.starts_at, item.ends_at), "没有手机，现场点名。"
    )
    state(acting("teacher", Role.TEACHER), said, by=PROGRAM, clock=clock)
    clock.advance(20 * 60_000)
    waiting = AttendanceStatement.objects.filter(item=item, review=None).values_list("pk", flat=True)
    signing = Signing(class_id, item.pk, list(waiting), agrees=True, text="")
    review(acting("headteacher", Role.HEAD_TEACHER), signing, by=PROGRAM, clock=clock)


def _object(item: PlanItem, serial: int, clock: HandClock) -> None:
    clock.at = item.ends_at + timedelta(hours=2)
    said = Objecting(item.training_class_id, item.pk, "下课时手机没电，没有扫到签退码，同组同学可以证明我一直在场。")
    object_to(_learner(serial), said, by=PROGRAM, clock=clock)


def _plan_ahead(days: Days) -> None:
    """Plan a lesson of class two that begins soon, so that its code can be scanned; on the next morning where today is over."""
    soon = days.now.replace(second=0, microsecond=0) + timedelta(minutes=15)
    today = learning_day(days.now)
    fits = learning_day(soon + LONG) == today
    starts_at = soon if fits else days.ago(-1)
    _planned(Held(QUICK_CODE, Mode.LIVE, "案例讨论直播", starts_at, LONG, ()), days.now)
