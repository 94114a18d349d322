"""A zip held to its limits before anything in it is believed. Only in the caged process."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.shapes import IntakeLimits
from jiangxue.courseware.rules.files import FileFault

_ENCRYPTED = 1
_PIECE = 1024 * 1024
_SIGNS_OF_A_CUT = ("not a zip file", "central directory", "Truncated")


@contextmanager
def opened_zip(source: Path | IO[bytes], limits: IntakeLimits) -> Iterator[ZipFile]:
    """Open a zip whose every part keeps within the limits and has the length and checksum that it states."""
    try:
        with ZipFile(source) as archive:
            _hold_directory(archive, limits)
            _hold_contents(archive)
            yield archive
    except BadZipFile as bad:
        is_cut = any(sign in str(bad) for sign in _SIGNS_OF_A_CUT)
        raise FileRefused(FileFault.TRUNCATED if is_cut else FileFault.DAMAGED, "zip") from bad
    except (zlib.error, EOFError, UnicodeDecodeError, NotImplementedError) as bad:
        raise FileRefused(FileFault.DAMAGED, "zip") from bad


def _hold_directory(archive: ZipFile, limits: IntakeLimits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.most_parts:
        raise FileRefused(FileFault.BOMB, f"{len(parts)} > {limits.most_parts}")
    if not parts or min(part.header_offset for part in parts) != 0 or archive.comment:
        raise FileRefused(FileFault.POLYGLOT, "zip")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileRefused(FileFault.ENCRYPTED, "zip")
    names = {part.filename.lower() for part in parts}
    if len(names) != len(parts) or any(_is_odd(part.orig_filename) for part in parts):
        raise FileRefused(FileFault.POLYGLOT, "names")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise FileRefused(FileFault.DAMAGED, "zip")
    _hold_sizes(archive, limits)


def _hold_sizes(archive: ZipFile, limits: IntakeLimits) -> None:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if max(part.file_size for part in parts) > limits.most_part_bytes or unpacked > limits.most_unpacked_bytes:
        raise FileRefused(FileFault.BOMB, f"{unpacked >> 20} MiB")
    if unpacked > limits.unsuspicious_bytes and unpacked > packed * limits.most_ratio:
        raise FileRefused(FileFault.BOMB, f"{unpacked // max(packed, 1)}:1")


def _hold_contents(archive: ZipFile) -> None:
    """Unpack every part once: more than the stated length, or another checksum, raises."""
    for part in archive.infolist():
        with archive.open(part) as content:
            while content.read(_PIECE):
                pass


def _is_odd(name: str) -> bool:
    """Other readers may take such a name for another place."""
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
