"""Every record about a face names the numbers it was judged by, and numbers that make no sense are refused (clause T3.1)."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.thresholds import ASCENDING, RANGES, Thresholds
from tests.repository.sources import document

pytestmark = pytest.mark.clause("T3.1")


def test_what_is_kept_gives_the_same_thresholds_again():
    chosen = Thresholds(pass_permille=450, fails_after=3)
    assert Thresholds.from_values(chosen.to_values()) == chosen


def test_every_threshold_has_a_range_that_holds_its_default():
    assert set(RANGES) == {field.name for field in fields(Thresholds)}
    assert Thresholds()


@pytest.mark.parametrize("name", sorted(RANGES))
def test_every_threshold_stands_in_the_rules_with_where_it_is_from(name):
    assert f"`{name}`" in document("rules/face-checks.md") or f"`{name} " in document("rules/face-checks.md")


@given(st.sampled_from(sorted(RANGES)), st.integers(1, 10_000), st.booleans())
def test_a_value_outside_its_range_is_refused(name, beyond, is_above):
    low, high = RANGES[name]
    with pytest.raises(ValueError, match=name):
        Thresholds.from_values({name: high + beyond if is_above else low - beyond})


@pytest.mark.parametrize("names", ASCENDING, ids=lambda names: names[0])
def test_values_that_contradict_each_other_are_refused(names):
    low, high = RANGES[names[0]]
    ceiling = RANGES[names[-1]][1]
    highest = {name: max(RANGES[name][0], min(RANGES[name][1], ceiling)) for name in names}
    contradicting = highest | {names[0]: high, names[-1]: RANGES[names[-1]][0]}
    assert low < high
    with pytest.raises(ValueError, match="must ascend"):
        Thresholds.from_values(contradicting)


def test_a_name_that_is_no_threshold_is_refused():
    with pytest.raises(ValueError, match="unknown thresholds: pass_percent"):
        Thresholds.from_values({"pass_percent": 40})


def test_a_flash_can_never_be_set_to_change_more_than_three_times_a_second():
    assert 1_000 / RANGES["flash_ms"][0] < 3
