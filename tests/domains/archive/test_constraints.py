"""What the database keeps of settlements, whatever the code above it does."""

import pytest

from jiangxue.archive.models import Settlement
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import appeals, sessions
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
def test_a_place_is_settled_again_by_an_appeal_alone(proposed: Settlement, room: Classroom, is_first: bool) -> None:
    appeal = appeals.appeal(sessions.session(room, MORNING), MORNING)
    with broken("archive_settled_again_by_appeal"):
        if is_first:
            settled(proposed, room, MORNING, because=appeal)
        else:
            settled(proposed, room, MORNING, ordinal=2)
