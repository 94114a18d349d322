"""The boxes of an MP4 or MOV file. Source: ISO 14496-12, 4.2."""

from pathlib import Path

_MOST_BOXES = 10_000
_NAMES = (b"ftyp", b"moov", b"mdat", b"wide")


def lacks_its_end(source: Path) -> bool:
    """Return whether a file begins as MP4 and ends within a box, as one does that was not copied completely."""
    size = source.stat().st_size
    at = 0
    with source.open("rb") as file:
        for _ in range(_MOST_BOXES):
            head = file.read(16)
            length = int.from_bytes(head[:4])
            if at == 0 and head[4:8] not in _NAMES:
                return False
            if length == 1:
                length = int.from_bytes(head[8:])
            if length < 8 or at + length >= size:
                return at + length > size
            at += length
            file.seek(at)
    return False
