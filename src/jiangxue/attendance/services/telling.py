"""Telling people what they wait for: attendance to be signed, sent back, recorded, and objected to, in the transaction of what happened. Clauses M6, C3, C5.

Whoever is told that something waits is told no more once it does not.
"""

from collections.abc import Collection
from datetime import datetime

from jiangxue.accounts.queries.recipients import holders_of
from jiangxue.attendance.models import AttendanceObjection
from jiangxue.attendance.queries.sheet import Entry, agreed, entries
from jiangxue.enrolment.queries.plan import Item
from jiangxue.enrolment.services.telling_of_lessons import about_lesson, lesson_named
from jiangxue.kernel.viewer import Role
from jiangxue.notices.services import clear, tell


def tell_of_statements(item: Item, *, by_id: int, at: datetime) -> None:
    """Tell those who may sign that attendance of an item waits for a second person: the head teacher, or administrators, never who stated it."""
    about = about_lesson(item)
    if not any(_is_sent_back(entry) for entry in entries([item.pk]).values()):
        clear(["attendance.sent_back"], about=about, at=at)
    seconds = {item.training_class.head_teacher_id, *_administrators(item)} - {by_id}
    tell(seconds, kind="attendance.stated", about=about, params=lesson_named(item), at=at)


def tell_of_reviews(item: Item, reviewed: Collection[Entry], *, agrees: bool, at: datetime) -> None:
    """Tell learners that their attendance is recorded, or who stated it that it was sent back; ask nobody for what is signed or answered."""
    about, left = about_lesson(item), entries([item.pk]).values()
    if not any(entry.waiting for entry in left):
        clear(["attendance.stated"], about=about, at=at)
    if not any(entry.open_objection for entry in left):
        clear(["attendance.disputed"], about=about, at=at)
    last = [entry.statements[-1] for entry in reviewed]
    if agrees:
        learners = [each.learner_id for each in last]
        tell(learners, kind="attendance.recorded", about=about, params=lesson_named(item), at=at)
    else:
        stated_by = {each.by_id for each in last}
        tell(stated_by, kind="attendance.sent_back", about=about, params=lesson_named(item), at=at)


def tell_of_objection(objection: AttendanceObjection) -> None:
    """Tell the head teacher that a learner says something else about their attendance, and until when an answer is due."""
    item = objection.item
    params = {**lesson_named(item), "due_on": objection.due_on.isoformat()}
    head = [item.training_class.head_teacher_id]
    tell(head, kind="attendance.disputed", about=about_lesson(item), params=params, at=objection.at)


def _is_sent_back(entry: Entry) -> bool:
    return bool(entry.statements) and agreed(entry.statements[-1]) is False


def _administrators(item: Item) -> set[int]:
    return holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=item.training_class.institution_id)
