"""How many rows a second become a file, and how much memory that takes, by the size of the table.

`python -m scripts.test tests/measured/exporting.py -q -n 0 -s -p no:randomly`; from a database: `make bench-reports ARGS="--exports"`
"""

import pytest

from jiangxue.reporting.rules.exports import Format
from scripts.bench_reports.exporting import figures_of
from tests.conftest import MORNING
from tests.factories.tables import ManyRows

SIZES = (10_000, 100_000, 1_000_000)


class Untotalled(ManyRows):
    """A table whose totals are not summed here: that is the database's work."""

    def totals(self) -> dict[str, int]:
        """Return nothing."""
        return {}


@pytest.mark.parametrize("kind", list(Format))
def test_memory_stays_flat_however_many_rows(db: None, kind: Format) -> None:
    found = [figures_of(Untotalled(size), kind, MORNING) for size in SIZES]
    print("", *found, sep="\n")
    assert found[-1].grown_mib < 64
