"""The plan of a class changes before its lessons begin, by those who answer for it, with a reason (clauses T7, C3, C5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.errors import (
    AlreadyBegun,
    NoSuchItem,
    NotInClass,
    NotYoursToPlan,
    PlanMovedOn,
    UnfitItem,
)
from jiangxue.enrolment.models import PlanChange, PlanItem
from jiangxue.enrolment.queries.plan import changes_of, plan_of
from jiangxue.enrolment.rules.plan import Flaw, ItemDraft, require_fit
from jiangxue.enrolment.services.plan import MeantItem, add_item, cancel_item, change_item
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.attendance import change, item
from tests.factories.classes import Classroom, classroom
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T7", "C3")
TOMORROW = MORNING + timedelta(days=1)


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


def draft(room: Classroom, **facts: object) -> ItemDraft:
    values = {"mode": Mode.LIVE, "title": "答疑", "hours": 200, "place": "https://live.example.cn/7"}
    times = {"starts_at": TOMORROW, "ends_at": TOMORROW + timedelta(minutes=90)}
    return ItemDraft(**{"teacher_id": room.head_teacher.pk, **values, **times, **facts})


def added(room: Classroom, clock: HandClock) -> PlanItem:
    viewer = people.viewer(room.head_teacher)
    return add_item(viewer, room.training_class.pk, draft(room), by=PROGRAM, now=clock.now())


def meant(room: Classroom, of: PlanItem, after: int = 1) -> MeantItem:
    return MeantItem(room.training_class.pk, of.pk, after, "教室调整")


def test_what_becomes_of_a_lesson_stays_with_its_reasons(room: Classroom, clock: HandClock) -> None:
    head, of = people.viewer(room.head_teacher), added(room, clock)
    later = draft(room, starts_at=TOMORROW + timedelta(hours=1), ends_at=TOMORROW + timedelta(hours=3))
    change_item(head, meant(room, of), later, by=PROGRAM, now=clock.now())
    cancel_item(head, meant(room, of, 2), by=PROGRAM, now=clock.now())
    changes = changes_of(head, of)
    assert [(each.kind, each.reason) for each in changes] == [
        ("added", ""),
        ("changed", "教室调整"),
        ("cancelled", "教室调整"),
    ]
    assert changes[0].values["starts_at_ms"] < changes[1].values["starts_at_ms"]
    (kept,) = plan_of(head, room.training_class.pk)
    assert kept.cancelled_at == clock.now()
    acts = AuditEntry.objects.filter(object_kind="plan_item").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["plan.item_added", "plan.item_changed", "plan.item_cancelled"]


def test_a_lesson_that_has_begun_or_was_cancelled_stays(room: Classroom, clock: HandClock) -> None:
    head, of = people.viewer(room.head_teacher), added(room, clock)
    soon = of.starts_at - timedelta(minutes=30)
    when_one_may_sign = lambda: change_item(head, meant(room, of), draft(room), by=PROGRAM, now=soon)  # noqa: E731
    assert refusal_of(when_one_may_sign) is AlreadyBegun
    at_its_beginning = lambda: cancel_item(head, meant(room, of), by=PROGRAM, now=of.starts_at)  # noqa: E731
    assert refusal_of(at_its_beginning) is AlreadyBegun
    cancel_item(head, meant(room, of), by=PROGRAM, now=soon)
    again = lambda: change_item(head, meant(room, of, 2), draft(room), by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(again) is AlreadyBegun


def test_a_stale_page_changes_nothing(room: Classroom, clock: HandClock) -> None:
    head, of = people.viewer(room.head_teacher), added(room, clock)
    stale = lambda: change_item(head, meant(room, of, 0), draft(room), by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(stale) is PlanMovedOn


@pytest.mark.clause("C5")
def test_who_does_not_answer_for_the_class_plans_nothing(room: Classroom, clock: HandClock) -> None:
    of = added(room, clock)
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    cancel = lambda viewer: cancel_item(viewer, meant(room, of), by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(lambda: cancel(people.viewer(teacher))) is NotYoursToPlan
    assert refusal_of(lambda: cancel(room.viewer)) is NotYoursToPlan
    other = classroom(clock.now())
    assert refusal_of(lambda: cancel(people.viewer(other.head_teacher))) is NotInClass
    through_own = replace(meant(room, of), class_id=other.training_class.pk)
    sneaky = lambda: cancel_item(people.viewer(other.head_teacher), through_own, by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(sneaky) is NoSuchItem


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ({"starts_at": MORNING}, Flaw.PAST),
        ({"ends_at": TOMORROW}, Flaw.ENDS_EARLY),
        ({"ends_at": TOMORROW + timedelta(hours=20)}, Flaw.OTHER_DAY),
        ({"hours": 0}, Flaw.NO_HOURS),
        ({"hours": 201}, Flaw.TOO_MANY_HOURS),
    ],
)
def test_what_cannot_be_held_is_not_planned(room: Classroom, facts: dict[str, object], flaw: Flaw) -> None:
    with pytest.raises(UnfitItem) as refused:
        require_fit(draft(room, **facts), room.training_class.term, is_teacher=True, is_busy=False, now=MORNING)
    assert flaw in refused.value.flaws


def test_a_lesson_lies_in_its_class_and_has_one_of_its_teachers(room: Classroom, clock: HandClock) -> None:
    term = room.training_class.term
    late = draft(room, starts_at=term.closes_at - timedelta(hours=1), ends_at=term.closes_at + timedelta(hours=1))
    with pytest.raises(UnfitItem) as refused:
        require_fit(late, term, is_teacher=False, is_busy=True, now=MORNING)
    assert set(refused.value.flaws) == {Flaw.OUTSIDE_CLASS, Flaw.OTHER_DAY, Flaw.TEACHER}
    until_midnight = draft(room, starts_at=term.closes_at - timedelta(minutes=90), ends_at=term.closes_at)
    require_fit(until_midnight, term, is_teacher=True, is_busy=False, now=MORNING)
    stranger = draft(room, teacher_id=room.learner.pk)
    head = people.viewer(room.head_teacher)
    add = lambda: add_item(head, room.training_class.pk, stranger, by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(add) is UnfitItem


def test_a_teacher_holds_one_lesson_at_a_time_in_whichever_class(room: Classroom, clock: HandClock) -> None:
    other = classroom(clock.now())
    other.training_class.teachers.create(teacher=room.head_teacher)
    held = added(room, clock)
    head = people.viewer(other.head_teacher)

    def beside(start: timedelta, length: timedelta = timedelta(minutes=90)) -> ItemDraft:
        starts_at = held.starts_at + start
        return draft(room, starts_at=starts_at, ends_at=starts_at + length)

    for start in (timedelta(), timedelta(minutes=-89), timedelta(minutes=89)):
        with pytest.raises(UnfitItem) as refused:
            add_item(head, other.training_class.pk, beside(start), by=PROGRAM, now=clock.now())
        assert refused.value.flaws == (Flaw.TEACHER_BUSY,)
    for start in (timedelta(minutes=-90), timedelta(minutes=90)):
        add_item(head, other.training_class.pk, beside(start), by=PROGRAM, now=clock.now())
    own, longer = people.viewer(room.head_teacher), beside(timedelta(minutes=-5), timedelta(minutes=95))
    assert refusal_of(lambda: change_item(own, meant(room, held), longer, by=PROGRAM, now=clock.now())) is UnfitItem
    change_item(own, meant(room, held), replace(beside(timedelta()), title="改名"), by=PROGRAM, now=clock.now())
    cancel_item(own, meant(room, held, 2), by=PROGRAM, now=clock.now())
    add_item(head, other.training_class.pk, beside(timedelta()), by=PROGRAM, now=clock.now())


def test_the_database_keeps_what_it_can(room: Classroom) -> None:
    of = item(room, TOMORROW)
    with broken("enrolment_plan_item_ends_after_start"):
        PlanItem.objects.filter(pk=of.pk).update(ends_at=of.starts_at)
    with broken("enrolment_plan_item_mode_known"):
        PlanItem.objects.filter(pk=of.pk).update(mode="online")
    change(of, room.head_teacher, MORNING)
    with broken("enrolment_plan_change_once"):
        change(of, room.head_teacher, MORNING)
    with broken("enrolment_plan_change_has_reason"):
        change(of, room.head_teacher, MORNING, ordinal=2, reason="")
    change(of, room.head_teacher, MORNING, ordinal=2, kind="added", reason="")
    assert PlanChange.objects.count() == 2
