"""The container of an archive: a ZIP file of which there is one for each five contents (docs/formats/archive.md, The file)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from jiangxue_verify.errors import Refused, Unjudged

MIB = 1024 * 1024
MAX_BYTES = 200 * MIB
MEMBERS: Mapping[str, int] = {
    "checkpoint.txt": 8 * 1024,
    "entries.jsonl": 128 * MIB,
    "heads.json": 16 * 1024,
    "anchors.json": 8 * MIB,
    "proof.bin": 64 * MIB,
}
"""Names in their order, and how many bytes each may have."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _FLAGS, _STORED, _TIME, _DATE = 20, 0, 0, 0, 33


def read_archive(path: Path) -> bytes:
    """Return the bytes of a file, or refuse one that is too large or cannot be read."""
    return _read(path, MAX_BYTES, "file.large")


def read_text(path: Path, at_most: int) -> str:
    """Return a text that the reader has from elsewhere; a byte order mark and ends of lines of Windows do not matter."""
    try:
        return _read(path, at_most, "file.text-large").decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unjudged("file.not-text", path=str(path)) from error


def _read(path: Path, at_most: int, too_large: str) -> bytes:
    try:
        if path.is_dir():  # Windows would only say that it must not be read
            raise IsADirectoryError(str(path))
        if path.stat().st_size > at_most:
            raise Unjudged(too_large, path=str(path))
        with path.open("rb") as file:
            content = file.read(at_most + 1)
    except IsADirectoryError as error:
        raise Unjudged("file.folder", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise Unjudged("file.unreadable", path=str(path)) from error
    if len(content) > at_most:
        raise Unjudged(too_large, path=str(path))
    return content


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the five contents by name, if this is exactly the container that is made of them."""
    if len(content) > MAX_BYTES:
        raise Unjudged("file.large")
    first = next(iter(MEMBERS)).encode("ascii")
    if not content.startswith(_LOCAL_MARK) or content[_LOCAL.size : _LOCAL.size + len(first)] != first:
        raise Unjudged("file.no-archive")
    members = dict(_claimed_members(content))
    place = 0
    for piece in pieces(members):
        if content[place : place + len(piece)] != piece:
            raise Refused("form.container")
        place += len(piece)
    if place != len(content):
        raise Refused("form.container")
    return members


def _claimed_members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Return names and contents as the local headers claim them; of sizes and checksums nothing is proven yet."""
    place = 0
    for name, at_most in MEMBERS.items():
        header = content[place : place + _LOCAL.size + len(name)]
        if len(header) < _LOCAL.size + len(name):
            raise Refused("form.container")
        crc, size = _LOCAL.unpack(header[: _LOCAL.size])[6:8]
        if header != _local_header(name, crc, size):
            raise Refused("form.container")
        if size > at_most:
            raise Unjudged("file.member-large", name=name)
        place += len(header)
        yield name, content[place : place + size]
        place += size


def _same(name: str, crc: int, size: int) -> tuple[int, ...]:
    """Return what stands in both headers of a member."""
    return (_VERSION, _FLAGS, _STORED, _TIME, _DATE, crc, size, size, len(name), 0)


def _local_header(name: str, crc: int, size: int) -> bytes:
    return _LOCAL.pack(_LOCAL_MARK, *_same(name, crc, size)) + name.encode("ascii")


def pieces(members: Mapping[str, bytes]) -> Iterator[bytes]:
    """Return the container of five contents, piece by piece."""
    central, place = b"", 0
    for name, content in members.items():
        crc, size = zlib.crc32(content), len(content)
        header = _local_header(name, crc, size)
        yield header
        yield content
        central += _CENTRAL.pack(_CENTRAL_MARK, _VERSION, *_same(name, crc, size), 0, 0, 0, 0, place)
        central += name.encode("ascii")
        place += len(header) + size
    yield central
    yield _END.pack(_END_MARK, 0, 0, len(members), len(members), len(central), place, 0)
