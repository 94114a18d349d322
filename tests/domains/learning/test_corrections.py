"""Two persons decide, and what they give back stands beside what was judged (clauses T1.3, M6)."""

from collections.abc import Callable

import pytest

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    CorrectsTooMuch,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.models import Appeal, Correction, DayTotal, Segment
from jiangxue.learning.queries.appeals import appeal_for
from jiangxue.learning.queries.corrections import corrections_in
from jiangxue.learning.queries.records import day_of_learner, learning_totals
from jiangxue.learning.queries.stretches import stretch_of_learner
from jiangxue.learning.rules.appeals import AppealState, Result
from jiangxue.learning.rules.differences import What
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.recomputing import recompute
from jiangxue.ledger.models import Payload
from tests.factories import people
from tests.factories.appeals import (
    administrator,
    appeal,
    appealed,
    corrected,
    draft_of,
    proposed,
    reviewed,
    silent_session,
)
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)


def total(room: Classroom) -> DayTotal:
    return DayTotal.objects.get(learner=room.learner)


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
