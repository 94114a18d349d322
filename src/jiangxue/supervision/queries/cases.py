"""Cases, for those whom they concern: the learner, whoever answers for the class, and the authorities of its region. Clauses M6, C5."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from jiangxue.accounts.queries import memberships
from jiangxue.archive.rules.freezes import Days
from jiangxue.attendance.queries.time import attended
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.enrolment.queries import Place, classes, places_of_class
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.days_of_places import days_of_places
from jiangxue.learning.rules.days import cut_at_midnight
from jiangxue.supervision.errors.cases import NoSuchCase
from jiangxue.supervision.models import Case, CasePicture, CaseStep
from jiangxue.supervision.rules.cases import (
    SIDES,
    CaseState,
    Course,
    Done,
    Officer,
    Side,
    StepKind,
    is_overdue,
    may_act,
)

type LearnedDays = dict[date, int]
"""What each day credits, in ms."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A case with its steps in order."""

    case: Case
    steps: Sequence[CaseStep]

    @property
    def course(self) -> Course:
        """Return how it has gone, as rules ask for it."""
        steps = tuple(Done(StepKind(step.kind), step.by_id, SIDES.get(step.role)) for step in self.steps)
        return Course(self.case.opened_by_id, self.case.region, self.case.answer_by, steps)

    @property
    def state(self) -> CaseState:
        """Return how far it has come."""
        return self.course.state

    @property
    def proposal(self) -> CaseStep | None:
        """Return the last proposal, decided or not."""
        return self._last(StepKind.PROPOSED)

    @property
    def decision(self) -> CaseStep | None:
        """Return the decision, if there is one."""
        return self._last(StepKind.DECIDED)

    @property
    def has_lapsed(self) -> bool:
        """Say whether the hours are recognised again because nobody decided in time."""
        return self._last(StepKind.LAPSED) is not None

    @property
    def days(self) -> Days:
        """Return the days that are frozen."""
        return Days(self.case.freeze.first_day, self.case.freeze.last_day)

    @property
    def place(self) -> Place:
        """Return the place that it is about."""
        return self.case.enrolment

    def has_explained(self, side: Side) -> bool:
        """Say whether a side has explained."""
        return side in self.course.explained

    def is_overdue(self, now: datetime) -> bool:
        """Say whether it should have been decided by now."""
        return is_overdue(self.case.due_on, learning_day(now), self.state)

    def _last(self, kind: StepKind) -> CaseStep | None:
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


def cases(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases that a viewer may see, the newest first."""
    return (
        Case.objects.filter(_reach(viewer))
        .select_related("freeze", "enrolment__learner", "opened_by")
        .select_related("enrolment__training_class__institution__region")
        .order_by("-opened_at", "pk")
    )


def _reach(viewer: Viewer) -> Q:
    match viewer.role:
        case Role.LEARNER:
            return Q(enrolment__learner_id=viewer.account_id)
        case Role.HEAD_TEACHER | Role.INSTITUTION_ADMINISTRATOR | Role.SUPERVISOR:
            seen = classes(viewer).order_by()
            if viewer.role is Role.HEAD_TEACHER:
                seen = seen.filter(head_teacher_id=viewer.account_id)
            return Q(enrolment__training_class__in=seen.values("pk"))
        case _:
            return Q(pk__in=())


def in_state(found: QuerySet[Case], state: CaseState) -> QuerySet[Case]:
    """Return those of some cases that have come so far; a decision is the last turn of all, and nearly all have one."""
    if state is CaseState.DECIDED:
        return found.filter(Exists(_decisions()))
    turns = CaseStep.objects.filter(case=OuterRef("pk"), kind__in=("proposed", "sent_back", "decided"))
    known = undecided(found).alias(last_turn=Subquery(turns.order_by("-ordinal").values("kind")[:1]))
    if state is CaseState.PROPOSED:
        return known.filter(last_turn=StepKind.PROPOSED)
    return known.filter(Q(last_turn=None) | Q(last_turn=StepKind.SENT_BACK))


def undecided(found: QuerySet[Case]) -> QuerySet[Case]:
    """Return those of some cases that wait for their decision."""
    return found.filter(~Exists(_decisions()))


def _decisions() -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(case=OuterRef("pk"), kind=StepKind.DECIDED)


def overdue(found: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Return those of some cases that should have been decided by now, the oldest first."""
    return undecided(found).filter(due_on__lt=learning_day(now)).order_by("due_on", "pk")


def unanswered(viewer: Viewer) -> QuerySet[Case]:
    """Return the undecided cases of which the viewer's side has explained nothing yet."""
    roles = [role for role, side in SIDES.items() if side is SIDES.get(viewer.role)]
    said = CaseStep.objects.filter(case=OuterRef("pk"), kind=StepKind.EXPLAINED, role__in=roles)
    return undecided(cases(viewer)).filter(~Exists(said)) if roles else Case.objects.none()


def waiting_for(viewer: Viewer) -> int:
    """Return how many cases wait for the viewer: to be explained or, for an authority, proposals of others to be decided in cases that others opened."""
    if viewer.role is not Role.SUPERVISOR:
        return unanswered(viewer).count()
    last = CaseStep.objects.filter(case=OuterRef("pk"), kind=StepKind.PROPOSED).order_by("-ordinal")
    proposed = in_state(cases(viewer), CaseState.PROPOSED).alias(proposer=Subquery(last.values("by")[:1]))
    others = proposed.exclude(proposer=viewer.account_id).exclude(opened_by=viewer.account_id)
    return others.filter(region__startswith=viewer.region or "-").count()


def with_steps(found: Sequence[Case]) -> list[Filed]:
    """Return cases with their steps, without the content of pictures."""
    pictures = Prefetch("pictures", CasePicture.objects.defer("sealed").order_by("ordinal"))
    steps: dict[UUID, list[CaseStep]] = {case.pk: [] for case in found}
    rows = CaseStep.objects.filter(case__in=steps).select_related("by").prefetch_related(pictures)
    for step in rows.order_by("ordinal"):
        steps[step.case_id].append(step)
    return [Filed(case, steps[case.pk]) for case in found]


def case_for(viewer: Viewer, case_id: UUID) -> Filed:
    """Return one case that the viewer may see, or raise `NoSuchCase`."""
    found = cases(viewer).filter(pk=case_id).first()
    if found is None:
        raise NoSuchCase
    return with_steps([found])[0]


def seen_case(viewer: Viewer, case_id: UUID | None) -> Case | None:
    """Return a case that the viewer may see, or None: it may be another's, or gone with its archive."""
    return cases(viewer).filter(pk=case_id).first() if case_id else None


def cases_of_place(viewer: Viewer, enrolment_id: int) -> list[Filed]:
    """Return the cases about a place that the viewer may see, the newest first."""
    return with_steps(list(cases(viewer).filter(enrolment=enrolment_id)))


def at_a_deadline(today: date, soon: date) -> list[Filed]:
    """Return the undecided cases whose last day for explanations lies between two days, or that should have been decided, for the program itself."""
    due = Case.objects.filter(Q(answer_by__range=(today, soon)) | Q(due_on__lt=today))
    found = undecided(due).select_related("freeze", "enrolment__training_class")
    return with_steps(list(found.order_by("opened_at", "pk")))


def learned_days(filed: Filed) -> LearnedDays:
    """Return on which of the frozen days something counts, online or attended, and how much."""
    place = filed.place
    found = Counter(days_of_places([place.pk]).get(place.pk, {}))
    for each in attended([place], place.training_class_id)[place.pk]:
        for start_ms, end_ms in each.counted.spans:
            for day, begin_ms, until_ms in cut_at_midnight(start_ms, end_ms):
                found[date.fromordinal(day)] += until_ms - begin_ms
    return {day: found[day] for day in sorted(found) if found[day] and day in filed.days}


def officer_of(viewer: Viewer, filed: Filed) -> Officer:
    """Return the viewer as an officer of an authority; whoever has no region answers for nothing."""
    is_officer = viewer.role is Role.SUPERVISOR and viewer.region
    return Officer(viewer.account_id, viewer.region if is_officer and viewer.region else "", _takes_part(viewer, filed))


def _takes_part(viewer: Viewer, filed: Filed) -> bool:
    """Say whether the viewer, in whatever role, is in the class, of its institution, or has explained something."""
    return takes_part_in(viewer.account_id, filed.place) or any(
        step.kind == StepKind.EXPLAINED and step.by_id == viewer.account_id for step in filed.steps
    )


def takes_part_in(account_id: int, place: Place) -> bool:
    """Say whether somebody is or was a learner of a place's class, is its head teacher, or belongs to its institution."""
    training_class = place.training_class
    return (
        account_id == training_class.head_teacher_id
        or account_id in {each.learner_id for each in places_of_class(training_class.pk)}
        or memberships(account_id).filter(organisation_id=training_class.institution_id).exists()
    )


def may_decide(viewer: Viewer, filed: Filed) -> bool:
    """Say whether the viewer is of the authority whose case it is, or of one above it, and takes no part."""
    return may_act(filed.course, officer_of(viewer, filed))


def picture_for(viewer: Viewer, picture_id: UUID) -> bytes:
    """Return a picture of an explanation, as WebP, for who gave it and for the authority, or raise `NoSuchCase`; the caller logs the act."""
    picture = CasePicture.objects.filter(pk=picture_id, step__case__in=cases(viewer).values("pk")).first()
    if picture is None or not sees_pictures_of(viewer, picture.step):
        raise NoSuchCase
    return reveal_bytes(picture, "sealed")


def sees_pictures_of(viewer: Viewer, step: CaseStep) -> bool:
    """Say whether the viewer may see the pictures of an explanation: the authority, and the side that gave it."""
    return viewer.role is Role.SUPERVISOR or SIDES.get(viewer.role) is SIDES.get(step.role)
