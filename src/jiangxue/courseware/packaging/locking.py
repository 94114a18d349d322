"""The lock: clear segments of the caged process become encrypted ones, each stretch of a minute under a key of its own.

Runs in the parent, after the caged process has ended: a process that decodes a hostile file never sees a key.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from jiangxue.courseware.packaging.playlist import MASTER_PLAYLIST, MEDIA_PLAYLIST, Segment, segments_of
from jiangxue.courseware.packaging.shapes import Rendition
from jiangxue.courseware.rules.stretches import STRETCH_MS, stretch_key
from jiangxue.kernel.ids import new_iv

_BLOCK = 16
# A playlist writes lengths to the microsecond, so the beginning of a late segment is only nearly exact.
_SLACK_MS = 20
_SEGMENT_NAME = re.compile(r"[0-9]{5,6}\.ts")


def lock_renditions(clear: Path, folder: Path, renditions: Iterable[Rendition], key: bytes) -> None:
    """Write the renditions of one folder encrypted into another; `key` is the film's."""
    for rendition in renditions:
        (folder / rendition.name).mkdir()
        _lock_rendition(clear / rendition.name, folder / rendition.name, key)
    (folder / MASTER_PLAYLIST).write_bytes((clear / MASTER_PLAYLIST).read_bytes())


def encrypted(content: bytes, *, key: bytes, iv: bytes) -> bytes:
    """Return the content under AES-128 in CBC mode with PKCS7 padding, as RFC 8216 has it."""
    padding = _BLOCK - len(content) % _BLOCK
    encryptor = Cipher(AES(key), CBC(iv)).encryptor()
    return encryptor.update(content + bytes([padding]) * padding) + encryptor.finalize()


def stretches_of(segments: Iterable[Segment]) -> list[int]:
    """Return the stretch in which each segment begins."""
    begins, start = [], Fraction(0)
    for segment in segments:
        begins.append(start)
        start += segment.length
    return [int(begin * 1000 + _SLACK_MS) // STRETCH_MS for begin in begins]


def _lock_rendition(clear: Path, place: Path, key: bytes) -> None:
    playlist = (clear / MEDIA_PLAYLIST).read_text()
    segments = segments_of(playlist)
    locks: list[str] = []
    for segment, stretch in zip(segments, stretches_of(segments), strict=True):
        name = _checked(segment.name)
        iv = new_iv()
        content = encrypted((clear / name).read_bytes(), key=stretch_key(key, stretch), iv=iv)
        (place / name).write_bytes(content)
        locks.append(f'#EXT-X-KEY:METHOD=AES-128,URI="../keys/{stretch}",IV=0x{iv.hex()}')
    (place / MEDIA_PLAYLIST).write_text(_with_locks(playlist, locks))


def _checked(name: str) -> str:
    """The caged process wrote this name: it may lead nowhere else."""
    if not _SEGMENT_NAME.fullmatch(name):
        raise ValueError(f"no name of a segment: {name!r}")
    return name


def _with_locks(playlist: str, locks: list[str]) -> str:
    """Put one lock before each segment."""
    left = iter(locks)
    lines: list[str] = []
    for line in playlist.splitlines():
        if line.startswith("#EXTINF:"):
            lines.append(next(left))
        lines.append(line)
    return "\n".join(lines) + "\n"
