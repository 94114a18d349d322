"""The lock: clear segments of the caged process become encrypted ones, each stretch of a minute under a key of its own.

Runs in the parent, after the caged process has ended: a process that decodes a hostile file never sees a key. Nor is its
folder believed: no name or link in it leads out of it, and playlists are written anew.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from jiangxue.courseware.packaging.errors import Crashed
from jiangxue.courseware.packaging.playlist import (
    MASTER_PLAYLIST,
    MEDIA_PLAYLIST,
    Lock,
    Segment,
    locked_playlist,
    master_playlist,
    segments_of,
)
from jiangxue.courseware.packaging.shapes import Rendition
from jiangxue.courseware.rules.stretches import STRETCH_MS, stretch_key
from jiangxue.kernel.ids import new_iv

_BLOCK = 16
# A playlist writes lengths to the microsecond, so the beginning of a late segment is only nearly exact.
_SLACK_MS = 20


def lock_renditions(clear: Path, folder: Path, renditions: tuple[Rendition, ...], key: bytes) -> None:
    """Write the renditions of one folder encrypted into another; `key` is the film's."""
    for rendition in renditions:
        (folder / rendition.name).mkdir()
        _lock_rendition(clear / rendition.name, folder / rendition.name, key)
    (folder / MASTER_PLAYLIST).write_text(master_playlist(renditions))


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
    locks: list[Lock] = []
    with folder_itself(clear) as opened:
        segments = segments_of(content_of(opened, MEDIA_PLAYLIST).decode(errors="replace"))
        if not segments:
            raise Crashed("no segments")
        for number, (segment, stretch) in enumerate(zip(segments, stretches_of(segments), strict=True)):
            if segment.name != f"{number:05}.ts":
                raise Crashed(f"segment {number} has another name")
            lock = Lock(stretch, new_iv())
            content = encrypted(content_of(opened, segment.name), key=stretch_key(key, stretch), iv=lock.iv)
            (place / segment.name).write_bytes(content)
            locks.append(lock)
    (place / MEDIA_PLAYLIST).write_text(locked_playlist(segments, locks))


@contextmanager
def folder_itself(folder: Path) -> Iterator[int]:
    """Open a folder that is no link."""
    opened = _opened(folder, os.O_DIRECTORY)
    try:
        yield opened
    finally:
        os.close(opened)


def content_of(folder: int, name: str) -> bytes:
    """Read a file of an opened folder that is a plain file and no link: a link could lead to a secret of ours."""
    with os.fdopen(_opened(name, os.O_NONBLOCK, inside=folder), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise Crashed(f"{name} is no file")
        return opened.read()


def _opened(path: Path | str, flags: int, inside: int | None = None) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=inside)
    except OSError as fault:
        raise Crashed(f"the caged process left something else: {fault.strerror}") from fault
