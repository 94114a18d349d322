"""A ZIP of unknown origin: held to what it says of itself before anything else reads it. In caged processes alone."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

_ENCRYPTED = 1
_PIECE = 1024 * 1024
_SIGNS_OF_A_CUT = ("not a zip file", "central directory", "Truncated")


class BrokenZip(Exception):
    """What was read is no ZIP, or not all that it says; `is_cut` where its end is missing."""

    def __init__(self, *, is_cut: bool) -> None:
        super().__init__()
        self.is_cut = is_cut


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a ZIP may unpack to: bytes at most, and how many times its packed size once that is more than goes unsuspected."""

    most_bytes: int
    unsuspicious_bytes: int
    most_ratio: int


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[ZipFile]:
    """Open a ZIP; whatever is wrong with it, here or while it is read in the block, raises `BrokenZip`."""
    try:
        with ZipFile(source) as archive:
            yield archive
    except BadZipFile as bad:
        raise BrokenZip(is_cut=any(sign in str(bad) for sign in _SIGNS_OF_A_CUT)) from bad
    except (zlib.error, struct.error, EOFError, UnicodeDecodeError, NotImplementedError) as bad:
        raise BrokenZip(is_cut=False) from bad


def is_encrypted(archive: ZipFile) -> bool:
    """Say whether a part asks for a password."""
    return any(part.flag_bits & _ENCRYPTED for part in archive.infolist())


def unpacks_beyond(archive: ZipFile, bounds: Bounds) -> bool:
    """Say whether the parts state more than the bounds; `unpack` finds out whether they state the truth."""
    packed = sum(part.compress_size for part in archive.infolist())
    unpacked = unpacked_bytes(archive)
    is_suspicious = unpacked > bounds.unsuspicious_bytes and unpacked > packed * bounds.most_ratio
    return unpacked > bounds.most_bytes or is_suspicious


def unpacked_bytes(archive: ZipFile) -> int:
    """Return how many bytes all parts state together."""
    return sum(part.file_size for part in archive.infolist())


def unpack(archive: ZipFile) -> None:
    """Unpack every part once and keep nothing: another length or checksum than the part states is a broken ZIP.

    So is a part packed otherwise than office programs do it: other ways cannot be unpacked piece by piece.
    """
    parts = archive.infolist()
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise BadZipFile
    try:
        for part in parts:
            with archive.open(part) as content:
                while content.read(_PIECE):
                    pass
    except ValueError as bad:  # a part that is said to begin before the file
        raise BadZipFile from bad
