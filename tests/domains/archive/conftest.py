"""A log of its own for each test that seals, signs or erases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxue.kernel.clock import HandClock
from tests.factories.lives import Life, whole_life
from tests.factories.logs import Log, here, running_log
from tests.worlds import Worlds

type Whole = tuple[Life, Log]


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


@pytest.fixture
def whole(worlds: Worlds, clock: HandClock, tmp_path: Path) -> Iterator[Whole]:
    """Return a life in which everything happened, and the log of its database."""
    with worlds.committed(whole_life, clock) as lived, running_log(here(), tmp_path) as log:
        yield lived, log
