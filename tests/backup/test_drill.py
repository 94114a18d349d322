"""The drill of docs/backup.md with the real programs: back up while people learn, lose everything, bring it back elsewhere."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from jiangxue.archive.services.giving import give_out
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import MachineClock
from jiangxue.ledger.services.auditing import audited
from jiangxue.operations.backups.rights import rights
from jiangxue.operations.queries import parts
from tests.backup.drill import FILM, Drill
from tests.backup.places import as_administrator, as_owner, empty_database, manage, owners_url
from tests.conftest import cloned_database, connected_to
from tests.repository.test_rights import APPEND_ONLY, ERASABLE_LATER


@dataclass(frozen=True)
class Restored:
    """A database into which the backup was brought back, its data folder, and what the command said."""

    database: str
    data: Path
    said: str


@pytest.fixture(scope="module")
def restored(drill: Drill, clone_prefix: str, django_db_blocker, tmp_path_factory) -> Iterator[Restored]:
    data = tmp_path_factory.mktemp("restored")
    with django_db_blocker.unblock(), empty_database(f"{clone_prefix}_restored") as name:
        done = manage(name, data, "restore", drill.backup, "--checkpoint", drill.before, "--jobs", 2)
        assert done.returncode == 0, done.stderr
        yield Restored(name, data, done.stdout)


@pytest.fixture
def inside(restored: Restored, django_db_blocker) -> Iterator[Restored]:
    """Look into the restored database as the application."""
    with django_db_blocker.unblock(), connected_to(restored.database):
        yield restored


def test_the_backup_is_readable_by_its_owner_alone_and_by_sha256sum(drill: Drill) -> None:
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in drill.backup.iterdir()}
    assert files == dict.fromkeys(
        ("SHA256SUMS", "courseware.tar", "database.dump", "manifest.json", "rights.txt"), 0o600
    )
    assert stat.S_IMODE(drill.backup.stat().st_mode) == 0o700
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=drill.backup, check=True, capture_output=True
    )


def test_no_key_is_in_the_backup(drill: Drill) -> None:
    written = b"".join(path.read_bytes() for path in drill.backup.iterdir())
    secret = {name for name in os.environ if name.startswith("JIANGXUE_") and name.endswith(("_KEY", "_URL"))}
    assert {"JIANGXUE_SEAL_KEY", "JIANGXUE_LOG_KEY", "JIANGXUE_TEST_OWNER_URL"} <= secret
    values = [os.environ[name] for name in secret] + [(drill.signer / "key").read_text().strip()]
    for value in values:
        password = urlsplit(value).password or value
        assert password.encode() not in written
        assert not re.fullmatch("[0-9a-f]{64}", password) or bytes.fromhex(password) not in written
    keys = json.loads((drill.backup / "manifest.json").read_text())["keys"]
    assert all(len(mark) == 16 for mark in keys.values())


def test_what_was_backed_up_while_people_learned_is_one_state_and_continues_what_was_witnessed_before(
    drill: Drill, inside: Restored
) -> None:
    assert f"{drill.backed_up_size} " in inside.said
    found = audited([drill.before.read_text()], with_contents=True)
    assert found.findings == ()
    assert found.counts["entries"] == drill.backed_up_size < drill.newest_size
    assert found.counts["known"] == 1


def test_what_was_restored_is_open_and_works(inside: Restored) -> None:
    assert {part.name: part.works for part in parts()} == {"database": True, "jobs": False, "keys": True}


def test_the_audit_says_what_was_restored(drill: Drill, inside: Restored) -> None:
    entry = AuditEntry.objects.get(action="database.restored")
    assert (entry.object_kind, entry.object_id, entry.result) == ("backup", drill.backup.name, "done")


def test_an_archive_of_the_restored_platform_is_verified_by_whoever_kept_the_trust_list(
    drill: Drill, inside: Restored, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.zip"
    archive.write_bytes(give_out(drill.place, by=PROGRAM, now=MachineClock().now()))
    command = [sys.executable, "-m", "jiangxue_verify", archive, "--trust", drill.trust]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("验证通过")


def test_files_of_courseware_are_back(drill: Drill, inside: Restored) -> None:
    assert (inside.data / "media" / FILM).read_bytes() == (drill.data / "media" / FILM).read_bytes()


def test_rights_and_guards_are_those_of_the_original(drill: Drill, inside: Restored) -> None:
    now = rights()
    connection.close()
    with connected_to(drill.database):
        assert rights() == now
    assert any("trigger public.ledger_entry.ledger_entry_append_only enabled=A" in line for line in now)


def test_the_application_has_no_right_to_change_what_is_only_added_to(inside: Restored) -> None:
    question = """SELECT t, r FROM unnest(%s::text[]) t, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) r WHERE has_table_privilege(t, r)"""
    with connection.cursor() as cursor:
        cursor.execute(question, [[*APPEND_ONLY, *ERASABLE_LATER]])
        assert cursor.fetchall() == []


def test_triggers_hold_even_against_the_owner(inside: Restored) -> None:
    with (
        psycopg.connect(owners_url(inside.database)) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        owner.execute("UPDATE ledger_entry SET leaf = leaf")


def test_what_is_made_later_gets_the_rights_that_are_given_by_default(inside: Restored) -> None:
    with psycopg.connect(owners_url(inside.database)) as owner:
        owner.execute("CREATE TABLE later ()")
        row = owner.execute("SELECT has_table_privilege('jiangxue_app', 'later', 'DELETE')").fetchone()
        owner.rollback()
    assert row == (True,)


def test_a_row_that_somebody_changes_afterwards_is_named_by_the_audit(inside: Restored) -> None:
    connection.close()
    with cloned_database(f"{inside.database}_altered", inside.database) as altered:
        with as_administrator(altered) as everything:
            everything.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            everything.execute("""UPDATE ledger_entry SET leaf = replace(leaf, '"v":1', '"v":2') WHERE "index" = 3""")
        with as_owner(altered):
            found = audited([], with_contents=False)
    assert ("entry.malformed", "3") in {(each.kind, each.place) for each in found.findings}
