"""When the rosters of applications go, and which ones have to. Clauses M2, T8.1."""

from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from jiangxue.enrolment.models import ClassOpening, OpeningStep, RosterEntry
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.rules.roster_terms import KEPT, WARNED_BEFORE, roster_ends_on
from jiangxue.kernel.clock import learning_day

_A_DAY = timedelta(days=1)


def roster_end(opening: ClassOpening) -> date | None:
    """Return the first day on which the roster of an application is no longer kept, for callers who have it from a viewer's query; None where nobody is on it."""
    found = _with_last().filter(pk=opening.pk).first()
    return end_of(found) if found else None


def end_of(opening: ClassOpening) -> date | None:
    """Return the same of an application that is known with `last`, when something was done with it last."""
    last = cast("datetime", getattr(opening, "last"))  # noqa: B009  (annotated)
    return roster_ends_on(OpeningState(opening.state), learning_day(last), opening.opens_on)


def rosters_ending(now: datetime) -> QuerySet[ClassOpening]:
    """Return the applications with people on their rosters with which nothing was done for so long that somebody is warned, or more."""
    lying = [state.value for state in OpeningState if state not in (OpeningState.OPENED, OpeningState.WITHDRAWN)]
    return _with_last(before=now - KEPT + WARNED_BEFORE + _A_DAY).filter(state__in=lying).order_by("pk")


def _with_last(before: datetime | None = None) -> QuerySet[ClassOpening]:
    """Return applications that have people on their rosters with `last`, those alone of which that is earlier than a moment."""
    people = RosterEntry.objects.filter(opening=OuterRef("pk")).order_by("-created_at")
    steps = OpeningStep.objects.filter(opening=OuterRef("pk")).order_by("-at")
    last = Greatest(
        "created_at", Subquery(steps.values("at")[:1]), Subquery(people.values("created_at")[:1]), "roster_kept_at"
    )
    found = ClassOpening.objects.filter(Exists(people)).select_related("institution").annotate(last=last)
    return found if before is None else found.filter(last__lt=before)
