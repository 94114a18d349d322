"""Rectification orders: written, issued, answered and closed by whose turn it is, each step once (clause C5)."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.supervision.errors.orders import (
    NoSuchOrder,
    NotADeadline,
    NotAFile,
    NotInRegion,
    NotTheTurn,
    NotYours,
)
from jiangxue.supervision.models import OrderFile, OrderStep, RectificationOrder
from jiangxue.supervision.queries.orders import file_for, order_for, orders, overdue, steps_shown_to, waiting_for
from jiangxue.supervision.rules.orders import OrderState
from jiangxue.supervision.services import orders as services
from jiangxue.supervision.services.orders import Concern, OrderWord, SentFile, begin_order
from tests.at_once import at_once
from tests.domains.constraints import broken
from tests.factories import cases, people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.supervising import PDF, actor, drafted, issued, order_draft, supervisor_account, supervisor_of
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C5")
DAY_MS = 86_400_000


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def district(room: Classroom, clock: HandClock) -> Viewer:
    return supervisor_of("440104", clock)


@pytest.fixture
def school(room: Classroom, clock: HandClock) -> Viewer:
    return people.viewer(administrator(room, clock))


def done(
    act: Callable[..., object], viewer: Viewer, order: RectificationOrder, word: OrderWord, clock: HandClock
) -> None:
    act(viewer, order.pk, word, by=actor(viewer), clock=clock)


def answers(viewer: Viewer, order: RectificationOrder, clock: HandClock, after: int = 2) -> None:
    word = OrderWord(after, "考勤已补齐，附签到表。", [SentFile("签到表.pdf", PDF, is_picture=False)])
    done(services.answer_order, viewer, order, word, clock)


def test_a_draft_is_the_authority_s_own_until_it_is_issued_under_a_number(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = drafted(district, room, clock)
    assert refusal_of(lambda: order_for(school, order.pk)) is NoSuchOrder
    assert refusal_of(lambda: order_for(supervisor_of("4401", clock), order.pk)) is NoSuchOrder
    services.redraft_order(
        district, order.pk, order_draft(clock, after=1, title="改写后"), by=actor(district), clock=clock
    )
    assert services.issue_order(district, order.pk, OrderWord(2), by=actor(district), clock=clock) == "440104-2026-0001"
    seen = order_for(school, order.pk)
    assert seen.draft.title == "改写后"
    assert [step.kind for step in steps_shown_to(school, seen)] == ["issued"]
    assert len(steps_shown_to(district, seen)) == 3
    assert order_for(supervisor_of("4401", clock), order.pk).reference == "440104-2026-0001"


def test_numbers_run_on_in_the_region_of_the_authority(room: Classroom, district: Viewer, clock: HandClock) -> None:
    found = [order_for(district, issued(district, room, clock).pk).reference for _ in range(2)]
    city = supervisor_of("4401", clock)
    assert [*found, order_for(city, issued(city, room, clock).pk).reference] == [
        "440104-2026-0001",
        "440104-2026-0002",
        "4401-2026-0001",
    ]


def test_an_order_is_answered_demanded_again_and_accepted(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = issued(district, room, clock)
    assert (waiting_for(school), waiting_for(district)) == (1, 0)
    answers(school, order, clock)
    assert (waiting_for(school), waiting_for(district)) == (0, 1)
    later = order_draft(clock, days=20).due_on
    done(services.demand_again, district, order, OrderWord(3, "请补充原因。", due_on=later), clock)
    assert order_for(school, order.pk).due_on == later
    answers(school, order, clock, after=4)
    done(services.accept_order, district, order, OrderWord(5), clock)
    assert order_for(school, order.pk).state is OrderState.ACCEPTED
    assert refusal_of(lambda: answers(school, order, clock, after=6)) is NotTheTurn
    acts = ["order.drafted", "order.issued", "order.answered", "order.demanded", "order.answered", "order.accepted"]
    assert (
        list(AuditEntry.objects.filter(action__startswith="order.").order_by("pk").values_list("action", flat=True))
        == acts
    )


def test_a_late_answer_is_taken_and_called_late(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = issued(district, room, clock, days=1)
    clock.advance(2 * DAY_MS)
    city = supervisor_of("4401", clock)
    assert list(overdue(orders(city), learning_day(clock.now()))) == [order]
    assert order_for(school, order.pk).is_overdue(clock.now())
    answers(school, order, clock)
    found = order_for(city, order.pk)
    assert found.late == [2]
    assert not found.is_overdue(clock.now())
    assert not overdue(orders(city), learning_day(clock.now()))


def test_nobody_acts_for_another(room: Classroom, district: Viewer, school: Viewer, clock: HandClock) -> None:
    order = issued(district, room, clock)
    city, other = supervisor_of("4401", clock), people.viewer(administrator(classroom(clock.now()), clock))
    assert refusal_of(lambda: answers(district, order, clock)) is NotYours
    assert refusal_of(lambda: done(services.withdraw_order, city, order, OrderWord(2, "撤回。"), clock)) is NotYours
    assert refusal_of(lambda: done(services.withdraw_order, school, order, OrderWord(2, "撤回。"), clock)) is NotYours
    assert refusal_of(lambda: answers(other, order, clock)) is NoSuchOrder
    assert refusal_of(lambda: answers(people.viewer(room.head_teacher), order, clock)) is NotYours
    for viewer in (
        other,
        supervisor_of("4403", clock),
        supervisor_of("440105", clock),
        people.viewer(classroom(clock.now()).head_teacher),
    ):
        assert refusal_of(lambda viewer=viewer: order_for(viewer, order.pk)) is NoSuchOrder
    colleague = people.viewer(supervisor_account("440104", clock))
    done(services.withdraw_order, colleague, order, OrderWord(2, "发错了机构。"), clock)
    assert order_for(school, order.pk).state is OrderState.WITHDRAWN


def test_orders_go_to_institutions_of_the_region_and_to_their_own_classes(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    elsewhere, near = classroom(clock.now(), region="440305"), classroom(clock.now())

    def begins(viewer: Viewer, about: Concern) -> type[Exception] | None:
        return refusal_of(lambda: begin_order(viewer, about, order_draft(clock), by=actor(viewer), clock=clock))

    assert begins(district, Concern(elsewhere.institution.pk)) is NotInRegion
    assert begins(district, Concern(room.institution.pk, elsewhere.training_class.pk)) is NotInRegion
    assert begins(district, Concern(room.institution.pk, near.training_class.pk)) is NotInRegion
    assert begins(school, Concern(room.institution.pk)) is NotYours
    case = cases.case(room, clock.now()).pk
    assert begins(district, Concern(near.institution.pk, None, case)) is NotInRegion
    assert begins(district, Concern(room.institution.pk, None, new_id())) is NotInRegion
    assert begins(district, Concern(room.institution.pk, None, case)) is None
    assert begins(district, Concern(room.institution.pk)) is None


def test_a_deadline_that_has_passed_is_not_issued(room: Classroom, district: Viewer, clock: HandClock) -> None:
    order = drafted(district, room, clock, days=0)
    assert refusal_of(lambda: drafted(district, room, clock, days=-1)) is NotADeadline
    clock.advance(DAY_MS)
    assert refusal_of(lambda: done(services.issue_order, district, order, OrderWord(1), clock)) is NotADeadline


def test_a_draft_is_given_up_and_cannot_be_issued_then(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = drafted(district, room, clock)
    done(services.drop_order, district, order, OrderWord(1), clock)
    assert refusal_of(lambda: done(services.issue_order, district, order, OrderWord(2), clock)) is NotTheTurn
    assert not orders(school)


def test_files_are_sealed_and_given_to_both_sides_alone(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = issued(district, room, clock)
    row = OrderFile.objects.get()
    assert PDF not in bytes(row.sealed)
    assert file_for(school, order.pk, row.pk)[1] == file_for(district, order.pk, row.pk)[1] == PDF
    stranger = supervisor_of("4403", clock)
    assert refusal_of(lambda: file_for(stranger, order.pk, row.pk)) is NoSuchOrder
    assert refusal_of(lambda: file_for(school, order.pk, new_id())) is NoSuchOrder
    four = OrderWord(2, "见附件。", [SentFile("a.pdf", PDF, is_picture=False)] * 4)
    assert refusal_of(lambda: done(services.answer_order, school, order, four, clock)) is NotAFile
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        OrderFile.objects.all().delete()


def test_a_stale_page_changes_nothing(room: Classroom, district: Viewer, school: Viewer, clock: HandClock) -> None:
    order = issued(district, room, clock)
    answers(school, order, clock)
    assert refusal_of(lambda: answers(school, order, clock)) is NotTheTurn
    assert OrderStep.objects.filter(kind="answered").count() == 1


def test_an_answer_is_written_after_what_was_read(
    room: Classroom, district: Viewer, school: Viewer, clock: HandClock
) -> None:
    order = issued(district, room, clock)
    answers(school, order, clock)
    done(services.demand_again, district, order, OrderWord(3, "请补充原因。", due_on=order_draft(clock).due_on), clock)
    assert refusal_of(lambda: answers(school, order, clock, after=2)) is NotTheTurn
    assert order_for(school, order.pk).state is OrderState.TO_ANSWER


def test_of_two_answers_at_once_one_is_kept(lasting_database: str, clock: HandClock) -> None:
    room = classroom(clock.now())
    district, school = supervisor_of("440104", clock), people.viewer(administrator(room, clock))
    order = issued(district, room, clock)

    def answer() -> None:
        answers(school, order, clock)

    assert at_once(answer, answer) == ["NotTheTurn", "done"]
    assert OrderStep.objects.filter(order=order, kind="answered").count() == 1


class TestKeptByTheDatabase:
    """What the database itself refuses."""

    @pytest.fixture
    def order(self, room: Classroom, district: Viewer, clock: HandClock) -> RectificationOrder:
        return issued(district, room, clock)

    def test_a_step_has_one_place(self, order: RectificationOrder, district: Viewer, clock: HandClock) -> None:
        facts = {"kind": "accepted", "by_id": district.account_id, "role": Role.SUPERVISOR, "at": clock.now()}
        with broken("supervision_order_step_once"):
            OrderStep.objects.create(order=order, ordinal=2, **facts)

    def test_a_number_is_given_once(
        self, order: RectificationOrder, room: Classroom, district: Viewer, clock: HandClock
    ) -> None:
        other = drafted(district, room, clock)
        facts = {"kind": "issued", "by_id": district.account_id, "role": Role.SUPERVISOR, "at": clock.now()}
        with broken("supervision_order_reference_once"):
            OrderStep.objects.create(order=other, ordinal=2, reference="440104-2026-0001", **facts)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "answered"},
            {"kind": "answered", "text": "好", "reference": "x"},
            {"kind": "issued"},
            {"kind": "demanded", "text": "请补充"},
            {"kind": "drafted", "title": "标题", "text": "内容"},
            {"kind": "dropped", "text": "不要了"},
            {"kind": "guilty", "text": "不行"},
        ],
    )
    def test_a_step_has_its_shape(
        self, order: RectificationOrder, district: Viewer, clock: HandClock, wrong: dict[str, str]
    ) -> None:
        facts = {"by_id": district.account_id, "role": Role.SUPERVISOR, "at": clock.now()}
        with broken("supervision_order_step_shape"):
            OrderStep.objects.create(order=order, ordinal=9, **facts, **wrong)

    def test_a_file_has_one_place(self, order: RectificationOrder) -> None:
        row = OrderFile.objects.get()
        row.pk = new_id()
        with broken("supervision_order_file_once"):
            row.save(force_insert=True)

    def test_nobody_orders_themselves(self, order: RectificationOrder) -> None:
        order.pk, order.institution_id = new_id(), order.authority_id
        with broken("supervision_order_to_another"):
            order.save(force_insert=True)
