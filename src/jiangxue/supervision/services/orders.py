"""Writing, issuing, answering and closing rectification orders. Clause C5.

Every step has a place of its own, and the order is locked while one is made: of two who act at once, one is told that it has moved on.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import institutions
from jiangxue.supervision.errors.orders import NotAFile, NotInRegion, NotTheTurn, NotYours
from jiangxue.supervision.models import OrderFile, OrderStep, RectificationOrder
from jiangxue.supervision.queries.cases import seen_case
from jiangxue.supervision.queries.orders import Ordered, belongs_to, is_of_authority, order_for
from jiangxue.supervision.rules.orders import (
    MOST_FILES,
    OF_INSTITUTION,
    OrderStepKind,
    reference_of,
    require_deadline,
    require_step,
)
from jiangxue.supervision.services.telling_of_orders import tell_of_step


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom an order concerns: an institution, and one of its classes or a case where it is not general."""

    institution_id: int
    class_id: int | None = None
    case_ref: UUID | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What an order says: what it is about, what is to be put right, and by when that is answered; written after so many steps."""

    title: str
    text: str
    due_on: date
    after: int = 0


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a step, checked already: a PDF as it was sent, or a picture written anew."""

    name: str
    content: bytes
    is_picture: bool


@dataclass(frozen=True, slots=True)
class OrderWord:
    """What somebody says at a step, written after so many others; a demand names a new deadline."""

    after: int
    text: str = ""
    files: Sequence[SentFile] = field(default=())
    due_on: date | None = None


@transaction.atomic
def begin_order(viewer: Viewer, about: Concern, draft: OrderDraft, *, by: Actor, clock: Clock) -> RectificationOrder:
    """Keep the draft of a new order; raises `NotYours`, `NotInRegion` or `NotADeadline`."""
    if viewer.role is not Role.SUPERVISOR or not viewer.region or viewer.organisation_id is None:
        raise NotYours
    about = _within_reach(viewer, about)
    if belongs_to(viewer, about.institution_id):
        raise NotYours
    now = clock.now()
    order = RectificationOrder.objects.create(
        id=new_id(),
        authority_id=viewer.organisation_id,
        region=viewer.region,
        institution_id=about.institution_id,
        training_class_id=about.class_id,
        case_ref=about.case_ref,
        begun_at=now,
    )
    require_deadline(draft.due_on, learning_day(now))
    _add(viewer, Ordered(order, ()), _drafted(draft), now=now)
    audit.record("order.drafted", by=by, at=now, about=("order", order.pk))
    return order


@transaction.atomic
def redraft_order(viewer: Viewer, order_id: UUID, draft: OrderDraft, *, by: Actor, clock: Clock) -> None:
    """Keep another draft, which counts from now on; raises `NoSuchOrder`, `NotYours`, `NotTheTurn` or `NotADeadline`."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.DRAFTED, draft.after, clock)
    require_deadline(draft.due_on, learning_day(now))
    _add(viewer, ordered, _drafted(draft), now=now)
    audit.record("order.drafted", by=by, at=now, about=("order", order_id))


@transaction.atomic
def issue_order(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> str:
    """Issue the last draft under the next number of the region's year, and return that; raises what `redraft_order` raises, and `NotAFile`."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.ISSUED, said.after, clock)
    today, region = learning_day(now), ordered.order.region
    require_deadline(ordered.draft.due_on or today, today)
    lock_until_commit(hashlib.sha256(f"orders of {region}".encode()).digest())
    begins = f"{region}-{today.year}-"
    with (
        as_program()
    ):  # an institution that has moved to another region takes its orders out of sight, not their numbers
        serial = OrderStep.objects.filter(reference__startswith=begins).count() + 1
    step = OrderStep(kind=OrderStepKind.ISSUED, reference=reference_of(region, today.year, serial))
    _add(viewer, ordered, step, said.files, now=now)
    audit.record("order.issued", by=by, at=now, about=("order", order_id), reason=step.reference)
    return step.reference


@transaction.atomic
def drop_order(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> None:
    """Give a draft up."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.DROPPED, said.after, clock)
    _add(viewer, ordered, OrderStep(kind=OrderStepKind.DROPPED), now=now)
    audit.record("order.dropped", by=by, at=now, about=("order", order_id))


@transaction.atomic
def answer_order(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> None:
    """Keep the institution's answer, also a late one, which is called so."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.ANSWERED, said.after, clock)
    _add(viewer, ordered, OrderStep(kind=OrderStepKind.ANSWERED, text=said.text), said.files, now=now)
    audit.record("order.answered", by=by, at=now, about=("order", order_id))


@transaction.atomic
def accept_order(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> None:
    """Accept an answer, which closes the order."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.ACCEPTED, said.after, clock)
    _add(viewer, ordered, OrderStep(kind=OrderStepKind.ACCEPTED, text=said.text), now=now)
    audit.record("order.accepted", by=by, at=now, about=("order", order_id))


@transaction.atomic
def demand_again(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> None:
    """Demand another answer by a new deadline, and say why."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.DEMANDED, said.after, clock)
    due_on = said.due_on or learning_day(now)
    require_deadline(due_on, learning_day(now))
    step = OrderStep(kind=OrderStepKind.DEMANDED, text=said.text, due_on=due_on)
    _add(viewer, ordered, step, said.files, now=now)
    audit.record("order.demanded", by=by, at=now, about=("order", order_id))


@transaction.atomic
def withdraw_order(viewer: Viewer, order_id: UUID, said: OrderWord, *, by: Actor, clock: Clock) -> None:
    """Withdraw an order that was issued, and say why; it stays to be read."""
    ordered, now = _locked(viewer, order_id, OrderStepKind.WITHDRAWN, said.after, clock)
    _add(viewer, ordered, OrderStep(kind=OrderStepKind.WITHDRAWN, text=said.text), now=now)
    audit.record("order.withdrawn", by=by, at=now, about=("order", order_id))


def note_printed(order: RectificationOrder, *, by: Actor, now: datetime) -> None:
    """Keep who had an order as a paper."""
    audit.record("order.printed", by=by, at=now, about=("order", order.pk))


def _within_reach(viewer: Viewer, about: Concern) -> Concern:
    """Return whom an order concerns, with the class of its case; raise `NotInRegion` for what the viewer may not see, or what does not belong together."""
    if not institutions(viewer).filter(pk=about.institution_id).exists():
        raise NotInRegion
    if about.case_ref is not None:
        case = seen_case(viewer, about.case_ref)
        of_case = case.enrolment.training_class_id if case else None
        if case is None or about.class_id not in (None, of_case):
            raise NotInRegion
        about = replace(about, class_id=of_case)
    if about.class_id is None:
        return about
    try:
        found = class_for(viewer, about.class_id)
    except NotInClass:
        raise NotInRegion from None
    if found.institution_id != about.institution_id:
        raise NotInRegion
    return about


def _locked(viewer: Viewer, order_id: UUID, kind: OrderStepKind, after: int, clock: Clock) -> tuple[Ordered, datetime]:
    """Return an order as it stands under its lock, and when that is, if the viewer may make such a step of it now."""
    order_for(viewer, order_id)
    lock_until_commit(order_id.bytes)
    ordered = order_for(viewer, order_id)
    if kind in OF_INSTITUTION:
        is_theirs = viewer.role is Role.INSTITUTION_ADMINISTRATOR
    else:
        is_theirs = is_of_authority(viewer, ordered.order)
    if not is_theirs:
        raise NotYours
    if len(ordered.steps) != after:
        raise NotTheTurn
    require_step(kind, ordered.state)
    return ordered, max(clock.now(), ordered.steps[-1].at)


def _drafted(draft: OrderDraft) -> OrderStep:
    return OrderStep(kind=OrderStepKind.DRAFTED, title=draft.title, text=draft.text, due_on=draft.due_on)


def _add(viewer: Viewer, ordered: Ordered, step: OrderStep, files: Sequence[SentFile] = (), *, now: datetime) -> None:
    if len(files) > MOST_FILES:
        raise NotAFile
    step.order, step.ordinal = ordered.order, len(ordered.steps) + 1
    step.by_id, step.role, step.at = viewer.account_id, viewer.role.value, now
    step.save(force_insert=True)
    for ordinal, sent in enumerate(files, 1):
        row = OrderFile(
            id=new_id(),
            step=step,
            ordinal=ordinal,
            name=sent.name,
            is_picture=sent.is_picture,
            size_bytes=len(sent.content),
            digest=hashlib.sha256(sent.content).hexdigest(),
        )
        seal_bytes_for(row, "sealed", sent.content)
        row.save(force_insert=True)
    tell_of_step(ordered, step)
