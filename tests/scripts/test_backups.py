"""`make backup` and `make restore` say what they lack before they begin; the commands they call are tested in tests/backup."""

import os
import subprocess
import sys

import psycopg

from scripts.environment import serving_database
from scripts.keys import read_or_make
from scripts.layout import REPOSITORY
from scripts.postgres import EXPENDABLE, open_cluster, start
from scripts.supervisor import Supervisor


def run(data, script, *words):
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{script}", *map(str, words)],
        cwd=REPOSITORY,
        env={**inherited, "JIANGXUE_DATA": str(data.root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_where_nothing_is_installed_nothing_is_backed_up_and_nothing_is_made(data, tmp_path):
    refused = run(data, "backup", tmp_path)
    assert (refused.returncode, "There is no installation" in refused.stderr) == (1, True)
    assert list(data.secrets.iterdir()) == []


def test_a_backup_is_not_put_beside_what_it_is_to_outlive(data):
    read_or_make(data)
    refused = run(data, "backup", data.root / "backups")
    assert (refused.returncode, "lies in the data folder" in refused.stderr) == (1, True)


def test_without_the_old_keys_nothing_is_restored_and_no_new_ones_are_made(data, tmp_path):
    refused = run(data, "restore", tmp_path, "--nothing-outside")
    assert (refused.returncode, "seal_key" in refused.stderr) == (1, True)
    assert list(data.secrets.iterdir()) == []


def test_a_database_that_another_process_serves_is_reached_by_its_socket(data, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    keys = read_or_make(data)
    with Supervisor() as supervisor:
        start(open_cluster(data, keys["postgres"], EXPENDABLE), supervisor)
        with psycopg.connect(serving_database(data, keys).admin_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
