"""The five texts of an archive. docs/formats/archive.md."""

from base64 import urlsafe_b64encode

from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.ledger.rules.shown import Anchor, ProvedArchive, ShownEntry, ShownHeads


def members(archive: ProvedArchive) -> dict[str, bytes]:
    """Return what stands in the container, by name and in its order."""
    return {
        "checkpoint.txt": archive.note.encode(),
        "entries.jsonl": b"".join(canonical_json(_entry(each)) + b"\n" for each in archive.entries),
        "heads.json": canonical_json(_heads(archive.heads)),
        "anchors.json": canonical_json([_anchor(each) for each in archive.anchors]),
        "proof.bin": b"".join(archive.proof),
    }


def _entry(entry: ShownEntry) -> dict[str, Value]:
    shown: dict[str, Value] = {"index": entry.index, "leaf": entry.leaf}
    if entry.salt is not None and entry.payload is not None:
        shown |= {"data": entry.payload, "salt": _b64u(entry.salt)}
    return shown


def _heads(heads: ShownHeads) -> dict[str, Value]:
    place: dict[str, Value] = {"path": [_b64u(each) for each in heads.path], "position": heads.position}
    return {**_entry(heads.entry), **place, "sequence": heads.sequence}


def _anchor(anchor: Anchor) -> Value:
    return {"note": anchor.note, "proof": [_b64u(each) for each in anchor.proof]}


def _b64u(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
