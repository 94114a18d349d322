"""Cases: hours are frozen, both sides are heard, two persons of the authority decide (clauses M6, C5)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from jiangxue.archive.errors import StillFrozen
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.queries.settlements import hours_now, settled_places
from jiangxue.archive.rules.freezes import Days
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import DayTotal
from jiangxue.supervision.errors.cases import AlreadyOpen, HearFirst, NoSuchDays, NotTheTurn
from jiangxue.supervision.models import Case, CaseStep
from jiangxue.supervision.queries.cases import waiting_for
from jiangxue.supervision.services.cases_deciding import let_lapse
from tests.factories import people
from tests.factories.cases import both_explained, decides, explained, officer, opened_case, proposes
from tests.factories.lives import Life, life_learned
from tests.refusals import refusal_of
from tests.worlds import Worlds


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    """Return a learner who has learned the whole lesson in one day and passed its test."""
    with worlds.rolled_back(life_learned, clock) as found:
        yield found


@pytest.fixture
def first(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="陈科员"))


@pytest.fixture
def second(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="林科长"))


def learned_on(lived: Life) -> date:
    return DayTotal.objects.order_by("day").first().day  # type: ignore[union-attr]


def recognised_ms(lived: Life) -> int:
    room = lived.room
    room.training_class.refresh_from_db()
    return hours_now(room.training_class, lived.clock.now()).places[room.enrolment.pk].recognised_ms


def settled_ms(lived: Life) -> int:
    return settled_places([lived.room.enrolment.pk])[lived.room.enrolment.pk].recognised_ms


@pytest.mark.clause("M6", "C5")
def test_frozen_hours_stay_recorded_but_are_not_recognised_until_two_persons_say_so(
    lived: Life, first: Viewer, second: Viewer
) -> None:
    assert recognised_ms(lived) == 3_600_000
    credited = list(DayTotal.objects.values_list("day", "credited_ms", "confirmed_ms"))
    case = opened_case(first, lived.room, lived.clock)
    assert recognised_ms(lived) == 0
    assert list(DayTotal.objects.values_list("day", "credited_ms", "confirmed_ms")) == credited
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock)
    assert recognised_ms(lived) == 0, "a proposal decides nothing"
    decides(second, case.pk, lived.clock)
    assert recognised_ms(lived) == 3_600_000


def test_a_proposal_waits_for_those_alone_who_may_decide(lived: Life, first: Viewer, second: Viewer) -> None:
    proposer = people.viewer(officer(lived.clock.now(), name="周科员"))
    case = opened_case(first, lived.room, lived.clock)
    both_explained(lived.room, case.pk, lived.clock)
    proposes(proposer, case.pk, lived.clock)
    assert [waiting_for(each) for each in (first, proposer, second)] == [0, 0, 1]


def test_what_is_withheld_is_taken_by_days_and_nothing_else_changes(lived: Life, first: Viewer, second: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock, learned_on(lived))
    decides(second, case.pk, lived.clock)
    figures = hours_now(lived.room.training_class, lived.clock.now()).places[lived.room.enrolment.pk]
    assert figures.recognised_ms == 0
    assert figures.refused_ms["withheld"] >= 3_500_000
    assert DayTotal.objects.get(day=learned_on(lived)).confirmed_ms > 3_500_000, "time is never deleted"


def test_days_beyond_the_freeze_keep_their_hours(lived: Life, first: Viewer) -> None:
    day = learned_on(lived)
    opened_case(first, lived.room, lived.clock, Days(day - timedelta(days=9), day - timedelta(days=1)))
    assert recognised_ms(lived) == 3_600_000


def test_a_class_is_not_settled_while_hours_are_frozen(lived: Life, first: Viewer, second: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    assert refusal_of(lived.settle) is StillFrozen
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock)
    lived.settle_now()
    assert settled_ms(lived) == 3_600_000


def test_a_case_after_the_settlement_settles_the_place_again_and_again(
    lived: Life, first: Viewer, second: Viewer
) -> None:
    lived.settle()
    case = opened_case(first, lived.room, lived.clock)
    assert settled_ms(lived) == 0
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock, learned_on(lived))
    decides(second, case.pk, lived.clock)
    assert settled_ms(lived) == 0
    again = opened_case(second, lived.room, lived.clock)
    both_explained(lived.room, again.pk, lived.clock)
    proposes(second, again.pk, lived.clock)
    decides(first, again.pk, lived.clock)
    assert settled_ms(lived) == 3_600_000, "a later decision may give back"
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    assert not dossier.unread


def test_hours_are_recognised_again_when_nobody_decides_in_time_and_the_case_goes_on(
    lived: Life, first: Viewer, second: Viewer
) -> None:
    case = opened_case(first, lived.room, lived.clock)
    lived.clock.at += timedelta(days=42)
    assert learning_day(lived.clock.now()) == case.freeze.until
    assert let_lapse(clock=lived.clock) == 0, "it holds to the end of its last day"
    lived.clock.at += timedelta(days=1)
    assert let_lapse(clock=lived.clock) == 1
    assert let_lapse(clock=lived.clock) == 0
    assert recognised_ms(lived) == 3_600_000
    assert [step.kind for step in CaseStep.objects.all()] == ["lapsed"]
    lived.settle()
    assert settled_ms(lived) == 3_600_000
    proposes(first, case.pk, lived.clock, learned_on(lived))
    decides(second, case.pk, lived.clock)
    assert settled_ms(lived) == 0, "the decision comes all the same"


def test_nothing_is_withheld_before_both_sides_were_heard(lived: Life, first: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    day = learned_on(lived)
    assert refusal_of(lambda: proposes(first, case.pk, lived.clock, day)) is HearFirst
    explained(lived.room.viewer, case.pk, lived.clock)
    assert refusal_of(lambda: proposes(first, case.pk, lived.clock, day)) is HearFirst
    explained(people.viewer(lived.second), case.pk, lived.clock)
    proposes(first, case.pk, lived.clock, day)


def test_silence_does_not_keep_a_case_open_for_ever(lived: Life, first: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    lived.clock.at += timedelta(days=8)
    proposes(first, case.pk, lived.clock, learned_on(lived))


def test_only_days_on_which_something_was_learned_can_be_withheld(lived: Life, first: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    both_explained(lived.room, case.pk, lived.clock)
    other = learned_on(lived) - timedelta(days=1)
    assert refusal_of(lambda: proposes(first, case.pk, lived.clock, other)) is NoSuchDays


def test_one_case_about_a_place_at_a_time(lived: Life, first: Viewer, second: Viewer) -> None:
    opened_case(first, lived.room, lived.clock)
    assert refusal_of(lambda: opened_case(second, lived.room, lived.clock)) is AlreadyOpen
    assert Case.objects.count() == 1


def test_a_decided_case_takes_no_further_step(lived: Life, first: Viewer, second: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock)
    assert refusal_of(lambda: explained(lived.room.viewer, case.pk, lived.clock)) is NotTheTurn
    assert refusal_of(lambda: proposes(first, case.pk, lived.clock)) is NotTheTurn
    assert refusal_of(lambda: decides(second, case.pk, lived.clock)) is NotTheTurn


def test_every_step_stands_in_the_archive_and_in_the_audit(lived: Life, first: Viewer, second: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock, approves=False)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock)
    kinds = ["opened", "explained", "explained", "proposed", "sent_back", "proposed", "decided"]
    records, dossier = records_and_dossier(lived.room.enrolment.aid)
    sealed = sorted(each.kind for each in records if each.kind.startswith("case."))
    assert sealed == sorted(f"case.{kind}" for kind in kinds)
    assert not dossier.unread
    acts = AuditEntry.objects.filter(object_kind="case").order_by("pk").values_list("action", flat=True)
    assert list(acts) == [f"case.{kind}" for kind in kinds]
