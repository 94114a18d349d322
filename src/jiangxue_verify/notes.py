"""Checkpoints: signed notes over origin, size and root (docs/formats/ledger.md; C2SP signed-note, tlog-checkpoint, tlog-cosignature).

Reading is strict: one form, every signature line of a known key, every signature right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiangxue_verify import ed25519
from jiangxue_verify.base64s import NotBase64, standard
from jiangxue_verify.errors import Refused, Unjudged
from jiangxue_verify.hashing import HASH_BYTES
from jiangxue_verify.keys import KEY_ID_BYTES, LOG, VerifierKey, is_name
from jiangxue_verify.merkle import LARGEST_SIZE, Tree

MAX_SIGNATURES = 16
MAX_CHARACTERS = 8 * 1024
LATEST_S = 253_402_300_799
"""The last second of the year 9999: no witness has signed later."""
_TIME_BYTES = 8
_NOTE = re.compile(
    "(?P<text>(?P<origin>[^ \n]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n)"
    "\n(?P<signatures>(?:\u2014 [^ \n]+ [A-Za-z0-9+/]+={0,2}\n)+)"
)


class NoteMalformed(Refused):
    """The text is no checkpoint in its one form."""


class NotSigned(Refused):
    """No signature of the log stands under the checkpoint, or one of whosoever is wrong."""


class UnknownSigner(Unjudged):
    """A signature line is of a key that is not known, so nothing can be said of it."""


@dataclass(frozen=True)
class SignatureLine:
    """One line below a note: who claims to have signed, and the bytes behind the key id."""

    line: str
    name: str
    key_id: bytes
    content: bytes


@dataclass(frozen=True)
class UncheckedNote:
    """A checkpoint whose form is right and whose signatures nobody has looked at yet."""

    text: str
    """The three lines that are signed, each with its newline."""
    claimed_origin: str
    claimed_tree: Tree
    lines: Sequence[SignatureLine]


@dataclass(frozen=True)
class Checkpoint:
    """What a log has signed, and who saw it when."""

    origin: str
    tree: Tree
    text: str
    signed_by: frozenset[VerifierKey]
    """Keys of the log, at least one."""
    cosigned: Mapping[str, int]
    """From the name of a witness to its earliest time, seconds since 1970 UTC."""

    @property
    def size(self) -> int:
        """Return the number of entries."""
        return self.tree.size

    @property
    def root(self) -> bytes:
        """Return the root over them, 32 bytes."""
        return self.tree.root


def open_checkpoint(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """Return the checkpoint in a note if every line of signature is of one of these keys and right.

    At least one must be of type 0x01, and its name the origin. NoteMalformed, NotSigned or UnknownSigner otherwise.
    """
    unchecked = parse_note(note)
    by_id = {(key.name, key.key_id): key for key in keys}
    signers = [(_key_of(line, by_id), line) for line in unchecked.lines]
    cosigned: dict[str, int] = {}
    for key, line in signers:
        signed_at = _checked(key, line, unchecked)
        if signed_at is not None:
            cosigned[key.name] = min(signed_at, cosigned.get(key.name, signed_at))
    signed_by = frozenset(key for key, _ in signers if key.kind == LOG)
    if not signed_by:
        raise NotSigned("signatures.log")
    return Checkpoint(unchecked.claimed_origin, unchecked.claimed_tree, unchecked.text, signed_by, cosigned)


def only_lines_of(note: str, keys: Iterable[VerifierKey]) -> str:
    """Return a note without the signature lines of keys that are not among these.

    For a witness, which passes over lines of others; whoever checks an archive must not.
    """
    unchecked = parse_note(note)
    known = {(key.name, key.key_id) for key in keys}
    kept = [line.line for line in unchecked.lines if (line.name, line.key_id) in known]
    if not kept:
        raise NotSigned("signatures.log")
    return unchecked.text + "\n" + "".join(f"{line}\n" for line in kept)


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return what a witness signs under the three lines of a checkpoint (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def parse_note(note: str) -> UncheckedNote:
    """Return the parts of a checkpoint; NoteMalformed unless it has exactly the form of the specification."""
    found = _NOTE.fullmatch(note) if len(note) <= MAX_CHARACTERS else None
    if found is None or not is_name(found["origin"]):
        raise NoteMalformed("signatures.form")
    try:
        root = standard(found["root"])
    except NotBase64 as error:
        raise NoteMalformed("signatures.form") from error
    size = int(found["size"])
    lines = found["signatures"].split("\n")[:-1]
    if size > LARGEST_SIZE or len(root) != HASH_BYTES or len(lines) > MAX_SIGNATURES or len(set(lines)) < len(lines):
        raise NoteMalformed("signatures.form")
    return UncheckedNote(found["text"], found["origin"], Tree(size, root), [_parse_line(line) for line in lines])


def _parse_line(line: str) -> SignatureLine:
    """Return the parts of `— <name> <base64 of key id ‖ signature>`."""
    _, name, encoded = line.split(" ")
    try:
        content = standard(encoded)
    except NotBase64 as error:
        raise NoteMalformed("signatures.form") from error
    if not is_name(name) or len(content) <= KEY_ID_BYTES:
        raise NoteMalformed("signatures.form")
    return SignatureLine(line, name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def _key_of(line: SignatureLine, by_id: Mapping[tuple[str, bytes], VerifierKey]) -> VerifierKey:
    key = by_id.get((line.name, line.key_id))
    if key is None:
        raise UnknownSigner("signatures.unknown", name=line.name)
    return key


def _checked(key: VerifierKey, line: SignatureLine, note: UncheckedNote) -> int | None:
    """Return the time in seconds at which a witness has signed, None of a log; NotSigned if the signature is wrong."""
    if key.kind == LOG:
        if key.name != note.claimed_origin:
            raise NotSigned("signatures.other-log", name=key.name)
        return _signed(key, note.text.encode(), line.content, None)
    seconds = int.from_bytes(line.content[:_TIME_BYTES], "big")
    if seconds > LATEST_S:
        raise NotSigned("signatures.wrong", name=key.name)
    return _signed(key, cosigned_message(note.text, seconds), line.content[_TIME_BYTES:], seconds)


def _signed(key: VerifierKey, message: bytes, signature: bytes, seconds: int | None) -> int | None:
    if not ed25519.is_valid(key.public, message, signature):
        raise NotSigned("signatures.wrong", name=key.name)
    return seconds
