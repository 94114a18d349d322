"""Rectification orders: every step in its state and no other, deadlines, late answers, numbers (docs/rules/orders.md)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.supervision.errors.orders import NotADeadline, NotTheTurn
from jiangxue.supervision.rules.attachments import is_pdf
from jiangxue.supervision.rules.orders import (
    LEADS_TO,
    Done,
    OrderState,
    OrderStepKind,
    deadline_of,
    is_overdue,
    late_answers,
    reference_of,
    require_deadline,
    require_step,
    state_after,
)
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C5")
TODAY = date(2026, 11, 24)
ENDS = {OrderState.ACCEPTED, OrderState.WITHDRAWN, OrderState.DROPPED}


@given(st.lists(st.sampled_from(OrderStepKind), max_size=12))
def test_no_row_of_steps_leaves_an_end_or_answers_a_draft(kinds: list[OrderStepKind]) -> None:
    state: OrderState | None = None
    made: list[OrderStepKind] = []
    for kind in kinds:
        if refusal_of(lambda kind=kind, state=state: require_step(kind, state)) is NotTheTurn:
            continue
        assert state not in ENDS
        made.append(kind)
        state = state_after(kind)
    if OrderStepKind.ANSWERED in made:
        assert made.index(OrderStepKind.ISSUED) < made.index(OrderStepKind.ANSWERED)
    assert made.count(OrderStepKind.ISSUED) <= 1
    assert all(later != now for now, later in pairwise(made) if now is OrderStepKind.ANSWERED)


def test_every_state_is_reached_and_says_what_follows() -> None:
    assert {state_after(kind) for kind in OrderStepKind} == set(OrderState)
    assert LEADS_TO.keys() == {None, *OrderState}
    assert {state for state, kinds in LEADS_TO.items() if not kinds} == ENDS


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (183, False), (184, True)])
def test_a_deadline_is_today_or_within_half_a_year(days: int, *, refused: bool) -> None:
    found = refusal_of(lambda: require_deadline(TODAY + timedelta(days=days), TODAY))
    assert found is (NotADeadline if refused else None)


def test_the_last_deadline_counts() -> None:
    steps = [
        Done(OrderStepKind.DRAFTED, TODAY, TODAY),
        Done(OrderStepKind.ISSUED, TODAY),
        Done(OrderStepKind.ANSWERED, TODAY),
        Done(OrderStepKind.DEMANDED, TODAY, TODAY + timedelta(days=5)),
    ]
    assert deadline_of(steps) == TODAY + timedelta(days=5)
    assert deadline_of(steps[:3]) == TODAY


def test_an_answer_is_late_by_the_deadline_that_stood_before_it() -> None:
    steps = [
        Done(OrderStepKind.DRAFTED, TODAY, TODAY),
        Done(OrderStepKind.ISSUED, TODAY),
        Done(OrderStepKind.ANSWERED, TODAY + timedelta(days=1)),
        Done(OrderStepKind.DEMANDED, TODAY + timedelta(days=1), TODAY + timedelta(days=9)),
        Done(OrderStepKind.ANSWERED, TODAY + timedelta(days=9)),
    ]
    assert late_answers(steps) == [2]


def test_what_waits_for_an_answer_beyond_its_deadline_is_overdue() -> None:
    after = TODAY + timedelta(days=1)
    assert is_overdue(OrderState.TO_ANSWER, TODAY, after)
    assert not is_overdue(OrderState.TO_ANSWER, TODAY, TODAY)
    assert not is_overdue(OrderState.TO_ACCEPT, TODAY, after)


def test_a_number_names_region_year_and_serial() -> None:
    assert reference_of("440104", 2026, 3) == "440104-2026-0003"


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"%PDF-1.7 ... %%EOF\n", True), (b"%PDF-1.7", False), (b"<html>%PDF-%%EOF", False), (b"", False)],
)
def test_a_pdf_is_told_by_its_ends(content: bytes, *, found: bool) -> None:
    assert is_pdf(content) is found
