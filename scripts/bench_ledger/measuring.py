"""Fills a log by those who fill it in production, and measures each of them. Needs Django to be set up."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

import psycopg
from django.db import transaction
from psycopg.rows import TupleRow

from jiangxue.archive.rules.container import contained
from jiangxue.archive.rules.members import members
from jiangxue.djangokit.plain import plain_connection
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.hashing import SHA256
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.log.auditing import audit
from jiangxue.ledger.log.daily import enter_heads
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.sealing import Sealer
from jiangxue.ledger.log.signing import Signer
from jiangxue.ledger.models import SubjectKey, WitnessRule
from jiangxue.ledger.queries.proofs import proved_archive
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.queries.tree import stored_nodes
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.services import Event, append_all
from jiangxue_verify.archive import Question, judge
from jiangxue_verify.trust import parse_trust
from scripts.terminal import say

NEED_PER_S = 500
"""Events of 50,000 learners at once: a part is sealed every five minutes, and there are openings, ends and check-ins; rounded up."""
_LOG_KEY = bytes(32)
_AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
_TOGETHER = 200
_SHARE_OF_THE_LONGEST = 500
"""One in so many events is of one archive, whose proofs are measured: an enrolment of some hundred hours has a few thousand."""
_STEP = 100_000
_ASKED = 200


@dataclass(frozen=True, slots=True)
class Spent:
    """What a work took, and how much of it this process was busy itself; the rest are database, disk and other programs."""

    wall_s: float = 0.0
    processor_s: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        """Return both together."""
        return Spent(self.wall_s + other.wall_s, self.processor_s + other.processor_s)

    def of(self, count: int) -> str:
        """Return how fast so many were done, and the processor time of this process for each."""
        return f"{count / self.wall_s:,.0f}/s; {1e6 * self.processor_s / count:.0f} µs of processor each"


@dataclass
class Log:
    """What is filled and measured."""

    sealer: Sealer
    signer: Signer
    archives: list[UUID]
    size: int = 0
    events: int = 0

    @property
    def longest(self) -> UUID:
        """The archive with the most entries."""
        return self.archives[0]


@contextmanager
def log_of(sealer_url: str, signer_url: str, folder: Path, archives: int) -> Iterator[Log]:
    """Begin a log with archives that have no entries yet."""
    memory = Memory(folder / "signer")
    memory.make(SHA256, "bench.example/log1")
    aids = [new_id() for _ in range(archives)]
    ring = key_ring()
    SubjectKey.objects.bulk_create(
        [SubjectKey(aid=aid, sealed_key=ring.seal(crypto.new_key(), f"subject_key:{aid}")) for aid in aids],
        batch_size=5000,
    )
    WitnessRule.objects.create(need=0, at=_AT, reason="bench")
    with psycopg.connect(sealer_url, autocommit=True) as sealer, psycopg.connect(signer_url, autocommit=True) as signer:
        signing = Signer(signer, memory, memory.private_key(), memory.origin(), _LOG_KEY)
        signing.introduce(0)
        yield Log(Sealer(sealer, ring, SHA256, _LOG_KEY), signing, aids)


def measure(log: Log, size: int) -> None:
    """Grow the log to a size, and print a table of what that and its use took."""
    say(f"\n### {size:,} entries, {len(log.archives):,} archives\n\n| what | measured |\n|---|---|")
    _grow(log, size)
    _row("signing 1,000 more, ms", f"{1000 * _sign_thousand(log).wall_s:.0f}")
    took = _took(lambda: enter_heads(log.sealer, 0))
    log.size += 1
    log.signer.sign(0)
    _row(f"heads of {len(log.archives):,} archives, s", f"{took.wall_s:.2f}")
    _prove(log)
    _audit(log)
    _give_out(log)


def _grow(log: Log, size: int) -> None:
    chance, appending, sealing, begun = _chance(size), Spent(), Spent(), log.size
    while log.size < size:
        step = min(_STEP, size - log.size)
        appending += _took(lambda: _append(log, step, chance))  # noqa: B023 (called at once)
        sealing += _took(lambda: _seal(log))
    grown = log.size - begun
    _row("events appended by one process, 200 in a transaction", appending.of(grown))
    times = grown / sealing.wall_s / NEED_PER_S
    _row("sealed by one sealer", f"{sealing.of(grown)}; {times:.0f} times the {NEED_PER_S}/s of 50,000 learners")
    _row("signed at once", _took(lambda: log.signer.sign(0)).of(grown))


def _append(log: Log, count: int, chance: Random) -> None:
    for first in range(0, count, _TOGETHER):
        events = [_event(log, log.events + more, chance) for more in range(min(_TOGETHER, count - first))]
        with transaction.atomic():
            append_all(events)
        log.events += len(events)


def _event(log: Log, number: int, chance: Random) -> Event:
    """Return an event as long as that of a sealed part; each archive gets one before any gets a second."""
    if number < len(log.archives):
        aid = log.archives[number]
    else:
        aid = log.longest if chance.randrange(_SHARE_OF_THE_LONGEST) == 0 else chance.choice(log.archives)
    facts: dict[str, Value] = {
        "session": str(new_id()),
        "serial": number % 50,
        "from_ms": number,
        "to_ms": number + 300_000,
    }
    return Event(aid, "segment.sealed", {**facts, "credited_ms": 298_000, "state_sha256": "0" * 64}, _AT)


def _seal(log: Log) -> None:
    while (sealed := log.sealer.seal(0)).entries:
        log.size = sealed.size


def _sign_thousand(log: Log) -> Spent:
    _append(log, 1000, _chance(log.size))
    _seal(log)
    return _took(lambda: log.signer.sign(0))


def _prove(log: Log) -> None:
    chance, size = _chance(log.size), log.size

    def one(index: int) -> list[bytes]:
        by, nodes = stored_nodes()
        return merkle.inclusion_proof(by, nodes, index, size)

    def between(old: int) -> list[bytes]:
        by, nodes = stored_nodes()
        return merkle.consistency_proof(by, nodes, old, size)

    for name, prove in (("inclusion", one), ("consistency", between)):
        took, lengths = [], []
        for _ in range(_ASKED):
            place = chance.randrange(1, size)
            begun = time.perf_counter()
            lengths.append(32 * len(prove(place)))
            took.append(time.perf_counter() - begun)
        _row(f"{name} proof, ms (median of {_ASKED}; most)", f"{1000 * median(took):.1f}; {1000 * max(took):.1f}")
        _row(f"{name} proof, bytes (median; most)", f"{median(lengths):.0f}; {max(lengths)}")


def _audit(log: Log) -> None:
    with plain_connection("bench") as connection:
        for name, ring in (("audit", None), ("audit with all payloads opened", key_ring())):
            took = _took(lambda: _must_be_clean(connection, ring))  # noqa: B023 (called at once)
            _row(name, took.of(log.size))
    _row("most memory of this process so far, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _must_be_clean(connection: "psycopg.Connection[TupleRow]", ring: crypto.KeyRing | None) -> None:
    found = audit(connection, SHA256, ring=ring)
    assert found.is_clean, found.findings


def _give_out(log: Log) -> None:
    begun = time.perf_counter()
    archive = proved_archive(log.longest)
    content = contained(members(archive))
    took = time.perf_counter() - begun
    entries, proof = len(archive.entries), 32 * len(archive.proof)
    _row(
        f"archive of {entries:,} entries, ms to make; bytes",
        f"{1000 * took:.0f}; {len(content):,}, of it {proof:,} shared proof",
    )
    trust = parse_trust(trust_list() or "")
    begun = time.perf_counter()
    judgement = judge(content, Question(trust))
    took = time.perf_counter() - begun
    assert judgement.status == 0, judgement.findings
    _row("verifying it, ms", f"{1000 * took:.0f}")


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (nothing secret)


def _took(work: Callable[[], object]) -> Spent:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def _row(what: str, measured: str) -> None:
    say(f"| {what} | {measured} |")
