"""What the hot path remembers of sessions is bounded, and forgetting costs nobody a beat."""

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.hot import hearing
from tests.hot.conftest import PagesFor
from tests.hot.harness import Harness
from tests.hot.test_gathering import statuses


def test_a_session_that_is_forgotten_while_it_beats_is_heard_all_the_same(
    hot: Harness, pages_for: PagesFor, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "SNAPSHOTS_KEPT", 3)
    oldest, *others = pages_for(6)
    clock.advance(30_000)
    assert statuses(hot, [oldest]) == [200]
    [body] = [oldest.body(30_000)]
    assert body["n"] == 1
    assert statuses(hot, [oldest, *others]) == [200] * 6
