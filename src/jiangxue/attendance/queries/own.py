"""What is held of the viewer's attendance, for the pages and the copy of their own data. Clause M2; PIPL Article 45."""

from collections.abc import Iterator
from dataclasses import dataclass

from jiangxue.attendance.queries.sheet import Entry, entries
from jiangxue.attendance.queries.time import Attended, attended
from jiangxue.enrolment.queries import Place, all_own_places
from jiangxue.enrolment.queries.plan import Item, planned_in
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one item of a place."""

    place: Place
    item: Item
    entry: Entry


def own_attendance(viewer: Viewer) -> Iterator[Held]:
    """Yield what is held of the viewer at live and practice lessons, class by class."""
    places = {place.training_class_id: place for place in all_own_places(viewer)}
    items = {item.pk: item for item in planned_in(places.keys())}
    for (item_id, _), entry in entries(items, {place.pk for place in places.values()}).items():
        yield Held(places[items[item_id].training_class_id], items[item_id], entry)


def attended_by(viewer: Viewer, place: Place) -> list[Attended]:
    """Return the items of one of the viewer's own places with what they come to; nothing of others."""
    is_own = viewer.role is Role.LEARNER and place.learner_id == viewer.account_id
    return attended([place], place.training_class_id)[place.pk] if is_own else []
