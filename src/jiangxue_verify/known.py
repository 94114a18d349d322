"""A checkpoint that the reader has from elsewhere: does the log show everybody the same? (docs/formats/archive.md, check 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiangxue_verify.anchors import Anchor
from jiangxue_verify.base64s import NotBase64, standard
from jiangxue_verify.errors import Finding, Refused, Unjudged
from jiangxue_verify.hashing import HASH_BYTES, Hash
from jiangxue_verify.keys import LOG
from jiangxue_verify.merkle import LARGEST_SIZE, consistent
from jiangxue_verify.notes import Checkpoint, only_lines_of, open_checkpoint
from jiangxue_verify.trust import Trust

MAX_BYTES = 64 * 1024
_REQUEST = re.compile(
    r"old (?P<old>0|[1-9][0-9]{0,18})\n(?P<proof>(?:[A-Za-z0-9+/]{43}=\n){0,63})\n(?P<note>.+)", re.DOTALL
)


@dataclass(frozen=True)
class Known:
    """A checkpoint from elsewhere, and a consistency proof if one was asked for."""

    checkpoint: Checkpoint
    way: Way | None


@dataclass(frozen=True)
class Way:
    """A consistency proof from one size to a checkpoint."""

    old_size: int
    proof: Sequence[bytes]
    newer: Checkpoint


def parse_known(note: str, request: str | None, trust: Trust) -> Known:
    """Return what the reader brought along; Unjudged if the log did not sign it, for then it says nothing about the log."""
    return Known(_signed(note, trust), None if request is None else _parse_way(request, trust))


def _signed(note: str, trust: Trust) -> Checkpoint:
    """Return a checkpoint by the log's signature alone: which witnesses others have asked does not matter here."""
    logs = [key for key in trust.keys if key.kind == LOG]
    try:
        return open_checkpoint(only_lines_of(note, logs), logs)
    except Refused as error:
        raise Unjudged("known.note") from error


def _parse_way(request: str, trust: Trust) -> Way:
    """Return the proof in a request as the platform answers with (docs/formats/witness.md)."""
    found = _REQUEST.fullmatch(request)
    if found is None or int(found["old"]) > LARGEST_SIZE:
        raise Unjudged("known.proof-form")
    try:
        proof = [standard(line) for line in found["proof"].split("\n")[:-1]]
    except NotBase64 as error:
        raise Unjudged("known.proof-form") from error
    if any(len(one) != HASH_BYTES for one in proof):
        raise Unjudged("known.proof-form")
    return Way(int(found["old"]), proof, _signed(found["note"], trust))


def two_histories(hash_: Hash, known: Known, shown: Checkpoint, anchors: Sequence[Anchor]) -> Iterator[Finding]:
    """Find out whether the log has shown the reader one history and this archive another.

    Unjudged where nothing but a consistency proof could tell, and none or another was brought along.
    """
    in_archive = [shown, *(anchor.checkpoint for anchor in anchors)]
    brought = [known.checkpoint] if known.way is None else [known.checkpoint, known.way.newer]
    forked = [mine for mine in brought for other in in_archive if mine.size == other.size and mine.root != other.root]
    if forked:
        yield Refused("known.fork", size=forked[0].size)
        return
    if any(known.checkpoint.tree == point.tree for point in in_archive):
        return
    older, newer = sorted((known.checkpoint, shown), key=lambda point: point.size)
    if known.way is None:
        raise Unjudged("known.proof-missing", old=older.size, new=newer.size)
    if known.way.old_size != older.size or known.way.newer.tree != newer.tree:
        raise Unjudged("known.proof-other", old=older.size, new=newer.size)
    if not consistent(hash_, older.tree, newer.tree, known.way.proof):
        yield Refused("known.rewritten", old=older.size, new=newer.size)
