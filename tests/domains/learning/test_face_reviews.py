"""What the machine cannot decide is decided by people: one says that it was the learner, two that it was not (clauses T3.1, T3.2, T1.3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.archive.errors import StillOpen
from jiangxue.archive.services.settling import propose as propose_settlement
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries import looks_at
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview, NotLooked, NotTheTurn, NotYours, OwnTime, SamePerson
from jiangxue.learning.models import Check, DayTotal, FaceReviewStep, Lease, LessonProgress, StudySession, Verdict
from jiangxue.learning.queries.face_pictures import picture_for, pictures_for
from jiangxue.learning.queries.face_reviews import face_case_for, undecided_about, waiting_for
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.queries.provisional import held_by
from jiangxue.learning.rules.differences import What
from jiangxue.learning.rules.face_reviews import ReviewState, ReviewStep
from jiangxue.learning.rules.verdicts import length_ms
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputing import recompute
from jiangxue.learning.services.reviewing import Word, say_who
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import (
    EIGHT_MS,
    UNCLEAR,
    WORDS,
    actor,
    face_room,
    failed,
    head,
    learning,
    looked,
    not_the_learner,
    says,
    second,
    shows,
    unclear,
)
from tests.factories.facing import PICTURE
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.refusals import refusal_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T3.1", "T3.2")


@pytest.fixture
def room(worlds: Worlds, clock: HandClock) -> Iterator[Classroom]:
    with worlds.rolled_back(face_room, clock) as made:
        yield made


def day(room: Classroom) -> DayTotal:
    return DayTotal.objects.get(learner=room.learner)


def held_ms(room: Classroom) -> int:
    return day(room).credited_ms - day(room).confirmed_ms


def word(check: Check, kind: ReviewStep, viewer: Viewer, clock: HandClock, after: int = 0) -> object:
    """Return what an act ends in."""
    return refusal_of(lambda: say_who(viewer, check.pk, Word(after, kind, WORDS), by=actor(viewer), clock=clock))


def test_an_unclear_check_takes_nothing_and_leaves_the_time_before_it_to_people(
    room: Classroom, clock: HandClock
) -> None:
    check = unclear(room, clock)
    assert (check.outcome, check.voided_ms, held_ms(room)) == ("unclear", 0, EIGHT_MS)
    assert face_case_for(head(room), check.pk).state is ReviewState.TO_DECIDE
    assert face_case_for(head(room), check.pk).ms == EIGHT_MS
    assert (waiting_for(head(room)), waiting_for(second(room, clock))) == (1, 0)
    assert Lease.objects.get(learner=room.learner).provisional_ms == 0


def test_a_face_that_passes_later_does_not_confirm_what_waits_for_people(room: Classroom, clock: HandClock) -> None:
    """Else somebody else could learn, spoil the check, and have the learner pass the next one."""
    unclear(room, clock)
    learning(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    assert (day(room).confirmed_ms, held_ms(room)) == (EIGHT_MS, EIGHT_MS)
    assert not recompute(room.training_class.pk).differences


def test_nor_does_one_that_fails_later_take_it(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    learning(room, clock)
    assert shows(room, clock, [AttemptOutcome.FAILED]).voided_ms == EIGHT_MS
    assert face_case_for(head(room), check.pk).ms == held_ms(room) == EIGHT_MS
    assert not recompute(room.training_class.pk).differences


def test_one_person_is_enough_to_say_that_it_was_the_learner(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    says(head(room), check, ReviewStep.CONFIRMED, clock)
    assert (day(room).credited_ms, day(room).confirmed_ms) == (EIGHT_MS, EIGHT_MS)
    assert LessonProgress.objects.get().confirmed_ms == EIGHT_MS
    assert face_case_for(head(room), check.pk).state is ReviewState.CONFIRMED
    assert FaceReviewStep.objects.get().ms == EIGHT_MS
    assert not recompute(room.training_class.pk).differences


def test_that_it_was_not_takes_nothing_until_a_second_person_approves(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    says(head(room), check, ReviewStep.DOUBTED, clock)
    assert (held_ms(room), waiting_for(second(room, clock))) == (EIGHT_MS, 1)
    says(second(room, clock), check, ReviewStep.APPROVED, clock, after=1, text="")
    assert (day(room).credited_ms, day(room).refused_ms["failed_check"]) == (0, EIGHT_MS)
    assert LessonProgress.objects.get().reached_ms == 0
    assert face_case_for(head(room), check.pk).state is ReviewState.NOT_CONFIRMED
    assert not recompute(room.training_class.pk).differences


def test_what_is_sent_back_is_decided_anew(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    says(head(room), check, ReviewStep.DOUBTED, clock)
    says(second(room, clock), check, ReviewStep.SENT_BACK, clock, after=1)
    assert face_case_for(head(room), check.pk).state is ReviewState.TO_DECIDE
    says(head(room), check, ReviewStep.CONFIRMED, clock, after=2)
    assert day(room).confirmed_ms == EIGHT_MS


def test_nobody_decides_for_themselves_twice_or_out_of_turn(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    other = second(room, clock)
    for viewer in (head(room), other):
        looked(viewer, check, clock)
    assert word(check, ReviewStep.CONFIRMED, other, clock) is NotYours
    assert word(check, ReviewStep.APPROVED, head(room), clock) is NotYours
    assert word(check, ReviewStep.APPROVED, other, clock) is NotTheTurn
    own = Viewer(room.head_teacher.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk)
    says(head(room), check, ReviewStep.DOUBTED, clock)
    assert word(check, ReviewStep.APPROVED, own, clock, after=1) is SamePerson
    assert word(check, ReviewStep.APPROVED, other, clock, after=0) is NotTheTurn
    assert word(check, ReviewStep.CONFIRMED, head(room), clock, after=1) is NotTheTurn
    as_learner = Viewer(room.learner.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk)
    looked(as_learner, check, clock)
    assert word(check, ReviewStep.APPROVED, as_learner, clock, after=1) is OwnTime
    assert held_ms(room) == EIGHT_MS


def test_nobody_decides_without_having_looked_at_the_pictures(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    assert word(check, ReviewStep.CONFIRMED, head(room), clock) is NotLooked
    looked(head(room), check, clock)
    assert word(check, ReviewStep.DOUBTED, head(room), clock) is None
    assert word(check, ReviewStep.APPROVED, second(room, clock), clock, after=1) is NotLooked
    assert word(check, ReviewStep.SENT_BACK, second(room, clock), clock, after=1) is None


def test_every_look_at_pictures_is_on_record_first(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    looked(head(room), check, clock)
    entries = AuditEntry.objects.filter(action="face.pictures_shown")
    assert {(entry.actor_id, entry.reason) for entry in entries} == {(room.head_teacher.pk, "复核")}
    assert sorted(entry.object_kind for entry in entries) == ["account", *["face_attempt"] * 3]
    looks = looks_at(room.learner.pk, [room.enrolment.pk])
    assert [(look.role, look.reason) for look in looks] == [("head_teacher", "复核")]


def test_each_decides_about_the_time_since_the_unclear_check_before(room: Classroom, clock: HandClock) -> None:
    first = unclear(room, clock)
    learning(room, clock)
    later = shows(room, clock, UNCLEAR)
    assert [face_case_for(head(room), each.pk).ms for each in (first, later)] == [EIGHT_MS, EIGHT_MS]
    not_the_learner(room, later, clock)
    assert (face_case_for(head(room), first.pk).ms, held_ms(room)) == (EIGHT_MS, EIGHT_MS)
    says(head(room), first, ReviewStep.CONFIRMED, clock)
    assert (day(room).confirmed_ms, day(room).credited_ms) == (EIGHT_MS, EIGHT_MS)
    assert not recompute(room.training_class.pk).differences


def test_whoever_learns_meanwhile_is_signed_out_before_their_lesson_falls_back(
    room: Classroom, clock: HandClock
) -> None:
    check = unclear(room, clock)
    session = opened(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    watched(session, clock, 4)
    not_the_learner(room, check, clock)
    session.refresh_from_db()
    assert session.end_reason == "failed_face"
    assert LessonProgress.objects.get().reached_ms == 120_000
    assert not recompute(room.training_class.pk).differences


def test_a_failed_check_stands_beside_them_decided_already(room: Classroom, clock: HandClock) -> None:
    check = failed(room, clock)
    case = face_case_for(head(room), check.pk)
    assert (case.state, case.ms) == (ReviewState.FAILED, EIGHT_MS)
    looked(head(room), check, clock)
    assert word(check, ReviewStep.CONFIRMED, head(room), clock) is NotTheTurn
    assert waiting_for(head(room)) == 0


def test_cases_and_pictures_are_for_those_who_answer_for_the_class(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    near, far = (Viewer(1, Role.SUPERVISOR, region=region) for region in ("4401", "4403"))
    picture = pictures_for(near, face_case_for(near, check.pk))[0]
    assert picture_for(near, check.pk, picture.id) == PICTURE
    teacher = Viewer(room.head_teacher.pk, Role.TEACHER, room.institution.pk)
    for viewer in (far, room.viewer, teacher, head(classroom(clock.now()))):
        assert refusal_of(lambda viewer=viewer: face_case_for(viewer, check.pk)) is NoSuchReview
        assert refusal_of(lambda viewer=viewer: picture_for(viewer, check.pk, picture.id)) is NoSuchReview


def test_the_enrolled_pictures_go_with_the_template_and_those_of_the_check_stay(
    room: Classroom, clock: HandClock
) -> None:
    check = unclear(room, clock)
    case = face_case_for(head(room), check.pk)
    assert sorted(each.attempt is None for each in pictures_for(head(room), case)) == [False] * 3 + [True]
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    assert [each.attempt is None for each in pictures_for(head(room), case)] == [False] * 3


def test_while_processing_is_restricted_the_supervisor_alone_sees_pictures(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    room.learner.restricted_at = clock.now()
    room.learner.save()
    case = face_case_for(head(room), check.pk)
    assert not pictures_for(head(room), case)
    assert len(pictures_for(Viewer(1, Role.SUPERVISOR, region="4401"), case)) == 4
    assert word(check, ReviewStep.CONFIRMED, head(room), clock) is None


def test_no_class_is_settled_while_a_face_check_waits(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    clock.at = room.training_class.term.closes_at + timedelta(days=1)
    assert open_ends(room.training_class.pk, room.training_class.term.closes_at).faces == 1
    assert (
        refusal_of(lambda: propose_settlement(head(room), room.training_class.pk, by=PROGRAM, clock=clock)) is StillOpen
    )
    says(head(room), check, ReviewStep.CONFIRMED, clock)
    assert undecided_about(room.training_class.pk) == 0


def test_nor_another_class_whose_time_it_is_about(room: Classroom, clock: HandClock) -> None:
    """Time of one class is held by a check that was asked in another one."""
    other = classroom(clock.now(), lesson_ms=3_600_000)
    set_rule(other, clock.now(), face_checks=1, face_lesson_start=1)
    enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    learning(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    watched(StudySession.objects.get(), clock, 4, flags=16)
    end_overdue(clock=clock)
    opened(replace(other, learner=room.learner), clock)
    shows(room, clock, UNCLEAR)
    assert [undecided_about(each.training_class.pk) for each in (room, other)] == [1, 1]
    assert undecided_about(classroom(clock.now()).training_class.pk) == 0


def test_it_is_overdue_after_three_working_days(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    case = face_case_for(head(room), check.pk)
    assert case.due_on.isoformat() == "2026-11-27"
    assert not case.is_overdue(clock.now() + timedelta(days=3))
    assert case.is_overdue(clock.now() + timedelta(days=4))


@pytest.mark.parametrize("kind", ["confirmed", "failed_check"])
def test_a_verdict_behind_which_nobody_stands_is_found(room: Classroom, clock: HandClock, kind: str) -> None:
    check = unclear(room, clock)
    says(head(room), check, ReviewStep.DOUBTED, clock)
    for each in held_by([check])[check.pk]:
        spans = [list(span) for span in each.spans]
        facts = {"ms": length_ms(each.spans), "stretches": spans, "at": clock.now()}
        Verdict.objects.create(segment=each.segment, check_made=check, kind=kind, **facts)
    assert What.VERDICTS in {each.what for each in recompute(room.training_class.pk).differences}


def test_evidence_of_each_word_is_told_to_the_archive(room: Classroom, clock: HandClock) -> None:
    check = unclear(room, clock)
    not_the_learner(room, check, clock)
    at_ms = to_ms(clock.now())
    steps = [(step.kind, step.ms, to_ms(step.at)) for step in FaceReviewStep.objects.order_by("ordinal")]
    assert steps == [("doubted", None, at_ms), ("approved", EIGHT_MS, at_ms)]
