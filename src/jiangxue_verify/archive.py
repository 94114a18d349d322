"""All that is checked of an archive, and what it proves (docs/formats/archive.md, What is checked, and what that means)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from jiangxue_verify.anchors import Anchor, no_prefixes, parse_anchors
from jiangxue_verify.canonical import NotCanonical, decode
from jiangxue_verify.container import unpack
from jiangxue_verify.entries import Entry, broken_chain, parse_entries, wrong_contents
from jiangxue_verify.errors import Finding, Refused, Unjudged
from jiangxue_verify.hashing import HASH_BYTES, Hash
from jiangxue_verify.heads import Heads, left_out, parse_heads
from jiangxue_verify.known import Known, two_histories
from jiangxue_verify.merkle import ProofMisfit, multiproof_root
from jiangxue_verify.notes import Checkpoint, open_checkpoint
from jiangxue_verify.times import Late, Sightings, Term, late_entries, wrong_times
from jiangxue_verify.trust import Trust

HOLDS, FAILS, UNJUDGED = 0, Refused.status, Unjudged.status
LATE_DAYS = 7
MAX_FINDINGS = 100
"""More are not looked for; an archive that was tampered with may have one for each entry."""


@dataclass(frozen=True)
class Question:
    """What the reader believes, and asks beyond the archive itself."""

    trust: Trust
    late_days: int = LATE_DAYS
    known: Known | None = None

    @property
    def term(self) -> Term:
        """Return within which time an entry must have been seen."""
        return Term(self.late_days, self.trust.since_ms)


@dataclass(frozen=True)
class Archive:
    """What an archive says, in the form in which it must be, signed by whom it says."""

    checkpoint: Checkpoint
    entries: Sequence[Entry]
    heads: Heads
    anchors: Sequence[Anchor]
    proof: Sequence[bytes]
    need: int
    """How many witnesses the reader's trust list demands."""
    since_ms: int = 0
    """Since when there are so many, as the reader's trust list says; 0 if it does not."""

    @property
    def hash_of_log(self) -> Hash:
        """Return the hash that the first entry names; that all name the same is among the checks."""
        return self.entries[0].leaf.hash_of_log

    @cached_property
    def sightings(self) -> Sightings:
        """Return when enough witnesses had seen what."""
        return Sightings([self.checkpoint, *(anchor.checkpoint for anchor in self.anchors)], self.need)

    @property
    def late(self) -> tuple[Late, ...]:
        """Return the entries that were seen more than a day after they claim to have happened."""
        return late_entries(self.sightings, self.entries)


@dataclass(frozen=True)
class Judgement:
    """Status 0, 1 or 2, what was found, the archive if it could be read, and the names of the checks that were made."""

    status: int
    findings: Sequence[Finding]
    archive: Archive | None = None
    made: Sequence[str] = ()

    @property
    def good_archive(self) -> Archive | None:
        """Return the archive if every check of it holds."""
        return self.archive if self.status == HOLDS else None


Check = Callable[[Archive, Question], Iterator[Finding]]


def judge(content: bytes, question: Question) -> Judgement:
    """Return the judgement about the bytes of an archive. It is good only if every check was made and found nothing."""
    try:
        archive = _read(content, question.trust)
    except Finding as finding:
        return Judgement(finding.status, [finding])
    findings: list[Finding] = []
    made = ["form"]
    try:
        for name, check in CHECKS.items():
            if name != "known" or question.known is not None:
                findings += islice(check(archive, question), MAX_FINDINGS)
                made.append(name)
    except Unjudged as finding:
        findings.append(finding)
    status = min((finding.status for finding in findings), default=HOLDS)
    return Judgement(status, findings, archive, made)


def _read(content: bytes, trust: Trust) -> Archive:
    """Return the archive if container, forms and signatures are right; cheap looks first."""
    members = unpack(content)
    if len(members["proof.bin"]) % HASH_BYTES:
        raise Refused("form.proof")
    entries, heads = parse_entries(members["entries.jsonl"]), parse_heads(members["heads.json"])
    try:
        note = decode(members["checkpoint.txt"])
    except NotCanonical as error:
        raise Refused("signatures.form") from error
    checkpoint = open_checkpoint(note, trust.keys)
    anchors = parse_anchors(members["anchors.json"], trust, checkpoint)
    hashes = members["proof.bin"]
    proof = [hashes[place : place + HASH_BYTES] for place in range(0, len(hashes), HASH_BYTES)]
    return Archive(checkpoint, entries, heads, anchors, proof, trust.need, trust.since_ms)


def _signatures(archive: Archive, question: Question) -> Iterator[Finding]:
    """Enough witnesses under the checkpoint, and every anchor a prefix of it."""
    seen = len(archive.checkpoint.cosigned)
    if seen < question.trust.need:
        yield Refused("signatures.few", seen=seen, need=question.trust.need)
    yield from no_prefixes(archive.hash_of_log, archive.anchors, archive.checkpoint)


def _tree(archive: Archive, _: Question) -> Iterator[Finding]:
    """All entries and `heads` are in the tree of the checkpoint."""
    known = {entry.index: entry.leaf.hash for entry in archive.entries}
    known[archive.heads.index] = archive.heads.leaf.hash
    if len(known) <= len(archive.entries):
        yield Refused("tree.index-twice")
        return
    try:
        root = multiproof_root(archive.hash_of_log, archive.checkpoint.size, known, archive.proof)
    except ProofMisfit:
        yield Refused("tree.proof")
        return
    if root != archive.checkpoint.root:
        yield Refused("tree.root")


def _known(archive: Archive, question: Question) -> Iterator[Finding]:
    """The reader has been shown the same history before."""
    if question.known is not None:
        yield from two_histories(archive.hash_of_log, question.known, archive.checkpoint, archive.anchors)


CHECKS: Mapping[str, Check] = {
    "chain": lambda archive, _: broken_chain(archive.entries),
    "payloads": lambda archive, _: wrong_contents(archive.entries),
    "heads": lambda archive, _: left_out(archive.heads, archive.entries),
    "signatures": _signatures,
    "tree": _tree,
    "times": lambda archive, question: wrong_times(archive.sightings, archive.entries, archive.heads, question.term),
    "known": _known,
}
"""From the first part of a finding's code to the check that may find it; `form`, `file` and signatures are found while reading."""
