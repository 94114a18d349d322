"""Appealing, proposing, approving, and what a correction leaves as it was (clauses T1.3, M6)."""

from collections.abc import Callable

import pytest

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    AlreadyAppealed,
    CorrectsTooMuch,
    NoSuchAppeal,
    NoSuchStretch,
    NotAppealable,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
    StillLearning,
    TooManyAppeals,
)
from jiangxue.learning.models import Appeal, Correction, DayTotal, Segment
from jiangxue.learning.queries.appeals import appeal_for, picture_for, waiting_for
from jiangxue.learning.queries.corrections import corrections_in
from jiangxue.learning.queries.records import day_of_learner, learning_totals
from jiangxue.learning.queries.stretches import stretch_of_learner
from jiangxue.learning.rules.appeals import AppealState, Result
from jiangxue.learning.rules.differences import What
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.recomputing import recompute
from jiangxue.learning.services.sealing import seal_open
from jiangxue.ledger.models import Payload
from tests.factories import people
from tests.factories.appeals import (
    administrator,
    appeal,
    appealed,
    corrected,
    draft_of,
    proposed,
    refused_of,
    reviewed,
    silent_session,
)
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)


def total(room: Classroom) -> DayTotal:
    return DayTotal.objects.get(learner=room.learner)


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
    with pytest.raises(AlreadyAppealed):
        open_appeal(room.viewer, draft_of(session, clock), clock=clock)


def test_somebody_elses_stretch_is_no_stretch_of_ones_own(room: Classroom, clock: HandClock) -> None:
    draft = draft_of(silent_session(room, clock), clock)
    stranger = people.viewer(people.account(now=clock.now()))
    with pytest.raises(NoSuchStretch):
        open_appeal(stranger, draft, clock=clock)


def test_credited_time_is_not_appealed(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    credited_at = session.segments.get().stretches[0][0]
    with pytest.raises(NotAppealable):
        open_appeal(room.viewer, draft_of(session, clock, start_ms=credited_at), clock=clock)


def test_a_running_session_is_not_appealed_yet(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 1, gap_ms=120_000)
    watched(session, clock, 10)
    seal_open(clock=clock)
    with pytest.raises(StillLearning):
        open_appeal(room.viewer, draft_of(session, clock), clock=clock)


def test_a_twenty_first_open_appeal_waits(room: Classroom, clock: HandClock) -> None:
    session = silent_session(room, clock)
    for n in range(20):
        appeal(session, clock.now(), start_ms=n, end_ms=n + 1)
    with pytest.raises(TooManyAppeals):
        open_appeal(room.viewer, draft_of(session, clock), clock=clock)


@pytest.mark.clause("M6", "T1.3")
def test_two_persons_give_time_back_beside_what_was_judged(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    before, segments = total(room), list(Segment.objects.values())
    proposed(room, clock, found.pk, 60_000)
    assert not Correction.objects.exists()
    reviewed(people.viewer(second), clock, found.pk)
    kept = Correction.objects.get()
    assert (kept.ms, kept.proposed_by, kept.approved_by) == (60_000, room.head_teacher, second)
    after = total(room)
    assert (after.corrected_ms, before.corrected_ms) == (60_000, 0)
    assert (after.credited_ms, after.confirmed_ms, after.refused_ms) == (
        before.credited_ms,
        before.confirmed_ms,
        before.refused_ms,
    )
    assert list(Segment.objects.values()) == segments
    assert appeal_for(room.viewer, found.pk).result is Result.CORRECTED
    assert not recompute(room.training_class.pk).differences


@pytest.mark.clause("T1.3")
def test_the_time_line_shows_what_was_given_back_and_credits_nothing(room: Classroom, clock: HandClock) -> None:
    found = corrected(room, clock, 20_000)
    day = day_of_learner(room.viewer, learning_day(clock.now()))
    kinds = [(each.kind, each.ms) for each in day.stretches]
    assert ("corrected", 20_000) in kinds
    assert ("silent", 40_000) in kinds
    assert day.corrected_ms == 20_000
    assert day.credited_ms == total(room).credited_ms
    assert learning_totals(room.viewer).corrected_ms == 20_000
    given = stretch_of_learner(room.viewer, found.day, found.session_id, found.start_ms)
    assert given.stretch.corrected
    assert given.stretch.reason == "silent"


def test_to_uphold_gives_nothing_back(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, None)
    reviewed(people.viewer(second), clock, found.pk)
    assert appeal_for(room.viewer, found.pk).result is Result.UPHELD
    assert not Correction.objects.exists()
    assert total(room).corrected_ms == 0


def test_what_is_sent_back_is_proposed_again(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    reviewed(people.viewer(second), clock, found.pk, approves=False)
    assert appeal_for(room.viewer, found.pk).state is AppealState.TO_PROPOSE
    proposed(room, clock, found.pk, 30_000, after=2)
    reviewed(people.viewer(second), clock, found.pk, after=3)
    assert Correction.objects.get().ms == 30_000
    assert not recompute(room.training_class.pk).differences


@pytest.mark.clause("M6")
def test_the_same_person_in_another_role_does_not_approve(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    role = Membership.objects.create(
        account=room.head_teacher, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution
    )
    with pytest.raises(SamePerson):
        reviewed(viewer_for(memberships(room.head_teacher.pk).get(pk=role.pk)), clock, found.pk)
    assert not Correction.objects.exists()


@pytest.mark.clause("M6")
def test_an_administrator_does_not_approve_the_own_time(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    role = Membership.objects.create(
        account=room.learner, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution
    )
    with pytest.raises(OwnTime):
        reviewed(viewer_for(memberships(room.learner.pk).get(pk=role.pk)), clock, found.pk)


def test_each_step_belongs_to_one_role(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    with pytest.raises(NotYours):
        reviewed(people.viewer(room.head_teacher), clock, found.pk, after=0)
    proposed(room, clock, found.pk, None)
    with pytest.raises(NotYours):
        reviewed(people.viewer(room.head_teacher), clock, found.pk)
    with pytest.raises(NotYours):
        reviewed(room.viewer, clock, found.pk)


def test_who_read_an_older_page_is_told_so(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    with pytest.raises(NotTheTurn):
        proposed(room, clock, found.pk, None)
    with pytest.raises(NotTheTurn):
        reviewed(people.viewer(second), clock, found.pk, after=0)
    reviewed(people.viewer(second), clock, found.pk)
    with pytest.raises(NotTheTurn):
        reviewed(people.viewer(second), clock, found.pk)
    assert Correction.objects.count() == 1


def test_more_than_was_refused_is_not_given_back(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    with pytest.raises(CorrectsTooMuch):
        proposed(room, clock, found.pk, 60_001)


@pytest.mark.clause("C5", "M6")
def test_appeals_are_seen_by_those_whom_they_concern(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    elsewhere = classroom(clock.now(), region="440305")
    for viewer in (room.viewer, people.viewer(room.head_teacher), people.viewer(second)):
        assert appeal_for(viewer, found.pk).appeal == found
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    for stranger in (colleague, teacher, elsewhere.head_teacher, elsewhere.learner, administrator(elsewhere, clock)):
        with pytest.raises(NoSuchAppeal):
            appeal_for(people.viewer(stranger), found.pk)
        with pytest.raises(NoSuchAppeal):
            picture_for(people.viewer(stranger), found.pk)


def test_the_count_follows_the_turn(room: Classroom, clock: HandClock, second: Account) -> None:
    head, other = people.viewer(room.head_teacher), people.viewer(second)
    found = appealed(room, clock)
    assert (waiting_for(head), waiting_for(other), waiting_for(room.viewer)) == (1, 0, 0)
    proposed(room, clock, found.pk, None)
    assert (waiting_for(head), waiting_for(other)) == (0, 1)
    reviewed(other, clock, found.pk)
    assert (waiting_for(head), waiting_for(other)) == (0, 0)


def test_a_class_above_five_percent_is_flagged(room: Classroom, clock: HandClock) -> None:
    corrected(room, clock)
    found = corrections_in(people.viewer(room.head_teacher), room.training_class.pk)
    assert (found.corrected_ms, found.credited_ms) == (60_000, total(room).credited_ms)
    assert found.is_beyond_usual


def test_every_step_is_evidence_and_what_staff_does_is_audited(room: Classroom, clock: HandClock) -> None:
    before = Payload.objects.filter(aid=room.enrolment.aid).count()
    silent_session(room, clock)
    learned = Payload.objects.filter(aid=room.enrolment.aid).count()
    session = room.enrolment
    found = open_appeal(
        room.viewer, draft_of(Segment.objects.get(session__enrolment=session).session, clock), clock=clock
    )
    proposed(room, clock, found.pk, 60_000)
    reviewed(people.viewer(administrator(room, clock)), clock, found.pk)
    assert Payload.objects.filter(aid=room.enrolment.aid).count() - learned == 4
    assert before < learned
    acts = AuditEntry.objects.filter(object_kind="appeal", object_id=str(found.pk)).values_list("action", flat=True)
    assert list(acts.order_by("pk")) == ["appeal.proposed", "appeal.approved"]


def day_raised(found: Appeal) -> None:
    DayTotal.objects.update(corrected_ms=120_000)


def invented(found: Appeal) -> None:
    """Add a correction and its minutes, as somebody who writes to the database could, without any appeal's steps."""
    other = appeal(found.session, found.opened_at, start_ms=found.session.segments.get().stretches[0][0])
    now = found.opened_at
    one, two = people.account(now=now), people.account(now=now)
    Correction.objects.create(
        appeal=other,
        session=other.session,
        learner=other.learner,
        day=found.day,
        start_ms=other.start_ms,
        end_ms=other.end_ms,
        reason=other.reason,
        ms=1_000,
        proposed_by=one,
        approved_by=two,
        at=now,
    )
    DayTotal.objects.update(corrected_ms=61_000)


@pytest.mark.clause("T1.3")
@pytest.mark.parametrize(("meddle", "what"), [(day_raised, What.CORRECTED), (invented, What.CORRECTIONS)])
def test_judging_again_finds_minutes_that_nobody_gave_back(
    room: Classroom, clock: HandClock, meddle: Callable[[Appeal], None], what: What
) -> None:
    found = corrected(room, clock)
    meddle(found)
    assert {each.what for each in recompute(room.training_class.pk).differences} == {what}
