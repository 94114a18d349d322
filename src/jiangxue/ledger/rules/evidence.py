"""What can be evidence at all: whatever a verifier would refuse must not come into the log, where it stays for ever. docs/formats/archive.md."""

from collections.abc import Mapping

from jiangxue.kernel.canonical import Value
from jiangxue.ledger.errors import NotEvidence
from jiangxue.ledger.rules.leaf import is_kind

LONGEST_PAYLOAD = 400 * 1024
"""Bytes. A line of an archive holds 1 MiB, and the payload in it as a text, in which each quotation mark takes two."""
DEEPEST = 32
LARGEST_NUMBER = 2**53 - 1


def require_evidence(kind: str, data: Value, payload: bytes) -> None:
    """Refuse kinds that no leaf holds, and data that is too long, too deep, or has numbers or names of more than one form.

    `payload` is the whole of it as it is committed to. Raises `NotEvidence`.
    """
    if not is_kind(kind):
        raise NotEvidence(f"no kind: {kind!r}")
    if len(payload) > LONGEST_PAYLOAD:
        raise NotEvidence(f"{len(payload)} bytes are too long")
    _require_one_form(data, 1)


def _require_one_form(value: Value, depth: int) -> None:
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise NotEvidence(f"too large a number: {value}")
    if not isinstance(value, Mapping | list):
        return
    if depth >= DEEPEST:
        raise NotEvidence(f"more than {DEEPEST} levels")
    members = list(value.values()) if isinstance(value, Mapping) else value
    if isinstance(value, Mapping) and not all(name.isascii() for name in value):
        raise NotEvidence("a name that is not ASCII, of which there are two orders")
    for member in members:
        _require_one_form(member, depth + 1)
