"""Figures on one page add up: 在线时长 = 计入 + 未计入, and 未计入 = the sum of its reasons (clause T1.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.portals.figures import figures_of, shown_refused_ms
from jiangxue.ui import minute_bar

stretches = st.lists(
    st.builds(
        lambda ms, reason, confirmed: Stretch(0, ms, reason, confirmed and reason is None),
        st.integers(1, 90_000),
        st.sampled_from([None, *Reason]),
        st.booleans(),
    )
)


@pytest.mark.clause("T1.3")
@given(stretches)
def test_shown_seconds_add_up_and_credit_is_never_rounded_up(found: list[Stretch]) -> None:
    figures = figures_of(found)
    credited_ms = sum(stretch.ms for stretch in found if stretch.reason is None)
    assert figures.credited_ms == credited_ms // 1000 * 1000
    assert figures.confirmed_ms == sum(stretch.ms for stretch in found if stretch.confirmed) // 1000 * 1000
    assert figures.confirmed_ms <= figures.credited_ms
    assert figures.raw_ms == sum(stretch.ms for stretch in found) // 1000 * 1000
    assert sum(amount.ms for amount in figures.refused) == figures.refused_ms >= 0


@pytest.mark.clause("T1.3")
@given(stretches)
def test_the_words_of_a_bar_are_the_figures_beside_it(found: list[Stretch]) -> None:
    figures = figures_of(found)
    words = minute_bar.drawn(found).sums
    shown = {"confirmed": figures.confirmed_ms, "provisional": figures.provisional_ms}
    shown |= {amount.kind: amount.ms for amount in figures.refused}
    assert set(words) == {minute_bar.titled(kind, ms) for kind, ms in shown.items() if ms}


@pytest.mark.clause("T1.3")
@given(stretches)
def test_refused_time_is_the_same_in_a_total_and_in_the_only_day_it_is_of(found: list[Stretch]) -> None:
    figures = figures_of(found)
    credited_ms = sum(stretch.ms for stretch in found if stretch.reason is None)
    refused_ms = sum(stretch.ms for stretch in found if stretch.reason is not None)
    assert shown_refused_ms(credited_ms, refused_ms) == figures.refused_ms


@given(st.integers(1, 500_000), st.integers(1, 90_000), st.integers(1, 90_000))
def test_what_a_check_took_is_not_rounded_up_beside_other_reasons(
    missed_ms: int, other_ms: int, earned_ms: int
) -> None:
    found = [
        Stretch(0, earned_ms, None),
        Stretch(0, missed_ms, Reason.MISSED_CHECK),
        Stretch(0, other_ms, Reason.PAUSED),
    ]
    shown = {amount.kind: amount.ms for amount in figures_of(found).refused}
    assert shown.get("missed_check", 0) - missed_ms // 1000 * 1000 in {0, 1000}
    if earned_ms % 1000 + missed_ms % 1000 + other_ms % 1000 < 2000:
        assert shown.get("missed_check", 0) == missed_ms // 1000 * 1000


def test_a_tenth_of_a_second_does_not_get_lost() -> None:
    found = [Stretch(0, 9_600, None), Stretch(0, 4_500, Reason.PAUSED)]
    figures = figures_of(found)
    assert (figures.raw_ms, figures.credited_ms, figures.refused_ms) == (14_000, 9_000, 5_000)


@pytest.mark.clause("T1.3")
def test_what_was_given_back_stands_apart_and_its_reason_stays() -> None:
    found = [
        Stretch(0, 60_000, None, confirmed=True),
        Stretch(0, 30_000, None),
        Stretch(0, 20_000, Reason.SILENT, corrected=True),
        Stretch(0, 40_000, Reason.SILENT),
    ]
    figures = figures_of(found)
    assert (figures.credited_ms, figures.confirmed_ms, figures.provisional_ms) == (90_000, 60_000, 30_000)
    assert (figures.refused_ms, figures.corrected_ms) == (60_000, 20_000)
    assert [(amount.kind, amount.ms) for amount in figures.refused] == [("silent", 60_000)]
