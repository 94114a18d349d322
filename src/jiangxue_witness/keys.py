"""The witness's own key, and the logs that it knows. Nothing but signing needs `cryptography`."""

from __future__ import annotations

import base64
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from jiangxue_verify.errors import Finding
from jiangxue_verify.hashing import Hash
from jiangxue_verify.keys import LOG, WITNESS, VerifierKey, parse_key
from jiangxue_verify.notes import cosigned_message
from jiangxue_witness.errors import Unusable

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
except ImportError:  # a sentence instead of a traceback: `witness.pyz` cannot bring the package along
    sys.stderr.write("缺少 Python 软件包 cryptography：请先运行 python -m pip install cryptography\n")
    sys.exit(2)

SEED_BYTES = 32
LONGEST_NAME = 200
"""Characters of a witness's name and of an origin, so that a note with both fits into what notes may have."""


@dataclass(frozen=True)
class WitnessKey:
    """The private key of a witness: its name and 32 secret bytes, which are never shown."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """Return the public key that others check cosignatures with."""
        return VerifierKey(self.name, WITNESS, self._private.public_key().public_bytes_raw())

    def cosignature(self, text: str, at_s: int) -> str:
        """Return the signature line under the three lines of a checkpoint; `at_s` are seconds since 1970 UTC."""
        signature = self._private.sign(cosigned_message(text, at_s))
        content = self.verifier.key_id + at_s.to_bytes(8, "big") + signature
        return f"\u2014 {self.name} {base64.b64encode(content).decode()}\n"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class LogKey:
    """What a witness knows of a log: its verifier key, whose name is the origin, and its hash."""

    verifier: VerifierKey
    hash_id: str
    """`sha256` or `sm3`."""
    hash_: Hash


@dataclass(frozen=True)
class Keys:
    """All keys that a decision needs: the witness's own, and those of the logs by origin."""

    witness: WitnessKey
    logs: Mapping[str, LogKey]


def written(key: VerifierKey) -> str:
    """Return a public key as C2SP writes it: `<name>+<key id>+<base64 of type ‖ public key>`."""
    return f"{key.name}+{key.key_id.hex()}+{base64.b64encode(bytes([key.kind]) + key.public).decode()}"


def seed_of(text: str) -> bytes:
    """Return the 32 bytes in hexadecimal that a key file holds, or raise Unusable."""
    try:
        seed = bytes.fromhex(text)
    except ValueError as error:
        raise Unusable("密钥文件应为 64 个十六进制字符") from error
    if len(seed) != SEED_BYTES or text != seed.hex():
        raise Unusable("密钥文件应为 64 个十六进制字符")
    return seed


def log_verifier(text: str) -> VerifierKey:
    """Return a log's verifier key, or raise Unusable."""
    try:
        key = parse_key(text)
    except Finding as error:
        raise Unusable("公钥格式不正确：应为 <名称>+<8 位十六进制>+<base64>，请整行复制") from error
    if len(key.name) > LONGEST_NAME:
        raise Unusable("公钥中的名称过长")
    if key.kind != LOG:
        raise Unusable("这是见证方的公钥，不是存证日志的公钥")
    return key
