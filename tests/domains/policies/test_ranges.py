"""The range that each time parameter may take."""

from dataclasses import fields

import pytest

from jiangxue.policies.rules.time_policy import RANGES, TimePolicy


def test_every_parameter_has_a_range_and_every_range_a_parameter() -> None:
    assert set(RANGES) == {field.name for field in fields(TimePolicy)}


SHORTEST = {
    "check_least_ms": 0,
    "check_mean_ms": 60_000,
    "check_most_ms": 60_000,
    "check_answer_ms": 15_000,
    "face_least_ms": 0,
    "face_mean_ms": 60_000,
    "face_most_ms": 60_000,
    "face_answer_ms": 30_000,
}
LONGEST = {
    "check_mean_ms": 3_600_000,
    "check_most_ms": 7_200_000,
    "check_expiry_ms": 900_000,
    "face_mean_ms": 3_600_000,
    "face_most_ms": 7_200_000,
}
"""What stands beside the end of a range, so that values that belong together still fit."""


@pytest.mark.parametrize("name", sorted(RANGES))
def test_the_ends_of_a_range_belong_to_it(name: str) -> None:
    low, high = RANGES[name]
    assert TimePolicy(**{**SHORTEST, name: low}).to_values()[name] == low
    assert TimePolicy(**{**LONGEST, name: high}).to_values()[name] == high


@pytest.mark.parametrize(
    "values",
    [
        {"check_least_ms": 900_001},
        {"check_mean_ms": 1_500_001},
        {"check_answer_ms": 60_000, "check_expiry_ms": 59_999},
        {"face_least_ms": 900_001},
        {"face_mean_ms": 1_800_001},
        {"face_answer_ms": 90_000, "face_expiry_ms": 89_999},
    ],
)
def test_values_that_contradict_each_other_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"check_|face_"):
        TimePolicy(**values)


@pytest.mark.parametrize("name", sorted(RANGES))
def test_beyond_its_ends_a_range_is_refused(name: str) -> None:
    low, high = RANGES[name]
    for value in (low - 1, high + 1):
        with pytest.raises(ValueError, match=name):
            TimePolicy(**{name: value})
