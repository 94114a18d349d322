"""How long a roster is kept of which no class came. docs/rules/retention.md."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState
from jiangxue.enrolment.rules.roster_terms import is_warned_of, roster_ends_on

pytestmark = pytest.mark.clause("M2")
LAST = date(2026, 11, 24)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_a_draft_keeps_its_roster_for_ninety_days() -> None:
    for state in EDITABLE:
        assert roster_ends_on(state, LAST, LAST + timedelta(days=400)) == date(2027, 2, 22)


@pytest.mark.parametrize("state", [OpeningState.SUBMITTED, OpeningState.APPROVED])
def test_what_is_handed_in_keeps_it_until_it_cannot_be_opened_any_more(state: OpeningState) -> None:
    assert roster_ends_on(state, LAST, date(2027, 3, 1)) == date(2027, 3, 31)
    assert roster_ends_on(state, LAST, LAST) == date(2027, 2, 22)


@pytest.mark.parametrize("state", [OpeningState.OPENED, OpeningState.WITHDRAWN])
def test_of_what_is_a_class_or_given_up_nothing_ends(state: OpeningState) -> None:
    assert roster_ends_on(state, LAST, LAST) is None


@given(st.sampled_from([*EDITABLE, OpeningState.SUBMITTED, OpeningState.APPROVED]), days, days)
def test_nothing_goes_within_ninety_days_or_without_a_warning_of_fourteen(
    state: OpeningState, last: date, opens_on: date
) -> None:
    ends_on = roster_ends_on(state, last, opens_on)
    assert ends_on is not None
    assert ends_on >= last + timedelta(days=90)
    assert [is_warned_of(ends_on, ends_on - timedelta(days=before)) for before in (15, 14, 0)] == [False, True, True]
