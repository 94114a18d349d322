"""Telling learners and teachers of live and practice lessons that are planned, moved or cancelled, in the transaction of what happened. Clauses C3, C5."""

from datetime import datetime

from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.queries import learners_of_class
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell


def tell_of_planned(item: PlanItem, *, by_id: int, at: datetime) -> None:
    """Tell learners when a lesson is now, and its teacher that they hold it; whoever planned it is not told."""
    params = {**lesson_named(item), "starts_at": item.starts_at.isoformat()}
    about = about_lesson(item)
    teacher_id = item.teacher_id
    clear(["lesson.not_yours"], about=about, at=at, only=[teacher_id])
    tell(learners_of_class(item.training_class_id), kind="lesson.planned", about=about, params=params, at=at)
    tell({teacher_id} - {by_id}, kind="lesson.yours", about=about, params=params, at=at)


def tell_of_cancelled(item: PlanItem, *, by_id: int, at: datetime) -> None:
    """Tell learners and the teacher that a lesson does not take place; whoever cancelled it is not told."""
    params = {**lesson_named(item), "starts_at": item.starts_at.isoformat()}
    clear(["lesson.planned"], about=about_lesson(item), at=at)
    learners = learners_of_class(item.training_class_id)
    tell(learners, kind="lesson.cancelled", about=about_lesson(item), params=params, at=at)
    tell_not_to_teach(item, item.teacher_id, by_id=by_id, at=at)


def tell_not_to_teach(item: PlanItem, teacher_id: int, *, by_id: int, at: datetime) -> None:
    """Tell somebody that they do not hold a lesson any more, because somebody else does or because it is cancelled."""
    clear(["lesson.yours"], about=about_lesson(item), at=at, only=[teacher_id])
    tell({teacher_id} - {by_id}, kind="lesson.not_yours", about=about_lesson(item), params=lesson_named(item), at=at)


def about_lesson(item: PlanItem) -> tuple[str, object]:
    """Return what messages about a lesson are about."""
    return ("plan_item", item.pk)


def lesson_named(item: PlanItem) -> Params:
    """Return the class and the title by which messages name a lesson."""
    return {"class": item.training_class_id, "class_title": item.training_class.name, "item_title": item.title}
