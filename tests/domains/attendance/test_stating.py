"""Roll call and corrections: one person states, another one signs, and a learner may say that it is wrong (clauses C3, M6, T1.3)."""

import pytest

from jiangxue.accounts.models import Account
from jiangxue.attendance.errors import (
    Cancelled,
    NothingToSay,
    NotTheTurn,
    NotYours,
    OutsideItem,
    OwnTime,
    SamePerson,
    TooManyObjections,
)
from jiangxue.attendance.models import AttendanceReview, AttendanceStatement
from jiangxue.attendance.queries.open_ends import open_attendance
from jiangxue.attendance.queries.sheet import Entry, entries
from jiangxue.attendance.queries.time import attended
from jiangxue.attendance.rules.open_ends import OpenAttendance
from jiangxue.attendance.services.stating import Signing, Stating, review, state
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NoSuchItem, NotInClass
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.queries.contents import records_of
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.attendance import MINUTE, attends, item, objects, reviews, states
from tests.factories.classes import Classroom, classroom
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C3", "M6")

WHOLE_MS = 90 * 60_000


@pytest.fixture(autouse=True)
def over(lesson: PlanItem, clock: HandClock) -> None:
    clock.at = lesson.ends_at


def whole(of: PlanItem) -> tuple[object, object]:
    return of.starts_at, of.ends_at


def counts(room: Classroom, of: PlanItem) -> int:
    (found,) = [
        each for each in attended([room.enrolment], room.training_class.pk)[room.enrolment.pk] if each.item == of
    ]
    return found.counted.ms


def entry(room: Classroom, of: PlanItem) -> Entry:
    return entries([of.pk])[of.pk, room.enrolment.pk]


def kinds(room: Classroom) -> set[str]:
    return {record.kind for record in records_of(room.enrolment.aid) if record.kind.startswith("attendance.")}


def test_a_roll_call_counts_when_a_second_person_has_signed_it(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson))
    assert counts(room, lesson) == 0
    reviews(people.viewer(second), lesson, clock)
    assert counts(room, lesson) == WHOLE_MS
    assert kinds(room) == {"attendance.stated", "attendance.reviewed"}
    acts = AuditEntry.objects.filter(object_kind="plan_item").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["attendance.stated", "attendance.confirmed"]


def test_one_that_was_sent_back_changes_nothing_and_another_may_follow(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    head = people.viewer(room.head_teacher)
    states(head, lesson, clock, whole(lesson))
    reviews(people.viewer(second), lesson, clock, agrees=False)
    assert counts(room, lesson) == 0
    states(head, lesson, clock, (lesson.starts_at, lesson.starts_at + 45 * MINUTE), {room.enrolment: 1})
    reviews(people.viewer(second), lesson, clock)
    assert counts(room, lesson) == WHOLE_MS // 2


def test_a_correction_takes_the_place_of_signatures_and_both_stay_on_record(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    attends(room.learner, lesson, clock)
    assert counts(room, lesson) == WHOLE_MS
    states(people.viewer(room.head_teacher), lesson, clock, None)
    assert counts(room, lesson) == WHOLE_MS
    reviews(people.viewer(second), lesson, clock)
    assert counts(room, lesson) == 0
    assert len(entry(room, lesson).marks) == 2


@pytest.mark.clause("T1.3")
def test_nobody_gives_hours_alone(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    both = people.account(
        (Role.TEACHER, room.institution.pk), (Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now()
    )
    room.training_class.teachers.create(teacher=both)
    states(people.viewer(both), lesson, clock, whole(lesson))
    as_administrator = people.viewer_in(both, Role.INSTITUTION_ADMINISTRATOR)
    assert refusal_of(lambda: reviews(as_administrator, lesson, clock)) is SamePerson
    states_again = lambda: states(people.viewer(room.head_teacher), lesson, clock, None, {room.enrolment: 1})  # noqa: E731
    assert refusal_of(states_again) is NotTheTurn
    assert counts(room, lesson) == 0


def test_nobody_decides_about_their_own_time(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), (Role.LEARNER, None), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    place = enrol(class_id=room.training_class.pk, learner_id=teacher.pk, now=clock.now())
    own = lambda: states(people.viewer(teacher), lesson, clock, whole(lesson), {place: 0})  # noqa: E731
    assert refusal_of(own) is OwnTime
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson), {place: 0})
    assert not AttendanceReview.objects.exists()


def test_who_only_answers_for_the_class_does_not_call_the_roll_and_who_only_teaches_does_not_sign(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    assert refusal_of(lambda: states(people.viewer(second), lesson, clock, whole(lesson))) is NotYours
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson))
    assert refusal_of(lambda: reviews(people.viewer(teacher), lesson, clock)) is NotYours


def test_nobody_of_another_institution_has_a_say(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    other = classroom(clock.now())
    stranger, its_second = people.viewer(other.head_teacher), people.viewer(administrator(other, clock))
    assert refusal_of(lambda: states(stranger, lesson, clock, whole(lesson), {room.enrolment: 0})) is NotInClass
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson))
    assert refusal_of(lambda: reviews(its_second, lesson, clock)) is NotInClass
    theirs = Stating(other.training_class.pk, lesson.pk, {other.enrolment.pk: 0}, None, "点名")
    assert refusal_of(lambda: state(stranger, theirs, by=PROGRAM, clock=clock)) is NoSuchItem
    own = item(other, lesson.starts_at)
    ours = Stating(other.training_class.pk, own.pk, {room.enrolment.pk: 0}, None, "点名")
    assert refusal_of(lambda: state(stranger, ours, by=PROGRAM, clock=clock)) is NotTheTurn


@pytest.mark.parametrize("after", [1, 7])
def test_a_page_that_was_read_before_somebody_stated_something_states_nothing(
    room: Classroom, lesson: PlanItem, clock: HandClock, after: int
) -> None:
    stale = lambda: states(people.viewer(room.head_teacher), lesson, clock, None, {room.enrolment: after})  # noqa: E731
    assert refusal_of(stale) is NotTheTurn


def test_a_signature_is_for_what_the_page_showed(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson))
    shown = AttendanceStatement.objects.get()
    said = Signing(room.training_class.pk, lesson.pk, [shown.pk], agrees=True, text="")
    viewer = people.viewer(second)
    review(viewer, said, by=PROGRAM, clock=clock)
    assert refusal_of(lambda: review(viewer, said, by=PROGRAM, clock=clock)) is NotTheTurn


def test_words_are_needed_and_somebody_to_say_them_of(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    head, class_id = people.viewer(room.head_teacher), room.training_class.pk
    for said in (
        Stating(class_id, lesson.pk, {}, None, "点名"),
        Stating(class_id, lesson.pk, {room.enrolment.pk: 0}, None, ""),
    ):
        assert refusal_of(lambda said=said: state(head, said, by=PROGRAM, clock=clock)) is NothingToSay
    empty = Signing(class_id, lesson.pk, [], agrees=True, text="")
    assert refusal_of(lambda: review(people.viewer(second), empty, by=PROGRAM, clock=clock)) is NothingToSay


def test_what_lies_outside_the_item_or_was_cancelled_is_not_stated(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    head = people.viewer(room.head_teacher)
    early = lesson.starts_at - MINUTE, lesson.ends_at
    assert refusal_of(lambda: states(head, lesson, clock, early)) is OutsideItem
    lesson.cancelled_at = clock.now()
    lesson.save()
    assert refusal_of(lambda: states(head, lesson, clock, whole(lesson))) is Cancelled


def test_a_learner_says_that_it_is_wrong_and_two_persons_answer(
    room: Classroom, lesson: PlanItem, second: Account, clock: HandClock
) -> None:
    objects(room.learner, lesson, clock)
    assert entry(room, lesson).open_objection is not None
    assert refusal_of(lambda: objects(room.learner, lesson, clock)) is TooManyObjections
    states(people.viewer(room.head_teacher), lesson, clock, whole(lesson))
    assert entry(room, lesson).open_objection is not None
    reviews(people.viewer(second), lesson, clock)
    assert entry(room, lesson).open_objection is None
    assert kinds(room) == {"attendance.disputed", "attendance.stated", "attendance.reviewed"}


def test_only_ones_own_attendance_is_wrong(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    assert refusal_of(lambda: objects(classroom(clock.now()).learner, lesson, clock)) is NotInClass


def test_what_has_no_end_yet_is_counted(room: Classroom, lesson: PlanItem, second: Account, clock: HandClock) -> None:
    closes_at = room.training_class.term.closes_at
    assert open_attendance(room.training_class.pk, closes_at, clock.now()) == OpenAttendance(running=1)
    clock.at = lesson.ends_at + 60 * MINUTE
    objects(room.learner, lesson, clock)
    states(people.viewer(room.head_teacher), lesson, clock, None)
    assert open_attendance(room.training_class.pk, closes_at, clock.now()) == OpenAttendance(0, 1, 1)
    reviews(people.viewer(second), lesson, clock)
    assert open_attendance(room.training_class.pk, closes_at, clock.now()).is_none
