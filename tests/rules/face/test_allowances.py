"""What is arranged for people who cannot do all that is asked (docs/rules/face-checks.md, what is drawn)."""

import pytest

from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.facecheck.rules.thresholds import Thresholds

pytestmark = pytest.mark.clause("T3.2")
MORE_TIME = Allowance(more_time=True)


def test_more_time_doubles_that_of_an_action_and_nothing_else():
    usual = Thresholds()
    assert MORE_TIME.eased(usual).to_values() == {**usual.to_values(), "action_ms": 10_000}


def test_an_action_never_takes_longer_than_any_rule_could_set():
    assert MORE_TIME.eased(Thresholds(action_ms=9_000)).action_ms == 15_000


@pytest.mark.parametrize(("usual_ms", "left_ms"), [(30_000, 60_000), (60_000, 90_000), (300_000, 300_000)])
def test_an_attempt_takes_twice_as_long_up_to_90_s_and_never_less_than_usual(usual_ms, left_ms):
    assert MORE_TIME.left_ms(usual_ms) == left_ms


def test_whoever_is_only_let_off_the_colours_has_the_usual_time():
    allowance = Allowance(without_flash=True)
    assert (allowance.eased(Thresholds()), allowance.left_ms(60_000)) == (Thresholds(), 60_000)
