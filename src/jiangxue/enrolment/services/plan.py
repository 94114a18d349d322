"""Changing the plan of a class before its items begin: each change with its reason, and what was there before stays. Clauses T7, C3."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.enrolment.errors import AlreadyBegun, NoSuchItem, NotYoursToPlan, PlanMovedOn
from jiangxue.enrolment.models import PlanChange, PlanItem, TrainingClass
from jiangxue.enrolment.queries import answers_for, class_for
from jiangxue.enrolment.queries.plan import is_teaching, teachers_of
from jiangxue.enrolment.rules.plan import ItemDraft, PlanStep, is_cancellable, is_changeable, require_fit
from jiangxue.enrolment.services.telling_of_lessons import tell_not_to_teach, tell_of_cancelled, tell_of_planned
from jiangxue.enrolment.services.timetables import take_turns
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MeantItem:
    """Which item is meant, how many changes it had when the page was read, and why something becomes of it."""

    class_id: int
    item_id: int
    after: int
    reason: str


@transaction.atomic
def add_item(viewer: Viewer, class_id: int, draft: ItemDraft, *, by: Actor, now: datetime) -> PlanItem:
    """Plan something in a class, or raise `NotInClass` or a `PlanRefusal`."""
    of = _answered_for(viewer, class_id)
    _require_fit(draft, of, now)
    item = PlanItem.objects.create(
        training_class=of,
        mode=draft.mode.value,
        title=draft.title,
        hours=draft.hours,
        place=draft.place,
        teacher_id=draft.teacher_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
    )
    _note(item, PlanStep.ADDED, "", viewer, now)
    audit.record("plan.item_added", by=by, at=now, about=("plan_item", item.pk))
    tell_of_planned(item, by_id=viewer.account_id, at=now)
    return item


@transaction.atomic
def change_item(viewer: Viewer, meant: MeantItem, draft: ItemDraft, *, by: Actor, now: datetime) -> None:
    """Change an item until 30 minutes before it begins; raises `NotInClass` or a `PlanRefusal`. Its mode stays: another one is another item."""
    item = _locked(viewer, meant)
    if not is_changeable(item.starts_at, item.cancelled_at, now=now):
        raise AlreadyBegun
    _require_fit(draft, item.training_class, now, but=[item.pk])
    teacher_before = item.teacher_id
    item.title, item.hours, item.place, item.teacher_id = draft.title, draft.hours, draft.place, draft.teacher_id
    item.starts_at, item.ends_at = draft.starts_at, draft.ends_at
    item.save(update_fields=["title", "hours", "place", "teacher", "starts_at", "ends_at"])
    _note(item, PlanStep.CHANGED, meant.reason, viewer, now)
    audit.record("plan.item_changed", by=by, at=now, about=("plan_item", item.pk), reason=meant.reason)
    if teacher_before != item.teacher_id:
        tell_not_to_teach(item, teacher_before, by_id=viewer.account_id, at=now)
    tell_of_planned(item, by_id=viewer.account_id, at=now)


@transaction.atomic
def cancel_item(viewer: Viewer, meant: MeantItem, *, by: Actor, now: datetime) -> None:
    """Cancel an item that has not begun; raises `NotInClass` or a `PlanRefusal`."""
    item = _locked(viewer, meant)
    if not is_cancellable(item.starts_at, item.cancelled_at, now=now):
        raise AlreadyBegun
    item.cancelled_at = now
    item.save(update_fields=["cancelled_at"])
    _note(item, PlanStep.CANCELLED, meant.reason, viewer, now)
    audit.record("plan.item_cancelled", by=by, at=now, about=("plan_item", item.pk), reason=meant.reason)
    tell_of_cancelled(item, by_id=viewer.account_id, at=now)


def _answered_for(viewer: Viewer, class_id: int) -> TrainingClass:
    found = class_for(viewer, class_id)
    if not answers_for(viewer, found):
        raise NotYoursToPlan
    return found


def _locked(viewer: Viewer, meant: MeantItem) -> PlanItem:
    """Return an item, locked, as the page showed it."""
    of = _answered_for(viewer, meant.class_id)
    item = PlanItem.objects.select_for_update().filter(training_class=of, pk=meant.item_id).first()
    if item is None:
        raise NoSuchItem
    if item.changes.count() != meant.after:
        raise PlanMovedOn
    return item


def _require_fit(draft: ItemDraft, of: TrainingClass, now: datetime, *, but: Collection[int] = ()) -> None:
    take_turns([draft.teacher_id])
    is_busy = is_teaching(draft.teacher_id, draft.starts_at, draft.ends_at, but=but)
    require_fit(draft, of.term, is_teacher=draft.teacher_id in teachers_of(of), is_busy=is_busy, now=now)


def _note(item: PlanItem, kind: PlanStep, reason: str, viewer: Viewer, now: datetime) -> None:
    values: dict[str, Value] = {
        "title": item.title,
        "hours": item.hours,
        "place": item.place,
        "teacher": item.teacher_id,
        "starts_at_ms": to_ms(item.starts_at),
        "ends_at_ms": to_ms(item.ends_at),
    }
    PlanChange.objects.create(
        item=item,
        ordinal=item.changes.count() + 1,
        kind=kind.value,
        values=values,
        reason=reason,
        by_id=viewer.account_id,
        role=viewer.role.value,
        at=now,
    )
