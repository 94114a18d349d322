"""Freezing hours of a place, and ending that: by a decision, or because it has lasted long enough (暂缓认定). Clauses M6, C5; docs/rules/cases.md.

What a settled place comes to is appended anew each time, so that the last figures are always those that hold.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jiangxue.archive.errors import AlreadyFrozen, NotFrozen, NothingToFreeze
from jiangxue.archive.models import Freeze, FreezeEnd
from jiangxue.archive.queries.freezes import DECIDED, LAPSED, undecided_places
from jiangxue.archive.rules.freezes import Days, lie_within
from jiangxue.archive.services.retaining import lock_of_place
from jiangxue.archive.services.settling import Because, Persons, lock_class_of, settle_place_again
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Class, Place, places_by_id
from jiangxue.kernel.clock import learning_day

type Held = tuple[Place, Class]
"""A place and its class, of whose hours nothing else changes until the transaction ends: what `lock_hours_of` returns."""


@dataclass(frozen=True, slots=True)
class Wished:
    """What is to be frozen, under which number, and the last day on which that holds without a decision."""

    id: UUID
    days: Days
    until: date


def lock_hours_of(enrolment_id: int) -> Held:
    """Return a place and its class as they are once nobody settles the class, or erases the archive, any more."""
    _place, training_class = lock_class_of(enrolment_id)
    lock_until_commit(lock_of_place(enrolment_id))
    (place,) = places_by_id([enrolment_id])
    return place, training_class


def freeze(held: Held, wished: Wished, *, by: int, now: datetime) -> Freeze:
    """Keep days of a place out of what is recognised from now on; `AlreadyFrozen`, `NothingToFreeze`."""
    place, _class = held
    if place.erased_at is not None:
        raise NothingToFreeze
    if undecided_places([place.pk]):
        raise AlreadyFrozen
    frozen = Freeze.objects.create(
        id=wished.id,
        enrolment=place,
        first_day=wished.days.first,
        last_day=wished.days.last,
        placed_at=now,
        until=wished.until,
    )
    _settle(held, frozen, (by, None), now)
    return frozen


def end_freeze(
    held: Held, frozen: Freeze, withheld: frozenset[date], *, persons: tuple[int, int], now: datetime
) -> None:
    """Recognise the days of a freeze, without those that two persons withhold; `NotFrozen` for days beyond it, and for a second decision."""
    if frozen.ends.filter(kind=DECIDED).exists() or not lie_within(withheld, days_of(frozen)):
        raise NotFrozen
    FreezeEnd.objects.create(freeze=frozen, kind=DECIDED, days=sorted(withheld), at=now)
    _settle(held, frozen, persons, now)


def let_freeze_lapse(held: Held, frozen: Freeze, *, now: datetime) -> bool:
    """Recognise the days of a freeze again whose last day is over, and say whether that was to be done."""
    if frozen.ends.exists() or learning_day(now) <= frozen.until:
        return False
    FreezeEnd.objects.create(freeze=frozen, kind=LAPSED, days=[], at=now)
    _settle(held, frozen, (None, None), now)
    return True


def days_of(frozen: Freeze) -> Days:
    """Return the days of a freeze."""
    return Days(frozen.first_day, frozen.last_day)


def _settle(held: Held, frozen: Freeze, persons: Persons, now: datetime) -> None:
    settle_place_again(*held, because=Because(freeze=frozen.pk), persons=persons, now=now)
