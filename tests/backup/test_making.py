"""A backup is written whole or not at all, by programs that are new enough, and a restore that fails on the way stays shut."""

import fcntl
import os
import signal
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from jiangxue.audit.models import AuditEntry
from jiangxue.ledger.queries.outside import tree_here
from jiangxue.operations.backups.rights import rights
from tests.backup.places import called, empty_database, manage, may_connect, provide, refused, tables_in
from tests.browser.player import until
from tests.conftest import cloned_database, connected_to
from tests.factories.logs import Log, running_log

pytestmark = pytest.mark.usefixtures("own_storage")


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        running.grow(events=300)
        running.sign()
        yield running


def stand_in(folder: Path, name: str, script: str, settings) -> Path:
    """Return a folder like that of PostgreSQL's programs in which one is a script; `$real` is the program itself."""
    folder.mkdir()
    for program in ("pg_dump", "pg_restore"):
        (folder / program).symlink_to(settings.POSTGRES_PROGRAMS / program)
    (folder / name).unlink()
    (folder / name).write_text(f'#!/bin/sh\nreal="{settings.POSTGRES_PROGRAMS / name}"\n{script}\n')
    (folder / name).chmod(0o755)
    return folder


def test_a_planned_move_loses_nothing_and_the_signer_signs_on(
    log: Log, committed_database: str, tmp_path: Path
) -> None:
    """Sealer and signer stopped, backed up, brought back elsewhere, started again with the same folder of the signer."""
    size = log.size
    called(committed_database, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    with empty_database(f"{committed_database}_moved") as elsewhere:
        called(elsewhere, "restore", backup, "--signer-memory", tmp_path / "signer")
        connection.close()
        with connected_to(elsewhere), running_log(elsewhere, tmp_path) as moved:
            moved.grow(events=5)
            assert moved.sign() == tree_here().size == size + 5
            assert moved.audit().is_clean
        connection.close()


def test_what_happens_between_the_first_look_and_the_dump_is_in_neither(
    log: Log, committed_database: str, tmp_path: Path, settings
) -> None:
    began, go, size = tmp_path / "began", tmp_path / "go", log.size
    script = (
        f'[ "$1" = --version ] || {{ touch {began}; while [ ! -e {go} ]; do sleep 0.02; done; }}; exec "$real" "$@"'
    )
    settings.POSTGRES_PROGRAMS = stand_in(tmp_path / "programs", "pg_dump", script, settings)

    def grow() -> None:
        until(began.exists, "the dump has begun")
        log.grow(events=5)
        connection.close()
        go.touch()

    with ThreadPoolExecutor(1) as pool:
        growing = pool.submit(grow)
        called(committed_database, "back_up", tmp_path / "backups")
        growing.result()
    (backup,) = (tmp_path / "backups").iterdir()
    assert log.size == size + 5
    with empty_database(f"{committed_database}_moved") as elsewhere:
        assert f" {size} " in called(elsewhere, "restore", backup, "--nothing-outside")


def test_a_newer_program_brings_an_older_backup_up_to_date(lasting_database: str, tmp_path: Path) -> None:
    """With the rights of its new tables, as if it had always been there."""
    with cloned_database(f"{lasting_database}_before") as before:
        called(before, "migrate", "ledger", "0004")
        called(before, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    assert "ledger.0005" not in (backup / "manifest.json").read_text()
    with empty_database(f"{lasting_database}_after") as after:
        called(after, "restore", backup, "--nothing-outside")
        with connected_to(after):
            found = rights()
    connection.close()
    assert found == rights()


def test_the_audit_keeps_when_a_backup_was_made(lasting_database: str, tmp_path: Path) -> None:
    called(lasting_database, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    assert AuditEntry.objects.filter(action="backup.made", object_kind="backup", object_id=backup.name).exists()


def test_courseware_can_be_left_out_and_links_never_go_with_it(
    lasting_database: str, own_storage: Path, tmp_path: Path
) -> None:
    own_storage.mkdir()
    (own_storage / "film").write_text("film")
    (own_storage / "link").symlink_to(tmp_path / "signer" / "key")
    called(lasting_database, "back_up", tmp_path / "with")
    said = called(lasting_database, "back_up", tmp_path / "without", "--without-courseware")
    (with_it,), (without_it,) = (tmp_path / "with").iterdir(), (tmp_path / "without").iterdir()
    with tarfile.open(with_it / "courseware.tar") as archive:
        assert archive.getnames() == ["film"]
    assert not (without_it / "courseware.tar").exists()
    assert "课件没有包括在内" in said


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('[ "$1" = --version ] && exec "$real" --version; echo "disk full" >&2; exit 1', "disk full"),
        ('echo "pg_dump (PostgreSQL) 14.9"', "14.9"),
        ("echo nothing", "nothing"),
    ],
)
def test_a_dump_that_fails_leaves_no_backup(
    lasting_database: str, tmp_path: Path, settings, script: str, words: str
) -> None:
    made = AuditEntry.objects.filter(action="backup.made")
    before = made.count()
    settings.POSTGRES_PROGRAMS = stand_in(tmp_path / "programs", "pg_dump", script, settings)
    status, said = refused(lasting_database, "back_up", tmp_path / "backups")
    assert (status, words in said) == (1, True)
    assert list((tmp_path / "backups").iterdir()) == []
    assert made.count() == before


def test_programs_that_are_not_there_are_named(lasting_database: str, tmp_path: Path, settings) -> None:
    settings.POSTGRES_PROGRAMS = tmp_path / "nowhere"
    _, said = refused(lasting_database, "back_up", tmp_path / "backups")
    assert "pg_dump" in said
    assert "JIANGXUE_POSTGRES_PROGRAMS" in said


def test_what_a_killed_backup_left_goes_with_the_next_one(lasting_database: str, tmp_path: Path) -> None:
    left = tmp_path / "backups" / ".unfinished-jiangxue-20261124T010000Z"
    left.mkdir(parents=True)
    (left / "database.dump").write_text("half")
    called(lasting_database, "back_up", tmp_path / "backups")
    assert [path.name.startswith("jiangxue-") for path in (tmp_path / "backups").iterdir()] == [True]


def test_two_backups_at_a_time_do_not_get_into_each_others_way(lasting_database: str, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    held = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        status, said = refused(lasting_database, "back_up", place)
    finally:
        os.close(held)
    assert (status, "正在写" in said, list(place.iterdir())) == (1, True, [])


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('[ "$1" = --exit-on-error ] || exec "$real" "$@"; "$real" --section=pre-data "$@"; exit 1', "pg_restore"),
        ('[ "$1" = --exit-on-error ] || exec "$real" "$@"; exec "$real" --no-privileges "$@"', "权限"),
    ],
)
def test_a_restore_that_ends_on_the_way_or_gives_other_rights_stays_shut(
    lasting_database: str, tmp_path: Path, settings, script: str, words: str
) -> None:
    called(lasting_database, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    settings.POSTGRES_PROGRAMS = stand_in(tmp_path / "programs", "pg_restore", script, settings)
    with empty_database(f"{lasting_database}_half") as elsewhere:
        status, said = refused(elsewhere, "restore", backup, "--nothing-outside")
        assert (status, words in said, "保持关闭" in said) == (1, True, True)
        assert refused(elsewhere, "open_restored")[0] == 1


def test_a_restore_that_is_killed_on_the_way_stays_shut(lasting_database: str, tmp_path: Path, settings) -> None:
    called(lasting_database, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    script = '[ "$1" = --exit-on-error ] || exec "$real" "$@"; "$real" "$@"; kill -KILL $PPID'
    programs = str(stand_in(tmp_path / "programs", "pg_restore", script, settings))
    with empty_database(f"{lasting_database}_half") as elsewhere:
        words = ("restore", backup, "--nothing-outside", "--without-courseware")
        done = manage(elsewhere, tmp_path, *words, JIANGXUE_POSTGRES_PROGRAMS=programs)
        assert done.returncode == -signal.SIGKILL
        provide(elsewhere)
        assert (may_connect(elsewhere), tables_in(elsewhere) > 50) == ([], True)


def test_a_dump_that_the_programs_here_cannot_read_is_refused_before_anything_is_touched(
    lasting_database: str, tmp_path: Path, settings
) -> None:
    called(lasting_database, "back_up", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    script = '[ "$1" = --list ] || exec "$real" "$@"; echo "unsupported version (1.99) in file header" >&2; exit 1'
    settings.POSTGRES_PROGRAMS = stand_in(tmp_path / "programs", "pg_restore", script, settings)
    with empty_database(f"{lasting_database}_half") as elsewhere:
        status, said = refused(elsewhere, "restore", backup, "--nothing-outside")
        assert (status, "1.99" in said, "什么都没有动过" in said, tables_in(elsewhere)) == (1, True, True, 0)
