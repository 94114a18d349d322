"""Samples are drawn by a seed alone: the same seed and the same population draw the same archives, wherever and by whomever (docs/rules/sampling.md)."""

import hashlib
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.supervision.errors.sampling import NotASeed, OutsideScope
from jiangxue.supervision.rules.sampling import (
    MOST_DAYS,
    MOST_DRAWN,
    changed,
    digest_of,
    drawn,
    listed,
    packed,
    rank_of,
    require_bounds,
    seed_of,
    unpacked,
)
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C5")
TODAY = date(2026, 11, 24)
WORKED = ["2", "5", "3", "1", "4"]
DIGEST = "286114311ec3257dd5dbfd263895fbc77e78a45f8a305401f92770c890161efc"
SEEDS = st.text("abc0123456789甲乙", min_size=1, max_size=40)
POPULATIONS = st.lists(st.uuids(), unique=True, max_size=60)


@given(SEEDS, POPULATIONS, st.randoms())
def test_the_order_of_a_population_changes_nothing(seed: str, population: list[UUID], chance) -> None:
    mixed = list(population)
    chance.shuffle(mixed)
    assert drawn(seed, mixed, 5) == drawn(seed, population, 5)
    assert digest_of(mixed) == digest_of(population)


@given(SEEDS, POPULATIONS, st.integers(1, MOST_DRAWN))
def test_as_many_as_are_asked_for_are_drawn_each_once(seed: str, population: list[UUID], size: int) -> None:
    found = drawn(seed, population, size)
    assert len(found) == min(size, len(population)) == len(set(found))
    assert set(found) <= set(population)


@given(SEEDS, POPULATIONS, st.uuids())
def test_one_more_in_the_population_pushes_at_most_one_out(seed: str, population: list[UUID], more: UUID) -> None:
    before, after = set(drawn(seed, population, 5)), set(drawn(seed, [*population, more], 5))
    assert len(before - after) <= 1
    assert after - before <= {more}


@given(SEEDS, POPULATIONS)
def test_a_larger_sample_begins_with_the_smaller_one(seed: str, population: list[UUID]) -> None:
    assert drawn(seed, population, 9)[:4] == drawn(seed, population, 4)


def test_anybody_can_draw_again_with_sha256_alone() -> None:
    archive = UUID("c3f0f1a2-0000-4000-8000-000000000001")
    line = b"jiangxue-sample-1\n" + "八号 7".encode() + b"\nc3f0f1a2-0000-4000-8000-000000000001\n"
    assert rank_of("八号 7", archive) == hashlib.sha256(line).digest()


def test_the_worked_example_of_the_page_is_right() -> None:
    population = [UUID(f"00000000-0000-4000-8000-00000000000{digit}") for digit in range(1, 6)]
    assert [str(each)[-1] for each in drawn("2026", population, 5)] == WORKED
    assert digest_of(population) == DIGEST


def test_the_draw_is_even() -> None:
    """Of a hundred archives each is drawn about as often as any other: 500 seeds, ten of a hundred each, so 50 times and hardly ever beyond 25 to 80."""
    population = [UUID(int=number << 64) for number in range(100)]
    times = dict.fromkeys(population, 0)
    for seed in range(500):
        for archive in drawn(str(seed), population, 10):
            times[archive] += 1
    assert min(times.values()) > 25
    assert max(times.values()) < 80


@pytest.mark.parametrize(
    ("said", "seed"), [("２０２６", "2026"), ("  Red   Seven ", "red seven"), ("八号\t7", "八号 7")]
)
def test_a_seed_is_the_same_however_it_is_typed(said: str, seed: str) -> None:
    assert seed_of(said) == seed


@pytest.mark.parametrize("said", ["", "   ", "x" * 41, "a\x00b", "a\u200bb"])
def test_what_nobody_can_name_again_is_no_seed(said: str) -> None:
    assert refusal_of(lambda: seed_of(said)) is NotASeed


@given(POPULATIONS, POPULATIONS)
def test_what_came_and_left_is_said(then: list[UUID], now: list[UUID]) -> None:
    found = changed(then, now)
    assert len(then) + found.came - found.left == len(now)
    assert bool(found) == (set(then) != set(now))


@given(POPULATIONS)
def test_a_population_is_kept_and_listed_whole(population: list[UUID]) -> None:
    assert unpacked(packed(population)) == sorted(population)
    assert listed(population).splitlines() == [str(each) for each in sorted(population)]


@pytest.mark.parametrize(
    ("first", "last", "size"),
    [
        (TODAY, TODAY, 0),
        (TODAY, TODAY, MOST_DRAWN + 1),
        (TODAY, TODAY - timedelta(days=1), 1),
        (TODAY, TODAY + timedelta(days=1), 1),
        (TODAY - timedelta(days=MOST_DAYS), TODAY, 1),
    ],
)
def test_bounds_are_kept(first: date, last: date, size: int) -> None:
    assert refusal_of(lambda: require_bounds(first, last, size=size, today=TODAY)) is OutsideScope


def test_the_widest_sample_is_within_the_bounds() -> None:
    require_bounds(TODAY - timedelta(days=MOST_DAYS - 1), TODAY, size=MOST_DRAWN, today=TODAY)
