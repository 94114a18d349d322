"""Two persons decide, and what they give back stands beside what was judged (clauses T1.3, M6)."""

from functools import partial

import pytest

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
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
from jiangxue.learning.services.deciding import Proposal, propose
from jiangxue.learning.services.recomputing import recompute
from jiangxue.ledger.models import Payload
from tests.factories import people
from tests.factories.appeals import (
    administrator,
    appeal,
    appealed,
    corrected,
    correction,
    draft_of,
    proposed,
    refused_of,
    reviewed,
    silent_session,
)
from tests.factories.classes import Classroom
from tests.factories.learning import total
from tests.refusals import refusal_of


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
    assert (
        refusal_of(lambda: reviewed(viewer_for(memberships(room.head_teacher.pk).get(pk=role.pk)), clock, found.pk))
        is SamePerson
    )
    assert not Correction.objects.exists()


@pytest.mark.clause("M6")
def test_an_administrator_does_not_approve_the_own_time(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    role = Membership.objects.create(
        account=room.learner, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution
    )
    assert (
        refusal_of(lambda: reviewed(viewer_for(memberships(room.learner.pk).get(pk=role.pk)), clock, found.pk))
        is OwnTime
    )


def test_each_step_belongs_to_one_role(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    said = Proposal(0, None, "已核对网络记录。")
    for viewer in (people.viewer(second), room.viewer):
        assert refusal_of(partial(propose, viewer, found.pk, said, by=PROGRAM, clock=clock)) is NotYours
    assert refusal_of(lambda: reviewed(people.viewer(room.head_teacher), clock, found.pk, after=0)) is NotYours
    proposed(room, clock, found.pk, None)
    assert refusal_of(lambda: reviewed(people.viewer(room.head_teacher), clock, found.pk)) is NotYours
    assert refusal_of(lambda: reviewed(room.viewer, clock, found.pk)) is NotYours


def test_who_read_an_older_page_is_told_so(room: Classroom, clock: HandClock, second: Account) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    assert refusal_of(lambda: proposed(room, clock, found.pk, None)) is NotTheTurn
    assert refusal_of(lambda: reviewed(people.viewer(second), clock, found.pk, after=0)) is NotTheTurn
    reviewed(people.viewer(second), clock, found.pk)
    assert refusal_of(lambda: reviewed(people.viewer(second), clock, found.pk)) is NotTheTurn
    assert Correction.objects.count() == 1


def test_more_than_was_refused_is_not_given_back(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    assert refusal_of(lambda: proposed(room, clock, found.pk, 60_001)) is CorrectsTooMuch


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


def invented(found: Appeal) -> None:
    """Add a correction and its minutes, as somebody who writes to the database could, about a refusal but without any steps."""
    refused = refused_of(found.session)
    _written(appeal(found.session, found.opened_at, start_ms=refused.start_ms + 1, end_ms=refused.end_ms))


def over_credited(found: Appeal) -> None:
    """Add a correction with both its steps over time that was credited anyway."""
    start_ms = found.session.segments.get().stretches[0][0]
    kept = correction(
        appeal(found.session, found.opened_at, start_ms=start_ms, end_ms=start_ms + 1_000), found.opened_at
    )
    DayTotal.objects.update(corrected_ms=60_000 + kept.ms)


def _written(about: Appeal) -> None:
    one, two = people.account(now=about.opened_at), people.account(now=about.opened_at)
    Correction.objects.create(
        appeal=about,
        session=about.session,
        learner=about.learner,
        day=about.day,
        start_ms=about.start_ms,
        end_ms=about.end_ms,
        reason=about.reason,
        ms=1_000,
        proposed_by=one,
        approved_by=two,
        at=about.opened_at,
    )
    DayTotal.objects.update(corrected_ms=61_000)


def disagreements(room: Classroom) -> set[What]:
    return {each.what for each in recompute(room.training_class.pk).differences}


@pytest.mark.clause("T1.3")
def test_judging_again_finds_minutes_that_nobody_gave_back(room: Classroom, clock: HandClock) -> None:
    corrected(room, clock)
    DayTotal.objects.update(corrected_ms=120_000)
    assert disagreements(room) == {What.CORRECTED}


@pytest.mark.clause("T1.3")
def test_judging_again_asks_for_both_steps_of_a_correction(room: Classroom, clock: HandClock) -> None:
    invented(corrected(room, clock))
    assert disagreements(room) == {What.CORRECTIONS}


@pytest.mark.clause("T1.3")
def test_judging_again_asks_for_the_refusal_under_a_correction(room: Classroom, clock: HandClock) -> None:
    over_credited(corrected(room, clock))
    assert disagreements(room) == {What.CORRECTIONS}


@pytest.mark.clause("M6")
def test_what_changed_since_the_page_was_read_is_not_approved(
    room: Classroom, clock: HandClock, second: Account
) -> None:
    """The administrator read a proposal of ten seconds, sent it back in another window, and a minute was proposed meanwhile."""
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 10_000)
    reviewed(people.viewer(second), clock, found.pk, approves=False)
    proposed(room, clock, found.pk, 60_000, after=2)
    assert refusal_of(lambda: reviewed(people.viewer(second), clock, found.pk, after=1)) is NotTheTurn
