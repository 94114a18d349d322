"""Before the first list nothing is found, and no place passes for screened (clause T1.4)."""

import pytest

from jiangxue.screening.queries import found_in, last_screening
from tests.conftest import MORNING
from tests.factories.words import PLACE, screened


@pytest.mark.clause("T1.4")
def test_without_a_list_nothing_is_found_and_nothing_counts_as_screened(db: None) -> None:
    assert screened("加微信", MORNING) == []
    assert last_screening(PLACE) is None
    assert found_in("加微信") == []
