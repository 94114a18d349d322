"""The entries of an archive, first to last: their form, their chain, their contents (docs/formats/archive.md, entries.jsonl)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiangxue_verify.canonical import NotCanonical, decode, parse_object
from jiangxue_verify.errors import Finding, Refused, Unjudged
from jiangxue_verify.leaves import NOTHING_BEFORE, OWN_ARCHIVE, Leaf, LeafMalformed, hash_in, parse_leaf
from jiangxue_verify.merkle import LARGEST_SIZE
from jiangxue_verify.payloads import Content, said_by

MAX_ENTRIES = 200_000
MAX_LINE_BYTES = 1024 * 1024
ERASED = "archive.erased"
_ERASED_SHAPE = {"index": int, "leaf": str}
_SHAPE = {"data": str, "salt": str, **_ERASED_SHAPE}


@dataclass(frozen=True)
class Entry:
    """One entry: its index in the log, its leaf, and its content unless that was erased."""

    index: int
    leaf: Leaf
    content: Content | None


def parse_entries(content: bytes) -> list[Entry]:
    """Return the entries in `entries.jsonl`; Refused names the line whose form is not right."""
    count = content.count(b"\n")
    if count > MAX_ENTRIES:
        raise Unjudged("file.entries-many")
    if not content.endswith(b"\n"):
        raise Refused("form.entries-end")
    return [_parse_entry(line, number) for number, line in enumerate(content[:-1].split(b"\n"), 1)]


def _parse_entry(line: bytes, number: int) -> Entry:
    if len(line) > MAX_LINE_BYTES:
        raise Unjudged("file.entry-large", number=number)
    try:
        said = parse_object(decode(line), _SHAPE, _ERASED_SHAPE)
        content = Content(said["data"], hash_in(said["salt"])) if "data" in said else None
        leaf = parse_leaf(said["leaf"])
    except (NotCanonical, LeafMalformed) as error:
        raise Refused("form.entry", number=number) from error
    if not 0 <= said["index"] < LARGEST_SIZE:
        raise Refused("form.entry", number=number)
    return Entry(said["index"], leaf, content)


def broken_chain(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find entries that are of another archive or log, out of order, missing before, or there twice."""
    first, previous, index = entries[0].leaf, NOTHING_BEFORE, -1
    seen: set[str] = set()
    if first.archive_id == OWN_ARCHIVE:
        yield Refused("chain.own-archive")
    for number, entry in enumerate(entries, 1):
        leaf = entry.leaf
        faults = {
            "chain.other-archive": leaf.archive_id != first.archive_id,
            "chain.other-hash": leaf.hash_id != first.hash_id,
            "chain.number": leaf.number != number,
            "chain.previous": leaf.previous != previous,
            "chain.twice": leaf.event_id in seen,
            "chain.index": entry.index <= index,
        }
        yield from (Refused(code, number=number) for code, is_so in faults.items() if is_so)
        previous, index = leaf.hash, entry.index
        seen.add(leaf.event_id)


def wrong_contents(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find contents that are not those the ledger was given, and contents that are missing without an erasure on record."""
    erasure = max(
        (number for number, entry in enumerate(entries, 1) if entry.content and entry.leaf.kind == ERASED), default=0
    )
    for number, entry in enumerate(entries, 1):
        if entry.content is None:
            if number > erasure:
                yield Refused("payloads.missing", number=number)
            continue
        try:
            said_by(entry.content, entry.leaf, number)
        except Refused as finding:
            yield finding
