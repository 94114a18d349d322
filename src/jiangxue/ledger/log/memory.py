"""What the signer keeps outside the database: its key, the log's origin, and the edge of the tree that it signed last."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.kernel.hashing import HASHES, Hash
from jiangxue.ledger.errors import SignerRefusal
from jiangxue.ledger.rules.edge import EMPTY, Edge, is_whole


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder of the signer; made once, never by itself: a signer that forgot would sign another history."""

    folder: Path

    def read(self) -> tuple[Hash, Edge]:
        """Return the hash of the log and the edge that was signed last. Raises `SignerRefusal` if it is missing or damaged."""
        try:
            kept = json.loads(self._state.read_text())
            edge = Edge(int(kept["size"]), tuple(bytes.fromhex(level) for level in kept["levels"]))
            by = HASHES[kept["hash"]]
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise SignerRefusal(f"the signer's memory {self._state} cannot be read: {fault!r}") from None
        if not is_whole(edge):
            raise SignerRefusal(f"the signer's memory {self._state} is damaged")
        return by, edge

    def write(self, by: Hash, edge: Edge) -> None:
        """Remember an edge, durably, whole or not at all. Raises `SignerRefusal` if the disk does not take it."""
        kept = {"hash": by.name, "size": edge.size, "levels": [level.hex() for level in edge.levels]}
        try:
            _write(self._state, json.dumps(kept) + "\n")
        except OSError as fault:
            raise SignerRefusal(f"the signer's memory {self._state} cannot be written: {fault!r}") from None

    def erased(self) -> frozenset[UUID]:
        """Return the archives of which the log holds that they were erased: no backup may bring their contents back. Raises `SignerRefusal`."""
        try:
            return frozenset(UUID(line) for line in self._erased.read_text().split())
        except FileNotFoundError:
            return frozenset()
        except (OSError, ValueError) as fault:
            raise SignerRefusal(f"the list of erased archives {self._erased} cannot be read: {fault!r}") from None

    def remember_erased(self, archives: Iterable[UUID]) -> None:
        """Add archives to those that were erased, durably. Raises `SignerRefusal` if the disk does not take it."""
        known = self.erased()
        if fresh := frozenset(archives) - known:
            try:
                _write(self._erased, "".join(f"{aid}\n" for aid in sorted(known | fresh)))
            except OSError as fault:
                raise SignerRefusal(f"the list {self._erased} cannot be written: {fault!r}") from None

    def make(self, by: Hash, origin: str) -> None:
        """Make the folder, whole or not at all, with a new key and an empty memory. Raises `SignerRefusal` where there is one."""
        if self.folder.exists():
            raise SignerRefusal(f"{self.folder} is there already")
        fresh = Memory(self.folder.with_name(self.folder.name + ".new"))
        shutil.rmtree(fresh.folder, ignore_errors=True)
        fresh.folder.mkdir(mode=0o700)
        _write(fresh.folder / "key", Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        _write(fresh.folder / "origin", origin + "\n")
        fresh.write(by, EMPTY)
        fresh.folder.rename(self.folder)
        _sync(self.folder.parent)

    def private_key(self) -> Ed25519PrivateKey:
        """Return the key. Raises `SignerRefusal`."""
        try:
            return Ed25519PrivateKey.from_private_bytes(bytes.fromhex((self.folder / "key").read_text()))
        except (OSError, ValueError) as fault:
            raise SignerRefusal(f"the signer's key cannot be read: {fault!r}") from None

    def origin(self) -> str:
        """Return the name of the log. Raises `SignerRefusal`."""
        try:
            return (self.folder / "origin").read_text().strip()
        except OSError as fault:
            raise SignerRefusal(f"the log's origin cannot be read: {fault!r}") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only signer of this folder for a while. Raises `SignerRefusal` if another one is, or there is none."""
        try:
            held = os.open(self.folder, os.O_RDONLY)
        except OSError as fault:
            raise SignerRefusal(f"the signer's folder {self.folder} cannot be opened: {fault!r}") from None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise SignerRefusal(f"another signer works with {self.folder}") from None
        finally:
            os.close(held)

    @property
    def _erased(self) -> Path:
        return self.folder / "erased"

    @property
    def _state(self) -> Path:
        return self.folder / "memory.json"


def _write(path: Path, text: str) -> None:
    """Write so that a crash leaves the whole text, or what was there before."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123 (its mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
