"""Worlds that tests begin with: whatever one test does to one, the next begins as if it had just been made."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.logs import here
from tests.worlds import Worlds

WAYS = pytest.mark.parametrize("way", [Worlds.committed, Worlds.rolled_back], ids=["committed", "rolled back"])


def somebody(clock: HandClock) -> tuple[Account, HandClock]:
    """Make somebody, which takes an hour."""
    clock.at += timedelta(hours=1)
    return people.account(now=clock.now(), name="李小明"), clock


@WAYS
def test_what_was_done_to_a_world_is_undone_and_the_clock_goes_on(
    worlds: Worlds, clock: HandClock, way: Callable[..., object]
) -> None:
    seen = set()
    for _ in range(2):
        clock.at = MORNING
        with way(worlds, somebody, clock) as (who, its_clock):  # type: ignore[attr-defined]
            assert its_clock is clock
            assert clock.now() == MORNING + timedelta(hours=1)
            assert Account.objects.get(pk=who.pk).name == who.name == "李小明"
            people.account(now=clock.now())
            who.name = "改名"
            who.save()
            seen.add((who.pk, Account.objects.count()))
    assert len(seen) == 1


def test_a_world_of_another_hour_is_another(worlds: Worlds, clock: HandClock) -> None:
    names = set()
    for hour in range(2):
        clock.at = MORNING + timedelta(hours=hour)
        with worlds.rolled_back(somebody, clock) as (who, _):
            names.add(here())
            assert Account.objects.get(pk=who.pk).created_at == clock.now()
    assert len(names) == 2


def test_who_works_in_a_transaction_already_has_it_made_there(worlds: Worlds, db: None, clock: HandClock) -> None:
    before = here()
    with worlds.rolled_back(somebody, clock) as (who, _):
        assert here() == before
        assert Account.objects.filter(pk=who.pk).exists()
