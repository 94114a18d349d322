"""Telling institutions what is ordered and by when, and authorities what was answered, in the transaction of what happened. Clause C5."""

from datetime import datetime, timedelta

from jiangxue.accounts.queries.recipients import holders_of
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.notices.queries import untold
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell
from jiangxue.supervision.models import OrderStep, RectificationOrder
from jiangxue.supervision.queries.orders import Ordered
from jiangxue.supervision.rules.orders import OrderState, OrderStepKind

NEAR = timedelta(days=3)
"""So long before its deadline an order is told of again."""

_TO_ANSWER = ("order.issued", "order.demanded")
_TO_ACCEPT = ("order.answered",)
_DEADLINES = ("order.due", "order.late")


def tell_of_step(before: Ordered, step: OrderStep) -> None:
    """Tell the other side what was done with an order, and ask nobody for what is done; `before` is the order as it stood."""
    after = Ordered(before.order, (*before.steps, step))
    about, at = ("order", before.order.pk), step.at
    if after.state is not OrderState.TO_ANSWER and before.steps:
        clear(_TO_ANSWER, about=about, at=at)
        clear(_DEADLINES, about=_deadline_of(before), at=at)
    if after.state is not OrderState.TO_ACCEPT:
        clear(_TO_ACCEPT, about=about, at=at)
    match OrderStepKind(step.kind):
        case OrderStepKind.ISSUED:
            _tell_institution(after, "order.issued", at)
        case OrderStepKind.DEMANDED:
            _tell_institution(after, "order.demanded", at)
        case OrderStepKind.ACCEPTED:
            _tell_institution(after, "order.accepted", at)
        case OrderStepKind.WITHDRAWN:
            _tell_institution(after, "order.withdrawn", at)
        case OrderStepKind.ANSWERED:
            tell(authority_of(before.order), kind="order.answered", about=about, params=_named(after), at=at)
        case _:
            return


def tell_of_deadline(ordered: Ordered, now: datetime) -> None:
    """Tell administrators of the institution once for each deadline that it is near, and the authority once that it is over."""
    order, today = ordered.order, learning_day(now)
    if ordered.state is not OrderState.TO_ANSWER or today < ordered.due_on - NEAR:
        return
    about, params = _deadline_of(ordered), {**_named(ordered), "order": str(order.pk)}
    if today <= ordered.due_on:
        kind, told = "order.due", institution_of(order)
    else:
        kind, told = "order.late", authority_of(order)
    tell(untold(told, kind, about), kind=kind, about=about, params=params, at=now)


def institution_of(order: RectificationOrder) -> set[int]:
    """Return the administrators of the institution that an order concerns, and the head teacher of the class that it is about."""
    administrators = holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=order.institution_id)
    of_class = order.training_class
    return administrators | ({of_class.head_teacher_id} if of_class else set())


def authority_of(order: RectificationOrder) -> set[int]:
    """Return the supervisors of the authority whose order it is."""
    return holders_of(Role.SUPERVISOR, organisation_id=order.authority_id)


def _tell_institution(ordered: Ordered, order_kind: str, at: datetime) -> None:
    order = ordered.order
    tell(institution_of(order), kind=order_kind, about=("order", order.pk), params=_named(ordered), at=at)


def _deadline_of(ordered: Ordered) -> tuple[str, object]:
    """Return what messages about a deadline are about: each of an order's deadlines is told of for itself."""
    return ("order_deadline", f"{ordered.order.pk}/{ordered.due_on.isoformat()}")


def _named(ordered: Ordered) -> Params:
    return {
        "order_title": ordered.draft.title,
        "institution": ordered.order.institution.name,
        "due_on": ordered.due_on.isoformat(),
    }
