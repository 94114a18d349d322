"""A zip held to its limits before anything in it is believed. Only in the caged process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.shapes import IntakeLimits
from jiangxue.courseware.rules.files import FileFault
from jiangxue.kernel import zips


@contextmanager
def opened_zip(source: Path | IO[bytes], limits: IntakeLimits) -> Iterator[ZipFile]:
    """Open a zip whose every part keeps within the limits and has the length and checksum that it states."""
    try:
        with zips.opened(source) as archive:
            _hold_directory(archive, limits)
            zips.unpack(archive)
            yield archive
    except zips.BrokenZip as broken:
        raise FileRefused(FileFault.TRUNCATED if broken.is_cut else FileFault.DAMAGED, "zip") from broken


def _hold_directory(archive: ZipFile, limits: IntakeLimits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.most_parts:
        raise FileRefused(FileFault.BOMB, f"{len(parts)} > {limits.most_parts}")
    if not parts or min(part.header_offset for part in parts) != 0 or archive.comment:
        raise FileRefused(FileFault.POLYGLOT, "zip")
    if zips.is_encrypted(archive):
        raise FileRefused(FileFault.ENCRYPTED, "zip")
    names = {part.filename.lower() for part in parts}
    if len(names) != len(parts) or any(_is_odd(part.orig_filename) for part in parts):
        raise FileRefused(FileFault.POLYGLOT, "names")
    _hold_sizes(archive, limits)


def _hold_sizes(archive: ZipFile, limits: IntakeLimits) -> None:
    bounds = zips.Bounds(limits.most_unpacked_bytes, limits.unsuspicious_bytes, limits.most_ratio)
    if max(part.file_size for part in archive.infolist()) > limits.most_part_bytes or zips.unpacks_beyond(
        archive, bounds
    ):
        raise FileRefused(FileFault.BOMB, f"{zips.unpacked_bytes(archive) >> 20} MiB")


def _is_odd(name: str) -> bool:
    """Other readers may take such a name for another place."""
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
