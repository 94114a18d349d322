"""Supervisors, and what they draw, order and prove: as it happens, by the services that pages use."""

from datetime import timedelta

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.ids import new_code
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.periods import Period
from jiangxue.organisations.models import Organisation, Region
from jiangxue.supervision.models import Draw, HoursProof, RectificationOrder, WithdrawnProof
from jiangxue.supervision.queries.sampling import Scope
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.supervision.services.orders import Concern, OrderDraft, OrderWord, SentFile, begin_order, issue_order
from jiangxue.supervision.services.sampling import Said, Wish, draw_sample, say_word
from tests.factories import people, sessions
from tests.factories.classes import Classroom
from tests.factories.people import looking


def authority(region: str) -> Organisation:
    """Return the authority of a region, made when first asked for."""
    Region.objects.get_or_create(code=region, defaults={"name": f"地区 {region}"})
    kind = Organisation.Kind.AUTHORITY
    return Organisation.objects.get_or_create(kind=kind, name=f"人社局 {region}", region_id=region)[0]


def supervisor_account(region: str, clock: HandClock) -> Account:
    """Make a supervisor of a region."""
    return people.account((Role.SUPERVISOR, authority(region).pk), now=clock.now(), name="赵监管")


def supervisor_of(region: str, clock: HandClock) -> Viewer:
    """Return a new supervisor's viewer."""
    return people.viewer(supervisor_account(region, clock))


def actor(viewer: Viewer) -> Actor:
    """Return a viewer as the audit names who acts."""
    return Actor(viewer.account_id, viewer.role.value)


def classmates(room: Classroom, clock: HandClock, count: int) -> list[Enrolment]:
    """Let more learners be in the room's class, each of whom began to learn today."""
    found = []
    for _ in range(count):
        learner = people.account(now=clock.now(), name="陈同学")
        place = enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=clock.now())
        sessions.session(room, clock.now(), learner=learner, enrolment=place)
        found.append(place)
    return found


def today(clock: HandClock, days: int = 7) -> Period:
    """Return so many days until today."""
    last = learning_day(clock.now())
    return Period(last - timedelta(days=days - 1), last)


def wish(clock: HandClock, *, seed: str = "2026", size: int = 3, region: str = "440104", **narrower: int) -> Wish:
    """Return a wish to draw in a region, or in an institution or a class of it, by the last seven days."""
    return Wish(Scope(region, today(clock), **narrower), size, seed, "省专家组")


def drawn_by(viewer: Viewer, clock: HandClock, **wished: object) -> Draw:
    """Draw a sample."""
    with looking(viewer):
        return draw_sample(viewer, wish(clock, **wished), by=actor(viewer), now=clock.now())  # type: ignore[arg-type]


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def order_draft(clock: HandClock, *, days: int = 10, after: int = 0, title: str = "补齐实操考勤") -> OrderDraft:
    """Return a draft that is to be answered within so many days."""
    due_on = learning_day(clock.now()) + timedelta(days=days)
    return OrderDraft(title, "十一月的实操课没有考勤记录，请补齐并说明原因。", due_on, after)


def drafted(viewer: Viewer, room: Classroom, clock: HandClock, **facts: int) -> RectificationOrder:
    """Keep the draft of an order about the room's class."""
    about = Concern(room.institution.pk, room.training_class.pk)
    with looking(viewer):
        return begin_order(viewer, about, order_draft(clock, **facts), by=actor(viewer), clock=clock)


def issued(viewer: Viewer, room: Classroom, clock: HandClock, **facts: int) -> RectificationOrder:
    """Issue an order about the room's class, with a file."""
    order = drafted(viewer, room, clock, **facts)
    word = OrderWord(1, files=[SentFile("依据.pdf", PDF, is_picture=False)])
    with looking(viewer):
        issue_order(viewer, order.pk, word, by=actor(viewer), clock=clock)
    return order


def proof_of(room: Classroom, clock: HandClock) -> HoursProof:
    """Give the room's learner a proof of a quarter of an hour, as a row."""
    says = {
        "class": "低压电工一班",
        "course": "低压电工安全",
        "institution": "培训学校",
        "opens_on": "2026-11-01",
        "closes_on": "2027-06-30",
        "learned_from": None,
        "learned_to": None,
        "settled_on": None,
        "hours": {"state": "provisional", "modes": {}, "confirmed_ms": 900_000, "corrected_ms": 0},
    }
    return HoursProof.objects.create(
        code=new_code(),
        enrolment=room.enrolment,
        ordinal=1,
        says=says,
        digest="0" * 64,
        issued_by=room.head_teacher,
        role=Role.HEAD_TEACHER.value,
        issued_at=clock.now(),
    )


def one_of_each(room: Classroom, clock: HandClock) -> None:
    """Add a row of each kind that supervisors leave; somebody of the room has begun to learn."""
    viewer = supervisor_of(room.institution.region_id, clock)
    draw = drawn_by(viewer, clock, region=room.institution.region_id)
    with looking(viewer):
        say_word(viewer, Said(draw.pk, 1, SampleWord.FINE, 0), by=actor(viewer), now=clock.now())
    issued(viewer, room, clock)
    given = proof_of(room, clock)
    WithdrawnProof.objects.create(
        proof=given, by=room.head_teacher, role=Role.HEAD_TEACHER.value, at=clock.now(), reason="打印有误"
    )
