"""Moving modules and lessons of an outline by one place, as the buttons of the editor do."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModuleOrder:
    """A module and its lessons in the order in which they are to stand, all by their ids."""

    module_id: int
    lesson_ids: tuple[int, ...]


type Order = tuple[ModuleOrder, ...]


def module_moved(order: Sequence[ModuleOrder], module_id: int, by: int) -> Order:
    """Return the order with a module one place up (-1) or down (1); at the end of the outline nothing moves."""
    rows = list(order)
    place = next((index for index, each in enumerate(rows) if each.module_id == module_id), None)
    if place is None or not 0 <= place + by < len(rows):
        return tuple(rows)
    rows.insert(place + by, rows.pop(place))
    return tuple(rows)


def lesson_moved(order: Sequence[ModuleOrder], lesson_id: int, by: int) -> Order:
    """Return the order with a lesson one place up (-1) or down (1), over the border of its module into the next one."""
    rows = [(each.module_id, list(each.lesson_ids)) for each in order]
    place = next((index for index, (_, lessons) in enumerate(rows) if lesson_id in lessons), None)
    if place is None:
        return tuple(order)
    lessons = rows[place][1]
    at = lessons.index(lesson_id)
    if 0 <= at + by < len(lessons):
        lessons.insert(at + by, lessons.pop(at))
    elif 0 <= place + by < len(rows):
        neighbour = rows[place + by][1]
        neighbour.insert(len(neighbour) if by < 0 else 0, lessons.pop(at))
    return tuple(ModuleOrder(module_id, tuple(each)) for module_id, each in rows)
