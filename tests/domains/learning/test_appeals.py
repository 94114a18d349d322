"""What may be appealed, and who sees it (clauses T1.3, M6)."""

from functools import partial

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import ClassTeacher
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import (
    AlreadyAppealed,
    NoSuchAppeal,
    NoSuchStretch,
    NotAppealable,
    StillLearning,
    TooManyAppeals,
)
from jiangxue.learning.queries.appeals import appeal_for, picture_for, waiting_for
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.sealing import seal_open
from tests.factories import people
from tests.factories.appeals import (
    administrator,
    appeal,
    appealed,
    draft_of,
    proposed,
    refused_of,
    reviewed,
    silent_session,
)
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.refusals import refusal_of


def test_a_refused_stretch_is_appealed_with_its_deadline(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    found = open_appeal(room.viewer, draft_of(session, clock, picture=b"webp"), clock=clock)
    stretch = refused_of(session)
    assert (found.start_ms, found.end_ms, found.reason) == (stretch.start_ms, stretch.end_ms, "silent")
    assert found.due_on.isoformat() == "2026-11-27"  # opened on a Tuesday
    assert picture_for(room.viewer, found.pk) == b"webp"
    assert b"webp" not in bytes(found.picture.sealed)


def test_the_same_stretch_is_not_appealed_twice(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    first = open_appeal(room.viewer, draft_of(session, clock), clock=clock)
    with pytest.raises(AlreadyAppealed) as refused:
        open_appeal(room.viewer, draft_of(session, clock), clock=clock)
    assert refused.value.appeal == first.pk


def test_nor_is_a_stretch_of_which_a_part_was_appealed(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    stretch = refused_of(session)
    appeal(session, clock.now(), start_ms=stretch.start_ms + 1_000, end_ms=stretch.end_ms + 5_000)
    assert refusal_of(lambda: open_appeal(room.viewer, draft_of(session, clock), clock=clock)) is AlreadyAppealed


def test_somebody_elses_stretch_is_no_stretch_of_ones_own(room: Classroom, clock: HandClock) -> None:
    draft = draft_of(silent_session(room, clock), clock)
    stranger = people.viewer(people.account(now=clock.now()))
    assert refusal_of(lambda: open_appeal(stranger, draft, clock=clock)) is NoSuchStretch


def test_credited_time_is_not_appealed(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    credited_at = session.segments.get().stretches[0][0]
    assert (
        refusal_of(lambda: open_appeal(room.viewer, draft_of(session, clock, start_ms=credited_at), clock=clock))
        is NotAppealable
    )


def test_a_running_session_is_not_appealed_yet(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 1, gap_ms=120_000)
    watched(session, clock, 10)
    seal_open(clock=clock)
    assert refusal_of(lambda: open_appeal(room.viewer, draft_of(session, clock), clock=clock)) is StillLearning


def test_a_twenty_first_open_appeal_waits(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    for n in range(20):
        appeal(session, clock.now(), start_ms=n, end_ms=n + 1)
    assert refusal_of(lambda: open_appeal(room.viewer, draft_of(session, clock), clock=clock)) is TooManyAppeals


@pytest.mark.clause("C5", "M6")
def test_appeals_are_seen_by_those_whom_they_concern(room: Classroom, clock: HandClock, second: Account) -> None:
    found = open_appeal(room.viewer, draft_of(silent_session(room, clock), clock, picture=b"webp"), clock=clock)
    elsewhere = classroom(clock.now(), region="440305")
    for viewer in (room.viewer, people.viewer(room.head_teacher), people.viewer(second)):
        assert appeal_for(viewer, found.pk).appeal == found
        assert picture_for(viewer, found.pk) == b"webp"
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    for stranger in (colleague, teacher, elsewhere.head_teacher, elsewhere.learner, administrator(elsewhere, clock)):
        for query in (appeal_for, picture_for):
            assert refusal_of(partial(query, people.viewer(stranger), found.pk)) is NoSuchAppeal


@pytest.mark.clause("C5", "M2")
def test_a_supervisor_reads_an_appeal_and_gets_no_picture(room: Classroom, clock: HandClock) -> None:
    official = Viewer(1, Role.SUPERVISOR, None, "4401")
    found = open_appeal(room.viewer, draft_of(silent_session(room, clock), clock, picture=b"webp"), clock=clock)
    assert appeal_for(official, found.pk).has_picture
    assert refusal_of(partial(picture_for, official, found.pk)) is NoSuchAppeal


def test_the_count_follows_the_turn(room: Classroom, clock: HandClock, second: Account) -> None:
    head, other = people.viewer(room.head_teacher), people.viewer(second)
    found = appealed(room, clock)
    assert (waiting_for(head), waiting_for(other), waiting_for(room.viewer)) == (1, 0, 0)
    proposed(room, clock, found.pk, None)
    assert (waiting_for(head), waiting_for(other)) == (0, 1)
    reviewed(other, clock, found.pk)
    assert (waiting_for(head), waiting_for(other)) == (0, 0)


@pytest.mark.clause("M6")
def test_a_head_teacher_who_only_teaches_a_class_does_not_see_its_appeals(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    ClassTeacher.objects.create(training_class=room.training_class, teacher=colleague)
    assert refusal_of(lambda: appeal_for(people.viewer(colleague), found.pk)) is NoSuchAppeal
