"""A ledger and exports of its archives for the tests of the verifier, written from docs/formats and not from the platform's code."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from jiangxue_verify.hashing import HASHES, Hash
from tests.verify import naive
from tests.verify.notary import Signer, b64u, body, note

OWN = str(UUID(int=0))
Seen = Sequence[tuple[Signer, int]]
"""Witnesses, and the second at which each saw a checkpoint."""


def canonical(value: Any) -> str:
    """Return canonical JSON of a value whose names are ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def uuid(name: str) -> str:
    """Return an id that follows from a name."""
    return str(uuid5(UUID(int=7), name))


def salt(name: str) -> bytes:
    """Return a salt that follows from a name."""
    return hashlib.sha256(f"salt of {name}".encode()).digest()


@dataclass(frozen=True)
class Record:
    """An entry of the log with its content."""

    index: int
    aid: str
    number: int
    payload: str
    salt: bytes
    leaf: str
    hash: bytes


@dataclass
class Log:
    """A ledger in memory."""

    hash_id: str = "sha256"
    records: list[Record] = field(default_factory=list)

    @property
    def hash(self) -> Hash:
        """Return the hash of the log."""
        return HASHES[self.hash_id]

    def of(self, aid: str, size: int | None = None) -> list[Record]:
        """Return the records of an archive among the first `size`."""
        return [record for record in self.records[:size] if record.aid == aid]

    def append(self, aid: str, kind: str, at_ms: int, data: Any) -> Record:
        """Append what happened."""
        name = f"{len(self.records)} {kind} {canonical(data)}"
        payload = {"aid": aid, "at_ms": at_ms, "data": data, "eid": uuid(name), "kind": kind}
        record = self.made(aid, payload, salt(name))
        self.records.append(record)
        return record

    def made(self, aid: str, payload: dict[str, Any], salt_: bytes, **changed: Any) -> Record:
        """Return the next record of an archive; some members of the leaf may be changed."""
        before = self.of(aid)
        text = canonical(payload)
        leaf = {
            "a": aid,
            "c": b64u(self.hash(b"\2" + salt_ + text.encode())),
            "e": payload["eid"],
            "h": self.hash_id,
            "k": payload["kind"],
            "o": payload["at_ms"],
            "p": b64u(before[-1].hash if before else bytes(32)),
            "q": len(before) + 1,
            "v": 1,
        }
        written = canonical({**leaf, **changed})
        hash_ = self.hash(b"\0" + written.encode())
        return Record(len(self.records), aid, len(before) + 1, text, salt_, written, hash_)

    def heads_leaves(self, index: int) -> dict[str, bytes]:
        """Return the leaves of the tree of heads for an entry at this index, by archive id, in order."""
        last = {record.aid: record for record in self.records[:index] if record.aid != OWN}
        return {
            aid: UUID(aid).bytes + last[aid].number.to_bytes(8, "big") + last[aid].hash
            for aid in sorted(last, key=lambda aid: UUID(aid).bytes)
        }

    def append_heads(self, at_ms: int) -> Record:
        """Append daily heads."""
        leaves = self.heads_leaves(len(self.records))
        data = {"archives": len(leaves), "root": b64u(naive.mth(self.hash, list(leaves.values())))}
        return self.append(OWN, "heads", at_ms, data)

    def leaves(self, size: int) -> list[bytes]:
        """Return the first leaves as bytes."""
        return [record.leaf.encode() for record in self.records[:size]]

    def body(self, size: int) -> str:
        """Return the three lines of the checkpoint of a size."""
        return body(size, naive.mth(self.hash, self.leaves(size)))

    def note(self, size: int, seen: Seen = ()) -> str:
        """Return the checkpoint of a size, signed and cosigned."""
        return note(self.body(size), seen)

    def proof(self, old: int, new: int) -> list[bytes]:
        """Return the consistency proof between two sizes."""
        return naive.proof(self.hash, old, self.leaves(new)) if old else []

    def multiproof(self, indexes: Iterable[int], size: int) -> list[bytes]:
        """Return the hashes of `proof.bin`."""
        return naive.multiproof(self.hash, set(indexes), self.leaves(size))


@dataclass
class Parts:
    """The five members of an archive before they are written: to be changed by attacks."""

    checkpoint: str
    entries: list[dict[str, Any]]
    heads: dict[str, Any]
    anchors: list[dict[str, Any]]
    proof: list[bytes]

    def members(self) -> dict[str, bytes]:
        """Return the members as bytes."""
        return {
            "checkpoint.txt": self.checkpoint.encode(),
            "entries.jsonl": "".join(canonical(entry) + "\n" for entry in self.entries).encode(),
            "heads.json": canonical(self.heads).encode(),
            "anchors.json": canonical(self.anchors).encode(),
            "proof.bin": b"".join(self.proof),
        }

    def packed(self) -> bytes:
        """Return the archive."""
        return packed(self.members())


def packed(members: dict[str, bytes]) -> bytes:
    """Return the canonical container as Python's own zipfile writes it, so that ours is compared with another."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
            info.external_attr = 0
    return file.getvalue()


def entry_of(record: Record) -> dict[str, Any]:
    """Return a line of `entries.jsonl`."""
    return {"data": record.payload, "index": record.index, "leaf": record.leaf, "salt": b64u(record.salt)}


def heads_of(log: Log, heads: Record, aid: str) -> dict[str, Any]:
    """Return `heads.json` for an archive."""
    leaves = log.heads_leaves(heads.index)
    position = list(leaves).index(aid)
    path = naive.path(log.hash, position, list(leaves.values()))
    sequence = len(log.of(aid, heads.index))
    return {**entry_of(heads), "path": [b64u(one) for one in path], "position": position, "sequence": sequence}


def export(
    log: Log, aid: str, heads: Record, checkpoint: tuple[int, Seen], anchors: Sequence[tuple[int, Seen]]
) -> Parts:
    """Return an honest archive: what a log of some size shows, with older checkpoints and who saw them."""
    size, seen = checkpoint
    records = log.of(aid, size)
    return Parts(
        checkpoint=log.note(size, seen),
        entries=[entry_of(record) for record in records],
        heads=heads_of(log, heads, aid),
        anchors=[
            {"note": log.note(old, by), "proof": [b64u(one) for one in log.proof(old, size)]} for old, by in anchors
        ],
        proof=log.multiproof([heads.index, *(record.index for record in records)], size),
    )
