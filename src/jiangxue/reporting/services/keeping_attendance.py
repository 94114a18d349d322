"""Keeps what live and practice lessons come to, day by day, for statistics: the rules of attendance judge, this only adds up. docs/rules/attendance.md."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from jiangxue.archive.models import SettlementReview
from jiangxue.attendance.models import AttendanceMark, AttendanceReview
from jiangxue.attendance.queries.time import Attended, attended
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import Enrolment, PlanChange, PlanItem
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.reporting.models import LastLook, PlaceAttendance
from jiangxue.reporting.rules.columns import ATTENDED

_KEPT = "attendance"
_OVERLAP = timedelta(minutes=10)
"""So much before the last look is looked at again: a transaction may have been open then."""
_MOVED_BY_LEARNING = timedelta(hours=36)
"""What is learned online on the day of a lesson takes from it; older days are looked at daily, until the class is settled."""

type Times = tuple[int, ...]
"""In the order of `ATTENDED`."""


def keep_attendance(*, clock: Clock) -> int:
    """Look anew at lessons of which something may have changed, once a day at all that are not settled, and return how many rows changed."""
    now = clock.now()
    last = LastLook.objects.filter(kept=_KEPT).first()
    PlaceAttendance.objects.filter(enrolment__in=Enrolment.objects.filter(erased_at__isnull=False)).delete()
    changed = sum(_look_at(each, now) for each in _classes_to_look_at(last.at if last else None, now))
    LastLook.objects.update_or_create(kept=_KEPT, defaults={"at": now})
    return changed


def _classes_to_look_at(last: datetime | None, now: datetime) -> list[int]:
    planned = PlanItem.objects.filter(starts_at__lte=now)
    if last is not None:
        planned = planned.filter(
            _may_have_changed(last - _OVERLAP, now, is_new_day=learning_day(last) != learning_day(now))
        )
    return sorted(set(planned.values_list("training_class", flat=True)))


def _may_have_changed(since: datetime, now: datetime, *, is_new_day: bool) -> Q:
    marked = AttendanceMark.objects.filter(confirmed_at__gte=since).values("item")
    signed = AttendanceReview.objects.filter(at__gte=since).values("statement__item")
    replanned = PlanChange.objects.filter(at__gte=since).values("item")
    wanted = Q(pk__in=marked) | Q(pk__in=signed) | Q(pk__in=replanned) | Q(starts_at__gte=now - _MOVED_BY_LEARNING)
    if is_new_day:
        settled = SettlementReview.objects.filter(
            settlement__training_class=OuterRef("training_class"), confirms=True, at__lt=now - 2 * _MOVED_BY_LEARNING
        )
        return wanted | Q(~Exists(settled))
    return wanted


@transaction.atomic
def _look_at(class_id: int, now: datetime) -> int:
    """Write the days of one class that are new or have changed, and take away those that are no more."""
    places = list(Enrolment.objects.filter(training_class=class_id, erased_at=None).order_by("pk"))
    found = attended(places, class_id)
    wanted = {(place.pk, day): times for place in places for day, times in _days(place, found[place.pk], now)}
    kept = PlaceAttendance.objects.filter(enrolment__in=[place.pk for place in places])
    held = {(pk, day): tuple(times) for pk, day, *times in kept.values_list("enrolment", "day", *ATTENDED)}
    new = [
        PlaceAttendance(enrolment_id=pk, day=day, **dict(zip(ATTENDED, times, strict=True)))
        for (pk, day), times in wanted.items()
        if held.get((pk, day)) != times
    ]
    PlaceAttendance.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["enrolment", "day"], update_fields=list(ATTENDED)
    )
    gone = held.keys() - wanted.keys()
    for pk, day in gone:
        kept.filter(enrolment=pk, day=day).delete()
    return len(new) + len(gone)


def _days(place: Place, found: Iterable[Attended], now: datetime) -> Iterable[tuple[date, Times]]:
    """Return what each day of a place comes to: lessons that have begun, while the learner was in the class."""
    days: defaultdict[date, list[int]] = defaultdict(lambda: [0] * len(ATTENDED))
    for each in found:
        item = each.item
        has_left = place.left_at is not None and place.left_at <= item.starts_at
        if item.starts_at > now or has_left or place.enrolled_at >= item.ends_at:
            continue
        first = 0 if item.mode == Mode.LIVE.value else len(ATTENDED) // 2
        times = days[learning_day(item.starts_at)]
        times[first] += (item.ends_at - item.starts_at) // timedelta(milliseconds=1)
        times[first + 1] += each.counted.ms
    return [(day, tuple(times)) for day, times in days.items()]
