"""Which freezes stand over places, and which of their days are not recognised, for the program itself. Clauses M6, C5."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jiangxue.archive.models import Freeze, FreezeEnd
from jiangxue.archive.rules.freezes import Days, Ruling, all_kept_out
from jiangxue.enrolment.queries import own_place_ids
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.days_of_places import days_of_places

LAPSED, DECIDED = "lapsed", "decided"


def standing() -> QuerySet[Freeze]:
    """Return the freezes that keep their days out: neither decided nor run out."""
    return Freeze.objects.filter(~Exists(FreezeEnd.objects.filter(freeze=OuterRef("pk"))))


def undecided() -> QuerySet[Freeze]:
    """Return the freezes that nobody has decided about, also those that have run out."""
    decided = FreezeEnd.objects.filter(freeze=OuterRef("pk"), kind=DECIDED)
    return Freeze.objects.filter(~Exists(decided))


def run_out(today: date) -> list[UUID]:
    """Return the freezes that stand although their last day is over, the oldest first."""
    return list(standing().filter(until__lt=today).order_by("until", "pk").values_list("pk", flat=True))


def standing_in(class_id: int) -> int:
    """Return how many freezes keep a class from being settled."""
    return standing().filter(enrolment__training_class=class_id).count()


def undecided_places(enrolment_ids: Collection[int]) -> set[int]:
    """Return those of some places about which something is still to be decided: their archives are kept until then."""
    return set(undecided().filter(enrolment__in=enrolment_ids).values_list("enrolment", flat=True))


def rulings_of(enrolment_ids: Collection[int]) -> dict[int, list[Ruling]]:
    """Return what holds of days of places, by place; places of which nothing was ever frozen are missing."""
    freezes = Freeze.objects.filter(enrolment__in=enrolment_ids).prefetch_related("ends").order_by("placed_at", "pk")
    found: defaultdict[int, list[Ruling]] = defaultdict(list)
    for freeze in freezes:
        ends = {end.kind: end for end in freeze.ends.all()}
        decided = ends.get(DECIDED)
        found[freeze.enrolment_id].append(
            Ruling(
                Days(freeze.first_day, freeze.last_day),
                is_lapsed=LAPSED in ends,
                withheld=frozenset(decided.days) if decided else None,
                decided=decided.pk if decided else 0,
            )
        )
    return dict(found)


def own_days_kept_out(viewer: Viewer) -> dict[date, str]:
    """Return on which days hours of a learner's own are not recognised, and why; of several reasons for a day the one that may still change."""
    if viewer.role is not Role.LEARNER:
        return {}
    found = not_recognised(own_place_ids(viewer.account_id))
    return {day: why for (_place, day), why in sorted(found.items(), key=lambda each: each[1], reverse=True)}


def not_recognised(enrolment_ids: Collection[int]) -> dict[tuple[int, date], str]:
    """Return which learning days of places are not recognised, and why, by place and day."""
    rulings = rulings_of(enrolment_ids)
    days = days_of_places(rulings) if rulings else {}
    return {
        (place, day): why.value
        for place, found in rulings.items()
        for day, why in all_kept_out(found, days.get(place, {})).items()
    }
