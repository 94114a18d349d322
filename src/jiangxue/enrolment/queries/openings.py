"""Which applications to open a class a viewer may see, and what is kept of them. Clauses T7, C5."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxue.enrolment.errors import NoSuchOpening
from jiangxue.enrolment.models import ClassOpening, Enrolment, OpeningRun, OpeningStep, RosterEntry, TrainingClass
from jiangxue.enrolment.rules.applications import Application
from jiangxue.enrolment.rules.description import opened_by
from jiangxue.enrolment.rules.openings import SEEN_BY_SUPERVISORS, OpeningState, StepKind
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.viewer import Role, Viewer

type Opening = ClassOpening
"""What the domains above call an application to open a class."""
type Step = OpeningStep
"""What they call a step of one."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An application as it was handed in last, and the hash by which it is decided about."""

    application: Application
    sha256: str


def openings(viewer: Viewer, *, named: str = "", state: str = "") -> QuerySet[ClassOpening]:
    """Return the applications a viewer may see, each with `size`, the number of people on its roster: a head teacher's own, an institution's, or what is handed in within a region."""
    found = ClassOpening.objects.filter(_reach(viewer), Q(name__icontains=named) | Q(course__title__icontains=named))
    found = found.select_related("institution__region", "course", "version", "head_teacher", "training_class")
    people = RosterEntry.objects.filter(opening=OuterRef("pk")).order_by()
    size = Coalesce(Subquery(people.values("opening").values(number=Count("pk"))), 0)
    found = found.defer("version__content", "draft").annotate(size=size)
    return (found.filter(state=state) if state else found).order_by("-pk")


def _reach(viewer: Viewer) -> Q:
    match viewer.role:
        case Role.INSTITUTION_ADMINISTRATOR:
            return Q(institution_id=viewer.organisation_id)
        case Role.HEAD_TEACHER:
            return Q(institution_id=viewer.organisation_id, head_teacher_id=viewer.account_id)
        case Role.SUPERVISOR if viewer.region:
            seen = [state.value for state in SEEN_BY_SUPERVISORS]
            handed_in = OpeningStep.objects.filter(kind=StepKind.SUBMITTED.value)
            return Q(
                institution__region__code__startswith=viewer.region,
                state__in=seen,
                pk__in=handed_in.values("opening_id"),
            )
        case _:
            return Q(pk__in=())


def opening_for(viewer: Viewer, opening_id: int) -> ClassOpening:
    """Return one application that the viewer may see, whole, or raise `NoSuchOpening`."""
    found = openings(viewer).defer(None).filter(pk=opening_id).first()
    if found is None:
        raise NoSuchOpening
    return found


def waiting_for(viewer: Viewer) -> int:
    """Return how many applications wait for the viewer: handed-in ones for supervisors, returned and approved ones for the institution."""
    waiting = (
        (OpeningState.SUBMITTED,) if viewer.role is Role.SUPERVISOR else (OpeningState.RETURNED, OpeningState.APPROVED)
    )
    return openings(viewer).filter(state__in=[state.value for state in waiting]).count()


def steps_of(viewer: Viewer, opening_id: int) -> QuerySet[OpeningStep]:
    """Return what happened to an application that the viewer may see, the last first."""
    opening = opening_for(viewer, opening_id)
    return OpeningStep.objects.filter(opening=opening).select_related("by").defer("application").order_by("-pk")


def handed_in(viewer: Viewer, opening_id: int) -> HandedIn | None:
    """Return an application that the viewer may see as it was handed in last; None where it never was."""
    opening = opening_for(viewer, opening_id)
    return last_handed_in(opening.pk)


def last_handed_in(opening_id: int) -> HandedIn | None:
    """Return an application as it was handed in last, for the program itself."""
    steps = OpeningStep.objects.filter(opening_id=opening_id, kind=StepKind.SUBMITTED.value)
    step = steps.order_by("-pk").first()
    return HandedIn(Application.from_values(step.application or {}), step.sha256) if step else None


def run_of(viewer: Viewer, opening_id: int) -> OpeningRun | None:
    """Return how far the worker has come with opening the class of an application that the viewer may see; None where it was not asked to."""
    return OpeningRun.objects.filter(opening=opening_for(viewer, opening_id)).first()


def roster_of(viewer: Viewer, opening_id: int, *, named: str = "") -> QuerySet[RosterEntry]:
    """Return the people on the roster of an application that the viewer may see, as they were entered."""
    opening = opening_for(viewer, opening_id)
    return RosterEntry.objects.filter(opening=opening, name__icontains=named).order_by("pk")


def opening_of_class(training_class: TrainingClass) -> tuple[ClassOpening, Sequence[OpeningStep]] | None:
    """Return the application from which a class came, and its steps in their order, for callers who have the class from a viewer's query."""
    found = ClassOpening.objects.filter(training_class=training_class).defer("draft").first()
    if found is None:
        return None
    return found, list(found.steps.select_related("by").defer("application").order_by("pk"))


def joined_since_opening(opening: ClassOpening, steps: Sequence[OpeningStep]) -> int:
    """Return how many have come into the class of an application after it was opened with those whom the application names."""
    opened = next((step.at for step in reversed(steps) if step.kind == StepKind.OPENED), None)
    places = Enrolment.objects.filter(training_class=opening.training_class_id)
    return places.filter(enrolled_at__gt=opened).count() if opened else 0


def opened_by_class(class_ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """Return what archives say of the application from which each of some classes came; other classes are missing."""
    found = ClassOpening.objects.filter(training_class_id__in=class_ids).prefetch_related("steps")
    return {each.training_class_id: _described(list(each.steps.all())) for each in found if each.training_class_id}


def _described(steps: Sequence[OpeningStep]) -> dict[str, Value]:
    ordered = sorted(steps, key=lambda step: step.pk)
    handed_in_last = next(step for step in reversed(ordered) if step.kind == StepKind.SUBMITTED)
    approved = next((step for step in reversed(ordered) if step.kind == StepKind.APPROVED), None)
    return opened_by(
        handed_in_last.application or {},
        handed_in_last.sha256,
        approved.approval_no if approved else "",
        approved.by_id if approved else None,
    )
