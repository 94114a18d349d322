"""What attending comes to in places of classes, with what their learners learned online on the same days. Clauses T1.3, T2.5."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jiangxue.attendance.models import AttendanceMark, AttendanceStatement
from jiangxue.attendance.queries.sheet import Entry, Key, entries, planned_span
from jiangxue.attendance.rules.time import Counted, Online, Sitting, counted
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.queries import Place, places_of_learners, reach_of
from jiangxue.enrolment.queries.plan import Item, items_by_id, planned_in
from jiangxue.enrolment.rules.plan import hours_as_ms
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.queries.counting import counting_of
from jiangxue.policies.queries import time_policies_at
from jiangxue.policies.rules.reach import Reach


@dataclass(frozen=True, slots=True)
class Attended:
    """One item of a place's class: what there is of it, and what it comes to."""

    item: Item
    entry: Entry
    counted: Counted


def attended(places: Collection[Place], class_id: int) -> dict[int, list[Attended]]:
    """Return for each of some places of a class all its items that were not cancelled, in order of time, by enrolment.

    Everything that the same persons attended in other classes on these days is reckoned with.
    """
    return _attended(places, class_id, planned_in([class_id]))


def counted_at(item: Item, places: Collection[Place]) -> dict[int, Counted]:
    """Return what one item that was not cancelled comes to for some places of its class, by enrolment."""
    same_days = [each for each in planned_in([item.training_class_id]) if _days_of(each) & _days_of(item)]
    found = _attended(places, item.training_class_id, same_days)
    return {pk: each.counted for pk, of_place in found.items() for each in of_place if each.item.pk == item.pk}


@as_program()
def _attended(places: Collection[Place], class_id: int, items: Sequence[Item]) -> dict[int, list[Attended]]:
    if not items or not places:
        return {place.pk: [] for place in places}
    days = {day for item in items for day in _days_of(item)}
    others = _elsewhere({place.learner_id for place in places}, class_id, days)
    found = entries({item.pk for item in items}, {place.pk for place in places})
    online = _online({place.learner_id for place in places}, days, class_id)
    results = _counted(places, items, found, others, online)
    return {
        place.pk: [
            Attended(item, found.get((item.pk, place.pk), Entry()), results[place.pk][item.pk]) for item in items
        ]
        for place in places
    }


def _days_of(item: Item) -> set[date]:
    return {learning_day(item.starts_at), learning_day(item.ends_at)}


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """An item of another class at which one of our learners is known."""

    learner_id: int
    item: Item
    entry: Entry


def _elsewhere(learner_ids: Collection[int], class_id: int, days: Collection[date]) -> list[_Elsewhere]:
    """Return what the same persons attended on the same days in other classes, also in ones that they have left."""
    places = {place.pk: place for place in places_of_learners(learner_ids) if place.training_class_id != class_id}
    known: set[Key] = {
        *AttendanceMark.objects.filter(enrolment__in=places).values_list("item", "enrolment"),
        *AttendanceStatement.objects.filter(enrolment__in=places).values_list("item", "enrolment"),
    }
    items = items_by_id({item_id for item_id, _ in known})
    same_days = {pk: item for pk, item in items.items() if _days_of(item) & set(days) and item.cancelled_at is None}
    return [
        _Elsewhere(places[pk].learner_id, same_days[item_id], entry)
        for (item_id, pk), entry in entries(same_days, places).items()
    ]


def _counted(
    places: Collection[Place],
    items: Sequence[Item],
    found: Mapping[Key, Entry],
    others: Sequence[_Elsewhere],
    online: Mapping[int, Sequence[Online]],
) -> dict[int, dict[int, Counted]]:
    policies = _Policies([*items, *(other.item for other in others)])
    by_learner: dict[int, list[_Elsewhere]] = defaultdict(list)
    for other in others:
        by_learner[other.learner_id].append(other)
    results = {}
    for place in places:
        own = [policies.sitting(item, found.get((item.pk, place.pk), Entry())) for item in items]
        theirs = [policies.sitting(other.item, other.entry) for other in by_learner[place.learner_id]]
        results[place.pk] = counted([*own, *theirs], online.get(place.learner_id, ()))
    return results


class _Policies:
    """The caps that were in force in each class when each item began: who sets rules afterwards changes nothing."""

    def __init__(self, items: Collection[Item]) -> None:
        self._in_force = time_policies_at({self._when(item) for item in items})

    def _when(self, item: Item) -> tuple[Reach, datetime]:
        return reach_of(item.training_class), item.starts_at

    def sitting(self, item: Item, entry: Entry) -> Sitting:
        planned, policy = planned_span(item), self._in_force[self._when(item)]
        return Sitting(
            item_id=item.pk,
            class_id=item.training_class_id,
            planned=planned,
            most_ms=hours_as_ms(item.hours),
            presence=entry.presence(planned),
            person_cap_ms=policy.day_cap_ms,
            class_cap_ms=policy.class_day_cap_ms,
        )


def _online(learner_ids: Collection[int], days: Collection[date], settling: int) -> dict[int, list[Online]]:
    online: dict[int, list[Online]] = defaultdict(list)
    for learner_id, class_id, span in counting_of(learner_ids, days, settling=settling):
        online[learner_id].append(Online(class_id, span))
    return online
