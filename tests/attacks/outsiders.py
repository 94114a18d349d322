"""A log that outsiders know: an auditor who kept a checkpoint, a witness, somebody who verifies an archive; and what each says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from jiangxue.archive.rules.container import contained
from jiangxue.archive.rules.members import members
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.crypto import NotGenuine
from jiangxue.ledger.errors import LedgerRefusal
from jiangxue.ledger.models import Witness
from jiangxue.ledger.queries.proofs import proved_archive
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.queries.tree import last_checkpoint
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.witnessing import Reply, ask
from jiangxue_verify.archive import Question, judge
from jiangxue_verify.hashing import HASHES
from jiangxue_verify.trust import parse_trust
from jiangxue_witness.deciding import Evidence, decide, nothing_signed
from jiangxue_witness.keys import Keys, LogKey, WitnessKey, log_verifier
from tests.conftest import MORNING
from tests.factories.logs import MORNING_MS, ORIGIN, Log, here, memory_in, reopened_log, running_log
from tests.factories.witnesses import KEY, witness
from tests.worlds import Worlds

SOON = MORNING + timedelta(minutes=1)
FIRST = 200
"""The size at which the log was signed first, before it had heads."""


@dataclass(frozen=True)
class Said:
    """What each says of a log: kinds of findings of an audit, of one that knows a checkpoint; signer, witness, verifier of an archive."""

    audit: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    signer: str = "signs"
    witness: str = "signed"
    archive: str = "holds"


def said(*audit: str, known: str = "", **others: str) -> Said:
    """Return what is expected to be said; what is not named is what is said of an honest log."""
    return Said(frozenset(audit), frozenset([known] if known else []), **others)


@dataclass
class Outsiders:
    """What they remember; nothing of it lies in the database."""

    log_key: LogKey
    trust: str
    known: str = ""
    remembered: dict = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def send(self, _: str, text: str) -> Reply:
        """Bring a request to the witness."""
        keys = Keys(WitnessKey("witness.example", KEY.private_bytes_raw()), {ORIGIN: self.log_key})
        answer = decide(self.remembered, text.encode(), keys, to_ms(SOON) // 1000)
        if answer.remember is not None:
            self.remembered[answer.origin] = answer.remember
        if answer.evidence is not None:
            self.evidence.append(answer.evidence)
        return Reply(answer.status, answer.body.decode())

    def ask(self) -> str:
        """Let the platform ask the witness, and return what came of it."""
        checkpoint = last_checkpoint()
        assert checkpoint is not None
        seen = Witness.objects.get()
        try:
            ask(seen, checkpoint, self.send, now=SOON)
        except LedgerRefusal:
            return "cannot be asked"
        return seen.outcome


@dataclass
class Scene:
    """A log of an archive with 210 events among others, signed, with heads, and known outside."""

    log: Log
    outside: Outsiders
    aid: UUID

    def what_is_said(self) -> Said:
        """Ask everybody: the audit first, then the signer after one more event, then the witness, then who verifies an archive."""
        plain, knowing = self.log.audit(ring=key_ring()), self.log.audit(self.outside.known)
        self.log.grow(self.aid)
        self.log.heads(MORNING_MS + 2)
        signer = self._signer()
        return Said(
            frozenset(plain.found),
            frozenset(kind for kind in knowing.found if kind.startswith("known.")),
            signer,
            self.outside.ask(),
            self.archive(),
        )

    def _signer(self) -> str:
        try:
            self.log.sign()
        except LedgerRefusal:
            return "refuses"
        return "signs"

    def archive(self) -> str:
        """Return what somebody says who verifies the archive as it is given out now."""
        try:
            content = contained(members(proved_archive(self.aid)))
        except (LedgerRefusal, NotGenuine):
            return "cannot be given out"
        status = judge(content, Question(parse_trust(self.outside.trust))).status
        return {0: "holds", 1: "does not hold", 2: "cannot be judged"}[status]


@dataclass(frozen=True)
class Known:
    """A log that outsiders know, and what they remember, as a world keeps it."""

    memory: bytes
    trust: str
    known: str
    remembered: dict
    aid: UUID


def known_log(clock: HandClock) -> Known:
    """Make a log that outsiders know at its present size."""
    with TemporaryDirectory() as folder, running_log(here(), Path(folder)) as log:
        witness(address="http://witness.example")
        aid = log.grow(events=FIRST // 2)
        log.grow(events=FIRST // 2)
        log.sign()
        outside = Outsiders(_log_key(log), trust_list() or "")
        outside.remembered[ORIGIN] = nothing_signed(HASHES["sha256"])
        log.grow(aid, events=110)
        log.grow(events=5)
        log.heads()
        log.sign()
        assert outside.ask() == "signed"
        return Known(memory_in(Path(folder)), outside.trust, log.checkpoint(), outside.remembered, aid)


@contextmanager
def scene_of(worlds: Worlds, folder: Path) -> Iterator[Scene]:
    """Give a test a log that outsiders know, in a database of its own."""
    with worlds.committed(known_log, HandClock(MORNING)) as kept, scene_in(kept, folder) as scene:
        yield scene


@contextmanager
def scene_in(kept: Known, folder: Path) -> Iterator[Scene]:
    """Open the log in the database of its world."""
    with reopened_log(kept.memory, folder) as log:
        yield Scene(log, Outsiders(_log_key(log), kept.trust, kept.known, kept.remembered), kept.aid)


def _log_key(log: Log) -> LogKey:
    verifier = log_verifier(str(log.one("SELECT verifier_key FROM ledger_signingkey")))
    return LogKey(verifier, "sha256", HASHES["sha256"])


def size_and_root(text: str) -> tuple[int, bytes]:
    """Return what a note says."""
    checkpoint = note.read_checkpoint(note.split(text)[0])
    return checkpoint.size, checkpoint.root
