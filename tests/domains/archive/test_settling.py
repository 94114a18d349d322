"""Settling the hours of a class: by the records and the rules, by two persons, and once (clauses T1.3, C3)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jiangxue.accounts.models import Membership
from jiangxue.archive.errors import (
    ClassNotOver,
    FiguresChanged,
    NotTheTurn,
    NotYours,
    OwnHours,
    SamePerson,
    StillAtTest,
    StillOpen,
)
from jiangxue.archive.models import SettledPlace, Settlement, SettlementReview
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.queries.settlements import hours_now, settled_places, settlement_of, state_of
from jiangxue.archive.rules.settlement import SettlementState
from jiangxue.archive.services.settling import Because, Review, propose, review, settle_again
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import DayTotal, Lease, LessonProgress, Verdict
from jiangxue.learning.rules.open_ends import APPEALS_WAITED_FOR
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputing import recompute
from tests.factories import people
from tests.factories.appeals import LEAVE, draft_of, proposed, reviewed, silent_session
from tests.factories.assessment import begun, submitted
from tests.factories.learning import opened, watched
from tests.factories.lives import Life, life
from tests.factories.policies import set_rule
from tests.refusals import refusal_of
from tests.worlds import Worlds


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


def over(lived: Life) -> None:
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at + timedelta(hours=1)


def propose_now(lived: Life, viewer: Viewer | None = None) -> Settlement:
    viewer = viewer or people.viewer(lived.room.head_teacher)
    return propose(viewer, lived.room.training_class.pk, by=PROGRAM, clock=lived.clock)


def review_now(lived: Life, viewer: Viewer | None = None, *, ordinal: int = 1, confirms: bool = True) -> None:
    viewer = viewer or people.viewer(lived.second)
    said = Review(ordinal, confirms, "" if confirms else "请核对第二课。")
    review(viewer, lived.room.training_class.pk, said, by=PROGRAM, clock=lived.clock)


def provisional_minute(lived: Life) -> None:
    """Learn for a minute that nothing confirms."""
    watched(opened(lived.room, lived.clock), lived.clock, 2, flags=LEAVE)
    end_overdue(clock=lived.clock)


@pytest.mark.clause("T1.3", "C3")
def test_hours_are_those_of_recognised_lessons_and_stand_in_the_archive(lived: Life) -> None:
    lived.finish()
    lived.tests()
    lived.settle()
    row = settled_places([lived.room.enrolment.pk])[lived.room.enrolment.pk]
    assert (row.recognised_ms, row.hours) == (3_600_000, 133), "60 minutes of 45: 1.33 学时, rounded down once"
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    sealed = dossier.settlements[-1].values
    assert sealed["recognised_ms"] == row.recognised_ms
    assert sealed["hours"]["online"] == row.hours
    assert (sealed["proposed_by"], sealed["confirmed_by"]) == (lived.room.head_teacher.pk, lived.second.pk)
    assert sealed["lessons"][0]["confirmed_ms"] == 3_600_000
    assert row.figures == {key: sealed[key] for key in row.figures}


@pytest.mark.clause("T1.3")
def test_who_sits_at_a_test_at_the_end_may_hand_it_in_before_the_class_is_settled(lived: Life) -> None:
    lived.finish()
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at - timedelta(minutes=10)
    attempt = begun(lived.room, lived.clock)
    lived.clock.at = lived.room.training_class.term.closes_at
    assert refusal_of(lambda: propose_now(lived)) is StillAtTest
    submitted(lived.room, attempt, lived.clock, 4)
    propose_now(lived)
    review_now(lived)
    assert SettledPlace.objects.get().recognised_ms == 3_600_000


@pytest.mark.clause("T1.3")
def test_what_no_check_confirmed_until_then_is_refused_and_named(lived: Life) -> None:
    provisional_minute(lived)
    before = DayTotal.objects.get()
    lived.settle()
    after = DayTotal.objects.get()
    assert (before.credited_ms, after.credited_ms) == (60_000, 0)
    assert after.refused_ms["unconfirmed"] == 60_000
    assert (LessonProgress.objects.get().reached_ms, Lease.objects.get().provisional_ms) == (0, 0)
    assert [(each.kind, each.check_made, each.ms) for each in Verdict.objects.all()] == [("unconfirmed", None, 60_000)]
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    assert {stretch.kind for stretch in dossier.stretches} == {"unconfirmed"}
    assert dossier.settlements[0].values["time"]["refused_ms"] == {"unconfirmed": 60_000}
    assert not recompute(lived.room.training_class.pk).differences


@pytest.mark.clause("T1.3")
def test_a_lesson_lacks_what_is_owed_and_is_not_recognised(lived: Life) -> None:
    lived.finish()
    lived.settle()
    row = settled_places([lived.room.enrolment.pk])[lived.room.enrolment.pk]
    assert (row.recognised_ms, row.hours) == (0, 0)
    assert row.figures["lessons"][0]["lacking"] == ["test"]
    assert row.figures["time"]["confirmed_ms"] == 3_600_000, "the measured minutes stand beside"


@pytest.mark.clause("T1.3")
def test_a_class_that_runs_or_has_open_ends_is_not_settled(lived: Life) -> None:
    assert refusal_of(lambda: propose_now(lived)) is ClassNotOver
    session = silent_session(lived.room, lived.clock)
    appeal = open_appeal(lived.room.viewer, draft_of(session, lived.clock), clock=lived.clock)
    over(lived)
    assert refusal_of(lambda: propose_now(lived)) is StillOpen
    with pytest.raises(StillOpen) as refused:
        propose_now(lived)
    assert (refused.value.ends.sessions, refused.value.ends.checks, refused.value.ends.appeals) == (0, 0, 1)
    proposed(lived.room, lived.clock, appeal.pk, None)
    reviewed(people.viewer(lived.second), lived.clock, appeal.pk)
    assert propose_now(lived).ordinal == 1


@pytest.mark.clause("T1.3")
def test_each_step_belongs_to_one_role_and_no_person_does_both(lived: Life) -> None:
    over(lived)
    assert refusal_of(lambda: propose_now(lived, people.viewer(lived.second))) is NotYours
    assert refusal_of(lambda: review_now(lived)) is NotTheTurn
    propose_now(lived)
    assert refusal_of(lambda: propose_now(lived)) is NotTheTurn
    assert refusal_of(lambda: review_now(lived, people.viewer(lived.room.head_teacher))) is NotYours
    Membership.objects.create(
        account=lived.room.head_teacher,
        role=Role.INSTITUTION_ADMINISTRATOR.value,
        organisation=lived.room.institution,
    )
    both = Viewer(lived.room.head_teacher.pk, Role.INSTITUTION_ADMINISTRATOR, lived.room.institution.pk)
    assert refusal_of(lambda: review_now(lived, both)) is SamePerson
    assert not SettledPlace.objects.exists()


@pytest.mark.clause("T1.3")
def test_nobody_proposes_their_own_hours(lived: Life) -> None:
    enrol(class_id=lived.room.training_class.pk, learner_id=lived.room.head_teacher.pk, now=lived.clock.now())
    over(lived)
    assert refusal_of(lambda: propose_now(lived)) is OwnHours


@pytest.mark.clause("T1.3")
def test_a_later_correction_keeps_to_the_rules_that_the_class_was_settled_by(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    lived.finish()
    lived.tests()
    lived.settle()
    lived.clock.advance(24 * 3_600_000)
    set_rule(lived.room, lived.clock.now(), complete_permille=1_000)
    lived.clock.advance(1_000)
    settled = settled_places([lived.room.enrolment.pk])[lived.room.enrolment.pk]
    persons = lived.room.head_teacher.pk, lived.second.pk
    draft = draft_of(session, lived.clock, day=learning_day(session.opened_at))
    appeal = open_appeal(lived.room.viewer, draft, clock=lived.clock)
    settle_again(lived.room.enrolment.pk, because=Because(appeal=appeal.pk), persons=persons, now=lived.clock.now())
    again = settled_places([lived.room.enrolment.pk])[lived.room.enrolment.pk]
    assert (again.ordinal, again.hours) == (2, settled.hours)


@pytest.mark.clause("T1.3")
def test_a_rule_that_is_set_when_the_class_is_over_changes_nothing_of_it(lived: Life) -> None:
    lived.finish()
    over(lived)
    before = hours_now(lived.room.training_class, lived.clock.now())
    set_rule(lived.room, lived.clock.now(), complete_permille=900)
    lived.clock.advance(1_000)
    after = hours_now(lived.room.training_class, lived.clock.now())
    assert (after.digest, after.in_force.version_ids) == (before.digest, before.in_force.version_ids)
    assert after.in_force.policy.complete_permille == 990


@pytest.mark.clause("T1.3")
def test_nobody_keeps_a_class_open_by_appeals_without_end(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    over(lived)
    lived.clock.at += APPEALS_WAITED_FOR
    open_appeal(
        lived.room.viewer, draft_of(session, lived.clock, day=learning_day(session.opened_at)), clock=lived.clock
    )
    assert propose_now(lived).ordinal == 1
    review_now(lived)
    assert state_of(settlement_of(lived.room.training_class.pk)) is SettlementState.SETTLED


@pytest.mark.clause("T1.3")
def test_nobody_confirms_their_own_hours(lived: Life) -> None:
    enrol(class_id=lived.room.training_class.pk, learner_id=lived.second.pk, now=lived.clock.now())
    over(lived)
    propose_now(lived)
    assert refusal_of(lambda: review_now(lived)) is OwnHours


def test_a_proposal_that_is_sent_back_is_proposed_anew_with_its_words_kept(lived: Life) -> None:
    over(lived)
    propose_now(lived)
    review_now(lived, confirms=False)
    assert state_of(settlement_of(lived.room.training_class.pk)) is SettlementState.SENT_BACK
    assert propose_now(lived).ordinal == 2
    assert refusal_of(lambda: review_now(lived, ordinal=1)) is NotTheTurn, "the page showed the first proposal"
    review_now(lived, ordinal=2)
    assert state_of(settlement_of(lived.room.training_class.pk)) is SettlementState.SETTLED
    assert [each.confirms for each in SettlementReview.objects.order_by("pk")] == [False, True]
    acts = AuditEntry.objects.filter(action__startswith="settlement.").order_by("pk").values_list("action", flat=True)
    assert [each.removeprefix("settlement.") for each in acts] == ["proposed", "sent_back", "proposed", "confirmed"]


@pytest.mark.clause("T1.3")
def test_records_that_change_after_the_proposal_are_not_confirmed_unseen(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    over(lived)
    propose_now(lived)
    draft = draft_of(session, lived.clock, day=learning_day(session.opened_at))
    appeal = open_appeal(lived.room.viewer, draft, clock=lived.clock)
    assert refusal_of(lambda: review_now(lived)) is StillOpen
    proposed(lived.room, lived.clock, appeal.pk, 60_000)
    reviewed(people.viewer(lived.second), lived.clock, appeal.pk)
    assert refusal_of(lambda: review_now(lived)) is FiguresChanged
    assert not SettlementReview.objects.exists()


@pytest.mark.clause("T1.3")
def test_a_later_correction_is_appended_beside_what_was_settled(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    lived.settle()
    first = SettledPlace.objects.get()
    draft = draft_of(session, lived.clock, day=learning_day(session.opened_at))
    appeal = open_appeal(lived.room.viewer, draft, clock=lived.clock)
    proposed(lived.room, lived.clock, appeal.pk, 60_000)
    reviewed(people.viewer(lived.second), lived.clock, appeal.pk)
    persons = lived.room.head_teacher.pk, lived.second.pk
    place = lived.room.enrolment.pk
    settle_again(place, because=Because(appeal=appeal.pk), persons=persons, now=lived.clock.now())
    rows = list(SettledPlace.objects.order_by("ordinal"))
    assert [(row.ordinal, row.because_id) for row in rows] == [(1, None), (2, appeal.pk)]
    assert rows[0].figures == first.figures
    assert settled_places([place])[place] == rows[1]
    assert rows[1].figures["time"]["corrected_ms"] == 60_000
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    assert [each.values["because"] for each in dossier.settlements] == [None, appeal.pk.hex]


def test_a_correction_before_the_settlement_settles_nothing(lived: Life) -> None:
    appeal_id = lived.appeal()
    persons = lived.room.head_teacher.pk, lived.second.pk
    settle_again(lived.room.enrolment.pk, because=Because(appeal=appeal_id), persons=persons, now=lived.clock.now())
    assert not SettledPlace.objects.exists()


@pytest.mark.clause("T1.3")
def test_who_left_the_class_is_settled_too(lived: Life) -> None:
    Enrolment.objects.filter(pk=lived.room.enrolment.pk).update(left_at=lived.clock.now())
    lived.settle()
    assert lived.room.enrolment.pk in settled_places([lived.room.enrolment.pk])
