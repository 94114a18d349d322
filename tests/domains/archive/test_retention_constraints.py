"""What the database keeps of retention, whatever the code above it does."""

from datetime import timedelta

import pytest

from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people, retention
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.mark.parametrize("facts", [{"years": 4}, {"years": 100}, {"reason": ""}])
def test_archives_are_kept_for_five_years_at_least_and_for_a_reason(db: None, facts: dict[str, object]) -> None:
    with broken("archive_kept_for_years"):
        retention.rule(MORNING, **facts)


def test_an_archive_is_held_once(room: Classroom) -> None:
    retention.held(room, MORNING)
    with broken("archive_held_once"):
        retention.held(room, MORNING)


def test_a_hold_has_a_reason(room: Classroom) -> None:
    with broken("archive_held_with_reason"):
        retention.held(room, MORNING, reason="")


@pytest.mark.parametrize("missing", ["lifted_at", "lifted_by", "lifted_because"])
def test_a_hold_is_lifted_by_somebody_some_time_for_a_reason(room: Classroom, missing: str) -> None:
    lifted = {"lifted_at": MORNING, "lifted_by": people.account(now=MORNING), "lifted_because": "核查结束"}
    lifted.pop(missing)
    with broken("archive_hold_lifted_whole"):
        retention.held(room, MORNING, **lifted)


def test_who_reported_does_not_confirm(db: None) -> None:
    person = people.account(now=MORNING)
    with broken("archive_run_two_persons"):
        retention.run(MORNING, reported_by=person, confirmed_by=person, confirmed_at=MORNING)
    with broken("archive_run_two_persons"):
        retention.run(MORNING, confirmed_at=MORNING)


def test_a_run_lists_an_archive_once(room: Classroom) -> None:
    run = retention.run(MORNING)
    retention.listed(run, room, MORNING)
    with broken("archive_erasure_listed_once"):
        retention.listed(run, room, MORNING)


def test_an_archive_is_erased_once(room: Classroom) -> None:
    retention.listed(retention.run(MORNING), room, MORNING, announced_at=MORNING)
    later = MORNING + timedelta(days=1)
    with broken("archive_erased_once"):
        retention.listed(retention.run(later), room, later, announced_at=later)


@pytest.mark.parametrize("facts", [{}, {"announced_at": MORNING, "kept_because": "held"}])
def test_nothing_is_erased_before_the_ledger_was_told(room: Classroom, facts: dict[str, object]) -> None:
    with broken("archive_erased_after_announced"):
        retention.listed(retention.run(MORNING), room, MORNING, erased_at=MORNING, **facts)
