"""Face checks that people decide or may look at (人脸复核), for those whom they concern: staff of the class and its supervisors. Clauses T3.1, T3.2, C5."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.queries import classes, places_of_class
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.models import Check, FaceReviewStep
from jiangxue.learning.queries.provisional import Provisional, held_by, undecided
from jiangxue.learning.rules.appeals import due_on
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome
from jiangxue.learning.rules.face_reviews import DECIDED, OPEN, ReviewState, ReviewStep, is_overdue, state_after
from jiangxue.learning.rules.verdicts import length_ms

DECIDERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR})
LOOKERS = DECIDERS | {Role.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class FaceCase:
    """A face check that was not passed by the machine, with what people said of it, in order, and how much time waits for them (ms)."""

    check: Check
    steps: Sequence[FaceReviewStep]
    held_ms: int

    @property
    def state(self) -> ReviewState:
        """Return whose turn it is, or how it was decided."""
        return state_after(self.check.outcome, self.steps[-1].kind if self.steps else None)

    @property
    def doubt(self) -> FaceReviewStep | None:
        """Return who said last that it was not the learner, approved or not."""
        return next((step for step in reversed(self.steps) if step.kind == ReviewStep.DOUBTED), None)

    @property
    def settled_at(self) -> datetime:
        """Return when the machine was done with it."""
        assert self.check.settled_at is not None
        return self.check.settled_at

    @property
    def due_on(self) -> date:
        """Return the last day on which it is decided in time."""
        return due_on(learning_day(self.settled_at))

    @property
    def ms(self) -> int:
        """Return how much time it is about: what waits for people, or what was decided about."""
        if self.state in OPEN:
            return self.held_ms
        return self.check.voided_ms + sum(step.ms or 0 for step in self.steps)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether people should have decided it by now."""
        return is_overdue(self.due_on, learning_day(now), self.state)


def face_cases(viewer: Viewer) -> QuerySet[Check]:
    """Return the face checks that the machine did not pass and the viewer may see; learners see theirs elsewhere."""
    found = Check.objects.filter(_reach(viewer), kind=CheckKind.FACE)
    return found.filter(outcome__in=(CheckOutcome.UNCLEAR, CheckOutcome.FAILED)).select_related(
        "learner", "session__enrolment__training_class__institution", "session__lesson"
    )


def _reach(viewer: Viewer) -> Q:
    if viewer.role not in LOOKERS:
        return Q(pk__in=())
    seen = classes(viewer).order_by()
    if viewer.role is Role.HEAD_TEACHER:
        seen = seen.filter(head_teacher_id=viewer.account_id)
    return Q(session__enrolment__training_class__in=seen.values("pk"))


def in_state(found: QuerySet[Check], state: ReviewState) -> QuerySet[Check]:
    """Return those of some cases that stand so."""
    last = FaceReviewStep.objects.filter(check_made=OuterRef("pk")).order_by("-ordinal").values("kind")[:1]
    known = found.alias(last_kind=Subquery(last))
    unclear = known.filter(outcome=CheckOutcome.UNCLEAR)
    match state:
        case ReviewState.FAILED:
            return known.filter(outcome=CheckOutcome.FAILED)
        case ReviewState.TO_APPROVE:
            return unclear.filter(last_kind=ReviewStep.DOUBTED)
        case ReviewState.CONFIRMED:
            return unclear.filter(last_kind=ReviewStep.CONFIRMED)
        case ReviewState.NOT_CONFIRMED:
            return unclear.filter(last_kind=ReviewStep.APPROVED)
        case ReviewState.TO_DECIDE:
            return unclear.filter(Q(last_kind=None) | Q(last_kind=ReviewStep.SENT_BACK))


def waiting_first(found: QuerySet[Check]) -> QuerySet[Check]:
    """Return cases in the order in which somebody who looks in needs them: those that wait for people, then the others, newest first."""
    waits = Exists(undecided(Check.objects.filter(pk=OuterRef("pk"))))
    return found.order_by(waits.desc(), "-settled_at", "pk")


def waiting_for(viewer: Viewer) -> int:
    """Return how many cases wait for a word of the viewer's role."""
    if viewer.role not in DECIDERS:
        return 0
    turn = ReviewState.TO_DECIDE if viewer.role is Role.HEAD_TEACHER else ReviewState.TO_APPROVE
    return in_state(face_cases(viewer), turn).count()


def open_reviews_in(viewer: Viewer, class_id: int) -> int:
    """Return how many face checks of a class that the viewer may see wait for people."""
    return undecided(face_cases(viewer).filter(session__enrolment__training_class=class_id)).count()


def open_reviews_by_class(viewer: Viewer, class_ids: Collection[int]) -> dict[int, int]:
    """Return how many face checks that the viewer may see wait for people, by class, of some classes; those without any are missing."""
    place = "session__enrolment__training_class"
    found = face_cases(viewer).filter(session__enrolment__training_class__in=class_ids)
    return dict(undecided(found).order_by().values_list(place).annotate(number=Count("pk")))


@as_program()
def undecided_about(class_id: int) -> int:
    """Return how many face checks wait for people that were asked in a class, or are about time in it; for the program itself."""
    theirs = Check.objects.filter(learner__in=[place.learner_id for place in places_of_class(class_id)])
    open_ones = list(undecided(theirs).select_related("session__enrolment"))
    held = held_by(open_ones)
    return sum(class_id in _classes_of(check, held[check.pk]) for check in open_ones)


def _classes_of(check: Check, held: Sequence[Provisional]) -> set[int]:
    sessions = [check.session, *(each.segment.session for each in held)]
    return {session.enrolment.training_class_id for session in sessions}


def decisions_about(check_ids: Collection[UUID]) -> dict[UUID, FaceReviewStep]:
    """Return the words that ended the reviews of some checks, by check; the callers have looked whose they are."""
    found = FaceReviewStep.objects.filter(check_made__in=check_ids, kind__in=DECIDED)
    return {step.check_made_id: step for step in found}


def decided_by_people(check: Check) -> FaceReviewStep | None:
    """Return the word that ended the review of an unclear check, None as long as none has."""
    return FaceReviewStep.objects.filter(check_made=check, kind__in=DECIDED).first()


def with_steps(found: Sequence[Check]) -> list[FaceCase]:
    """Return cases with what people said of them."""
    steps: dict[UUID, list[FaceReviewStep]] = {check.pk: [] for check in found}
    for step in FaceReviewStep.objects.filter(check_made__in=found).select_related("by").order_by("ordinal"):
        steps[step.check_made_id].append(step)
    held = held_by(found)
    return [FaceCase(check, steps[check.pk], sum(length_ms(each.spans) for each in held[check.pk])) for check in found]


def face_case_for(viewer: Viewer, check_id: UUID) -> FaceCase:
    """Return one case that the viewer may see, or raise `NoSuchReview`."""
    found = face_cases(viewer).filter(pk=check_id).first()
    if found is None:
        raise NoSuchReview
    return with_steps([found])[0]
