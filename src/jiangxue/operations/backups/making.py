"""Making a backup: one snapshot of the database, then the files that its rows name, then what the backup says of itself."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from jiangxue.audit import services as audit
from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.kernel.clock import Clock
from jiangxue.ledger.errors import LogDamaged
from jiangxue.ledger.queries.outside import newest_notes, tree_here
from jiangxue.operations.backups import courseware, manifest, programs
from jiangxue.operations.backups.folder import own_file, part_of, written_whole
from jiangxue.operations.backups.keys import key_marks
from jiangxue.operations.backups.manifest import (
    COPIED,
    COURSEWARE,
    DUMP,
    IN_OBJECT_STORE,
    LEFT_OUT,
    RIGHTS,
    LogThen,
    Manifest,
)
from jiangxue.operations.backups.rights import rights
from jiangxue.operations.backups.target import server_major
from jiangxue.operations.errors import CannotBackUp


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: where it lies, and what it says of itself."""

    folder: Path
    manifest: Manifest


def back_up(place: Path, *, with_courseware: bool, clock: Clock) -> Made:
    """Write a backup into a new folder below `place`, and enter in the audit that it was made. Raises `CannotBackUp`."""
    made_at = clock.now()
    name = f"jiangxue-{made_at:%Y%m%dT%H%M%SZ}"
    try:
        with written_whole(place, name) as fresh:
            said = _written(fresh, made_at, with_courseware=with_courseware)
    except (programs.ProgramFailed, LogDamaged, OSError) as fault:
        raise CannotBackUp(str(fault)) from None
    with transaction.atomic():
        audit.record("backup.made", by=audit.PROGRAM, at=clock.now(), about=("backup", name))
    return Made(place / name, said)


def _written(folder: Path, made_at: datetime, *, with_courseware: bool) -> Manifest:
    dumping = programs.program("pg_dump", server_major())
    with one_snapshot():
        snapshot = _exported_snapshot()
        tree, notes = tree_here(), newest_notes()
        migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        own_file(folder / RIGHTS).write_text("".join(f"{line}\n" for line in rights()))
        dumped = own_file(folder / DUMP)
        programs.run_on_database([dumping, "--format=custom", f"--snapshot={snapshot}", f"--file={dumped}"])
    files = _pack_courseware(folder, with_courseware=with_courseware)
    said = Manifest(
        made_at=f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        server=server_major(),
        migrations=migrations,
        keys=key_marks(),
        courseware=files,
        log=LogThen(tree.by.name, tree.size, tree.root.hex(), notes.signed, notes.witnessed),
        parts={path.name: part_of(path) for path in sorted(folder.iterdir())},
    )
    manifest.write(folder, said)
    return said


def _exported_snapshot() -> str:
    """Hold this transaction's view of the database, so that the dump has the same; however long that takes, nobody ends it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _pack_courseware(folder: Path, *, with_courseware: bool) -> str:
    source = courseware.local_folder()
    if source is None:
        return IN_OBJECT_STORE
    if not with_courseware:
        return LEFT_OUT
    courseware.pack(source, folder / COURSEWARE)
    return COPIED
