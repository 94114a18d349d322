"""Rectification orders, for the authorities of the region and for the institution that one concerns. Clause C5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, OuterRef, Prefetch, Q, QuerySet, Subquery

from jiangxue.accounts.queries import memberships
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.supervision.errors.orders import NoSuchOrder
from jiangxue.supervision.models import OrderFile, OrderStep, RectificationOrder
from jiangxue.supervision.rules.orders import (
    UNISSUED,
    Done,
    OrderState,
    OrderStepKind,
    deadline_of,
    is_overdue,
    late_answers,
    state_after,
)

OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with its steps in order."""

    order: RectificationOrder
    steps: Sequence[OrderStep]

    @property
    def state(self) -> OrderState:
        """Return whose turn it is, or how it ended."""
        found = state_after(self.steps[-1].kind)
        assert found is not None
        return found

    @property
    def draft(self) -> OrderStep:
        """Return the draft that counts: the last one."""
        return next(step for step in reversed(self.steps) if step.kind == OrderStepKind.DRAFTED)

    @property
    def issue(self) -> OrderStep | None:
        """Return the step that issued it, if it was."""
        return next((step for step in self.steps if step.kind == OrderStepKind.ISSUED), None)

    @property
    def reference(self) -> str:
        """Return its number, empty before it is issued."""
        return self.issue.reference if self.issue else ""

    @property
    def done(self) -> list[Done]:
        """Return its steps as the rules see them."""
        return [Done(OrderStepKind(each.kind), learning_day(each.at), each.due_on) for each in self.steps]

    @property
    def due_on(self) -> date:
        """Return by when it is answered in time."""
        found = deadline_of(self.done)
        assert found is not None
        return found

    @property
    def late(self) -> list[int]:
        """Return the places of answers that came late."""
        return late_answers(self.done)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the institution should have answered by now."""
        return is_overdue(self.state, self.due_on, learning_day(now))


def orders(viewer: Viewer) -> QuerySet[RectificationOrder]:
    """Return the orders that a viewer may see, the newest first."""
    found = RectificationOrder.objects.select_related("authority", "institution__region", "training_class")
    return found.alias(last_kind=_last_kind()).filter(_reach(viewer)).order_by("-begun_at", "pk")


def _last_kind() -> Subquery:
    steps = OrderStep.objects.filter(order=OuterRef("pk"))
    return Subquery(steps.order_by("-ordinal").values("kind")[:1])


def _deadline() -> Subquery:
    steps = OrderStep.objects.filter(order=OuterRef("pk")).exclude(due_on=None)
    return Subquery(steps.order_by("-ordinal").values("due_on")[:1], output_field=DateField())


def _reach(viewer: Viewer) -> Q:
    unissued = Q(last_kind__in=(OrderStepKind.DRAFTED, OrderStepKind.DROPPED))
    match viewer.role:
        case Role.SUPERVISOR if viewer.region:
            near = Q(region__startswith=viewer.region) | Q(institution__region__code__startswith=viewer.region)
            return Q(authority_id=viewer.organisation_id) | (near & ~unissued)
        case Role.INSTITUTION_ADMINISTRATOR if viewer.organisation_id is not None:
            return Q(institution_id=viewer.organisation_id) & ~unissued
        case Role.HEAD_TEACHER if viewer.organisation_id is not None:
            led = Q(institution_id=viewer.organisation_id, training_class__head_teacher=viewer.account_id)
            return led & ~unissued
        case _:
            return Q(pk__in=())


def orders_of_case(viewer: Viewer, case_id: UUID) -> QuerySet[RectificationOrder]:
    """Return the orders that name a case, as far as the viewer may see them."""
    return orders(viewer).filter(case_ref=case_id)


def orders_of_class(viewer: Viewer, class_id: int) -> QuerySet[RectificationOrder]:
    """Return the orders about a class, as far as the viewer may see them."""
    return orders(viewer).filter(training_class=class_id)


def in_state(found: QuerySet[RectificationOrder], state: OrderState) -> QuerySet[RectificationOrder]:
    """Return those of some orders that have come so far."""
    return found.alias(standing=_last_kind()).filter(
        standing__in=[kind for kind in OrderStepKind if state_after(kind) is state]
    )


def overdue(found: QuerySet[RectificationOrder], today: date) -> QuerySet[RectificationOrder]:
    """Return those of some orders that should have been answered by now."""
    return in_state(found, OrderState.TO_ANSWER).alias(deadline=_deadline()).filter(deadline__lt=today)


def to_answer_by(day: date) -> "list[Ordered]":
    """Return the orders that are to be answered by a day or were to be before, for the program itself."""
    found = RectificationOrder.objects.select_related("institution", "training_class")
    waiting = in_state(found, OrderState.TO_ANSWER).alias(deadline=_deadline()).filter(deadline__lte=day)
    return with_steps(list(waiting.order_by("begun_at", "pk")))


def with_steps(found: Sequence[RectificationOrder]) -> list[Ordered]:
    """Return orders with their steps, without the content of files."""
    files = Prefetch("files", OrderFile.objects.defer("sealed").order_by("ordinal"))
    steps: dict[UUID, list[OrderStep]] = {order.pk: [] for order in found}
    rows = OrderStep.objects.filter(order__in=found).select_related("by").prefetch_related(files).order_by("ordinal")
    for row in rows:
        steps[row.order_id].append(row)
    return [Ordered(order, steps[order.pk]) for order in found]


def order_for(viewer: Viewer, order_id: UUID) -> Ordered:
    """Return one order that the viewer may see, or raise `NoSuchOrder`."""
    found = orders(viewer).filter(pk=order_id).first()
    if found is None:
        raise NoSuchOrder
    return with_steps([found])[0]


def file_for(viewer: Viewer, order_id: UUID, file_id: UUID) -> tuple[OrderFile, bytes]:
    """Return a file of an order that the viewer may see with its content, or raise `NoSuchOrder`."""
    ordered = order_for(viewer, order_id)
    found = OrderFile.objects.filter(pk=file_id, step__order=ordered.order).first()
    if found is None:
        raise NoSuchOrder
    return found, reveal_bytes(found, "sealed")


def waiting_for(viewer: Viewer) -> int:
    """Return how many orders wait for the viewer: to be answered, or to be accepted by the authority that issued them."""
    if viewer.role is Role.INSTITUTION_ADMINISTRATOR:
        return in_state(orders(viewer), OrderState.TO_ANSWER).count()
    return in_state(orders(viewer).filter(authority=viewer.organisation_id), OrderState.TO_ACCEPT).count()


def is_of_authority(viewer: Viewer, order: RectificationOrder) -> bool:
    """Say whether the viewer acts for the authority whose order this is, and has no part in the institution that it is about."""
    is_theirs = viewer.role is Role.SUPERVISOR and viewer.organisation_id == order.authority_id
    return is_theirs and not belongs_to(viewer, order.institution_id)


def belongs_to(viewer: Viewer, institution_id: int) -> bool:
    """Say whether the viewer, in whatever role they look, holds one in an institution: whoever answers an order does not judge the answer."""
    return memberships(viewer.account_id).filter(organisation_id=institution_id).exists()


def steps_shown_to(viewer: Viewer, ordered: Ordered) -> Sequence[OrderStep]:
    """Return the steps that a viewer is shown: drafts are the authority's own."""
    if is_of_authority(viewer, ordered.order):
        return ordered.steps
    return [step for step in ordered.steps if state_after(step.kind) not in UNISSUED]
