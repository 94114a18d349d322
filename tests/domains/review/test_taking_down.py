"""A course is taken down at once, whoever is learning it stops, and every act is kept (clause M6)."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.courseware.queries.teaching import version_in_force, versions_teaching
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import CourseTakenDown, LessonNotInClass
from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.release import released_of
from jiangxue.learning.services.stopping import end_taken_down
from jiangxue.review.errors import NotTakenDown, NotTheirsToTakeDown, NotToReview, TakenDownAlready, WithoutReason
from jiangxue.review.models import TakeDown
from jiangxue.review.services.taking_down import put_back, take_down
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.refusals import refusal_of

REASON = "第二课画面含有错误操作示范"


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def reviewer(db: None) -> Account:
    return people.account((Role.REVIEWER, None), now=MORNING)


@pytest.fixture
def other(db: None) -> Account:
    return people.account((Role.REVIEWER, None), now=MORNING)


def down(room: Classroom, who: Account, reason: str = REASON) -> TakeDown:
    version_id = room.training_class.version_id
    return take_down(viewer=people.viewer(who), version_id=version_id, reason=reason, by=PROGRAM, now=MORNING)


def back(room: Classroom, who: Account) -> TakeDown:
    version_id = room.training_class.version_id
    act = TakeDown.objects.order_by("pk").last()
    return put_back(
        viewer=people.viewer(who),
        version_id=version_id,
        act_id=act.pk if act else 0,
        reason="已改正",
        by=PROGRAM,
        now=MORNING,
    )


@pytest.mark.clause("M6", "T2.1")
def test_whoever_is_learning_is_signed_out_and_keeps_what_was_learned(
    room: Classroom, reviewer: Account, clock: HandClock
) -> None:
    watched(opened(room, clock), clock, 3)
    down(room, reviewer)
    assert end_taken_down(clock=clock) == 1
    session = StudySession.objects.get()
    assert session.end_reason == "taken_down"
    assert sum(segment.credited_ms for segment in session.segments.all()) == 90_000
    assert end_taken_down(clock=clock) == 0


@pytest.mark.clause("M6")
def test_nothing_of_a_course_that_was_taken_down_is_opened_or_released(
    room: Classroom, reviewer: Account, clock: HandClock
) -> None:
    down(room, reviewer)
    assert refusal_of(lambda: opened(room, clock)) is CourseTakenDown
    extent = room.lesson.media.extent

    def released() -> int:
        return released_of(room.viewer, room.lesson.pk, extent=extent, at=MORNING)

    assert refusal_of(released) is LessonNotInClass
    assert not versions_teaching(room.lesson.pk)
    assert version_in_force(room.training_class.course_id) is None


def test_a_course_is_put_back_by_somebody_else(
    room: Classroom, reviewer: Account, other: Account, clock: HandClock
) -> None:
    down(room, reviewer)
    assert refusal_of(lambda: back(room, reviewer)) is NotTheirsToTakeDown
    back(room, other)
    opened(room, clock)
    assert [act.is_down for act in TakeDown.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda room, who: down(room, who, "  … "), WithoutReason),
        (lambda room, who: (down(room, who), down(room, who)), TakenDownAlready),
        (back, NotTakenDown),
        (lambda room, who: down(room, people.account(now=MORNING)), NotToReview),
        (
            lambda room, who: down(room, people.account((Role.TEACHER, room.institution.pk), now=MORNING)),
            NotTheirsToTakeDown,
        ),
    ],
)
def test_a_course_is_not_taken_down_without_reason_twice_or_by_anybody(
    room: Classroom, reviewer: Account, act: Callable[..., object], refusal: type[Exception]
) -> None:
    assert refusal_of(lambda: act(room, reviewer)) is refusal


def test_supervisors_and_the_institution_itself_take_down_too(room: Classroom) -> None:
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=MORNING)
    act = down(room, administrator)
    assert (act.reason, act.account, act.role) == (REASON, administrator, "institution_administrator")
    assert CourseVersion.objects.get().taken_down_at == MORNING


@pytest.mark.clause("T8.2")
def test_the_log_of_taking_down_is_never_changed(room: Classroom, reviewer: Account) -> None:
    down(room, reviewer)
    with pytest.raises(DatabaseError), transaction.atomic():
        TakeDown.objects.update(reason="没什么")
    with broken("review_takedown_has_reason"):
        TakeDown.objects.create(
            course=Course.objects.get(), is_down=True, reason=" ", account=reviewer, role="reviewer", at=MORNING
        )
