"""What of the attendance of a class has no end yet: until all of it has, its hours cannot be settled."""

from collections.abc import Collection, Sequence
from datetime import datetime

from jiangxue.attendance.queries.sheet import Entry, entries, planned_span
from jiangxue.attendance.rules.open_ends import OpenAttendance
from jiangxue.attendance.rules.presence import is_over
from jiangxue.enrolment.queries import places_of_class
from jiangxue.enrolment.queries.plan import Item, planned_in
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.rules.open_ends import waited_for_until


def open_attendance(class_id: int, closes_at: datetime, now: datetime) -> OpenAttendance:
    """Return what is open in a class that ends at `closes_at`, without objections that came too late to be waited for; for the program itself."""
    items = planned_in([class_id])
    found = _entries(class_id, items)
    objections = [entry.open_objection for entry in found]
    in_time = [each for each in objections if each is not None and each.at < waited_for_until(closes_at)]
    return OpenAttendance(
        running=sum(not is_over(planned_span(item), to_ms(now)) for item in items),
        unsigned=sum(entry.waiting is not None for entry in found),
        objections=len(in_time),
    )


def waits_for_people(class_id: int) -> int:
    """Return how many statements wait for a signature and how many objections for an answer, also late ones; for callers who may see the class."""
    found = _entries(class_id, planned_in([class_id]))
    return sum((entry.waiting is not None) + (entry.open_objection is not None) for entry in found)


def _entries(class_id: int, items: Collection[Item]) -> Sequence[Entry]:
    if not items:
        return ()
    kept = [place.pk for place in places_of_class(class_id) if place.erased_at is None]
    return list(entries({item.pk for item in items}, kept).values())
