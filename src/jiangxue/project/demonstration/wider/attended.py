"""A practice lesson of the running class: signed by most with their phones, called for three by the head teacher, which waits for a second person; and one that lies ahead."""

from datetime import timedelta

from jiangxue.attendance.rules.codes import Seen, Side
from jiangxue.attendance.services.signing import From, sign
from jiangxue.attendance.services.stating import Stating, state
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import Enrolment, PlanItem, TrainingClass
from jiangxue.enrolment.rules.plan import ItemDraft
from jiangxue.enrolment.services.plan import add_item
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.wider.classes import RUNNING, places_of

_LENGTH = timedelta(minutes=90)
_SIGNED, _CALLED = range(40), range(40, 43)
_WHY = "三人手机没电或没有带手机，现场点名，全程在场。"


def seed_attended(*, days: Days) -> None:
    """Plan both lessons, once, and let people have been at the first."""
    of = TrainingClass.objects.get(code=RUNNING.code)
    if PlanItem.objects.filter(training_class=of).exists():
        return
    held = _plan(of, "样板间清洁：房间、厨房、卫生间", days, 3)
    _plan(of, "消毒液的配制和使用", days, -4)
    places, clock = places_of(RUNNING), HandClock(held.starts_at)
    for number in _SIGNED:
        _sign(held, places[number], Side.IN, number, clock)
    for number in _SIGNED:
        _sign(held, places[number], Side.OUT, number, clock)
    clock.at = held.ends_at + timedelta(minutes=10)
    called = {places[number].pk: 0 for number in _CALLED}
    said = Stating(of.pk, held.pk, called, (held.starts_at, held.ends_at), _WHY)
    state(acting("lingnan.head", Role.HEAD_TEACHER), said, by=PROGRAM, clock=clock)


def _plan(of: TrainingClass, title: str, days: Days, ago: int) -> PlanItem:
    head = acting("lingnan.head", Role.HEAD_TEACHER)
    starts_at = days.ago(ago, 14)
    draft = ItemDraft(Mode.PRACTICE, title, 200, "家政样板间", head.account_id, starts_at, starts_at + _LENGTH)
    return add_item(head, of.pk, draft, by=PROGRAM, now=days.ago(10))


def _sign(item: PlanItem, place: Enrolment, side: Side, number: int, clock: HandClock) -> None:
    at = item.starts_at - timedelta(minutes=4) if side is Side.IN else item.ends_at
    at += timedelta(seconds=5 * number)
    clock.at = at + timedelta(seconds=4)
    said = From("手机 · 微信", f"phone of {place.pk}", f"10.30.50.{number + 1}")
    sign(Viewer(place.learner_id, Role.LEARNER), Seen(item.pk, side, to_ms(at), 0), said, clock=clock)
