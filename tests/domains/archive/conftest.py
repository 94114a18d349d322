"""A log of its own for each test that seals, signs or erases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.logs import Log, running_log


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running
