"""The sealing keys of a data folder: what the children are told of them, and how they are changed while nothing runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from scripts import provision
from scripts.environment import environment_for, management
from scripts.keys import as_environment, read_or_make, sealing, write_durably
from scripts.layout import REPOSITORY, DataFolder
from scripts.lock import sole_owner
from scripts.postgres import EXPENDABLE, open_cluster, start
from scripts.provision import OWNER, Server
from scripts.supervisor import Supervisor

OPEN = "from jiangxue.ledger.services import open_archive; print(open_archive())"


def test_a_folder_with_one_key_tells_of_one(data: DataFolder) -> None:
    keys = read_or_make(data)
    assert sealing(keys) == {"JIANGXUE_SEAL_KEY": keys["seal_key"]}
    assert as_environment(keys).items() >= sealing(keys).items()


def test_further_keys_are_told_with_their_numbers_and_the_current_one(data: DataFolder) -> None:
    first = read_or_make(data)["seal_key"]
    write_durably(data.secrets / "seal_key_2", "22" * 32)
    assert sealing(read_or_make(data))["JIANGXUE_SEAL_KEY_CURRENT"] == "1", "a crash came before it was to seal"
    write_durably(data.secrets / "seal_key_current", "2")
    assert sealing(read_or_make(data)) == {
        "JIANGXUE_SEAL_KEY": first,
        "JIANGXUE_SEAL_KEYS": f"2:{'22' * 32}",
        "JIANGXUE_SEAL_KEY_CURRENT": "2",
    }


def test_a_first_key_that_was_taken_away_is_not_made_anew(data: DataFolder) -> None:
    read_or_make(data)
    write_durably(data.secrets / "seal_key_2", "22" * 32)
    write_durably(data.secrets / "seal_key_current", "2")
    (data.secrets / "seal_key").unlink()
    assert sealing(read_or_make(data))["JIANGXUE_SEAL_KEY"] == ""
    assert not (data.secrets / "seal_key").exists()


@pytest.fixture
def migrated(data: DataFolder) -> Iterator[DataFolder]:
    """Return a folder whose database has its tables; nothing runs."""
    with sole_owner(data), Supervisor() as supervisor:
        keys = read_or_make(data)
        cluster = open_cluster(data, keys["postgres"], EXPENDABLE)
        start(cluster, supervisor)
        server = Server(cluster.admin_url(keys["postgres"]), keys)
        provision.provide(server, "jiangxue")
        _copy_the_template(data, make_conninfo(server.admin_url, dbname="jiangxue"))
        _manage(data, server, "shell", "-c", OPEN)
    return data


def _copy_the_template(data: DataFolder, to: str) -> None:
    """Fill a database of another cluster with the tables of the tests' template: quicker than to migrate it."""
    programs, dump = Path(os.environ["JIANGXUE_POSTGRES_PROGRAMS"]), data.root / "template.dump"
    template = make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=os.environ["JIANGXUE_TEST_TEMPLATE"])
    for words in (
        ["pg_dump", "--format=custom", f"--file={dump}", f"--dbname={template}"],
        ["pg_restore", "--exit-on-error", "--clean", "--if-exists", f"--dbname={to}", dump],
    ):
        subprocess.run([programs / words[0], *words[1:]], check=True)


def _manage(data: DataFolder, server: Server, *words: str) -> str:
    environment = environment_for(data, read_or_make(data), server.url(OWNER, "jiangxue"))
    done = subprocess.run(
        management(*words), env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return done.stdout


def _seal_key(data: DataFolder, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"JIANGXUE_DATA": str(data.root)}
    command = [sys.executable, "-m", "scripts.seal_key", *words]
    return subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_a_new_key_seals_everything_anew_and_old_ones_are_taken_away_only_when_they_seal_nothing(
    migrated: DataFolder,
) -> None:
    write_durably(migrated.secrets / "seal_key_2", "22" * 32)
    write_durably(migrated.secrets / "seal_key_current", "2")
    refused = _seal_key(migrated, "--take-away", "1")
    assert refused.returncode != 0
    assert "the sealing key 1 still seals 1 values" in refused.stderr
    made = _seal_key(migrated, "--new")
    assert made.returncode == 0, made.stderr
    assert "sealed anew: 1" in made.stdout
    assert (migrated.secrets / "seal_key_3").read_text().strip() not in made.stdout
    assert (migrated.secrets / "seal_key").exists(), "nothing is destroyed unless somebody says so"
    assert "is the one that seals" in _seal_key(migrated, "--take-away", "3").stderr
    assert _seal_key(migrated, "--take-away", "1").returncode == 0
    assert not (migrated.secrets / "seal_key").exists()
    assert "key 3: 1" in _seal_key(migrated).stdout
