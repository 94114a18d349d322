"""Our PostgreSQL: it starts, it survives being killed, and it gets out of nobody's way."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.pq import Ping

from scripts import placement
from scripts.account import identity_of, unprivileged_account
from scripts.keys import read_or_make
from scripts.layout import DataFolder
from scripts.pidfile import pid_in
from scripts.postgres import EXPENDABLE, open_cluster, start
from scripts.supervisor import Supervisor
from scripts.terminal import Refusal

DURABLE: dict[str, str] = {}  # as `make serve` has it


@contextmanager
def running(data, settings=EXPENDABLE):
    """A cluster that runs under a supervisor, and a connection's address."""
    password = read_or_make(data)["postgres"]
    with Supervisor() as supervisor:
        cluster = open_cluster(data, password, settings)
        start(cluster, supervisor)
        yield cluster, cluster.admin_url(password), supervisor


def query(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def until_ready(program):
    until_s = time.monotonic() + 60
    while program.stdout.readline() != "ready\n":
        assert program.poll() is None, "it ended"
        assert time.monotonic() < until_s, "it did not become ready"


def test_a_committed_row_survives_the_killing_of_the_server(data, eventually):
    with running(data, DURABLE) as (cluster, url, supervisor):
        query(url, "CREATE TABLE kept (word text)")
        query(url, "INSERT INTO kept VALUES ('acknowledged')")
        os.kill(pid_in(cluster.folder), signal.SIGKILL)
        eventually(lambda: cluster.ping() != Ping.OK)

        def is_back():
            supervisor.look()
            return cluster.ping() == Ping.OK

        eventually(is_back)
        assert query(url, "SELECT word FROM kept") == "acknowledged"


def test_a_killed_parent_ends_the_database_in_order_and_frees_the_folder(data, start_program):
    parent = start_program("keep_database.py", data.root)
    until_ready(parent)
    parent.kill()
    with running(data) as (_, url, _supervisor):
        assert query(url, "SELECT 1") == 1
    assert "database system was not properly shut down" not in (data.logs / "database.log").read_text()


def test_killing_everything_at_once_does_no_harm_to_the_next_start(data, start_program):
    parent = start_program("keep_database.py", data.root)
    until_ready(parent)
    leash = subprocess.run(["pgrep", "-P", str(parent.pid)], capture_output=True, text=True, check=True).stdout.split()
    for pid in (pid_in(data.postgres), *map(int, leash), parent.pid):
        os.kill(pid, signal.SIGKILL)
    with running(data) as (_, url, _supervisor):
        assert query(url, "SELECT 1") == 1


def test_a_pid_file_that_names_another_program_does_no_harm(data):
    with running(data) as (cluster, _, _supervisor):
        old = (cluster.folder / "postmaster.pid").read_text()
    with subprocess.Popen(["sleep", "600"], cwd="/", **identity_of(cluster.account)) as stranger:
        try:
            (cluster.folder / "postmaster.pid").write_text(old.replace(old.split()[0], str(stranger.pid), 1))
            with running(data) as (_, url, _supervisor):
                assert query(url, "SELECT 1") == 1
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_second_launcher_says_that_the_folder_is_in_use(data, start_program):
    first = start_program("keep_database.py", data.root)
    until_ready(first)
    second = start_program("keep_database.py", data.root)
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"{data.root} is in use by process {first.pid}" in said


def test_an_interrupted_making_of_the_cluster_is_begun_anew(data):
    (data.root / "postgres.new").mkdir()
    (data.root / "postgres.new" / "PG_VERSION").write_text("18\n")
    with running(data) as (_, url, _supervisor):
        assert query(url, "SELECT 1") == 1


def test_a_folder_of_another_major_is_refused(data):
    password = read_or_make(data)["postgres"]
    data.postgres.mkdir()
    (data.postgres / "PG_VERSION").write_text("14\n")
    if account := unprivileged_account():
        account.own(data.postgres)
    with pytest.raises(Refusal, match="was made by PostgreSQL 14"):
        open_cluster(data, password, {})


@pytest.fixture
def expendable(data, folder, monkeypatch):
    """A data folder that nobody needs, on a machine with room in memory."""
    (folder / "memory").mkdir()
    monkeypatch.setattr(placement, "MEMORY", folder / "memory")
    monkeypatch.setattr(placement, "_ROOM_BYTES", 0)
    return replace(data, is_expendable=True)


def test_a_cluster_that_may_be_lost_lies_in_memory_and_is_found_there_again(expendable, folder):
    with running(expendable) as (cluster, url, _supervisor):
        assert folder / "memory" in cluster.folder.parents
        query(url, "CREATE TABLE kept (word text)")
    with running(expendable) as (_cluster, url, _supervisor):
        assert query(url, "SELECT count(*) FROM kept") == 0


@pytest.mark.parametrize("room_bytes", [0, 2**80])
def test_it_is_made_anew_when_the_machine_was_switched_off(expendable, folder, room_bytes, monkeypatch):
    with running(expendable):
        pass
    shutil.rmtree(folder / "memory")
    (folder / "memory").mkdir()
    monkeypatch.setattr(placement, "_ROOM_BYTES", room_bytes)
    with running(expendable) as (cluster, url, _supervisor):
        assert query(url, "SELECT 1") == 1
        assert (folder / "memory" in cluster.folder.parents) == (room_bytes == 0)


def test_one_that_lay_on_the_disk_moves_into_memory(expendable, data, folder):
    with running(data):
        pass
    with running(expendable) as (cluster, url, _supervisor):
        assert query(url, "SELECT 1") == 1
        assert expendable.postgres.resolve() == cluster.folder.resolve()
        assert folder / "memory" in cluster.folder.parents


def test_the_link_of_a_stranger_in_memory_is_left_alone(expendable, folder):
    account = unprivileged_account()
    home = placement.cluster_folder(expendable, account).parent
    shutil.rmtree(home)
    home.symlink_to(folder / "elsewhere")
    assert placement.cluster_folder(expendable, account) == expendable.postgres
    assert not (folder / "elsewhere").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_the_folder_of_another_account_is_refused_and_left_as_it_is(data):
    password = read_or_make(data)["postgres"]
    data.postgres.mkdir()
    os.chown(data.postgres, 12345, 12345)
    with pytest.raises(Refusal, match="belongs to another account"):
        open_cluster(data, password, {})
    assert list(data.postgres.iterdir()) == []


def test_it_is_reached_by_its_socket_and_its_password_only(data):
    with running(data, DURABLE) as (cluster, url, _supervisor):
        assert query(url, "SHOW listen_addresses") == ""
        assert query(url, "SHOW data_checksums") == "on"
        assert query(url, "SHOW server_encoding") == "UTF8"
        assert query(url, "SHOW fsync") == "on"
        assert (cluster.socket.stat().st_mode & 0o777) == 0o700
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.admin_url("wrong"))


def test_a_long_path_gets_a_short_socket(folder):
    data = DataFolder(folder / ("a" * 60) / ("b" * 60))
    data.make()
    for parent in (data.root.parent, data.root):
        parent.chmod(0o711)
    with running(data) as (cluster, url, _supervisor):
        assert query(url, "SELECT 1") == 1
        socket = cluster.socket
    shutil.rmtree(socket)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its privileges")
def test_root_gives_the_cluster_away_and_opens_no_folder_for_it(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    data = DataFolder(closed / "data")
    data.make()
    with running(data) as (cluster, url, _supervisor):
        assert query(url, "SELECT 1") == 1
        assert cluster.folder.stat().st_uid == unprivileged_account().uid
        assert not cluster.folder.is_relative_to(closed)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert Path(os.path.realpath(data.postgres)) == cluster.folder
    shutil.rmtree(cluster.folder.parent)
