"""A log in a committed database: filled by the application, sealed and signed by those who do so in production."""

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.crypto import KeyRing
from jiangxue.kernel.hashing import SHA256, Hash
from jiangxue.ledger.log.auditing import Audit, audit
from jiangxue.ledger.log.daily import enter_heads
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.sealing import At, Sealer
from jiangxue.ledger.log.signing import Signer
from jiangxue.ledger.services import append, open_archive
from tests.conftest import MORNING

ORIGIN = "test.example/log1"
LOG_KEY = bytes.fromhex(os.environ["JIANGXUE_LOG_KEY"])
MORNING_MS = to_ms(MORNING)


@contextmanager
def connected_as(role: str, database: str) -> Iterator[Connection]:
    """Connect as `SEALER`, `SIGNER` or `TEST_ADMIN`."""
    name = "JIANGXUE_TEST_ADMIN_URL" if role == "TEST_ADMIN" else f"JIANGXUE_{role}_DATABASE_URL"
    with psycopg.connect(make_conninfo(os.environ[name], dbname=database), autocommit=True) as connection:
        yield connection


@dataclass(frozen=True)
class Log:
    """A log under test: who seals it, who signs it, and who may do with its database whatever they like."""

    sealer: Sealer
    signer: Signer
    admin: Connection

    def seal(self) -> int:
        """Seal everything and return the size."""
        while self.sealer.seal(MORNING_MS).entries == self.sealer.limit:
            pass
        return self.size

    def sign(self) -> int | None:
        """Sign what is sealed."""
        return self.signer.sign(MORNING_MS)

    def grow(self, aid: UUID | None = None, events: int = 1) -> UUID:
        """Append events to an archive, a new one if none is named, seal them and return the archive."""
        aid = aid or open_archive()
        for number in range(events):
            append(aid, "segment.sealed", {"number": number}, at=MORNING + timedelta(seconds=number))
        self.seal()
        return aid

    def heads(self, now_ms: int = MORNING_MS) -> int:
        """Enter heads and return the size."""
        return enter_heads(self.sealer, now_ms)

    def audit(self, *known: str, ring: KeyRing | None = None) -> Audit:
        """Return what an audit finds that knows these checkpoints from outside."""
        return audit(self.admin, self.sealer.by, known=known, ring=ring)

    def checkpoint(self, size: int | None = None) -> str:
        """Return the note of one size, the largest if none is named."""
        size = size or int(str(self.one("SELECT max(size) FROM ledger_checkpoint")))
        return str(self.one("SELECT note FROM ledger_checkpoint WHERE size = %s", size))

    @property
    def size(self) -> int:
        """How many entries the log has."""
        return int(self.one("SELECT coalesce(max(size), 0) FROM ledger_edge"))

    def one(self, question: str, *values: object) -> object:
        """Return the one value that the database's administrator is told."""
        row = self.admin.execute(question, values).fetchone()
        return row and row[0]

    def tamper(self, *statements: str) -> None:
        """Do as the owner of the machine can: without triggers."""
        self.admin.execute("SET session_replication_role = replica")
        for statement in statements:
            tables = {word for word in statement.split() if word.startswith("ledger_")}
            for table in tables:
                self.admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self.admin.execute(statement)
            for table in tables:
                self.admin.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.admin.execute("SET session_replication_role = origin")


@contextmanager
def running_log(
    database: str, folder: Path, *, by: Hash = SHA256, limit: int = 5000, at: At = lambda _: None
) -> Iterator[Log]:
    """Give the log of a committed database to a test; the signer's memory lies in `folder`."""
    memory = Memory(folder / "signer")
    if not memory.folder.exists():
        memory.make(by, ORIGIN)
    with ExitStack() as stack:
        sealer, signer, admin = (
            stack.enter_context(connected_as(role, database)) for role in ("SEALER", "SIGNER", "TEST_ADMIN")
        )
        signing = Signer(signer, memory, memory.private_key(), memory.origin(), LOG_KEY, at)
        signing.introduce(MORNING_MS)
        yield Log(Sealer(sealer, key_ring(), by, LOG_KEY, limit, at), signing, admin)


def here() -> str:
    """Return the name of the database that Django is connected to."""
    return str(connection.settings_dict["NAME"])


def memory_in(folder: Path) -> bytes:
    """Return the signer's memory that lies in a folder, so that a world can keep it beside its database."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        tar.add(folder / "signer", "signer")
    return written.getvalue()


@contextmanager
def reopened_log(memory: bytes, folder: Path) -> Iterator[Log]:
    """Give the log of the database that Django is connected to to a test, with a memory that was kept beside it."""
    with tarfile.open(fileobj=io.BytesIO(memory)) as tar:
        tar.extractall(folder, filter="tar")
    with running_log(here(), folder) as log:
        yield log


def one_row_in_each_table(database: str) -> None:
    """Put one row into each table of the log that says nothing: row triggers do not fire on empty tables."""
    with connected_as("TEST_ADMIN", database) as connection:
        for statement in (
            "INSERT INTO audit_daycheck (at, first_day, last_day, days, findings) VALUES (now(), now(), now(), 1, '[]')",
            "INSERT INTO ledger_alarm (kind, detail, at_ms) VALUES ('test', '', 0)",
            "INSERT INTO ledger_checkpoint (size, root, note, at_ms) VALUES (1, sha256(''), '', 0)",
            "INSERT INTO ledger_entry VALUES (0, gen_random_uuid(), 1, gen_random_uuid(), '', sha256(''))",
            """INSERT INTO ledger_heads ("index", salt, payload, archives, at_ms) VALUES (0, '', '', 0, 0)""",
            "INSERT INTO ledger_logaudit (at, size, seconds, found, findings) VALUES (now(), 0, 0, 0, '[]')",
            "INSERT INTO ledger_quarantined (eid, aid, kind, event_at_ms, commitment, reason, at_ms)"
            " VALUES (gen_random_uuid(), gen_random_uuid(), '', 0, '', '', 0)",
            "INSERT INTO ledger_signingkey (verifier_key, origin, from_size, at_ms) VALUES ('key', '', 0, 0)",
            "INSERT INTO ledger_tile (level, number_in_level, hashes) VALUES (0, 0, convert_to(repeat('x', 8192), 'UTF8'))",
            "INSERT INTO ledger_witnessrule (need, at, reason) VALUES (0, now(), '')",
            "INSERT INTO ledger_witness (title, verifier_key, address, added_at, outcome, outcome_detail)"
            " VALUES ('', 'key', '', now(), '', '')",
            "INSERT INTO ledger_cosignature (witness_id, size, line, signed_at) SELECT id, 1, '', now() FROM ledger_witness",
        ):
            connection.execute(statement)
