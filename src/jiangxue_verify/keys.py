"""Verifier keys: whose signatures are known (docs/formats/ledger.md, section Checkpoint; C2SP signed-note)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from jiangxue_verify import ed25519
from jiangxue_verify.base64s import NotBase64, standard
from jiangxue_verify.errors import Unjudged

LOG = 0x01
"""Type of a key by which a log signs: Ed25519."""
WITNESS = 0x04
"""Type of a key by which a witness cosigns with its time: Ed25519."""
KEY_ID_BYTES = 4


class KeyMalformed(Unjudged):
    """The text is no verifier key of a type that is known."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key of 32 bytes, the name that it stands for and its type, `LOG` or `WITNESS`."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the four bytes by which a signature line names this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:KEY_ID_BYTES]


def parse_key(text: str) -> VerifierKey:
    """Return the key in `<name>+<key id, 8 hexadecimal digits>+<base64 of type ‖ public key>`, or raise KeyMalformed.

    Keys of small order and encodings that are not canonical are refused.
    """
    name, _, rest = text.partition("+")
    claimed_id, _, encoded = rest.partition("+")
    try:
        content = standard(encoded)
    except NotBase64 as error:
        raise KeyMalformed("trust.key") from error
    if not is_name(name) or content[:1] not in (bytes([LOG]), bytes([WITNESS])):
        raise KeyMalformed("trust.key")
    key = VerifierKey(name, content[0], content[1:])
    if not ed25519.is_good_key(key.public) or key.key_id.hex() != claimed_id:
        raise KeyMalformed("trust.key")
    return key


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a log or a witness: no spaces, no `+`, nothing that cannot be shown."""
    return text != "" and text.isprintable() and "+" not in text and not any(map(str.isspace, text))
