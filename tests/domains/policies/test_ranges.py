"""The range that each time parameter may take."""

from dataclasses import fields

import pytest

from jiangxue.policies.rules.time_policy import RANGES, TimePolicy


def test_every_parameter_has_a_range_and_every_range_a_parameter() -> None:
    assert set(RANGES) == {field.name for field in fields(TimePolicy)}


@pytest.mark.parametrize("name", sorted(RANGES))
def test_the_ends_of_a_range_belong_to_it(name: str) -> None:
    low, high = RANGES[name]
    assert TimePolicy(**{name: low}).to_values()[name] == low
    assert TimePolicy(**{name: high}).to_values()[name] == high


@pytest.mark.parametrize("name", sorted(RANGES))
def test_beyond_its_ends_a_range_is_refused(name: str) -> None:
    low, high = RANGES[name]
    for value in (low - 1, high + 1):
        with pytest.raises(ValueError, match=name):
            TimePolicy(**{name: value})
