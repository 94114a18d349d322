"""One lost platform for all tests of this folder, and databases into which it is brought back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.drill import Drill, lost_platform
from tests.backup.places import empty_database
from tests.conftest import cloned_database


@pytest.fixture(scope="session")
def drill(clone_prefix: str, django_db_blocker, tmp_path_factory) -> Iterator[Drill]:
    folder: Path = tmp_path_factory.mktemp("drill")
    with (
        django_db_blocker.unblock(),
        cloned_database(f"{clone_prefix}_lost") as name,
        lost_platform(name, folder) as left,
    ):
        yield left


@pytest.fixture
def elsewhere(clone_prefix: str, django_db_blocker) -> Iterator[str]:
    """Return an empty database on what stands for another machine."""
    with django_db_blocker.unblock(), empty_database(f"{clone_prefix}_elsewhere") as name:
        yield name
