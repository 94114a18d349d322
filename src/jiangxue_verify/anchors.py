"""Anchors: older checkpoints that witnesses saw, each a prefix of the archive's (docs/formats/archive.md, anchors.json)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiangxue_verify.canonical import NotCanonical, decode, parse, shaped
from jiangxue_verify.errors import Finding, Refused, Unjudged
from jiangxue_verify.hashing import Hash
from jiangxue_verify.leaves import LeafMalformed, hash_in
from jiangxue_verify.merkle import consistent
from jiangxue_verify.notes import Checkpoint, open_checkpoint
from jiangxue_verify.trust import Trust

MAX_ANCHORS = 4_000
MAX_PROOF = 64
_SHAPE = {"note": str, "proof": list}


@dataclass(frozen=True)
class Anchor:
    """An older checkpoint, and the consistency proof from it."""

    checkpoint: Checkpoint
    proof: Sequence[bytes]


def parse_anchors(content: bytes, trust: Trust, newest: Checkpoint) -> list[Anchor]:
    """Return the anchors, by rising size and all below the newest checkpoint, each signed by the log and a witness."""
    try:
        listed = parse(decode(content))
    except NotCanonical as error:
        raise Refused("form.anchors") from error
    if not isinstance(listed, list):
        raise Refused("form.anchors")
    if len(listed) > MAX_ANCHORS:
        raise Unjudged("file.anchors-many")
    anchors: list[Anchor] = []
    for number, said in enumerate(listed, 1):
        anchor = _parse_anchor(said, trust, number)
        above = anchors[-1].checkpoint.size if anchors else -1
        if not above < anchor.checkpoint.size < newest.size:
            raise Refused("form.anchors-order", number=number)
        anchors.append(anchor)
    return anchors


def _parse_anchor(said: object, trust: Trust, number: int) -> Anchor:
    try:
        members = shaped(said, _SHAPE)  # type: ignore[arg-type]
        proof = [hash_in(one) for one in members["proof"]]
    except (NotCanonical, LeafMalformed) as error:
        raise Refused("form.anchors") from error
    if len(proof) > MAX_PROOF:
        raise Refused("form.anchors")
    try:
        checkpoint = open_checkpoint(members["note"], trust.keys)
    except Refused as error:
        raise Refused("signatures.anchor", number=number) from error
    if not checkpoint.cosigned:
        raise Refused("signatures.anchor-unseen", number=number)
    return Anchor(checkpoint, proof)


def no_prefixes(hash_: Hash, anchors: Sequence[Anchor], newest: Checkpoint) -> Iterator[Finding]:
    """Find anchors that are no prefix of the newest checkpoint: history was rewritten after a witness had seen it."""
    for anchor in anchors:
        seen = anchor.checkpoint
        if not consistent(hash_, seen.tree, newest.tree, anchor.proof):
            name, seconds = min(seen.cosigned.items(), key=lambda one: one[1])
            yield Refused("signatures.rewritten", size=seen.size, name=name, seen_ms=seconds * 1000)
