"""What each place of a class holds on each of some days, by kind of time; callers come with places that their viewer may see. Clauses C3, T7."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.learning.models import Correction, DayTotal, StudySession
from jiangxue.learning.queries.days import with_names
from jiangxue.learning.queries.replaying import open_shares
from jiangxue.learning.rules.shapes import CONFIRMED, PROVISIONAL

type PlaceDay = tuple[int, date]
"""A place in a class, by the id of its enrolment, and a learning day."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Milliseconds by kind as they were judged, confirmed first, then provisional, then refused; and by the same kinds what of it people gave back."""

    judged: dict[str, int]
    corrected: Mapping[str, int] = field(default_factory=dict)


def days_of_places(class_id: int, places: Mapping[int, int], days: Sequence[date]) -> dict[PlaceDay, Amounts]:
    """Return `{(enrolment, day): amounts}` of places `{learner: enrolment}` in one class, running sessions included.

    A day without any time is left out.
    """
    found: dict[PlaceDay, Amounts] = {}
    with one_snapshot():
        totals = list(DayTotal.objects.filter(training_class=class_id, learner_id__in=places, day__in=days))
        corrected = _corrected([places[total.learner_id] for total in totals if total.corrected_ms], days)
        for total in totals:
            place = (places[total.learner_id], total.day)
            held = {CONFIRMED: total.confirmed_ms, PROVISIONAL: total.credited_ms - total.confirmed_ms}
            found[place] = Amounts(held | total.refused_ms, corrected.get(place, {}))
        _add_running(found, places.values(), days)
    return {place: amounts for place, amounts in found.items() if any(amounts.judged.values())}


def _corrected(enrolment_ids: Collection[int], days: Sequence[date]) -> dict[PlaceDay, dict[str, int]]:
    """Return what people gave back in places that hold any of it, by the reason for which it had been refused."""
    found: dict[PlaceDay, dict[str, int]] = {}
    if not enrolment_ids:
        return found
    given = Correction.objects.filter(session__enrolment_id__in=enrolment_ids, day__in=days)
    for enrolment_id, day, reason, ms in given.values_list("session__enrolment_id", "day", "reason", "ms"):
        held = found.setdefault((enrolment_id, day), {})
        held[reason] = held.get(reason, 0) + ms
    return found


def _add_running(found: dict[PlaceDay, Amounts], enrolment_ids: Collection[int], days: Sequence[date]) -> None:
    """Add what the running sessions of some places have come to since they were last sealed."""
    running = StudySession.objects.filter(enrolment_id__in=enrolment_ids, lease__isnull=False)
    sessions = list(with_names(running))
    for session, shares in zip(sessions, open_shares(sessions).values(), strict=True):
        for share in shares:
            day = date.fromordinal(share.day)
            if day not in days:
                continue
            held = found.setdefault((session.enrolment_id, day), Amounts({CONFIRMED: 0, PROVISIONAL: 0})).judged
            for stretch in share.stretches:
                held[stretch.kind] = held.get(stretch.kind, 0) + stretch.ms
