"""Keys that sign checkpoints, as logs and witnesses do; written from docs/formats/ledger.md for the tests of the verifier."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "log.example/one"


def b64(content: bytes) -> str:
    """Return standard base64 with padding."""
    return base64.b64encode(content).decode()


def b64u(content: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass(frozen=True)
class Signer:
    """Whoever signs under a name: type 1 is a log, type 4 a witness."""

    name: str
    kind: int
    seed: bytes

    @property
    def private(self) -> Ed25519PrivateKey:
        """Return the private key."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def _typed(self) -> bytes:
        return bytes([self.kind]) + self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that name the key in a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + self._typed).digest()[:4]

    @property
    def verifier_key(self) -> str:
        """Return the public key as it stands in a trust list."""
        return f"{self.name}+{self.key_id.hex()}+{b64(self._typed)}"

    def line(self, text: str, seconds: int | None = None) -> str:
        """Return the signature line under the three lines of a checkpoint; a witness needs its time."""
        if seconds is None:
            return f"— {self.name} {b64(self.key_id + self.private.sign(text.encode()))}\n"
        signature = self.private.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
        return f"— {self.name} {b64(self.key_id + seconds.to_bytes(8, 'big') + signature)}\n"


def signer(name: str, kind: int) -> Signer:
    """Return a signer whose key follows from its name."""
    return Signer(name, kind, hashlib.sha256(f"{kind} {name}".encode()).digest())


LOG = signer(ORIGIN, 1)
REGULATOR = signer("witness.example/regulator", 4)
NOTARY = signer("witness.example/notary", 4)
STRANGER = signer("witness.example/stranger", 4)


def body(size: int, root: bytes, origin: str = ORIGIN) -> str:
    """Return the three lines of a checkpoint."""
    return f"{origin}\n{size}\n{b64(root)}\n"


def note(text: str, seen: Iterable[tuple[Signer, int]] = (), log: Signer = LOG) -> str:
    """Return the three lines with the log's signature, and witnesses with the seconds at which they saw it."""
    return text + "\n" + log.line(text) + "".join(witness.line(text, seconds) for witness, seconds in seen)
