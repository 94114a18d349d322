"""Opens a package as docs/formats/film-package.md says: written from the page alone, beside the code that locks."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

MASTER_KEY = bytes(range(32))
KEY_NAME = "00112233445566778899aabbccddeeff"


def film_key_of(key_name: str) -> bytes:
    return hmac.new(MASTER_KEY, b"film/1|" + key_name.encode(), hashlib.sha256).digest()


KEY = film_key_of(KEY_NAME)

_SEGMENT = re.compile(
    r'#EXT-X-KEY:METHOD=AES-128,URI="\.\./keys/(\d+)",IV=0x([0-9a-f]{32})\n#EXTINF:([\d.]+),\n(\d{5}\.ts)\n'
)


@dataclass(frozen=True)
class LockedSegment:
    stretch: int
    iv: bytes
    length_s: float
    path: Path

    def opened(self, film_key: bytes) -> bytes:
        return self.opened_with(hmac.new(film_key, b"stretch/1|%d" % self.stretch, hashlib.sha256).digest()[:16])

    def opened_with(self, key: bytes) -> bytes:
        decryptor = Cipher(AES(key), CBC(self.iv)).decryptor()
        padding = PKCS7(128).unpadder()
        return padding.update(decryptor.update(self.path.read_bytes()) + decryptor.finalize()) + padding.finalize()


def locked_segments(rendition: Path) -> list[LockedSegment]:
    found = _SEGMENT.findall((rendition / "index.m3u8").read_text())
    return [
        LockedSegment(int(stretch), bytes.fromhex(iv), float(length), rendition / name)
        for stretch, iv, length, name in found
    ]


def opened_rendition(rendition: Path, target: Path, key_name: str = KEY_NAME) -> Path:
    """Write a rendition as clear HLS into a folder, and return its playlist."""
    target.mkdir(parents=True)
    for segment in locked_segments(rendition):
        (target / segment.path.name).write_bytes(segment.opened(film_key_of(key_name)))
    lines = (rendition / "index.m3u8").read_text().splitlines()
    clear = [line for line in lines if not line.startswith("#EXT-X-KEY")]
    (target / "index.m3u8").write_text("\n".join(clear) + "\n")
    return target / "index.m3u8"
