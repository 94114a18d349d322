"""A PostgreSQL of the bench's own, by the launcher of `make serve`, with the durability and the memory of a real installation."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from scripts import postgres, provision, template
from scripts.environment import environment_for, management, must_succeed
from scripts.keys import read_or_make
from scripts.layout import DataFolder
from scripts.lock import sole_owner
from scripts.postgres import Cluster
from scripts.provision import APP, HOT, OWNER, Server
from scripts.supervisor import Supervisor

DATABASE = "jiangxue_bench"
HOSTS = "localhost,127.0.0.1"

# Nothing here trades safety for speed: a commit is answered after its journal is on the disk.
DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "'2GB'",
    "wal_buffers": "'64MB'",
    "wal_compression": "lz4",
    "max_wal_size": "'16GB'",
    "checkpoint_timeout": "'15min'",
    "checkpoint_completion_target": "0.9",
}

type AdminConnection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Place:
    """A running cluster with one migrated database, and whoever starts processes beside it."""

    data: DataFolder
    keys: Mapping[str, str]
    cluster: Cluster
    server: Server
    supervisor: Supervisor

    def admin(self) -> AdminConnection:
        """Connect to the bench's database as administrator."""
        return self.server.admin(DATABASE)

    def environment(self) -> dict[str, str]:
        """Return what the processes of the product are told: the demonstration's plain HTTP, and this database."""
        return {
            **environment_for(self.data, self.keys, self.server.url(APP, DATABASE)),
            "JIANGXUE_HOT_DATABASE_URL": self.server.url(HOT, DATABASE),
            "JIANGXUE_HOSTS": HOSTS,
            "JIANGXUE_DEMO": "1",
        }


@contextmanager
def opened_place(data: DataFolder, settings: Mapping[str, str]) -> Iterator[Place]:
    """Start the cluster in a data folder and make its database anew, from a template that is migrated once."""
    for name in [name for name in os.environ if name.startswith("PG")] + ["DATABASE_URL", "DJANGO_SETTINGS_MODULE"]:
        os.environ.pop(name, None)  # whatever a shell or `make test` has set is meant for another server
    data.make()
    with sole_owner(data), Supervisor() as supervisor:
        keys = read_or_make(data)
        cluster = postgres.open_cluster(data, keys["postgres"], settings)
        postgres.start(cluster, supervisor)
        server = Server(cluster.admin_url(keys["postgres"]), keys)
        place = Place(data, keys, cluster, server, supervisor)
        _make_database(place)
        yield place


def _make_database(place: Place) -> None:
    owner = {**environment_for(place.data, place.keys, place.server.url(OWNER, template.NAME)), "JIANGXUE_HOSTS": HOSTS}
    migrate = management("migrate", "--no-input", "--verbosity", "0")
    template.ensure_template(place.server, lambda: must_succeed(migrate, owner))
    provision.drop_database(place.server, DATABASE)
    with place.server.admin() as connection:
        names = map(sql.Identifier, (DATABASE, template.NAME, OWNER))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))
    provision.provide(place.server, DATABASE)
    with place.admin() as connection:
        connection.execute("SELECT learning_add_beat_partitions((now() AT TIME ZONE 'Asia/Shanghai')::date, 8)")


def forget(data: DataFolder) -> None:
    """Remove a data folder with its cluster, wherever that lies."""
    if data.postgres.is_symlink():
        shutil.rmtree(data.postgres.readlink().parent, ignore_errors=True)
    shutil.rmtree(data.root, ignore_errors=True)
