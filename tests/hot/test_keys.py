"""The keys in the answer to a beat: those that it has earned, once (clause T2.3)."""

import pytest
from msgspec.structs import replace

from jiangxue.courseware.rules.stretches import film_key, stretch_key
from jiangxue.learning.hot.keys import Keys
from jiangxue.learning.hot.rows import Snapshot
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.hearing import Terms
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.policies.rules.time_policy import TimePolicy

NOON_MS = 1_795_500_000_000
MASTER_KEY = bytes(range(32))
KEY_NAME = "a" * 32
BEFORE = Running(NOON_MS, 0, 0, 8 * 60_000, (DayBalance(day_of(NOON_MS), 0, 0),))


def handed_out(reached_ms: int, *, from_ms: int = 0, key_name: str = KEY_NAME) -> list[tuple[int, str]]:
    snapshot = Snapshot(1, Terms(0, TimePolicy(), None, NOON_MS + 10**10), key_name)
    before, after = replace(BEFORE, reached_ms=from_ms), replace(BEFORE, reached_ms=reached_ms)
    return list(Keys(MASTER_KEY).released(snapshot, before, after))


@pytest.mark.clause("T2.3")
def test_a_beat_brings_the_keys_that_it_has_earned_and_no_earlier_one() -> None:
    film = film_key(MASTER_KEY, KEY_NAME)
    assert handed_out(60_000) == [(4, stretch_key(film, 4).hex())]
    assert [stretch for stretch, _key in handed_out(180_000, from_ms=60_000)] == [5, 6]


@pytest.mark.clause("T2.3")
def test_a_beat_that_earns_no_stretch_brings_no_key() -> None:
    assert handed_out(30_000, from_ms=20_000) == []
    assert handed_out(8 * 60_000, from_ms=7 * 60_000) == []


@pytest.mark.clause("T2.3")
def test_what_was_voided_brings_no_key_again() -> None:
    assert handed_out(0, from_ms=120_000) == []


def test_a_film_that_is_not_locked_has_no_keys() -> None:
    assert handed_out(180_000, key_name="") == []
