"""Figures on one page add up: 在线时长 = 计入 + 未计入, and 未计入 = the sum of its reasons (clause T1.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.portals.figures import figures_of

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
