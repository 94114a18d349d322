"""A ledger that can also lie: another one with the same origin and key is the same log telling another story."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiangxue_verify.hashing import HASHES
from jiangxue_verify.keys import parse_key
from jiangxue_verify.merkle import Tree
from jiangxue_witness.keys import LogKey
from tests.verify import naive
from tests.verify.notary import LOG, Signer, b64, body, note


@dataclass(frozen=True)
class Ledger:
    """Leaves, and who signs for them."""

    leaves: tuple[bytes, ...] = ()
    log: Signer = LOG
    hash_id: str = "sha256"

    def of(self, count: int, story: str = "") -> "Ledger":
        """Return this ledger with leaves up to `count`; those that are new tell a story."""
        more = tuple(f"{story}{index}".encode() for index in range(len(self.leaves), count))
        return replace(self, leaves=self.leaves[:count] + more)

    @property
    def origin(self) -> str:
        return self.log.name

    @property
    def tree(self) -> Tree:
        return Tree(len(self.leaves), naive.mth(HASHES[self.hash_id], self.leaves))

    @property
    def note(self) -> str:
        return note(body(*self.tree, self.origin), log=self.log)

    @property
    def key(self) -> LogKey:
        """Return what a witness knows of it."""
        return LogKey(parse_key(self.log.verifier_key), self.hash_id, HASHES[self.hash_id])

    def proof(self, old: int) -> list[bytes]:
        """Return the consistency proof from the first `old` leaves to all."""
        return naive.proof(HASHES[self.hash_id], old, self.leaves) if 0 < old < len(self.leaves) else []

    def request(self, old: int, proof: Sequence[bytes] | None = None) -> bytes:
        return request(old, self.proof(old) if proof is None else proof, self.note)


def request(old: int, proof: Sequence[bytes], note_: str) -> bytes:
    """Return the bytes of a request (docs/formats/witness.md)."""
    return "".join([f"old {old}\n", *(f"{b64(one)}\n" for one in proof), "\n", note_]).encode()
