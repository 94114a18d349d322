"""Keeps the figures that are too slow to be put together for each page, and says as of when they are. docs/decisions/0038."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import reach_of
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.learning.models import LessonProgress
from jiangxue.learning.queries.progress import complete_by_place
from jiangxue.policies.queries import time_policies_for
from jiangxue.reporting.models import ClassDay, LastLook, PlaceDay, PlaceStanding, PlaceTotal
from jiangxue.reporting.queries.facts import KEPT_DAYS, day_facts
from jiangxue.reporting.rules.columns import COLUMNS

RECENT = timedelta(days=8)
"""Days that are looked at every time; sealing, check-ins and face reviews move time on these, and older ones are looked at daily."""
WHOLE_EVERY = timedelta(hours=24)
OVERLAP = timedelta(minutes=10)
"""So much before the last look is looked at again: a transaction may have been open then."""
_WHOLE, _STANDINGS = "all_days", "standings"
_PLACES = "SELECT id, learner_id, training_class_id FROM enrolment_enrolment WHERE erased_at IS NULL"


@transaction.atomic
def keep_days(*, clock: Clock) -> int:
    """Bring the days of places up to date, the recent ones or once a day all of them, and return how many rows changed."""
    now = clock.now()
    is_whole = _is_due(_WHOLE, now, WHOLE_EVERY)
    erased = Enrolment.objects.filter(erased_at__isnull=False)
    PlaceDay.objects.filter(enrolment__in=erased).delete()
    PlaceTotal.objects.filter(enrolment__in=erased).delete()
    since = date.min if is_whole else learning_day(now) - RECENT
    changed = _write(day_facts(_PLACES, recent=not is_whole), since)
    _add_up(since)
    _add_up_places(since)
    for kept in (KEPT_DAYS, _WHOLE) if is_whole else (KEPT_DAYS,):
        LastLook.objects.update_or_create(kept=kept, defaults={"at": now})
    return changed


def _is_due(kept: str, now: datetime, every: timedelta) -> bool:
    return not LastLook.objects.filter(kept=kept, at__gt=now - every).exists()


def _write(facts: str, since: date) -> int:
    """Write the rows that are new or have changed, and leave all others as they are."""
    with connection.cursor() as cursor:
        cursor.execute(_upserted("reporting_placeday", "enrolment_id, day", facts), {"since": since})
        return int(cursor.rowcount)


def _upserted(table: str, keys: str, facts: str) -> str:
    """Return the statement that writes rows which are new or differ."""
    names = ", ".join(COLUMNS)
    held, found = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("kept", "excluded"))
    return f"""
        INSERT INTO {table} AS kept ({keys}, {names}) SELECT * FROM ({facts}) AS found
        ON CONFLICT ({keys}) DO UPDATE SET ({names}) = ROW({found}) WHERE ({held}) IS DISTINCT FROM ({found})
    """  # noqa: S608 (our own names)


def _add_up(since: date) -> None:
    """Write the days of classes anew."""
    ClassDay.objects.filter(day__gte=since).delete()
    sums = ", ".join(f"sum(kept.{name})" for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO reporting_classday (training_class_id, day, {", ".join(COLUMNS)})
            SELECT place.training_class_id, kept.day, {sums} FROM reporting_placeday AS kept
            JOIN enrolment_enrolment AS place ON place.id = kept.enrolment_id
            WHERE kept.day >= %(since)s GROUP BY place.training_class_id, kept.day
            """,  # noqa: S608 (our own names)
            {"since": since},
        )


def _add_up_places(since: date) -> None:
    """Write the totals of those places anew of which any of these days is kept, as far as they have changed."""
    sums = ", ".join(f"sum(day.{name})::bigint AS {name}" for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            _upserted(
                "reporting_placetotal",
                "enrolment_id",
                f"""
                SELECT day.enrolment_id, {sums} FROM reporting_placeday AS day
                WHERE day.enrolment_id IN (SELECT enrolment_id FROM reporting_placeday WHERE day >= %(since)s)
                GROUP BY day.enrolment_id
                """,  # noqa: S608 (our own names)
            ),
            {"since": since},
        )


def keep_standings(*, clock: Clock) -> int:
    """Look anew at how many lessons are completed, in classes where something has changed, once a day in all that are not long over."""
    now = clock.now()
    last = LastLook.objects.filter(kept=_STANDINGS).first()
    PlaceStanding.objects.filter(enrolment__in=Enrolment.objects.filter(erased_at__isnull=False)).delete()
    looked = sum(_look_at(each, now) for each in _in_groups(_classes_to_look_at(last.at if last else None, now)))
    LastLook.objects.update_or_create(kept=_STANDINGS, defaults={"at": now})
    return looked


def _classes_to_look_at(last: datetime | None, now: datetime) -> list[int]:
    if last is None:
        return list(TrainingClass.objects.order_by("pk").values_list("pk", flat=True))
    since = last - OVERLAP
    moved = LessonProgress.objects.filter(updated_at__gte=since).values("enrolment__training_class")
    unknown = Enrolment.objects.filter(erased_at=None).exclude(pk__in=PlaceStanding.objects.values("pk"))
    wanted = Q(pk__in=moved) | Q(pk__in=unknown.values("training_class"))
    if learning_day(last) != learning_day(now):  # rules and versions of a class may have changed as well
        wanted |= Q(closes_on__gte=learning_day(now) - RECENT)
    return list(TrainingClass.objects.filter(wanted).order_by("pk").values_list("pk", flat=True))


def _in_groups(ids: list[int]) -> list[list[int]]:
    return [ids[at : at + 100] for at in range(0, len(ids), 100)]


@transaction.atomic
def _look_at(class_ids: Collection[int], now: datetime) -> int:
    found = list(TrainingClass.objects.filter(pk__in=class_ids).select_related("institution"))
    policies = time_policies_for([reach_of(each) for each in found], now)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for class_id, place_id in Enrolment.objects.filter(training_class__in=class_ids, erased_at=None).values_list(
        "training_class_id", "pk"
    ):
        places[class_id].append(place_id)
    rows = []
    for each in found:
        lessons, done = complete_by_place(places[each.pk], each.version_id, policies[reach_of(each)])
        rows += [PlaceStanding(enrolment_id=place, lessons=lessons, done=many) for place, many in done.items()]
    PlaceStanding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["enrolment"], update_fields=["lessons", "done"]
    )
    return len(rows)
