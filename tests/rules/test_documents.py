"""Documents are counted page by page: finished pages at their pace, and at most the pace on the present page. Clauses T1.1, T1.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy

NOON_MS = 739_944 * 86_400_000
PAGE_MS = 20_000
PAGES = 12
POLICY = TimePolicy()


def reading(reached_ms: int = 0, carry_ms: int = 0) -> Running:
    balance = DayBalance(day_of(NOON_MS), 0, 0)
    return Running(NOON_MS, carry_ms, reached_ms, PAGES * PAGE_MS, (balance,), page_ms=PAGE_MS)


def verdict(judgement: Judgement) -> list[tuple[str, int]]:
    return [(stretch.kind, stretch.ms) for stretch in judgement.stretches]


@pytest.mark.clause("T1.1", "T1.3")
def test_a_page_that_was_read_counts_its_pace() -> None:
    read = judge(reading(), Claim(PAGE_MS, 0, Flag.NONE), POLICY, NOON_MS + 20_000)
    assert verdict(read) == [("provisional", 20_000)]
    assert read.running.reached_ms == PAGE_MS


@pytest.mark.clause("T1.1", "T1.3")
def test_staying_on_a_full_page_counts_no_more_and_is_nobodys_fault() -> None:
    read = judge(reading(), Claim(PAGE_MS, 0, Flag.NONE), POLICY, NOON_MS + 60_000)
    assert verdict(read) == [("provisional", 20_000), (Reason.PAGE_FULL, 30_000)]
    assert read.running.carry_ms == 10_000
    assert read.running.carry_reason is Reason.PAGE_FULL


@pytest.mark.clause("T2.3")
def test_leafing_through_is_a_jump() -> None:
    leafed = judge(reading(), Claim(6 * PAGE_MS, 0, Flag.NONE), POLICY, NOON_MS + 10_000)
    assert verdict(leafed) == [(Reason.JUMPED, 10_000)]
    assert leafed.running.reached_ms == 0


@pytest.mark.clause("T1.3")
def test_leafing_back_is_seen_again() -> None:
    back = judge(reading(3 * PAGE_MS), Claim(PAGE_MS, 0, Flag.NONE), POLICY, NOON_MS + 30_000)
    assert verdict(back) == [(Reason.REPEAT, 20_000)]


@pytest.mark.clause("T1.3")
def test_standing_within_a_page_is_a_pause() -> None:
    stood = judge(reading(5_000), Claim(5_000, 0, Flag.NONE), POLICY, NOON_MS + 30_000)
    assert verdict(stood) == [(Reason.PAUSED, 20_000)]


@pytest.mark.clause("T1.3")
def test_standing_before_the_first_page_was_begun_is_a_pause() -> None:
    stood = judge(reading(), Claim(0, 0, Flag.NONE), POLICY, NOON_MS + 30_000)
    assert verdict(stood) == [(Reason.PAUSED, 20_000)]
    assert stood.running.carry_reason is Reason.PAUSED


@pytest.mark.clause("T1.3")
def test_the_last_page_fills_the_lesson() -> None:
    last = judge(reading(11 * PAGE_MS), Claim(PAGES * PAGE_MS, 0, Flag.ENDED), POLICY, NOON_MS + 40_000)
    assert verdict(last) == [("provisional", 20_000), (Reason.LESSON_FULL, 10_000)]


@pytest.mark.clause("T1.3")
def test_a_film_that_stands_still_at_a_round_time_is_paused() -> None:
    film = Running(NOON_MS, 0, 0, 240_000, (DayBalance(day_of(NOON_MS), 0, 0),))
    stood = judge(film, Claim(20_000, 0, Flag.NONE), POLICY, NOON_MS + 60_000)
    assert verdict(stood) == [("provisional", 20_000), (Reason.PAUSED, 30_000)]


@pytest.mark.clause("T1.3", "T2.3")
@given(st.lists(st.tuples(st.integers(2_000, 90_000), st.booleans()), max_size=40))
def test_a_reader_earns_each_page_once_and_never_faster_than_its_pace(beats: list[tuple[int, bool]]) -> None:
    """Each beat, the reader has read on the page since the last one, and may turn it when it is full."""
    running, position_ms, now_ms = reading(), 0, NOON_MS
    for gap_ms, turns in beats:
        now_ms += gap_ms
        page = position_ms // PAGE_MS if position_ms % PAGE_MS or turns else position_ms // PAGE_MS - 1
        position_ms = min(PAGES * PAGE_MS, max(position_ms, min((page + 1) * PAGE_MS, position_ms + gap_ms)))
        running = judge(running, Claim(position_ms, 0, Flag.NONE), POLICY, now_ms).running
        assert running.reached_ms <= min(position_ms, now_ms - NOON_MS)
