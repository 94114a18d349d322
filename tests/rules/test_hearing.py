"""What hearing one beat makes of a lease and of the answer, case by case (docs/formats/beat.md, answer and order of checks)."""

import pytest
from msgspec.structs import replace

from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.learning.rules.hearing import (
    Again,
    Draw,
    Heard,
    LeaseState,
    Outcome,
    OutOfStep,
    SignedOut,
    Terms,
    TooOften,
    hear,
)
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.sequence import FIRST_TAG, Beat, Standing
from jiangxue.learning.rules.shapes import DayBalance, Do, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy

NOON_MS = day_start_ms(739_944) + 12 * 3_600_000
TERMS = Terms(40_000, TimePolicy(), None, NOON_MS + 86_400_000)
DRAW = Draw("b" * 16, 0.5, 0.0)
BALANCE = DayBalance(day_of(NOON_MS), 900_000, 300_000)
LEASE = LeaseState(
    session="5" * 32,
    standing=Standing(0, FIRST_TAG, "a" * 16),
    answer="the last answer",
    running=Running(NOON_MS, 0, 40_000, 3_600_000, (BALANCE,)),
    next_due_ms=NOON_MS + 30_000,
    close_due_ms=NOON_MS + 180_000,
)


def beat(position_ms: int, *, n: int = 1, flags: Flag = Flag.NONE, mac: str = "c" * 64) -> Beat:
    return Beat("5" * 32, n, FIRST_TAG, position_ms, 0, flags, 0, "a" * 16, mac)


def heard(outcome: Outcome) -> Heard:
    assert isinstance(outcome, Heard)
    return outcome


def test_a_beat_moves_the_conversation_on() -> None:
    found = heard(hear(LEASE, TERMS, beat(70_000), NOON_MS + 30_000, DRAW))
    assert found.lease.standing == Standing(1, "c" * 32, "b" * 16)
    assert found.lease.next_due_ms == NOON_MS + 30_000 + found.answer.next_ms
    assert found.lease.close_due_ms == NOON_MS + 30_000 + TERMS.policy.silent_close_ms


def test_the_answer_tells_this_sessions_credit_and_the_persons_day_over_all_classes() -> None:
    answer = heard(hear(LEASE, TERMS, beat(70_000), NOON_MS + 30_000, DRAW)).answer
    assert (answer.reached_ms, answer.credited_ms, answer.day_ms) == (70_000, 30_000, 930_000)


@pytest.mark.clause("T2.3")
@pytest.mark.parametrize(("lead_ms", "do"), [(5_000, Do.GO_ON), (5_001, Do.GO_TO)])
def test_a_page_is_sent_back_when_it_is_more_than_five_seconds_ahead(lead_ms: int, do: Do) -> None:
    """A minute of a gap is paid, so that the page of one and a half is ahead without having jumped."""
    directive = heard(hear(LEASE, TERMS, beat(100_000 + lead_ms), NOON_MS + 90_000, DRAW)).answer.directive
    assert directive.do is do
    assert directive.position_ms == (100_000 if do is Do.GO_TO else None)


@pytest.mark.clause("T2.3")
def test_a_page_that_is_out_of_step_is_told_what_was_credited_and_not_what_it_claimed() -> None:
    assert hear(LEASE, TERMS, beat(2_000_000, n=2), NOON_MS + 30_000, DRAW) == OutOfStep(LEASE.standing, 40_000)


@pytest.mark.clause("T2.1")
def test_a_retry_finds_a_session_ended_that_was_due_meanwhile_but_not_the_one_it_ended_itself() -> None:
    last = replace(LEASE, standing=Standing(1, "c" * 32, "b" * 16))
    overdue_ms = NOON_MS + 180_000
    assert hear(last, TERMS, beat(70_000), overdue_ms - 1, DRAW) == Again("the last answer")
    assert hear(last, TERMS, beat(70_000), overdue_ms, DRAW) == SignedOut(EndReason.SILENT)
    by_itself = replace(last, end_reason=EndReason.BY_LEARNER, close_due_ms=NOON_MS)
    assert hear(by_itself, TERMS, beat(70_000), overdue_ms, DRAW) == Again("the last answer")


def test_five_events_within_ten_seconds_are_enough_and_then_there_are_five_again() -> None:
    times_ms = tuple(NOON_MS - ago_ms for ago_ms in (8_000, 6_000, 4_000, 2_000, 0))
    busy = replace(LEASE, running=replace(LEASE.running, event_at_ms=times_ms))
    event = beat(41_000, flags=Flag.EVENT)
    assert hear(busy, TERMS, event, NOON_MS + 1_999, DRAW) == TooOften()
    calmer = replace(busy, running=replace(busy.running, beat_at_ms=NOON_MS + 1_000))
    assert isinstance(hear(calmer, TERMS, event, NOON_MS + 2_000, DRAW), Heard)
