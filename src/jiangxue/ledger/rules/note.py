"""Signed notes, checkpoints and cosignatures as C2SP specifies them. docs/formats/ledger.md, witness.md."""

import hashlib
import re
import struct
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jiangxue.kernel.hashing import HASH_BYTES

LOG_KEY = 0x01
WITNESS_KEY = 0x04
LONGEST_NOTE = 8192
_DASH = "— "
_NAME = re.compile(r"[^\s+]{1,200}")
_TIME = struct.Struct(">Q")


class NotANote(Exception):
    """A note, a key or a signature is not of its form, or not genuine; the message says which."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by its name; `kind` is that of a log (0x01) or of a witness (0x04)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signature lines name this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note about a log says: its origin, size and root, and the text that is signed."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Opened:
    """A note whose known signatures all hold: the checkpoint, and the time (seconds) of each witness that signed it."""

    checkpoint: Checkpoint
    by_log: bool
    witnessed: Mapping[str, int]


def read_key(text: str) -> VerifierKey:
    """Return the key that a C2SP verifier key names; raises `NotANote` if it is none."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise NotANote("a verifier key is name+id+key")
    raw = _decoded(parts[2])
    if len(raw) != 33 or raw[0] not in (LOG_KEY, WITNESS_KEY):
        raise NotANote("a verifier key of an unknown kind")
    key = VerifierKey(parts[0], raw[0], raw[1:])
    if str(key) != text.strip():
        raise NotANote("the id of a verifier key does not fit it")
    return key


def public_key(name: str, kind: int, private: Ed25519PrivateKey) -> VerifierKey:
    """Return the verifier key of a private key."""
    return VerifierKey(name, kind, private.public_key().public_bytes_raw())


def signed(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """Return the note with the log's own signature."""
    key = public_key(checkpoint.origin, LOG_KEY, private)
    return f"{checkpoint.text}\n{_line(key, private.sign(checkpoint.text.encode()))}"


def read_checkpoint(text: str) -> Checkpoint:
    """Return what the three lines say; raises `NotANote` if they are of another form."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not _NAME.fullmatch(lines[0]):
        raise NotANote("a checkpoint has three lines")
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1], re.ASCII):
        raise NotANote("the size is no number")
    checkpoint = Checkpoint(lines[0], int(lines[1]), _decoded(lines[2]))
    if len(checkpoint.root) != HASH_BYTES or checkpoint.text != text:
        raise NotANote("the root is no hash")
    return checkpoint


def opened(note: str, keys: Iterable[VerifierKey]) -> Opened:
    """Return what a note says, its signatures by these keys checked; lines of other keys say nothing.

    Raises `NotANote` when it is of another form, when a signature of a known key does not hold, or none is of a known key.
    """
    text, lines = split(note)
    known = {(key.name, key.id): key for key in keys}
    by_log, witnessed = False, dict[str, int]()
    for name, raw in _signatures(lines):
        key = known.get((name, raw[:4]))
        if key is None:
            continue
        if key.kind == LOG_KEY:
            _check(key, raw[4:], text.encode())
            by_log = True
        else:
            witnessed[name] = _time_of(key, raw[4:], text)
    if not by_log and not witnessed:
        raise NotANote("no signature of a known key")
    return Opened(read_checkpoint(text), by_log, witnessed)


def split(note: str) -> tuple[str, str]:
    """Return the text and the signature lines of a note."""
    text, gap, lines = note.rpartition("\n\n")
    if not gap or len(note.encode()) > LONGEST_NOTE or not lines.endswith("\n"):
        raise NotANote("a note is a text, an empty line and signatures")
    return text + "\n", lines


def line_of(key: VerifierKey, lines: str) -> str | None:
    """Return the first line, among others, that names this key, in its one form; None if there is none."""
    for line in lines.split("\n"):
        name, _, raw = line.strip().removeprefix(_DASH).partition(" ")
        if name == key.name and line.strip().startswith(_DASH):
            try:
                signature = _decoded(raw)
            except NotANote:
                continue
            if signature[:4] == key.id:
                return _line(key, signature[4:])
    return None


def cosigned(checkpoint: Checkpoint, name: str, private: Ed25519PrivateKey, time_s: int) -> str:
    """Return the line by which a witness signs a checkpoint."""
    signature = private.sign(_of_witness(checkpoint.text, time_s))
    return _line(public_key(name, WITNESS_KEY, private), _TIME.pack(time_s) + signature)


def _line(key: VerifierKey, signature: bytes) -> str:
    return f"{_DASH}{key.name} {b64encode(key.id + signature).decode()}\n"


def _signatures(lines: str) -> Iterator[tuple[str, bytes]]:
    for line in lines.split("\n")[:-1]:
        name, gap, raw = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not gap or not _NAME.fullmatch(name):
            raise NotANote("a signature line is a dash, a name and a signature")
        yield name, _decoded(raw)


def _time_of(key: VerifierKey, stamped: bytes, text: str) -> int:
    if len(stamped) != _TIME.size + 64:
        raise NotANote(f"the cosignature of {key.name} is of another length")
    (time_s,) = _TIME.unpack(stamped[: _TIME.size])
    _check(key, stamped[_TIME.size :], _of_witness(text, time_s))
    return int(time_s)


def _of_witness(text: str, time_s: int) -> bytes:
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def _check(key: VerifierKey, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise NotANote(f"the signature of {key.name} does not hold") from None


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError):
        raise NotANote("not base64") from None
