"""Who may do what in a case, and by when (clauses M6, C5; docs/rules/cases.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.viewer import Role
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.supervision.errors.cases import HearFirst, NotTheTurn, NotYours, SamePerson, TakesPart
from jiangxue.supervision.rules.cases import (
    SIDES,
    CaseState,
    Course,
    Done,
    Officer,
    Side,
    StepKind,
    deadlines,
    is_overdue,
    require_proposal,
    require_review,
)

OPENER, FIRST, SECOND = 1, 2, 3
BY = date(2026, 12, 4)
BOTH = (Done(StepKind.EXPLAINED, 7, Side.LEARNER), Done(StepKind.EXPLAINED, 8, Side.INSTITUTION))
_steps = st.lists(
    st.builds(Done, st.sampled_from(StepKind), st.integers(1, 5), st.sampled_from([None, *Side])), max_size=12
)


def course(*steps: Done, region: str = "440104") -> Course:
    return Course(OPENER, region, BY, steps)


def officer(account: int = FIRST, region: str = "440104", *, takes_part: bool = False) -> Officer:
    return Officer(account, region, takes_part)


def test_days_of_a_case_are_working_days() -> None:
    found = deadlines(date(2026, 11, 27), TimePolicy())
    assert found.answer_by == date(2026, 12, 4), "a Friday, five working days on"
    assert found.due_on == date(2026, 12, 18)
    assert found.frozen_until == date(2027, 1, 8)


@given(st.dates(date(2026, 1, 1), date(2036, 1, 1)), st.integers(1, 30), st.integers(3, 60), st.integers(3, 120))
def test_days_never_descend_and_never_fall_on_a_weekend(opened: date, answer: int, decide: int, freeze: int) -> None:
    policy = TimePolicy(case_answer_days=answer, case_days=decide, case_freeze_days=freeze)
    found = deadlines(opened, policy)
    assert opened < found.answer_by <= found.due_on <= found.frozen_until
    assert all(day.weekday() < 5 for day in (found.answer_by, found.due_on, found.frozen_until))


@given(_steps)
def test_nobody_decides_what_they_opened_or_proposed(steps: list[Done]) -> None:
    gone = course(*steps)
    for account in range(1, 6):
        try:
            require_review(gone, officer(account), approves=True)
        except (NotTheTurn, SamePerson):
            continue
        assert gone.state is CaseState.PROPOSED
        assert account not in {gone.opened_by, gone.proposer}


@given(_steps)
def test_a_decided_case_is_over(steps: list[Done]) -> None:
    gone = course(*[step for step in steps if step.kind is not StepKind.SENT_BACK], Done(StepKind.DECIDED, SECOND))
    assert gone.state is CaseState.DECIDED
    with pytest.raises(NotTheTurn):
        require_proposal(gone, officer(), [], [], BY)
    assert not is_overdue(BY, date(2030, 1, 1), gone.state)


@pytest.mark.parametrize(
    ("case_region", "own", "may"),
    [
        ("440104", "440104", True),
        ("440104", "4401", True),
        ("440104", "44", True),
        ("4401", "440104", False),
        ("440104", "440105", False),
        ("440104", "45", False),
        ("440104", "", False),
    ],
)
def test_a_case_belongs_to_its_region_and_those_around_it(case_region: str, own: str, may: bool) -> None:
    gone = course(Done(StepKind.PROPOSED, FIRST), region=case_region)
    if may:
        require_review(gone, officer(SECOND, own), approves=True)
    else:
        with pytest.raises(NotYours):
            require_review(gone, officer(SECOND, own), approves=True)


def test_whoever_takes_part_does_nothing() -> None:
    with pytest.raises(TakesPart):
        require_proposal(course(*BOTH), officer(takes_part=True), [], [], BY)


@pytest.mark.parametrize("heard", [(), BOTH[:1], BOTH[1:]])
def test_both_sides_are_heard_before_anything_is_withheld(heard: tuple[Done, ...]) -> None:
    day = date(2026, 11, 24)
    with pytest.raises(HearFirst):
        require_proposal(course(*heard), officer(), [day], [day], BY)
    require_proposal(course(*heard), officer(), [], [day], BY)
    require_proposal(course(*heard), officer(), [day], [day], date(2026, 12, 5))
    require_proposal(course(*BOTH), officer(), [day], [day], BY)


def test_sides_are_those_whom_the_page_asks() -> None:
    assert SIDES[Role.LEARNER] is Side.LEARNER
    assert Role.SUPERVISOR not in SIDES
    assert Role.TEACHER not in SIDES
