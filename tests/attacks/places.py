"""How a process without Django comes to the database of a test as one of the roles of the log."""

import os
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jiangxue.ledger.log.nodes import Connection


def connection_of(role: str, database: str) -> Connection:
    """Open a connection as `SEALER` or `SIGNER`."""
    return psycopg.connect(make_conninfo(os.environ[f"JIANGXUE_{role}_DATABASE_URL"], dbname=database))


def environment_of(database: str, folder: Path, origin: str) -> Mapping[str, str]:
    """Return the environment in which the real processes work on a database of a test."""
    urls = {}
    for role in ("SEALER", "SIGNER"):
        name = f"JIANGXUE_{role}_DATABASE_URL"
        parts = conninfo_to_dict(os.environ[name])
        urls[name] = (
            f"postgresql://{parts['user']}:{parts['password']}@/{database}?host={parts['host']}&port={parts['port']}"
        )
    return {**os.environ, **urls, "JIANGXUE_SIGNER_FOLDER": str(folder), "JIANGXUE_LEDGER_ORIGIN": origin}
