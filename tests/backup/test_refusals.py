"""What is damaged, not empty, of other keys or not compared is refused before anything is touched."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from jiangxue.kernel.canonical import canonical_json
from jiangxue.operations.backups.manifest import MANIFEST, write
from jiangxue.operations.backups.manifest import checked as checked_manifest
from tests.backup.drill import Drill
from tests.backup.places import empty_database, owners_url, refused, tables_in

NOTHING = "--nothing-outside"


@pytest.fixture(scope="module")
def untouched(clone_prefix: str, django_db_blocker) -> Iterator[str]:
    """Return an empty database for many refusals: it must be as empty after each."""
    with django_db_blocker.unblock(), empty_database(f"{clone_prefix}_untouched") as name:
        yield name


@pytest.fixture
def copy(drill: Drill, tmp_path: Path) -> Path:
    """Return a copy of the backup that may be damaged."""
    return Path(shutil.copytree(drill.backup, tmp_path / "copy"))


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "one bit of the dump": lambda copy: flip(copy / "database.dump", 5000),
    "the end of the dump": lambda copy: os.truncate(copy / "database.dump", 5000),
    "no dump": lambda copy: (copy / "database.dump").unlink(),
    "one bit of the courseware": lambda copy: flip(copy / "courseware.tar", 700),
    "one line of rights": lambda copy: (copy / "rights.txt").write_text(""),
    "a digit of the manifest": lambda copy: (copy / MANIFEST).write_text(
        (copy / MANIFEST).read_text().replace('"size":', '"size":1', 1)
    ),
    "a manifest of another form": lambda copy: (copy / MANIFEST).write_bytes(canonical_json({"format": "other"})),
    "no manifest": lambda copy: (copy / MANIFEST).unlink(),
    "no sums": lambda copy: (copy / "SHA256SUMS").unlink(),
    "a file too many": lambda copy: (copy / "more").write_text(""),
    "JSON that is no object": lambda copy: (copy / MANIFEST).write_text("[]"),
    "no JSON": lambda copy: (copy / MANIFEST).write_bytes(b"\xff"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused(copy: Path, untouched: str, own_storage: Path, damage: str) -> None:
    DAMAGES[damage](copy)
    status, said = refused(untouched, "restore", copy, NOTHING)
    assert status == 1
    assert "什么都没有动过" in said
    assert tables_in(untouched) == 0
    assert not own_storage.exists()


def rewrite(copy: Path, **members: object) -> None:
    """Change what the manifest says, and the sums with it, as whoever may write to backups can."""
    said = checked_manifest(copy)
    for path in (copy / MANIFEST, copy / "SHA256SUMS"):
        path.unlink()
    for name, value in members.items():
        object.__setattr__(said, name, value)
    write(copy, said)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"keys": {"JIANGXUE_SEAL_KEY": "0" * 16}}, "JIANGXUE_SEAL_KEY"),
        ({"migrations": ["ledger.9999_of_later"]}, "ledger.9999_of_later"),
        ({"server": 99}, "PostgreSQL 99"),
        ({"server": "15"}, "manifest.json"),
        ({"keys": {"JIANGXUE_SEAL_KEY": 7}}, "manifest.json"),
        ({"courseware": "left out"}, "manifest.json"),
    ],
)
def test_a_backup_that_does_not_fit_here_is_refused(
    copy: Path, untouched: str, own_storage: Path, members: dict[str, object], words: str
) -> None:
    rewrite(copy, **members)
    status, said = refused(untouched, "restore", copy, NOTHING)
    assert (status, words in said, tables_in(untouched)) == (1, True, 0)


def test_a_manifest_that_was_rewritten_with_its_sums_does_not_fit_the_log_that_comes_out(
    copy: Path, elsewhere: str, own_storage: Path
) -> None:
    log = json.loads((copy / MANIFEST).read_text())["log"]
    rewrite(copy, log={**log, "size": log["size"] + 1})
    status, said = refused(elsewhere, "restore", copy, NOTHING)
    assert (status, "不是做备份时的那一份" in said) == (3, True)


def test_a_database_that_holds_anything_is_refused(drill: Drill, elsewhere: str, own_storage: Path) -> None:
    with psycopg.connect(owners_url(elsewhere), autocommit=True) as owner:
        owner.execute("CREATE TABLE something ()")
    status, said = refused(elsewhere, "restore", drill.backup, NOTHING)
    assert (status, "不是空的" in said, tables_in(elsewhere)) == (1, True, 1)


def test_a_database_that_others_use_is_refused(drill: Drill, untouched: str, own_storage: Path) -> None:
    with psycopg.connect(owners_url(untouched)):
        status, said = refused(untouched, "restore", drill.backup, NOTHING)
    assert (status, "jiangxue_owner" in said, tables_in(untouched)) == (1, True, 0)


def test_a_folder_of_courseware_that_holds_anything_is_refused(drill: Drill, untouched: str, own_storage: Path) -> None:
    own_storage.mkdir()
    (own_storage / "film").write_text("kept")
    status, said = refused(untouched, "restore", drill.backup, NOTHING)
    assert (status, "课件目录" in said, tables_in(untouched)) == (1, True, 0)
    assert (own_storage / "film").read_text() == "kept"


@pytest.mark.parametrize("options", [(), (NOTHING, "--checkpoint", "somewhere")])
def test_one_must_say_what_is_compared(drill: Drill, untouched: str, options: tuple[str, ...]) -> None:
    status, said = refused(untouched, "restore", drill.backup, *options)
    assert (status, "--nothing-outside" in said) == (1, True)


@pytest.mark.parametrize("option", ["--checkpoint", "--signer-memory"])
def test_what_is_to_be_compared_must_be_there_and_be_what_it_is_called(
    drill: Drill, untouched: str, own_storage: Path, tmp_path: Path, option: str
) -> None:
    for place in (tmp_path / "missing", tmp_path):
        status, _ = refused(untouched, "restore", drill.backup, option, place)
        assert (status, tables_in(untouched)) == (1, 0)
