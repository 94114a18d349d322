"""A server with much to do asks to be told less often, turns away what it cannot take, and says so to its operator."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.hot.committer import Limits
from jiangxue.learning.rules.directives import next_beat_ms
from jiangxue.policies.rules.time_policy import RANGES, TimePolicy
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule
from tests.hot.conftest import PagesFor
from tests.hot.harness import running

_policies = st.builds(
    TimePolicy, **{name: st.integers(*RANGES[name]) for name in ("beat_ms", "beat_jitter_percent", "max_gap_ms")}
)
_parts = st.floats(0, 1, exclude_max=True)


@given(_policies, _parts, _parts, _parts)
def test_a_fuller_queue_asks_for_longer_intervals(policy: TimePolicy, chance: float, one: float, other: float) -> None:
    emptier, fuller = sorted((one, other))
    assert next_beat_ms(policy, chance, emptier) <= next_beat_ms(policy, chance, fuller)


@given(_policies, _parts, _parts)
def test_load_never_asks_for_an_interval_that_could_not_be_paid(
    policy: TimePolicy, chance: float, fullness: float
) -> None:
    asked_ms = next_beat_ms(policy, chance, fullness)
    assert asked_ms <= max(policy.max_gap_ms, next_beat_ms(policy, chance))


@pytest.mark.parametrize(("chance", "asked_ms"), [(0.0, 24_000), (0.5, 30_000)])
def test_without_load_the_interval_is_that_of_the_rule(chance: float, asked_ms: int) -> None:
    assert next_beat_ms(TimePolicy(), chance) == asked_ms


def test_pages_hear_of_the_load_in_their_answers(
    lasting_database: str, room: Classroom, pages_for: PagesFor, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    set_rule(room, clock.now() - timedelta(seconds=1), beat_jitter_percent=0)
    bodies = [json.dumps(page.body(0)).encode() for page in pages_for(45)]
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(waiting=40, gathering=5)) as crowded:
        replies = crowded.ask_all(bodies)
    asked_ms = [answer["next_ms"] for status, answer, _headers in replies if status == 200]
    assert asked_ms[0] == 30_000 + 15_000  # others were turned away meanwhile
    assert asked_ms[5] == 30_000 + 15_000 * 30 // 40
    assert asked_ms[-1] == 30_000
    assert [status for status, _answer, _headers in replies].count(503) == 5
    assert "beats_turned_away" in caplog.text
