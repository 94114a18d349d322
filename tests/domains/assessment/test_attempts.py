"""Attempts at the tests of lessons: begun, kept, marked once, and on record item by item (clauses T0, T1.3)."""

from datetime import timedelta

import pytest

from jiangxue.assessment.errors import (
    ClassIsNotOpen,
    CourseTakenDown,
    NoAttemptLeft,
    NoSuchAttempt,
    NoSuchTest,
    NotPlayedThrough,
    PassedAlready,
    UnknownChoice,
)
from jiangxue.assessment.models import Attempt
from jiangxue.assessment.queries.attempts import attempts_at, shown_items, solved_items
from jiangxue.assessment.rules.attempts import OPEN_FOR
from jiangxue.assessment.services import begin_attempt, end_lapsed, keep_choices, submit_attempt
from jiangxue.courseware.models import CourseQuestion, CourseVersion
from jiangxue.courseware.services.versions import show_no_more
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.models import DayTotal, LessonProgress, StudySession
from tests.factories.archives import events_of
from tests.factories.assessment import TEXTS, begun, choices, played, said, submitted, with_test
from tests.factories.classes import Classroom, classroom, published
from tests.factories.policies import set_rule

MINUTE_MS = 60_000
pytestmark = pytest.mark.usefixtures("asked")


def test_an_attempt_asks_every_test_question_and_keeps_the_rule(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    assert sorted(shown.text for shown in shown_items(attempt)) == sorted(TEXTS)
    assert (attempt.pass_percent, attempt.attempts_a_day) == (60, 3)
    assert attempt.policy_versions
    assert attempt.version_id == room.training_class.version_id
    assert attempt.expires_at == clock.now() + OPEN_FOR


def test_beginning_twice_is_the_same_attempt(room: Classroom, clock: HandClock) -> None:
    first = begun(room, clock)
    clock.advance(MINUTE_MS)
    assert begun(room, clock).pk == first.pk
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(("right", "score", "passed"), [(4, 100, True), (3, 75, True), (2, 50, False), (0, 0, False)])
def test_an_attempt_is_marked_by_what_was_right(
    room: Classroom, clock: HandClock, right: int, score: int, passed: bool
) -> None:
    marked = submitted(room, begun(room, clock), clock, right)
    assert (marked.outcome, marked.score, marked.passed) == ("submitted", score, passed)


def test_the_pass_mark_is_that_of_the_rule_at_the_beginning(room: Classroom, clock: HandClock) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_pass_percent=80)
    attempt = begun(room, clock)
    set_rule(room, clock.now(), test_pass_percent=50)
    assert not submitted(room, attempt, clock, 3).passed


def test_a_submission_is_marked_once(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    submitted(room, attempt, clock, 1)
    again = submitted(room, attempt, clock, 4)
    assert (again.score, again.passed) == (25, False)
    assert Attempt.objects.get().score == 25


def test_with_a_question_unanswered_nothing_is_marked_and_what_was_chosen_is_kept(
    room: Classroom, clock: HandClock
) -> None:
    attempt = begun(room, clock)
    clock.advance(MINUTE_MS)
    partly = said(room, attempt.pk, clock, {0: 2, 2: 2})
    assert partly.outcome == ""
    assert [item.chosen for item in Attempt.objects.get().items] == [2, None, 2, None]
    clock.advance(MINUTE_MS)
    assert said(room, attempt.pk, clock, {1: 2, 3: 2}).score == 100


def test_each_answer_has_the_time_at_which_it_was_chosen(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    began_ms = to_ms(clock.now())
    for place in range(4):
        clock.advance(MINUTE_MS)
        keep_choices(viewer=room.viewer, attempt_id=attempt.pk, choices={place: 2}, clock=clock)
    clock.advance(MINUTE_MS)
    submitted(room, attempt, clock, 4)
    found = [item.chosen_at_ms for item in Attempt.objects.get().items]
    assert found == [began_ms + MINUTE_MS * (place + 1) for place in range(4)]


@pytest.mark.parametrize("forged", [{0: 3}, {4: 0}, {0: -1}])
def test_a_forged_choice_changes_nothing(room: Classroom, clock: HandClock, forged: dict[int, int]) -> None:
    attempt = begun(room, clock)
    with pytest.raises(UnknownChoice):
        said(room, attempt.pk, clock, {**choices(attempt, 4), **forged})
    kept = Attempt.objects.get()
    assert kept.outcome == ""
    assert {item.chosen for item in kept.items} == {None}


@pytest.mark.clause("T0")
def test_nobody_submits_another_learners_attempt(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    stranger = classroom(clock.now()).viewer
    with pytest.raises(NoSuchAttempt):
        submit_attempt(viewer=stranger, attempt_id=attempt.pk, choices={}, clock=clock)


def test_attempts_are_as_many_a_day_as_the_rule_allows_and_begin_anew_on_the_next(
    room: Classroom, clock: HandClock
) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_attempts_a_day=2)
    for _ in range(2):
        submitted(room, begun(room, clock), clock, 0)
    with pytest.raises(NoAttemptLeft) as refused:
        begun(room, clock)
    assert refused.value.most == 2
    clock.at += timedelta(hours=14, minutes=59)
    with pytest.raises(NoAttemptLeft):
        begun(room, clock)
    clock.at += timedelta(minutes=1)
    begun(room, clock)


@pytest.mark.clause("M6")
def test_an_attempt_of_a_version_that_was_taken_down_is_withdrawn_and_costs_nothing(
    room: Classroom, clock: HandClock
) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_attempts_a_day=1)
    old = begun(room, clock)
    show_no_more(course_id=room.training_class.course_id, now=clock.now())
    newer = published(room.training_class.course, clock.now())
    TrainingClass.objects.update(version=newer)
    clock.advance(MINUTE_MS)
    new = begun(room, clock)
    assert (new.version_id, new.outcome) == (newer.pk, "")
    old.refresh_from_db()
    assert (old.outcome, old.score, old.ended_at) == ("withdrawn", None, clock.now())
    kinds = [event["kind"] for event in events_of(room.enrolment.aid)]
    assert sorted(kinds) == ["enrolment.described", "enrolment.opened", "test.begun", "test.begun", "test.withdrawn"]
    assert submitted(room, new, clock, 4).passed
    with pytest.raises(PassedAlready):
        begun(room, clock)


@pytest.mark.clause("M6")
def test_an_attempt_whose_time_runs_out_while_the_course_is_down_is_withdrawn(
    room: Classroom, clock: HandClock
) -> None:
    attempt = begun(room, clock)
    show_no_more(course_id=room.training_class.course_id, now=clock.now())
    clock.at = attempt.expires_at
    assert end_lapsed(clock=clock) == 1
    attempt.refresh_from_db()
    assert attempt.outcome == "withdrawn"


def test_a_passed_test_is_not_begun_again(room: Classroom, clock: HandClock) -> None:
    submitted(room, begun(room, clock), clock, 4)
    with pytest.raises(PassedAlready):
        begun(room, clock)


def test_a_lesson_that_is_not_played_to_its_end_opens_no_test(room: Classroom, clock: HandClock) -> None:
    LessonProgress.objects.update(confirmed_ms=0, reached_ms=170_000)
    with pytest.raises(NotPlayedThrough):
        begun(room, clock)


def test_what_awaits_confirmation_does_not_keep_the_test_closed(room: Classroom, clock: HandClock) -> None:
    LessonProgress.objects.update(confirmed_ms=0)
    assert begun(room, clock).questions


def test_a_lesson_without_test_questions_has_no_test(room: Classroom, clock: HandClock) -> None:
    played(room, clock.now(), lesson=1)
    with pytest.raises(NoSuchTest):
        begun(room, clock, lesson=1)


def test_a_lesson_of_another_class_has_no_test_here(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now())
    with_test(elsewhere, clock.now())
    for class_id, lesson_id, refusal in (
        (room.training_class.pk, elsewhere.lesson.pk, NoSuchTest),
        (elsewhere.training_class.pk, elsewhere.lesson.pk, NotInClass),
    ):
        with pytest.raises(refusal):
            begin_attempt(viewer=room.viewer, class_id=class_id, lesson_id=lesson_id, clock=clock, chance=lambda: 0.5)


def test_a_class_that_has_ended_begins_no_attempt_but_hears_the_open_one(room: Classroom, clock: HandClock) -> None:
    clock.at = clock.at.replace(year=2027, month=6, day=30, hour=15, minute=30)
    attempt = begun(room, clock)
    clock.advance(45 * MINUTE_MS)
    assert submitted(room, attempt, clock, 0).outcome == "submitted"
    with pytest.raises(ClassIsNotOpen):
        begun(room, clock)


def test_a_course_that_was_taken_down_begins_no_attempt(room: Classroom, clock: HandClock) -> None:
    CourseVersion.objects.filter(state="published").update(taken_down_at=clock.now())
    with pytest.raises(CourseTakenDown):
        begun(room, clock)


@pytest.mark.clause("T0")
def test_what_comes_after_its_time_is_not_marked_and_counts_as_an_attempt(room: Classroom, clock: HandClock) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_attempts_a_day=1)
    attempt = begun(room, clock)
    clock.at = attempt.expires_at
    late = submitted(room, attempt, clock, 4)
    assert (late.outcome, late.score, late.ended_at) == ("expired", None, attempt.expires_at)
    with pytest.raises(NoAttemptLeft):
        begun(room, clock)


def test_a_new_attempt_ends_the_one_whose_time_is_up(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    clock.at = attempt.expires_at
    assert begun(room, clock).pk != attempt.pk
    attempt.refresh_from_db()
    assert attempt.outcome == "expired"


def test_attempts_that_nobody_comes_back_to_are_ended(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    assert end_lapsed(clock=clock) == 0
    clock.at = attempt.expires_at
    assert end_lapsed(clock=clock) == 1
    assert end_lapsed(clock=clock) == 0


@pytest.mark.clause("T0")
def test_a_question_retired_meanwhile_is_marked_as_it_was_drawn_and_asked_until_there_is_another_version(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    attempt = begun(room, clock)
    CourseQuestion.objects.filter(pk=asked[0].pk).update(retired_at=clock.now())
    assert len(shown_items(attempt)) == 4
    assert submitted(room, attempt, clock, 2).score == 50
    assert len(begun(room, clock).items) == 4


def test_what_is_right_is_told_after_passing_only(room: Classroom, clock: HandClock) -> None:
    failed = submitted(room, begun(room, clock), clock, 1)
    assert solved_items(failed) == []
    open_one = begun(room, clock)
    assert solved_items(open_one) == []
    passed = submitted(room, open_one, clock, 3)
    assert [(item.right, item.chosen) for item in solved_items(passed)] == [(2, 2), (2, 2), (2, 2), (2, 0)]
    assert [item.chosen for item in solved_items(failed)] == [2, 0, 0, 0]


def test_attempts_are_listed_for_their_learner_alone(room: Classroom, clock: HandClock) -> None:
    for right in (0, 4):
        submitted(room, begun(room, clock), clock, right)
        clock.advance(MINUTE_MS)
    place = room.training_class.pk, room.lesson.pk
    assert [attempt.score for attempt in attempts_at(room.viewer, *place)] == [100, 0]
    assert not attempts_at(classroom(clock.now()).viewer, *place)


def test_no_time_is_earned_by_a_test(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    clock.advance(20 * MINUTE_MS)
    submitted(room, attempt, clock, 4)
    assert not DayTotal.objects.exists()
    assert not StudySession.objects.exists()


@pytest.mark.clause("T1.3")
def test_beginning_and_mark_are_evidence_item_by_item(room: Classroom, clock: HandClock) -> None:
    attempt = begun(room, clock)
    clock.advance(MINUTE_MS)
    submitted(room, attempt, clock, 3)
    events = {event["kind"]: event["data"] for event in events_of(room.enrolment.aid)}
    begin, result = events["test.begun"], events["test.submitted"]
    assert begin["items"] == [{"question": item.ref, "order": [0, 1, 2]} for item in attempt.items]
    assert (begin["pass_percent"], begin["attempts_a_day"]) == (60, 3)
    at_ms = to_ms(clock.now())
    assert result["items"][0] == {"question": attempt.items[0].ref, "option": 2, "right": 2, "chosen_at_ms": at_ms}
    assert result["items"][3]["option"] == 0
    assert (result["score"], result["passed"], result["policy_versions"]) == (75, True, attempt.policy_versions)
