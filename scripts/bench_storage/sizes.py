"""How large each table is: heap, indexes and TOAST of a table with all its parts, after VACUUM."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from scripts.bench.place import DATABASE, AdminConnection, Place

_PAGES = """
SELECT coalesce(part.inhparent, c.oid)::regclass::text, sum(pg_relation_size(c.oid)), sum(coalesce(ix.bytes, 0)),
    sum(CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_relation_size(c.reltoastrelid) + pg_indexes_size(c.reltoastrelid) END)
FROM pg_class c
LEFT JOIN pg_inherits part ON part.inhrelid = c.oid
LEFT JOIN LATERAL (
    SELECT sum(pg_relation_size(indexrelid)) AS bytes FROM pg_index WHERE indrelid = c.oid
) ix ON true
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
GROUP BY 1
"""
"""Main forks alone: maps of free space and of visibility, 32 KB for the smallest table, are below a thousandth of a large one."""


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of one table, or of several."""

    heap: int = 0
    indexes: int = 0
    toast: int = 0

    @property
    def whole(self) -> int:
        """All of it."""
        return self.heap + self.indexes + self.toast

    def __add__(self, other: "Size") -> "Size":
        """Return both together."""
        return Size(self.heap + other.heap, self.indexes + other.indexes, self.toast + other.toast)

    def __sub__(self, other: "Size") -> "Size":
        """Return what has come since."""
        return Size(self.heap - other.heap, self.indexes - other.indexes, self.toast - other.toast)


@dataclass(frozen=True, slots=True)
class Dump:
    """Bytes of a backup, with single beats and without."""

    whole: int
    without_beats: int

    def __sub__(self, other: "Dump") -> "Dump":
        """Return what has come since."""
        return Dump(self.whole - other.whole, self.without_beats - other.without_beats)


type Sizes = Mapping[str, Size]


def sizes(place: Place) -> Sizes:
    """Return the size of every table, once what is dead in it has been cleared."""
    with place.admin() as connection:
        connection.execute("VACUUM (ANALYZE)")
        return {str(name): Size(*map(int, map(str, bytes_))) for name, *bytes_ in connection.execute(_PAGES)}


def grown(before: Sizes, after: Sizes) -> dict[str, Size]:
    """Return what each table has grown by, of those that have."""
    found = {name: size - before.get(name, Size()) for name, size in after.items()}
    return {name: size for name, size in found.items() if size.whole}


def rows(place: Place, tables: Mapping[str, object]) -> dict[str, int]:
    """Return how many rows each of these tables has."""
    with place.admin() as connection:
        return {name: _count(connection, name) for name in tables}


def _count(connection: AdminConnection, table: str) -> int:
    found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return int(str(found[0]))


def dumped(place: Place) -> Dump:
    """Return how many bytes a backup of the database is (`pg_dump --format=custom`, as ours)."""
    return Dump(_dumped(place), _dumped(place, "learning_beat*"))


def _dumped(place: Place, *left_out: str) -> int:
    parts = conninfo_to_dict(place.server.admin_url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    environment = {variable: str(parts[part]) for part, variable in names.items() if parts.get(part)}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dump"
        command = [place.cluster.binaries.path("pg_dump"), "--format=custom", f"--file={file}", f"--dbname={DATABASE}"]
        command += [f"--exclude-table-data={table}" for table in left_out]
        subprocess.run(command, check=True, env={**os.environ, **environment})
        return file.stat().st_size
