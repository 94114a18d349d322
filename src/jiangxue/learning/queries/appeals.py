"""Appeals, for those whom they concern: the learner, the head teacher of the class, its administrators, and its supervisors. Clause M6."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.enrolment.queries import classes
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchAppeal
from jiangxue.learning.models import Appeal, AppealPicture, AppealStep, StudySession
from jiangxue.learning.rules.appeals import AppealState, Result, StepKind, is_overdue, state_after
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch

DECIDERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal with its steps in order."""

    appeal: Appeal
    steps: Sequence[AppealStep]

    @property
    def state(self) -> AppealState:
        """Return whose turn it is."""
        return state_after(self.steps[-1].kind if self.steps else None)

    @property
    def proposal(self) -> AppealStep | None:
        """Return the last proposal, approved or not, if there was one."""
        return next((step for step in reversed(self.steps) if step.kind == StepKind.PROPOSED), None)

    @property
    def result(self) -> Result | None:
        """Return what became of it; None as long as no second person has approved."""
        if self.state is not AppealState.SETTLED or self.proposal is None:
            return None
        return Result(self.proposal.result)

    @property
    def has_picture(self) -> bool:
        """Say whether a picture came with it."""
        return hasattr(self.appeal, "picture")

    @property
    def stretch(self) -> Stretch:
        """Return the stretch that it is about, as it was judged."""
        return Stretch(self.appeal.start_ms, self.appeal.end_ms, Reason(self.appeal.reason))

    def is_overdue(self, now: datetime) -> bool:
        """Say whether it should have been settled by now."""
        return is_overdue(self.appeal.due_on, learning_day(now), self.state)


def appeals(viewer: Viewer) -> QuerySet[Appeal]:
    """Return the appeals that a viewer may see."""
    return (
        Appeal.objects.filter(_reach(viewer))
        .select_related("learner", "session__enrolment__training_class__institution", "session__lesson")
        .select_related("picture")
        .defer("picture__sealed")
    )


def _reach(viewer: Viewer) -> Q:
    match viewer.role:
        case Role.LEARNER:
            return Q(learner_id=viewer.account_id)
        case Role.HEAD_TEACHER | Role.INSTITUTION_ADMINISTRATOR | Role.SUPERVISOR:
            seen = classes(viewer).order_by()
            if viewer.role is Role.HEAD_TEACHER:
                seen = seen.filter(head_teacher_id=viewer.account_id)
            return Q(session__enrolment__training_class__in=seen.values("pk"))
        case _:
            return Q(pk__in=())


def in_state(found: QuerySet[Appeal], state: AppealState) -> QuerySet[Appeal]:
    """Return those of some appeals in which it is that turn, told by joins: asking each appeal for its last step would ask all of them."""
    match state:
        case AppealState.TO_APPROVE:
            return found.filter(pk__in=_ending_with(StepKind.PROPOSED))
        case AppealState.SETTLED:
            return found.filter(pk__in=_ending_with(StepKind.APPROVED))
        case AppealState.TO_PROPOSE:
            untouched = ~Exists(AppealStep.objects.filter(appeal=OuterRef("pk")))
            return found.filter(Q(untouched) | Q(pk__in=_ending_with(StepKind.SENT_BACK)))


def _ending_with(kind: StepKind) -> QuerySet[AppealStep, UUID]:
    later = AppealStep.objects.filter(appeal=OuterRef("appeal"), ordinal__gt=OuterRef("ordinal"))
    return AppealStep.objects.filter(~Exists(later), kind=kind).values_list("appeal", flat=True)


def waiting_for(viewer: Viewer) -> int:
    """Return how many appeals wait for a step of the viewer's role."""
    if viewer.role not in DECIDERS:
        return 0
    turn = AppealState.TO_PROPOSE if viewer.role is Role.HEAD_TEACHER else AppealState.TO_APPROVE
    return in_state(appeals(viewer), turn).count()


def waiting_of(viewer: Viewer) -> int:
    """Return how many of the appeals that the viewer may see are not settled."""
    return unsettled(appeals(viewer)).count()


def unsettled(found: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Return those of some appeals that no second person has approved."""
    approved = AppealStep.objects.filter(appeal=OuterRef("pk"), kind=StepKind.APPROVED)
    return found.filter(~Exists(approved))


def open_appeals_in(viewer: Viewer, class_id: int) -> int:
    """Return how many appeals of a class that the viewer may see are not settled."""
    return unsettled(appeals(viewer).filter(session__enrolment__training_class=class_id)).count()


def open_appeals_by_class(viewer: Viewer, class_ids: Collection[int]) -> dict[int, int]:
    """Return how many appeals that the viewer may see are not settled, by class, of some classes; those without any are missing."""
    place = "session__enrolment__training_class"
    found = appeals(viewer).filter(session__enrolment__training_class__in=class_ids)
    return dict(unsettled(found).order_by().values_list(place).annotate(number=Count("pk")))


def with_steps(found: Sequence[Appeal]) -> list[Appealed]:
    """Return appeals with their steps."""
    steps: dict[UUID, list[AppealStep]] = {appeal.pk: [] for appeal in found}
    for step in AppealStep.objects.filter(appeal__in=found).select_related("by").order_by("ordinal"):
        steps[step.appeal_id].append(step)
    return [Appealed(appeal, steps[appeal.pk]) for appeal in found]


def appeal_for(viewer: Viewer, appeal_id: UUID) -> Appealed:
    """Return one appeal that the viewer may see, or raise `NoSuchAppeal`."""
    found = appeals(viewer).filter(pk=appeal_id).first()
    if found is None:
        raise NoSuchAppeal
    return with_steps([found])[0]


def appeal_over(session: StudySession, start_ms: int, end_ms: int) -> Appeal | None:
    """Return an appeal that speaks of some of this time already."""
    return Appeal.objects.filter(session=session, start_ms__lt=end_ms, end_ms__gt=start_ms).first()


def appeals_on(viewer: Viewer, day: date) -> list[Appealed]:
    """Return the appeals about a learning day of the viewer's own."""
    return with_steps(list(appeals(viewer).filter(day=day).order_by("start_ms")))


def picture_for(viewer: Viewer, appeal_id: UUID) -> bytes:
    """Return the picture of an appeal that the viewer may see, as WebP, or raise `NoSuchAppeal`; supervisors see words only."""
    if viewer.role is Role.SUPERVISOR:
        raise NoSuchAppeal
    picture = AppealPicture.objects.filter(appeal__in=appeals(viewer).filter(pk=appeal_id).values("pk")).first()
    if picture is None:
        raise NoSuchAppeal
    return reveal_bytes(picture, "sealed")
