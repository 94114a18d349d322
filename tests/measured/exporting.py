"""How many rows a second become a file, and how much memory that takes, by the size of the table.

`python -m scripts.test tests/measured/exporting.py -q -n 0 -s -p no:randomly`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pytest

from jiangxue.kernel.crypto import new_key
from jiangxue.kernel.locked_file import lock_file
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Opened, Table
from jiangxue.reporting.rules.exports import Format
from jiangxue.reporting.services.making_exports import write_csv, write_workbook
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.exports import asked
from tests.factories.tables import ManyRows, registered

SIZES = (10_000, 100_000, 1_000_000)
_STATUS, _FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Figures:
    """What one file took: rows, seconds with locking by the wall clock and of one core, bytes, and how large the process was at most."""

    kind: Format
    rows: int
    seconds: float
    core_seconds: float
    size: int
    peak_mib: float
    grown_mib: float

    def __str__(self) -> str:
        return (
            f"{self.kind.value:4} {self.rows:>9,} rows  {self.seconds:6.1f} s ({self.core_seconds:.1f} s of a core)"
            f"  {self.rows / self.seconds:>7,.0f} rows/s ({self.rows / self.core_seconds:,.0f} of a core)"
            f"  file {self.size / 1024**2:.1f} MiB  memory {self.peak_mib:.0f} MiB, {self.grown_mib:.0f} more than before"
        )


def figures_of(table: Table, kind: Format, export: Export) -> Figures:
    """Make a locked file of a table as the worker does, storing left out, and return what it took; Linux only, which tells a peak."""
    with TemporaryDirectory() as folder:
        path, locked = Path(folder) / "made", Path(folder) / "locked"
        _FORGET_PEAK.write_text("5")
        before_mib, began, core_began = _mib("VmRSS"), perf_counter(), process_time()
        if kind is Format.CSV:
            written = write_csv(table, path, lambda done: None)
        else:
            shown = Opened(table, "", (), is_masked=True)
            written = write_workbook(shown, path, lambda done: None, export=export, now=MORNING)
        with path.open("rb") as source, locked.open("wb") as target:
            lock_file(new_key(), source, target)
        seconds, core_seconds = perf_counter() - began, process_time() - core_began
        peak_mib = _mib("VmHWM")
        size = path.stat().st_size
        return Figures(kind, written.rows, seconds, core_seconds, size, peak_mib, peak_mib - before_mib)


def _mib(name: str) -> float:
    [line] = [line for line in _STATUS.read_text().splitlines() if line.startswith(name)]
    return int(line.split()[1]) / 1024


class Untotalled(ManyRows):
    """A table whose totals are not summed here: that is the database's work."""

    def totals(self) -> dict[str, int]:
        """Return nothing."""
        return {}


@pytest.fixture
def export(db: None) -> Iterator[Export]:
    with registered(ManyRows(1)):
        yield asked(people.account(now=MORNING), MORNING)


@pytest.mark.parametrize("kind", list(Format))
def test_memory_stays_flat_however_many_rows(export: Export, kind: Format) -> None:
    found = [figures_of(Untotalled(size), kind, export) for size in SIZES]
    print("", *found, sep="\n")
    assert found[-1].grown_mib < 64
