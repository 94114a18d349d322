"""The plan of a class, for those who see the class. Clauses T7, C3, C5."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from jiangxue.accounts.queries import names_of
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.errors import NoSuchItem
from jiangxue.enrolment.models import PlanChange, PlanItem, TrainingClass
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.viewer import Role, Viewer

type Item = PlanItem
"""What the domains above call an item of a plan."""


def plan_of(viewer: Viewer, class_id: int) -> QuerySet[PlanItem]:
    """Return what is planned in a class that the viewer may see, cancelled items included, in order of time; raises `NotInClass`."""
    return _plan().filter(training_class=class_for(viewer, class_id)).order_by("starts_at", "pk")


def plan_item(viewer: Viewer, class_id: int, item_id: int) -> PlanItem:
    """Return one item of it, or raise `NotInClass` or `NoSuchItem`."""
    found = plan_of(viewer, class_id).filter(pk=item_id).first()
    if found is None:
        raise NoSuchItem
    return found


def changes_of(viewer: Viewer, item: PlanItem) -> list[PlanChange]:
    """Return what became of an item, in order, with who did it, for those who are shown it; learners read no names of staff there."""
    found = item.changes.order_by("ordinal")
    return list(found if viewer.role is Role.LEARNER else found.select_related("by"))


def teachers_of(training_class: TrainingClass) -> dict[int, str]:
    """Return who teaches a class, its head teacher first, by account."""
    beside = list(training_class.teachers.order_by("pk").values_list("teacher", flat=True))
    names = names_of({training_class.head_teacher_id, *beside})
    return {pk: names[pk] for pk in dict.fromkeys([training_class.head_teacher_id, *beside])}


def planned_in(class_ids: Collection[int]) -> list[PlanItem]:
    """Return what was planned in classes and not cancelled, in order of time, for the program itself."""
    return list(_plan().filter(training_class__in=class_ids, cancelled_at=None).order_by("starts_at", "pk"))


def items_by_id(item_ids: Collection[int]) -> dict[int, PlanItem]:
    """Return items by their numbers, cancelled ones included, for the program itself."""
    return _plan().in_bulk(item_ids) if item_ids else {}


@as_program()
def item_named(item_id: int) -> PlanItem | None:
    """Return an item by its number, for the program itself."""
    return _plan().filter(pk=item_id).first()


@as_program()
def is_teaching(teacher_id: int, starts_at: datetime, ends_at: datetime, *, but: Collection[int]) -> bool:
    """Say whether somebody holds a lesson of any class, here or elsewhere, within a stretch of time; some items left out."""
    found = held().filter(teacher_id=teacher_id, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return found.exclude(pk__in=but).exists()


def held() -> QuerySet[PlanItem]:
    """Return what is held: not cancelled, nor of a class that is closed; for the program itself."""
    return PlanItem.objects.filter(cancelled_at=None, training_class__closed_at=None)


def _plan() -> QuerySet[PlanItem]:
    return PlanItem.objects.select_related("teacher", "training_class__institution")
