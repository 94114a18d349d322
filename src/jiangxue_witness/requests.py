"""The form of a request: the size that the witness should remember, the consistency proof, the checkpoint (docs/formats/witness.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue_verify.base64s import NotBase64, standard
from jiangxue_verify.errors import Finding
from jiangxue_verify.merkle import LARGEST_SIZE, Tree
from jiangxue_verify.notes import parse_note
from jiangxue_witness.words import Reason

MAX_REQUEST_BYTES = 64 * 1024
_REQUEST = re.compile(
    rb"old (?P<old>0|[1-9][0-9]{0,18})\n(?P<proof>(?:[A-Za-z0-9+/]{43}=\n){0,63})\n(?P<note>[^\n].*)", re.DOTALL
)


class Malformed(Exception):
    """A request is not of the one form; the only argument is the reason."""

    @property
    def reason(self) -> Reason:
        """Return what is wrong."""
        found: Reason = self.args[0]
        return found


@dataclass(frozen=True)
class Request:
    """A request of the right form, of whose content nothing has been believed yet."""

    old_size: int
    proof: Sequence[bytes]
    """Hashes of 32 bytes each."""
    note: str
    claimed_origin: str
    claimed_tree: Tree


def read_request(body: bytes) -> Request:
    """Return a request from its bytes; Malformed unless they have exactly the form of the specification."""
    found = _matched(body)
    try:
        note = found["note"].decode()
        unchecked = parse_note(note)
        proof = [standard(line.decode()) for line in found["proof"].splitlines()]
    except (UnicodeDecodeError, NotBase64, Finding) as error:
        raise Malformed(Reason.MALFORMED) from error
    old_size, tree = int(found["old"]), unchecked.claimed_tree
    if old_size > LARGEST_SIZE or (proof and old_size in (0, tree.size)):
        raise Malformed(Reason.MALFORMED)
    if old_size > tree.size:
        raise Malformed(Reason.OLD_ABOVE_NEW)
    return Request(old_size, proof, note, unchecked.claimed_origin, tree)


def _matched(body: bytes) -> re.Match[bytes]:
    """Return the parts of a request, or say why mail may have changed it."""
    if len(body) > MAX_REQUEST_BYTES:
        raise Malformed(Reason.TOO_LARGE)
    if b"\r" in body:
        raise Malformed(Reason.LINE_ENDS)
    found = _REQUEST.fullmatch(body)
    if found is None:
        raise Malformed(Reason.MALFORMED)
    return found
