"""An honest learner on a bad network loses nothing that was watched under a minute of silence (clause T5).

The client of docs/formats/beat.md talks to the rules over a network that loses beats and answers and lets them wait.
"""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from jiangxue.learning.rules.days import day_start_ms
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.attacks.client import HIDDEN, PAUSED, Window
from tests.rules.server import Lesson, Said, Server

MORNING_MS = day_start_ms(739_944) + 9 * 3_600_000
AN_HOUR_MS = 3_600_000
SLOWEST_MS = 4_000

fates = st.tuples(
    st.sampled_from(["heard", "heard", "heard", "beat lost", "answer lost", "busy"]),
    st.integers(0, SLOWEST_MS),
    st.integers(0, SLOWEST_MS),
)
acts = st.one_of(
    st.tuples(st.just("watch"), st.integers(0, 100_000)),
    st.tuples(st.just("pause"), st.integers(0, 100_000)),
    st.tuples(st.just("hide"), st.integers(0, 100_000)),
    st.tuples(st.just("go back"), st.integers(0, 60_000)),
)


draws = st.lists(st.integers(1_000, 200_000), max_size=5)


class Network:
    """Brings beats to the server by a plan, one fate for each; when the plan is at its end all is well."""

    def __init__(self, server: Server, plan: list[tuple[str, int, int]]) -> None:
        self.server = server
        self.plan = list(plan)

    def post(self, url: str, body: dict[str, Any]) -> Said:
        fate, there_ms, back_ms = self.plan.pop(0) if self.plan and url == "/beat" else ("heard", 0, 0)
        self.server.now_ms += there_ms
        if fate == "beat lost":
            raise ConnectionError
        if fate == "busy":
            return 503, {"error": "busy"}, {"retry-after": "3"}
        answer = self.server.post(url, body)
        self.server.now_ms += back_ms
        if fate == "answer lost":
            raise ConnectionError
        return answer

    def sleep(self, ms: int) -> None:
        self.server.now_ms += ms


def play(window: Window, act: str, ms: int) -> None:
    match act:
        case "watch":
            window.watch(ms)
        case "go back":
            window.seek(max(0, window.position_ms - ms))
            window.watch(ms)
        case _:
            window.pause(PAUSED if act == "pause" else HIDDEN)
            window.watch(ms)
            window.resume()


def longest_silence_ms(server: Server) -> int:
    """Return how long the session was not heard of at most."""
    session = next(iter(server.sessions.values()))
    times = [session.opening.beat_at_ms, *(judgement.running.beat_at_ms for judgement in session.judgements)]
    return max((after - before for before, after in pairwise(times)), default=0)


@pytest.mark.clause("T5")
@settings(max_examples=300)
@given(st.lists(acts, min_size=1, max_size=12), st.lists(fates, max_size=30), st.floats(0, 0.999), draws)
@example([("watch", 100_000)], [("answer lost", 0, 0)] * 3, 0.0, [])
@example(
    [("watch", 1000), ("go back", 0), ("go back", 0)], [("beat lost", 0, 0), ("answer lost", 0, 1001)], 0.0, [1000]
)
@example([("watch", 48_000)], [("heard", 0, 0), ("beat lost", 0, 0), ("answer lost", 0, 0)], 0.0, [24_001])
def test_an_honest_learner_on_a_bad_network_loses_nothing_watched_under_a_minute_of_silence(todo, plan, chance, draws):
    """Checks come and are answered; what the film showed before they were seen is watched again."""
    server = Server(MORNING_MS, [Lesson(0, AN_HOUR_MS)], TimePolicy(), closes_ms=MORNING_MS * 2, renews_ms=None)
    server.chance = chance
    server.checks.draws = list(draws)
    network = Network(server, plan)
    window = Window(
        network.post, "/open/0", clock_ms=lambda: server.now_ms, sleep=network.sleep, chance=lambda: 1 - chance
    )
    window.person = lambda _prompt: 0
    window.start()
    for act, ms in todo:
        play(window, act, ms)
    network.plan.clear()
    window.watch(3_000)
    window.leave()
    server.sweep()
    if longest_silence_ms(server) > TimePolicy().max_gap_ms or window.why != "by_learner":
        event("silent for more than a minute")
        return
    if server.checks.asked_ms is not None:
        event("left at a check that was not seen")
        return
    event("heard all along")
    assert next(iter(server.sessions.values())).credited_ms == window.watched_ms
