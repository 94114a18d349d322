"""Of a day's two caps the one that leaves less is the one that binds, and is named (clause T2.5)."""

import pytest

from jiangxue.learning.rules.days import binding_cap, left_of_day_ms
from jiangxue.learning.rules.shapes import DayBalance, DayCap
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy

pytestmark = pytest.mark.clause("T2.5")


def minutes(number: int) -> int:
    return number * MINUTE_MS


@pytest.mark.parametrize(
    ("person", "in_class", "cap"),
    [
        (17, 12, DayCap(minutes(12), minutes(12), of_class=True)),
        (5, 0, DayCap(minutes(12), minutes(0), of_class=True)),
        (20, 5, DayCap(minutes(20), minutes(20))),
        (16, 5, DayCap(minutes(20), minutes(16))),
        (20, 12, DayCap(minutes(20), minutes(20))),
        (25, 30, DayCap(minutes(20), minutes(25))),
    ],
    ids=["class full", "class nearer", "day full", "day nearer", "both full", "both lowered since"],
)
def test_the_cap_that_leaves_less_binds(person: int, in_class: int, cap: DayCap) -> None:
    policy = TimePolicy(day_cap_ms=minutes(20), class_day_cap_ms=minutes(12))
    balance = DayBalance(1, minutes(person), minutes(in_class))
    assert binding_cap(balance, policy) == cap
    assert left_of_day_ms(balance, policy) == max(0, min(minutes(20 - person), minutes(12 - in_class)))
