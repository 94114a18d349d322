"""Live and practice lessons of a class, and who was present: by the services that pages use, and as rows for what the database keeps."""

from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.attendance.models import AttendanceMark, AttendanceObjection, AttendanceReview, AttendanceStatement
from jiangxue.attendance.rules.codes import Seen, Side
from jiangxue.attendance.services.signing import From, Signed, code_to_show, see_code, seen_in, sign
from jiangxue.attendance.services.stating import Objecting, Signing, Stating, object_to, review, state
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import Enrolment, PlanChange, PlanItem
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.people import looking

MINUTE = timedelta(minutes=1)
LONG = 90 * MINUTE
"""Two 学时."""
PHONE = From("手机 · WeChat", "browser one", "198.51.100.7")


def item(room: Classroom, starts_at: datetime, *, length: timedelta = LONG, **facts: object) -> PlanItem:
    """Plan something for the room's class, of whose time all counts; `facts` replace fields."""
    values = {
        "mode": Mode.PRACTICE.value,
        "title": "接线实操",
        "hours": length // timedelta(minutes=45) * 100,
        "place": "实训楼 201",
        "teacher": room.head_teacher,
    }
    return PlanItem.objects.create(
        training_class=room.training_class, starts_at=starts_at, ends_at=starts_at + length, **{**values, **facts}
    )


def seen(of: PlanItem, clock: HandClock, side: Side = Side.IN) -> Seen:
    """Read the code that the item's teacher shows now."""
    now_ms = to_ms(clock.now())
    with looking(people.viewer(of.training_class.head_teacher)):
        code = code_to_show(people.viewer(of.training_class.head_teacher), of, side, now_ms)
    return seen_in(see_code(of.pk, side, code, now_ms), now_ms)


def signs(who: Account, of: PlanItem, clock: HandClock, side: Side = Side.IN, said: From = PHONE) -> Signed:
    """Scan the code and confirm."""
    with looking(people.viewer(who)):
        return sign(people.viewer(who), seen(of, clock, side), said, clock=clock)


def attends(who: Account, of: PlanItem, clock: HandClock) -> None:
    """Sign in at the beginning and out at the end."""
    clock.at = of.starts_at
    signs(who, of, clock)
    clock.at = of.ends_at
    signs(who, of, clock, Side.OUT)


def states(
    viewer: Viewer,
    of: PlanItem,
    clock: HandClock,
    span: tuple[datetime, datetime] | None,
    after: dict[Enrolment, int] | None = None,
) -> None:
    """State of learners, of all of the class when none is named, that they were present, or not."""
    places = after or dict.fromkeys(Enrolment.objects.filter(training_class=of.training_class), 0)
    said = Stating(
        of.training_class_id, of.pk, {place.pk: n for place, n in places.items()}, span, "手机没电，现场点名。"
    )
    with looking(viewer):
        state(viewer, said, by=PROGRAM, clock=clock)


def reviews(viewer: Viewer, of: PlanItem, clock: HandClock, *, agrees: bool = True) -> None:
    """Sign everything that waits at an item, or send it back."""
    waiting = AttendanceStatement.objects.filter(item=of, review=None).values_list("pk", flat=True)
    said = Signing(of.training_class_id, of.pk, list(waiting), agrees, "" if agrees else "请写明时间。")
    with looking(viewer):
        review(viewer, said, by=PROGRAM, clock=clock)


def objects(who: Account, of: PlanItem, clock: HandClock) -> None:
    """Say that one's own attendance is wrong."""
    said = Objecting(of.training_class_id, of.pk, "我九点就到了，扫码时没有网络。")
    with looking(people.viewer(who)):
        object_to(people.viewer(who), said, by=PROGRAM, clock=clock)


def mark(of: PlanItem, place: Enrolment, now: datetime, **facts: object) -> AttendanceMark:
    """Add a signature; `facts` replace fields."""
    values = {"side": "in", "at": now, "confirmed_at": now, "steps_old": 0, "device": "", "browser": "b"}
    return AttendanceMark.objects.create(item=of, enrolment=place, **{**values, **facts})


def statement(of: PlanItem, place: Enrolment, now: datetime, **facts: object) -> AttendanceStatement:
    """Add a statement of the head teacher that somebody was present; `facts` replace fields."""
    values = {"id": new_id(), "learner": place.learner, "ordinal": 1, "text": "点名", "role": "head_teacher", "at": now}
    span = {"present_from": of.starts_at, "present_until": of.ends_at, "by": of.training_class.head_teacher}
    return AttendanceStatement.objects.create(item=of, enrolment=place, **{**values, **span, **facts})


def signature(of: AttendanceStatement, now: datetime, **facts: object) -> AttendanceReview:
    """Add the signature of a second person; `facts` replace fields."""
    values = {"stated_by": of.by, "role": "institution_administrator", "at": now, "agrees": True}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return AttendanceReview.objects.create(statement=of, **{**values, **facts})


def objection(of: PlanItem, place: Enrolment, now: datetime, **facts: object) -> AttendanceObjection:
    """Add an objection; `facts` replace fields."""
    values = {"id": new_id(), "ordinal": 1, "after": 0, "text": "我在场", "at": now, "due_on": now.date()}
    return AttendanceObjection.objects.create(item=of, enrolment=place, **{**values, **facts})


def change(of: PlanItem, by: Account, now: datetime, **facts: object) -> PlanChange:
    """Add a change of an item; `facts` replace fields."""
    values = {"ordinal": 1, "kind": "changed", "values": {}, "reason": "教室调整", "role": "head_teacher", "at": now}
    return PlanChange.objects.create(item=of, by=by, **{**values, **facts})


def one_of_each(room: Classroom, now: datetime) -> None:
    """Add a row of each kind that can only be added to."""
    of = item(room, now)
    change(of, room.head_teacher, now)
    mark(of, room.enrolment, now)
    signature(statement(of, room.enrolment, now), now)
    objection(of, room.enrolment, now)
