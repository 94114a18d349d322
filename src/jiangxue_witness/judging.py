"""What a file of evidence proves, with nothing but the public key of the log (docs/formats/witness.md)."""

from __future__ import annotations

from enum import Enum

from jiangxue_verify.errors import Finding
from jiangxue_verify.merkle import Tree, consistent
from jiangxue_verify.notes import only_lines_of, open_checkpoint
from jiangxue_witness.evidence import parts_of
from jiangxue_witness.keys import LogKey
from jiangxue_witness.requests import Malformed, read_request


class Verdict(Enum):
    """What is proven; its value is the sentence, in which both sizes are named."""

    FORK = "证据成立：该存证日志为同一大小 {new} 签署了两个不同的根，即分叉。任何人都可以用本文件和日志公钥复核。"
    CONTINUES = (
        "一致性证明成立：大小 {new} 的检查点延续了大小 {old} 的检查点。先前被拒绝，只是因为请求中没有附上这份证明。"
    )
    UNPROVED = (
        "还没有证明：大小 {new} 的检查点是否延续了大小 {old} 的检查点，仍不清楚。请向平台索取 /ledger/consistency/{old}-{new}.txt，"
        "再用 --proof 复核；平台给不出成立的证明，即历史已被改写。"
    )


class NoEvidence(Exception):
    """The file is no evidence about this log: not of the form, or not signed by its key."""


def judge(content: bytes, log: LogKey, proof: bytes | None = None) -> tuple[Verdict, Tree, Tree]:
    """Return what evidence proves, the tree that was remembered and the one that was refused, or raise NoEvidence.

    `proof` is a request with the consistency proof between the two, as the platform gives it to whoever asks.
    """
    try:
        remembered, refused = parts_of(content)
        old = _signed_tree(remembered, log) if remembered else Tree(0, log.hash_(b""))
        new = _signed_tree(read_request(refused).note, log)
    except (ValueError, Finding, Malformed) as error:
        raise NoEvidence from error
    if old.size == new.size and old.root != new.root:
        return Verdict.FORK, old, new
    is_proven = _proves(refused if proof is None else proof, log, old, new)
    return (Verdict.CONTINUES if is_proven else Verdict.UNPROVED), old, new


def _signed_tree(note: str, log: LogKey) -> Tree:
    return open_checkpoint(only_lines_of(note, [log.verifier]), [log.verifier]).tree


def _proves(proof: bytes, log: LogKey, old: Tree, new: Tree) -> bool:
    """Tell whether a request proves that one tree continues the other; who signed it does not matter for that."""
    try:
        request = read_request(proof)
    except Malformed:
        return False
    return request.claimed_tree == new and consistent(log.hash_, old, new, request.proof)
