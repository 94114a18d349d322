"""Which archives are over their time, which are held, and how a run has come on. Clauses T8.1, M2."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched

from django.db.models import QuerySet

from jiangxue.archive.models import Erasure, LegalHold, RetentionRule, RetentionRun
from jiangxue.archive.queries.freezes import undecided_places
from jiangxue.archive.rules.retention import LEAST_YEARS, Kept, Span, due_on, due_together
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.queries import Place, places_by_id, places_of
from jiangxue.enrolment.queries.by_day import places_of_classes_over
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.learning.queries.ties import tied_places
from jiangxue.ledger.queries.contents import last_records_ms

LISTED_AT_ONCE = 2_000
"""A run lists at most so many archives, the oldest first; the next run lists on."""


@dataclass(frozen=True, slots=True)
class Due:
    """A place whose archive may be erased from a day on."""

    place: Place
    due_on: date


def rule_in_force() -> RetentionRule | None:
    """Return the last rule of retention, if one was ever made."""
    return RetentionRule.objects.order_by("-pk").first()


def years_in_force() -> int:
    """Return for how many years archives are kept."""
    rule = rule_in_force()
    return rule.years if rule else LEAST_YEARS


def rules() -> QuerySet[RetentionRule]:
    """Return all rules of retention, the last first."""
    return RetentionRule.objects.select_related("by").order_by("-pk")


@as_program()
def due_of(places: Sequence[Place], years: int) -> dict[int, date]:
    """Return from when on archives may be erased, by place.

    Left out are those that are erased, that are held, of which hours wait for a decision, of which records wait to be sealed, and whatever is tied to one of these two.
    """
    known = _with_ties(places)
    tied = tied_places(known)
    last = last_records_ms([place.aid for place in known.values()])
    held = set(LegalHold.objects.filter(enrolment__in=known, lifted_at=None).values_list("enrolment", flat=True))
    held |= undecided_places(known)
    gone = Erasure.objects.filter(enrolment__in=known, announced_at__isnull=False).values_list("enrolment", flat=True)
    erased = set(gone)
    alone = {
        pk: due_on(_span(place, last[place.aid]), years) if place.aid in last and pk not in held else date.max
        for pk, place in known.items()
        if pk not in erased
    }
    found = due_together(alone, [pair for pair in tied if erased.isdisjoint(pair)])
    return {place.pk: found[place.pk] for place in places if found.get(place.pk, date.max) < date.max}


def _with_ties(places: Sequence[Place]) -> dict[int, Place]:
    """Return places and all whose checks judged each other's time, however far that leads."""
    known = {place.pk: place for place in places}
    while others := {pk for pair in tied_places(known) for pk in pair} - known.keys():
        known |= {place.pk: place for place in places_by_id(others)}
    return known


def _span(place: Place, last_ms: int) -> Span:
    last_moment = place.training_class.term.closes_at - timedelta(milliseconds=1)
    return Span(learning_day(last_moment), learning_day(from_ms(last_ms)))


@as_program()
def places_due(today: date) -> list[Due]:
    """Return the places whose archives may be erased today, at most `LISTED_AT_ONCE`, those of the oldest classes first; held ones are left out."""
    years = years_in_force()
    found: list[Due] = []
    for places in batched(_candidates(today, years).iterator(LISTED_AT_ONCE), LISTED_AT_ONCE):
        due = due_of(places, years)
        found += [Due(place, due[place.pk]) for place in places if place.pk in due and due[place.pk] <= today]
        if len(found) >= LISTED_AT_ONCE:
            break
    return sorted(found[:LISTED_AT_ONCE], key=lambda each: (each.due_on, each.place.pk))


def _candidates(today: date, years: int) -> QuerySet[Place]:
    """Return the places in classes that ended so long ago, or a little less, and are not erased."""
    over = places_of_classes_over(before=date(today.year - years, today.month, 1) + timedelta(days=31))
    return over.filter(erased_at=None)


@as_program()
def why_kept(place: Place, today: date) -> Kept | None:
    """Say why an archive may not be erased today; None if it may."""
    if is_held(place.pk):
        return Kept.HELD
    due = due_of([place], years_in_force()).get(place.pk)
    if due is None:
        return Kept.TIED
    return None if due <= today else Kept.NOT_DUE


def kept_until(place: Place) -> date | None:
    """Return until when an archive is kept at least; None where that cannot be said yet, or it is erased."""
    return due_of([place], years_in_force()).get(place.pk)


def hold_of(enrolment_id: int) -> LegalHold | None:
    """Return the hold under which an archive stands."""
    return LegalHold.objects.select_related("placed_by").filter(enrolment=enrolment_id, lifted_at=None).first()


def is_held(enrolment_id: int) -> bool:
    """Say whether an archive must be kept whatever its term: under a hold, or as long as something is to be decided about its hours."""
    return hold_of(enrolment_id) is not None or bool(undecided_places([enrolment_id]))


def erasure_of(enrolment_id: int) -> Erasure | None:
    """Return the erasure of an archive that the ledger was told of."""
    return Erasure.objects.filter(enrolment=enrolment_id, announced_at__isnull=False).first()


def runs() -> QuerySet[RetentionRun]:
    """Return all runs, the last first."""
    return RetentionRun.objects.select_related("reported_by", "confirmed_by").order_by("-pk")


def unfinished_run() -> RetentionRun | None:
    """Return the run that waits for its second person, or is at work."""
    return RetentionRun.objects.filter(finished_at=None).first()


def places_of_run(run: RetentionRun) -> QuerySet[Erasure]:
    """Return what a run lists, the longest due first."""
    listed = Erasure.objects.filter(run=run).select_related(
        "enrolment__learner", "enrolment__training_class__institution"
    )
    return listed.order_by("due_on", "pk")


def unerased_places(learner_id: int, erased: Collection[int]) -> list[int]:
    """Return the places of a person whose archives still have their contents, `erased` aside."""
    gone = Erasure.objects.filter(erased_at__isnull=False, enrolment__learner=learner_id)
    return sorted(
        {place.pk for place in places_of(learner_id)} - set(gone.values_list("enrolment", flat=True)) - set(erased)
    )
