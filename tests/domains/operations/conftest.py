"""A database in which every sealed column holds something, under the first key."""

import pytest

from tests.conftest import MORNING
from tests.factories.keys import everything_sealed


@pytest.fixture
def sealed(committed_database: str) -> str:
    """Return the database's name."""
    everything_sealed(MORNING)
    return committed_database
