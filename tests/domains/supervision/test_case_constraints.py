"""What the database keeps of cases, whatever the code above it does."""

from datetime import timedelta

import pytest

from jiangxue.supervision.models import Case
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.cases import case, picture, step
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def of(room: Classroom) -> Case:
    return case(room, MORNING)


def test_a_serial_is_given_once(of: Case, room: Classroom) -> None:
    with broken("supervision_case_serial_once"):
        case(room, MORNING, serial=of.serial)


@pytest.mark.parametrize("missing", ["grounds", "question"])
def test_a_case_says_why_and_what_it_asks(room: Classroom, missing: str) -> None:
    with broken("supervision_case_says_why"):
        case(room, MORNING, **{missing: ""})


def test_it_is_not_due_before_both_sides_have_answered(room: Classroom) -> None:
    with broken("supervision_case_due_after_answer"):
        case(room, MORNING, due_on=MORNING.date() - timedelta(days=1))


def test_steps_follow_one_another(of: Case) -> None:
    step(of, MORNING)
    with broken("supervision_case_step_once"):
        step(of, MORNING)


@pytest.mark.parametrize("kind", ["decided", "lapsed"])
def test_a_case_ends_once(of: Case, kind: str) -> None:
    proposer = people.account(now=MORNING)
    facts = {"proposed_by": proposer} if kind == "decided" else {"by": None, "text": "", "result": "", "role": ""}
    step(of, MORNING, kind=kind, **facts)
    with broken("supervision_case_ends_once"):
        step(of, MORNING, ordinal=2, kind=kind, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "proposed", "result": ""},
        {"kind": "explained", "result": "stands"},
        {"kind": "sent_back", "result": ""},
        {"kind": "decided", "result": "stands"},
        {"kind": "lapsed", "result": ""},
        {"kind": "closed", "result": ""},
        {"by": None},
    ],
)
def test_a_step_has_the_shape_of_its_kind(of: Case, facts: dict[str, object]) -> None:
    with broken("supervision_case_step_shape"):
        step(of, MORNING, **facts)


@pytest.mark.parametrize(("result", "days"), [("withheld", []), ("stands", [MORNING.date()])])
def test_days_are_withheld_by_name(of: Case, result: str, days: list[object]) -> None:
    with broken("supervision_case_withholds_days"):
        step(of, MORNING, result=result, days=days)


def test_who_proposed_does_not_decide(of: Case) -> None:
    one = people.account(now=MORNING)
    with broken("supervision_case_two_persons"):
        step(of, MORNING, kind="decided", by=one, proposed_by=one)


def test_nothing_is_proposed_without_words(of: Case) -> None:
    with broken("supervision_case_step_has_words"):
        step(of, MORNING, text="")


def test_pictures_of_a_step_are_numbered(of: Case) -> None:
    with_one = step(of, MORNING, kind="explained", result="")
    picture(with_one)
    with broken("supervision_case_picture_once"):
        picture(with_one)
