"""Signing in and out by the code: one account once, by the server's clock, and nobody who is not of the class (clauses C3, T1.3)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.errors import NotAgreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.attendance.errors import Cancelled, CodeNotValid, NoLongerOpen, NotOpenYet, NotYours
from jiangxue.attendance.models import AttendanceMark
from jiangxue.attendance.queries.sheet import entries, hints_at
from jiangxue.attendance.queries.time import attended
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.hints import Hint
from jiangxue.attendance.services.signing import From, code_to_show, item_seen, see_code, seen_in, sign
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.queries.contents import records_of
from tests.factories import people
from tests.factories.attendance import MINUTE, PHONE, attends, seen, signs
from tests.factories.classes import Classroom, classroom
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C3")


def test_who_scans_at_both_ends_was_present_all_the_time(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    attends(room.learner, lesson, clock)
    (found,) = attended([room.enrolment], room.training_class.pk)[room.enrolment.pk]
    assert (found.counted.ms, found.counted.refused_ms) == (90 * 60_000, {})


def test_what_counts_is_when_the_code_was_read_and_not_when_the_learner_confirmed(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    read = seen(lesson, clock)
    before = clock.now()
    clock.advance(90_000)
    mark = sign(room.viewer, read, PHONE, clock=clock).mark
    assert (mark.at, mark.confirmed_at) == (before, before + timedelta(seconds=90))


def test_a_second_scan_changes_nothing(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    first = signs(room.learner, lesson, clock)
    clock.advance(60_000)
    again = signs(room.learner, lesson, clock)
    assert (first.is_new, again.is_new, again.mark) == (True, False, first.mark)
    assert [record.kind for record in records_of(room.enrolment.aid)].count("attendance.signed") == 1


def test_a_code_that_was_sent_home_is_too_old_when_it_arrives(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    code = code_to_show(people.viewer(room.head_teacher), lesson, Side.IN, to_ms(clock.now()))
    clock.advance(30_000)
    assert refusal_of(lambda: see_code(lesson.pk, Side.IN, code, to_ms(clock.now()))) is CodeNotValid


def test_nobody_of_another_class_signs(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    other = classroom(clock.now())
    assert refusal_of(lambda: signs(other.learner, lesson, clock)) is NotInClass
    assert refusal_of(lambda: signs(room.head_teacher, lesson, clock)) is NotInClass
    assert not AttendanceMark.objects.exists()


def test_who_has_not_agreed_to_be_processed_does_not_sign(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    withdraw_consent(account_id=room.learner.pk, purpose=Purpose.PROCESSING, by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: signs(room.learner, lesson, clock)) is NotAgreed


def test_a_code_is_shown_and_taken_around_the_item_only(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    teacher = people.viewer(room.head_teacher)
    clock.at = lesson.starts_at - 31 * MINUTE
    assert refusal_of(lambda: code_to_show(teacher, lesson, Side.IN, to_ms(clock.now()))) is NotOpenYet
    clock.at = lesson.ends_at
    assert refusal_of(lambda: code_to_show(teacher, lesson, Side.IN, to_ms(clock.now()))) is NoLongerOpen


def test_a_cancelled_item_takes_no_signatures(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    read = seen(lesson, clock)
    lesson.cancelled_at = clock.now()
    lesson.save()
    assert refusal_of(lambda: sign(room.viewer, read, PHONE, clock=clock)) is Cancelled


def test_only_who_teaches_or_answers_for_the_class_shows_codes(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    editor = people.account((Role.COURSE_EDITOR, room.institution.pk), now=clock.now())
    for viewer in (people.viewer(editor), room.viewer):
        shown = lambda viewer=viewer: code_to_show(viewer, lesson, Side.IN, to_ms(clock.now()))  # noqa: E731
        assert refusal_of(shown) is NotYours


def test_who_learns_in_the_class_shows_no_codes_of_it(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), (Role.LEARNER, None), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    show = lambda: code_to_show(people.viewer(teacher), lesson, Side.IN, to_ms(clock.now()))  # noqa: E731
    assert refusal_of(show) is None
    enrol(class_id=room.training_class.pk, learner_id=teacher.pk, now=clock.now())
    assert refusal_of(show) is NotYours


def test_one_phone_that_signs_for_two_is_seen(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    friend = people.account(now=clock.now())
    place = enrol(class_id=room.training_class.pk, learner_id=friend.pk, now=clock.now())
    signs(room.learner, lesson, clock)
    signs(friend, lesson, clock)
    other = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=other.pk, now=clock.now())
    signs(other, lesson, clock, said=From("手机", "another", None))
    shared = (Hint.SHARED_BROWSER,)
    assert hints_at(list(entries([lesson.pk]).values())) == {room.enrolment.pk: shared, place.pk: shared}


def test_a_word_that_a_browser_kept_is_of_no_use_to_somebody_later(lesson: PlanItem, clock: HandClock) -> None:
    now_ms = to_ms(clock.now())
    code = code_to_show(people.viewer(lesson.training_class.head_teacher), lesson, Side.IN, now_ms)
    word = see_code(lesson.pk, Side.IN, code, now_ms)
    assert refusal_of(lambda: seen_in(word, now_ms + 180_001)) is CodeNotValid


def test_a_word_that_somebody_else_wrote_is_not_read(lesson: PlanItem, clock: HandClock) -> None:
    now_ms = to_ms(clock.now())
    forged = f"{lesson.pk}.in.{now_ms}.0.AAAAAAAAAAAA"
    assert refusal_of(lambda: seen_in(forged, now_ms)) is CodeNotValid


def test_nobody_of_another_class_is_shown_a_lesson_to_sign(lesson: PlanItem, clock: HandClock) -> None:
    stranger = people.viewer(classroom(clock.now()).learner)
    assert refusal_of(lambda: item_seen(stranger, seen(lesson, clock))) is NotInClass
