"""Whether a witness signs: a pure decision over what it remembers, the request, the keys and the time.

Source: docs/formats/witness.md, "The answer"; the checks stand in the order of that table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiangxue_verify.errors import Finding
from jiangxue_verify.hashing import Hash
from jiangxue_verify.merkle import Tree, consistent
from jiangxue_verify.notes import NotSigned, only_lines_of, open_checkpoint, parse_note
from jiangxue_witness.keys import Keys, LogKey, WitnessKey
from jiangxue_witness.requests import Malformed, Request, read_request
from jiangxue_witness.words import Reason, line

PLAIN = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
EARLIEST_S = 1_767_225_600
"""2026-01-01 UTC: this program is younger, so a clock that shows less has lost its time. A wrong time under a first checkpoint would make
entries seem to have been seen before they happened."""


@dataclass(frozen=True)
class Remembered:
    """The last checkpoint signed for one log, and when."""

    tree: Tree
    note: str = ""
    """With one signature of the log and the witness's own; empty before the first."""
    signed_at_s: int = EARLIEST_S
    """The time in that cosignature, seconds since 1970 UTC."""


@dataclass(frozen=True)
class Evidence:
    """A checkpoint that was refused although its log had signed it."""

    origin: str
    tree: Tree
    remembered: str
    request: bytes


@dataclass(frozen=True)
class Answer:
    """What a witness says, and what it must write down before it says so."""

    status: int
    body: bytes
    content_type: str = PLAIN
    reason: Reason | None = None
    """None if it signed."""
    origin: str = ""
    remember: Remembered | None = None
    evidence: Evidence | None = None


def nothing_signed(hash_: Hash) -> Remembered:
    """Return what is remembered of a log before its first checkpoint: the tree of no entries."""
    return Remembered(Tree(0, hash_(b"")))


def decide(remembered: Mapping[str, Remembered], body: bytes, keys: Keys, now_s: int) -> Answer:
    """Return the answer to the bytes of a request at `now_s`, whole seconds since 1970 UTC.

    `remembered` holds one value for each log in `keys`, by origin. Never signs a tree that does not continue the one
    remembered, nor with a time before that of the last cosignature.
    """
    try:
        request = read_request(body)
    except Malformed as error:
        return refusal(400, error.reason)
    log = keys.logs.get(request.claimed_origin)
    if log is None:
        return refusal(404, Reason.UNKNOWN_LOG)
    try:
        opened = _opened(request.note, log)
    except Finding:
        return refusal(403, Reason.NOT_SIGNED)
    last = remembered[request.claimed_origin]
    return _refused(last, request, body, log) or _signed(last, request, opened, keys.witness, now_s)


def refusal(status: int, reason: Reason) -> Answer:
    """Return a refusal of which nothing is kept."""
    return Answer(status, line(reason), reason=reason)


def _refused(last: Remembered, request: Request, body: bytes, log: LogKey) -> Answer | None:
    """Return the refusal of a checkpoint that the log has signed, or None if it continues the last one."""
    tree = request.claimed_tree
    is_fork = tree.size == last.tree.size and tree.root != last.tree.root
    evidence = Evidence(request.claimed_origin, tree, last.note, body)
    size = f"{last.tree.size}\n".encode()
    if request.old_size != last.tree.size:
        # A fork is one whatever size came with it, but the answer is that of the table.
        kept = evidence if is_fork else None
        return Answer(409, size, SIZE, Reason.OTHER_SIZE, request.claimed_origin, evidence=kept)
    if is_fork:
        return Answer(409, size, SIZE, Reason.FORK, request.claimed_origin, evidence=evidence)
    if not consistent(log.hash_, last.tree, tree, request.proof):
        body_ = line(Reason.REWRITTEN)
        return Answer(422, body_, PLAIN, Reason.REWRITTEN, request.claimed_origin, evidence=evidence)
    return None


def _opened(note: str, log: LogKey) -> str:
    """Return a note with the log's signature line alone, or raise a Finding unless there is exactly one, and right.

    One, as C2SP demands of a key; so no log can make the remembered note longer than a note may be.
    """
    signed = only_lines_of(note, [log.verifier])
    open_checkpoint(signed, [log.verifier])
    if len(parse_note(signed).lines) > 1:
        raise NotSigned("note-signed-twice")
    return signed


def _signed(last: Remembered, request: Request, opened: str, key: WitnessKey, now_s: int) -> Answer:
    """Return the cosignature, unless its time would be before the last one's."""
    if now_s < last.signed_at_s:
        return refusal(503, Reason.CLOCK_BEHIND)
    cosignature = key.cosignature(parse_note(opened).text, now_s)
    remember = Remembered(request.claimed_tree, opened + cosignature, now_s)
    return Answer(200, cosignature.encode(), origin=request.claimed_origin, remember=remember)
