"""What attending comes to beside what was really learned online, in all classes of a person (clauses T1.3, T2.5)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangxue.accounts.models import Account
from jiangxue.attendance.queries.time import attended
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.time import Counted, Reason
from jiangxue.enrolment.models import Enrolment, PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.ending import end_overdue
from tests.factories import people
from tests.factories.appeals import LEAVE
from tests.factories.attendance import MINUTE, PHONE, attends, item, reviews, signs, states
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.factories.people import looking
from tests.factories.policies import set_rule

pytestmark = pytest.mark.clause("T1.3", "T2.5")


def result(of: PlanItem, place: Enrolment) -> Counted:
    with looking(people.viewer(of.training_class.head_teacher)):
        (found,) = [each for each in attended([place], of.training_class_id)[place.pk] if each.item == of]
    return found.counted


def learned_ten_minutes(room: Classroom, clock: HandClock) -> None:
    """Learn online for ten minutes, of which a check confirms none."""
    session = opened(room, clock)
    watched(session, clock, 20, flags=Flag.NONE)
    watched(session, clock, 1, flags=LEAVE)
    end_overdue(clock=clock)


def test_minutes_that_another_class_counts_online_do_not_count_again(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    other = classroom(clock.now(), lesson_ms=3_600_000)
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    there = item(other, lesson.starts_at)
    clock.at = lesson.starts_at
    signs(room.learner, there, clock)
    clock.advance(60_000)
    learned_ten_minutes(room, clock)
    clock.at = there.ends_at
    signs(room.learner, there, clock, Side.OUT)
    found = result(there, place)
    assert found.refused_ms == {Reason.OVERLAP: 630_000}
    assert found.ms == 90 * 60_000 - 630_000


def test_what_waits_for_a_check_in_the_same_class_would_be_refused_by_a_settlement_and_takes_nothing(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    clock.at = lesson.starts_at
    learned_ten_minutes(room, clock)
    clock.at = lesson.ends_at
    states(people.viewer(room.head_teacher), lesson, clock, (lesson.starts_at, lesson.ends_at))
    second = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())
    reviews(people.viewer(second), lesson, clock)
    assert result(lesson, room.enrolment).ms == 90 * 60_000


def test_the_days_cap_holds_over_two_classes(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    other = classroom(clock.now())
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    for of in (room, other):
        set_rule(of, clock.now(), day_cap_ms=100 * 60_000)
    there = item(other, lesson.ends_at)
    attends(room.learner, lesson, clock)
    attends(room.learner, there, clock)
    assert result(lesson, room.enrolment).ms == 90 * 60_000
    found = result(there, place)
    assert (found.ms, found.refused_ms) == (10 * 60_000, {Reason.OVER_CAP: 80 * 60_000})


def test_the_rule_of_the_day_counts_whatever_is_set_afterwards(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    attends(room.learner, lesson, clock)
    set_rule(room, clock.now() + MINUTE, day_cap_ms=60_000)
    clock.advance(24 * 3_600_000)
    assert result(lesson, room.enrolment).ms == 90 * 60_000


def test_a_cancelled_lesson_counts_nothing_anywhere(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    lesson.cancelled_at = clock.now()
    lesson.save()
    assert attended([room.enrolment], room.training_class.pk) == {room.enrolment.pk: []}


def test_a_whole_class_takes_no_more_questions_than_one_learner(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    def asked(places: list[Enrolment]) -> int:
        with CaptureQueriesContext(connection) as queries:
            attended(places, room.training_class.pk)
        return len(queries)

    def more() -> Account:
        account = people.account(now=clock.now())
        enrol(class_id=room.training_class.pk, learner_id=account.pk, now=clock.now())
        return account

    attends(room.learner, lesson, clock)
    few = asked([room.enrolment])
    clock.at = lesson.starts_at
    accounts = [more() for _ in range(4)]
    for account in accounts:
        signs(account, lesson, clock, said=PHONE)
    assert asked(list(Enrolment.objects.filter(training_class=room.training_class))) == few
