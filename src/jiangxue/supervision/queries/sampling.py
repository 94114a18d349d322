"""Samples that supervisors drew, and the populations that they are drawn from; nobody else sees any. Clause C5."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import Class, class_for, places_within
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.periods import Period
from jiangxue.learning.queries.samples import began_within
from jiangxue.organisations.queries import institutions
from jiangxue.supervision.errors.sampling import NoSuchDraw, OutsideScope
from jiangxue.supervision.models import Draw, Drawn, DrawnWord
from jiangxue.supervision.rules.sampling import Changed, changed, unpacked


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a sample is drawn: a region, an institution or a class of it, and by which days."""

    region: str
    period: Period
    institution_id: int | None = None
    class_id: int | None = None


def scope_for(viewer: Viewer, scope: Scope) -> Scope:
    """Return a scope with the institution and the region that its narrowest part lies in; `OutsideScope` where the viewer's region does not hold it."""
    if viewer.role is not Role.SUPERVISOR or not viewer.region or not scope.region.startswith(viewer.region):
        raise OutsideScope
    if scope.class_id is not None:
        found = _class_of(viewer, scope.class_id)
        scope = Scope(found.institution.region_id, scope.period, found.institution_id, found.pk)
    elif scope.institution_id is not None:
        institution = institutions(viewer).filter(pk=scope.institution_id).first()
        if institution is None:
            raise OutsideScope
        scope = Scope(institution.region_id, scope.period, institution.pk)
    return scope


def _class_of(viewer: Viewer, class_id: int) -> Class:
    try:
        return class_for(viewer, class_id)
    except NotInClass:
        raise OutsideScope from None


def population(viewer: Viewer, scope: Scope) -> dict[UUID, int]:
    """Return every place within a scope whose learner began to learn on one of its days, by archive."""
    places = places_within(viewer).filter(training_class__institution__region__code__startswith=scope.region)
    if scope.institution_id is not None:
        places = places.filter(training_class__institution=scope.institution_id)
    if scope.class_id is not None:
        places = places.filter(training_class=scope.class_id)
    return began_within(places, scope.period)


def draws(viewer: Viewer) -> QuerySet[Draw]:
    """Return what was drawn by the viewer's authority and by those of the regions within it, newest first, each with how many were looked at."""
    if viewer.role is not Role.SUPERVISOR or not viewer.region:
        return Draw.objects.none()
    found = Draw.objects.filter(region__startswith=viewer.region).defer("population")
    named = found.select_related("by", "institution", "training_class")
    counted = named.annotate(
        drawn_count=Count("drawn", distinct=True),
        looked_at=Count("drawn", filter=Q(drawn__words__isnull=False), distinct=True),
    )
    return counted.order_by("-at", "pk")


def draw_for(viewer: Viewer, draw_id: UUID) -> Draw:
    """Return one draw that the viewer may see, or raise `NoSuchDraw`."""
    found = draws(viewer).filter(pk=draw_id).first()
    if found is None:
        raise NoSuchDraw
    return found


def drawn_in(draw: Draw) -> list[Drawn]:
    """Return whom a draw drew, in the order of its seed, with their words in order; those whose archives are erased are gone."""
    words = Prefetch("words", DrawnWord.objects.select_related("by").order_by("ordinal"))
    found = Drawn.objects.filter(draw=draw).select_related(
        "enrolment__learner", "enrolment__training_class__institution"
    )
    return list(found.prefetch_related(words).order_by("ordinal"))


def drawn_for(viewer: Viewer, draw_id: UUID, ordinal: int) -> Drawn:
    """Return one learner of a draw that the viewer may see, or raise `NoSuchDraw`."""
    found = Drawn.objects.filter(draw=draw_for(viewer, draw_id), ordinal=ordinal).select_related("enrolment").first()
    if found is None:
        raise NoSuchDraw
    return found


def period_of(draw: Draw) -> Period:
    """Return the days that a draw looks at."""
    return Period(draw.first_day, draw.last_day)


def frozen_population(draw: Draw) -> list[UUID]:
    """Return the archives that a draw was made from."""
    return unpacked(bytes(draw.population))


def changed_since(viewer: Viewer, draw: Draw) -> Changed:
    """Say how the population that a draw was made from would differ now."""
    scope = Scope(draw.scope_region, period_of(draw), draw.institution_id, draw.training_class_id)
    return changed(frozen_population(draw), population(viewer, scope).keys())


def earlier_draws(viewer: Viewer, draw: Draw) -> QuerySet[Draw]:
    """Return the earlier draws that could have drawn the same learners: days that touch, and one scope within the other."""
    wider = [draw.scope_region[:length] for length in (2, 4, 6) if length <= len(draw.scope_region)]
    near = Q(scope_region__startswith=draw.scope_region) | Q(scope_region__in=wider)
    if draw.institution_id is not None:
        near &= Q(institution=None) | Q(institution=draw.institution_id)
    if draw.training_class_id is not None:
        near &= Q(training_class=None) | Q(training_class=draw.training_class_id)
    touching = draws(viewer).filter(first_day__lte=draw.last_day, last_day__gte=draw.first_day, at__lte=draw.at)
    return touching.filter(near).exclude(pk=draw.pk)
