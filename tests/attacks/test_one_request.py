"""A whole lesson claimed in one request (domain: protocol simulation of progress calls)."""

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.conftest import sealed_ms


@pytest.mark.clause("T0", "T2.3")
def test_one_request_that_claims_the_lesson_earns_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(5_000)
    status, answer = opened.beat(180_000)
    assert status == 200
    assert answer["credited_ms"] == 0
    assert answer["verdict"] == [["jumped", 5_000]]
    assert answer["directive"] == {"do": "go_to", "position_ms": 0}
    opened.beat(180_000, flags=LEAVE)
    assert sealed_ms(opened) == 0


def test_its_honest_twin_earns_every_second(honest: Window) -> None:
    honest.watch(90_000)
    honest.leave()
    assert honest.credited_ms == sealed_ms(honest) == 90_000
