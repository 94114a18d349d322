"""The worker's part of an export: from a table to a locked file, in attempts that never disturb one another. Clauses T7, M2, M3.

What the viewer may see is judged here, not when it was asked for. The rows are read within one snapshot, so that count, rows and totals
are of one moment; how far it has come is told through a connection of its own. An attempt has a number: a worker that was taken for dead
changes nothing when it comes back.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.rows import TupleRow

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, REFUSED
from jiangxue.djangokit.plain import plain_connection
from jiangxue.djangokit.row_security import seen_by
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.kernel.crypto import new_key
from jiangxue.kernel.locked_file import lock_file
from jiangxue.kernel.scope import scope_of
from jiangxue.reporting.errors import (
    FilterRefused,
    NoSuchSheet,
    NotTheirsToQuery,
    Superseded,
    TooManyRows,
)
from jiangxue.reporting.models import Export, ExportKey
from jiangxue.reporting.queries.exportable import Opened, Table, Wanted, opened
from jiangxue.reporting.queries.exports import present_viewer
from jiangxue.reporting.rules.exports import KEPT, MOST_ROWS, Fault, Format, file_name
from jiangxue.reporting.services.cover import cover_of
from jiangxue.reporting.services.csv_writing import CsvTable
from jiangxue.reporting.services.telling_of_exports import tell_of_end
from jiangxue.reporting.services.workbook import WorkbookTable
from jiangxue.reporting.storage import export_storage, remove_stored, stored_name

TOLD_EVERY = 2_000
"""Rows between two words on how far it has come."""
_BLOCK = 1024 * 1024
_TELL = """
UPDATE reporting_export SET rows_done = %s, rows_expected = %s WHERE id = %s AND attempt = %s AND state = 'working'
"""

type Tell = Callable[[int, int], None]
"""Told how many rows are done, of how many; raises `Superseded`."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: how many rows, and the 校验值 of them, which is that of the same table as CSV."""

    rows: int
    rows_sha256: str


def make_export(export_id: UUID, *, clock: Clock) -> None:
    """Make the file of an export that waits, or say why there is none; nothing when there is nothing to do or somebody else does it."""
    attempt = _begun(export_id)
    if attempt is None:
        return
    try:
        with _work_folder(attempt) as folder, plain_connection("export") as beside:
            beside.autocommit = True
            path = folder / "made"
            written = _written(attempt, path, clock.now(), _telling(attempt, beside))
            _finish(attempt, path, written, clock)
    except Superseded:
        export_storage().delete(stored_name(attempt.pk, attempt.attempt))
    except TooManyRows:
        _fail(attempt, Fault.TOO_MANY_ROWS, clock)
    except (FilterRefused, NoSuchSheet, NotTheirsToQuery):
        _fail(attempt, Fault.OUT_OF_REACH, clock)
    except _RoleLost:
        _fail(attempt, Fault.ROLE_LOST, clock)


class _RoleLost(Exception):
    """Who asked holds the role no longer."""


@transaction.atomic
def _begun(export_id: UUID) -> Export | None:
    """Begin an attempt; one that was working is begun anew, for its worker has ended."""
    found = Export.objects.select_for_update().filter(pk=export_id, state__in=("waiting", "working")).first()
    if found is None:
        return None
    found.state, found.rows_done = Export.State.WORKING, 0
    found.attempt += 1
    found.save(update_fields=["state", "rows_done", "attempt"])
    return found


def _written(export: Export, path: Path, now: datetime, tell: Tell) -> Written:
    viewer = present_viewer(export)
    if viewer is None:
        raise _RoleLost
    with seen_by(scope_of(viewer)), one_snapshot():
        shown = opened(viewer, Wanted(export.sheet, export.filter, is_masked=export.masked), now=now)
        expected = shown.table.count()
        if expected > MOST_ROWS:
            raise TooManyRows(expected)
        tell(0, expected)
        if export.format == Format.CSV:
            return write_csv(shown.table, path, lambda done: tell(done, expected))
        return write_workbook(shown, path, lambda done: tell(done, expected), export=export, now=now)


def write_csv(table: Table, path: Path, tell: Callable[[int], None]) -> Written:
    """Write a table as CSV."""
    with path.open("wb") as target:
        lines = CsvTable(table.columns, target)
        rows = _copied(table, [lines.write], tell)
    return Written(rows, lines.sha256)


def write_workbook(shown: Opened, path: Path, tell: Callable[[int], None], *, export: Export, now: datetime) -> Written:
    """Write a table as a workbook with a cover."""
    table = shown.table
    lines = CsvTable(table.columns)
    with WorkbookTable(path, table.columns) as book:
        rows = _copied(table, [book.write, lines.write], tell)
        written = Written(rows, lines.sha256)
        book.close(cover_of(shown, export, rows=rows, rows_sha256=written.rows_sha256, now=now))
    return written


def _copied(table: Table, writers: list[Callable[..., None]], tell: Callable[[int], None]) -> int:
    done = 0
    for row in table.rows():
        for write in writers:
            write(row.values)
        done += 1
        if done % TOLD_EVERY == 0:
            tell(done)
        if done > MOST_ROWS:
            raise TooManyRows(done)
    return done


def _telling(export: Export, beside: "psycopg.Connection[TupleRow]") -> Tell:
    def tell(done: int, expected: int) -> None:
        told = beside.execute(_TELL, [done, expected, export.pk, export.attempt])
        if not told.rowcount:
            raise Superseded

    return tell


@contextmanager
def _work_folder(export: Export) -> Iterator[Path]:
    """Make a folder of this machine that nobody else can read; what killed attempts have left goes before."""
    work = Path(settings.WORK_FOLDER)
    for left in work.glob(f"export-{export.pk.hex}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = work / f"export-{export.pk.hex}-{export.attempt}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _finish(export: Export, path: Path, written: Written, clock: Clock) -> None:
    """Lock and store the file, then say in one transaction that it is there."""
    key, locked = new_key(), path.with_name("locked")
    with path.open("rb") as source, locked.open("wb") as target:
        lock_file(key, source, target)
    with path.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    size = path.stat().st_size
    remove_stored(export.pk, export.attempt)
    with locked.open("rb") as opened_file:
        export_storage().save(stored_name(export.pk, export.attempt), File(opened_file))
    with transaction.atomic():
        kept = _current(export)
        now = clock.now()
        kept.state, kept.finished_at, kept.expires_at = Export.State.READY, now, now + KEPT
        kept.rows_done = kept.rows_expected = written.rows
        kept.bytes, kept.sha256, kept.rows_sha256 = size, sha256, written.rows_sha256
        kept.name = _name(kept, now)
        kept.save()
        lock = ExportKey(export=kept)
        seal_bytes_for(lock, "sealed", key)
        lock.save(force_insert=True)
        audit.record("export.made", by=PROGRAM, at=now, about=("export", kept.pk), reason=_said(kept))
        tell_of_end(kept, now)


def _name(export: Export, now: datetime) -> str:
    rows = _("{rows} rows").format(rows=export.rows_done)
    return file_name(export.title, learning_day(now), rows.replace(" ", ""), export.sha256, Format(export.format))


def _said(export: Export) -> str:
    """Return what the audit keeps of a file: how many rows, and its 校验值."""
    return _("{rows} rows, SHA-256 {sha256}").format(rows=export.rows_done, sha256=export.sha256)


def _fail(export: Export, fault: Fault, clock: Clock) -> None:
    with transaction.atomic():
        try:
            kept = _current(export)
        except Superseded:
            return
        remove_stored(kept.pk, kept.attempt)
        kept.state, kept.fault, kept.finished_at = Export.State.FAILED, fault, clock.now()
        kept.save(update_fields=["state", "fault", "finished_at"])
        audit.record("export.refused", by=PROGRAM, at=kept.finished_at, about=("export", kept.pk), result=REFUSED)
        tell_of_end(kept, kept.finished_at)


def _current(export: Export) -> Export:
    """Return the row of an attempt, locked, or raise `Superseded`."""
    found = Export.objects.select_for_update().filter(pk=export.pk, attempt=export.attempt, state=Export.State.WORKING)
    kept = found.first()
    if kept is None:
        raise Superseded
    return kept
