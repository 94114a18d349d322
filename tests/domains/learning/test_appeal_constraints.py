"""What the database keeps of appeals and corrections, whatever the code above it does: nobody alone can make an hour."""

from datetime import timedelta

import pytest

from jiangxue.learning.models import Appeal
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import appeals, people, sessions
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def appeal(room: Classroom) -> Appeal:
    return appeals.appeal(sessions.session(room, MORNING), MORNING)


def test_a_stretch_is_appealed_once(appeal: Appeal) -> None:
    with broken("learning_appeal_once"):
        appeals.appeal(appeal.session, MORNING)


def test_an_appeal_is_about_some_time(appeal: Appeal) -> None:
    with broken("learning_appeal_is_about_time"):
        appeals.appeal(appeal.session, MORNING + timedelta(hours=1), end_ms=0)


@pytest.mark.parametrize("reason", ["", "repeat", "page_full", "lesson_full"])
def test_what_counts_or_was_counted_once_is_not_appealed(appeal: Appeal, reason: str) -> None:
    with broken("learning_appeal_not_about_review"):
        appeals.appeal(appeal.session, MORNING + timedelta(hours=1), reason=reason)


def test_the_steps_of_an_appeal_follow_one_another(appeal: Appeal) -> None:
    appeals.step(appeal, MORNING)
    with broken("learning_appeal_step_once"):
        appeals.step(appeal, MORNING)


@pytest.mark.parametrize(
    "facts",
    [
        {"result": "corrected"},
        {"result": "corrected", "ms": 0},
        {"ms": 1},
        {"kind": "approved", "result": ""},
        {"kind": "forgiven"},
    ],
)
def test_a_step_says_all_that_it_must(appeal: Appeal, facts: dict[str, object]) -> None:
    with broken("learning_appeal_step_shape"):
        appeals.step(appeal, MORNING, **facts)


def test_a_step_gives_its_reason(appeal: Appeal) -> None:
    with broken("learning_appeal_step_has_words"):
        appeals.step(appeal, MORNING, text="")


@pytest.mark.clause("M6")
@pytest.mark.parametrize("kind", ["approved", "sent_back"])
def test_who_proposed_does_not_review(appeal: Appeal, kind: str) -> None:
    one = people.account(now=MORNING)
    with broken("learning_appeal_step_two_persons"):
        appeals.step(appeal, MORNING, kind=kind, result="", by=one, proposed_by=one)


@pytest.mark.clause("M6")
def test_a_correction_takes_two_persons(appeal: Appeal) -> None:
    one = people.account(now=MORNING)
    with broken("learning_correction_two_persons"):
        appeals.correction(appeal, MORNING, proposed_by=one, approved_by=one)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("role", ["proposed_by", "approved_by"])
def test_nobody_corrects_their_own_time(appeal: Appeal, role: str) -> None:
    with broken("learning_correction_not_ones_own"):
        appeals.correction(appeal, MORNING, **{role: appeal.learner})


@pytest.mark.parametrize("ms", [0, 60_001])
def test_a_correction_stays_within_its_stretch(appeal: Appeal, ms: int) -> None:
    with broken("learning_correction_within_stretch"):
        appeals.correction(appeal, MORNING, ms=ms)
