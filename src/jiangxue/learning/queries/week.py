"""What each place of a class holds on each of some days, by kind of time; callers come with places that their viewer may see. Clauses C3, T7."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.learning.models import DayTotal, StudySession
from jiangxue.learning.queries.days import with_names
from jiangxue.learning.queries.replaying import open_shares
from jiangxue.learning.rules.shapes import CONFIRMED, PROVISIONAL

type Amounts = Mapping[str, int]
"""Milliseconds by kind of time, what is confirmed first, then what is provisional, then what was refused."""


def days_of_places(class_id: int, places: Mapping[int, int], days: Sequence[date]) -> dict[tuple[int, date], Amounts]:
    """Return `{(enrolment, day): amounts}` of places `{learner: enrolment}` in one class, running sessions included.

    A day without any time is left out.
    """
    found: dict[tuple[int, date], dict[str, int]] = {}
    with one_snapshot():
        totals = DayTotal.objects.filter(training_class=class_id, learner_id__in=places, day__in=days)
        for total in totals:
            held = {CONFIRMED: total.confirmed_ms, PROVISIONAL: total.credited_ms - total.confirmed_ms}
            found[places[total.learner_id], total.day] = held | total.refused_ms
        _add_running(found, places.values(), days)
    return {place: amounts for place, amounts in found.items() if any(amounts.values())}


def _add_running(
    found: dict[tuple[int, date], dict[str, int]], enrolment_ids: Collection[int], days: Sequence[date]
) -> None:
    """Add what the running sessions of some places have come to since they were last sealed."""
    running = StudySession.objects.filter(enrolment_id__in=enrolment_ids, lease__isnull=False)
    sessions = list(with_names(running))
    for session, shares in zip(sessions, open_shares(sessions).values(), strict=True):
        for share in shares:
            day = date.fromordinal(share.day)
            if day not in days:
                continue
            held = found.setdefault((session.enrolment_id, day), {CONFIRMED: 0, PROVISIONAL: 0})
            for stretch in share.stretches:
                held[stretch.kind] = held.get(stretch.kind, 0) + stretch.ms
