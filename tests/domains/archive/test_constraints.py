"""What the database keeps of settlements, whatever the code above it does."""

from datetime import date

import pytest

from jiangxue.archive.models import Settlement
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import appeals, sessions
from tests.factories.cases import ended, frozen
from tests.factories.classes import Classroom, classroom
from tests.factories.settlements import reviewed, settled, settlement


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def proposed(room: Classroom) -> Settlement:
    return settlement(room, MORNING)


def test_proposals_of_a_class_follow_one_another(proposed: Settlement, room: Classroom) -> None:
    with broken("archive_settlement_once"):
        settlement(room, MORNING)


def test_who_proposed_does_not_confirm(proposed: Settlement) -> None:
    with broken("archive_settlement_two_persons"):
        reviewed(proposed, MORNING, by=proposed.proposed_by)


def test_nothing_is_sent_back_without_words(proposed: Settlement) -> None:
    with broken("archive_sent_back_with_words"):
        reviewed(proposed, MORNING, confirms=False)


def test_a_place_is_settled_once_at_a_time(proposed: Settlement, room: Classroom) -> None:
    settled(proposed, room, MORNING)
    with broken("archive_settled_place_once"):
        settled(proposed, room, MORNING)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_place_is_settled_again_with_a_cause_alone(proposed: Settlement, room: Classroom, is_first: bool) -> None:
    appeal = appeals.appeal(sessions.session(room, MORNING), MORNING)
    with broken("archive_settled_again_with_cause"):
        if is_first:
            settled(proposed, room, MORNING, because=appeal)
        else:
            settled(proposed, room, MORNING, ordinal=2)


def test_a_place_is_settled_again_with_one_cause_at_a_time(proposed: Settlement, room: Classroom) -> None:
    appeal = appeals.appeal(sessions.session(room, MORNING), MORNING)
    with broken("archive_settled_again_with_cause"):
        settled(proposed, room, MORNING, ordinal=2, because=appeal, because_freeze=frozen(room, MORNING))


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 11, 2), date(2026, 11, 1)), (None, date(2026, 11, 1)), (date(2026, 11, 1), None)]
)
def test_a_freeze_is_of_days_in_order_or_of_the_whole_place(
    room: Classroom, first: date | None, last: date | None
) -> None:
    with broken("archive_freeze_of_days_in_order"):
        frozen(room, MORNING, first_day=first, last_day=last)


def test_a_freeze_is_decided_once(room: Classroom) -> None:
    of = ended(frozen(room, MORNING), MORNING).freeze
    with broken("archive_freeze_ends_once"):
        ended(of, MORNING)


def test_a_freeze_that_ran_out_takes_no_days(room: Classroom) -> None:
    with broken("archive_freeze_takes_days_by_decision"):
        ended(frozen(room, MORNING), MORNING, kind="lapsed", days=[MORNING.date()])
