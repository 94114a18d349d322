"""Makes files of tables, and says how many rows a second that is and how much memory it takes. Needs Django to be set up; Linux alone tells a peak."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from jiangxue.kernel.crypto import new_key
from jiangxue.kernel.locked_file import lock_file
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Opened, Table
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.rules.exports import Format
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.services.making_exports import Written, write_csv, write_workbook
from scripts.bench.place import Place
from scripts.bench_reports.filling import Size, fill
from scripts.bench_reports.measuring import PROVINCE
from scripts.terminal import say

_STATUS, _FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
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


def measure_exports(place: Place, learners: int, now: datetime) -> None:
    """Fill the database, then export all learning records as a workbook and as CSV."""
    with place.admin() as admin:
        for step in fill(admin, Size(learners)):
            say(step)
    for kind in Format:
        say(str(figures_of(sheet_for(PROVINCE, "records", Filter(), now=now), kind, now)))


def figures_of(table: Table, kind: Format, now: datetime) -> Figures:
    """Make a locked file of a table as the worker does, storing left out, and return what it took."""
    with TemporaryDirectory() as folder:
        path, locked = Path(folder) / "made", Path(folder) / "locked"
        _FORGET_PEAK.write_text("5")
        before_mib, began, core_began = _mib("VmRSS"), perf_counter(), process_time()
        written = _written(table, kind, path, now)
        with path.open("rb") as source, locked.open("wb") as target:
            lock_file(new_key(), source, target)
        seconds, core_seconds = perf_counter() - began, process_time() - core_began
        peak_mib = _mib("VmHWM")
        size = path.stat().st_size
    return Figures(kind, written.rows, seconds, core_seconds, size, peak_mib, peak_mib - before_mib)


def _written(table: Table, kind: Format, path: Path, now: datetime) -> Written:
    tell: Callable[[int], None] = lambda done: None  # noqa: E731  (nobody looks)
    if kind is Format.CSV:
        return write_csv(table, path, tell)
    export = Export(account_id=PROVINCE.account_id, role=Role.SUPERVISOR.value, masked=True)
    return write_workbook(Opened(table, "", (), is_masked=True), path, tell, export=export, now=now)


def _mib(name: str) -> float:
    [line] = [line for line in _STATUS.read_text().splitlines() if line.startswith(name)]
    return int(line.split()[1]) / 1024
