"""What may be decoded: reads the markers of a JPEG without decoding it.

A picture of the browser's canvas is one baseline scan in colour. Whatever else the format allows (thumbnails, metadata, hundreds of
progressive scans, gigantic sizes) is refused here, before a decoder sees it. Source: docs/formats/face-check.md; ITU T.81 annex B.
"""

import re
from collections.abc import Iterator

from jiangxue.facecheck.vision.errors import Flaw, Unreadable

LARGEST_BYTES = 60_000
SIZES = ((640, 480), (480, 640))

_START, _END = b"\xff\xd8", b"\xff\xd9"
_BASELINE, _SCAN = 0xC0, 0xDA
# APP0 (JFIF), APP2 (colour profile, which Chromium writes), APP13 (Photoshop's, which Apple's browsers leave empty), APP14 (Adobe), tables,
# restart interval.
_HARMLESS = {0xE0, 0xE2, 0xED, 0xEE, 0xDB, 0xC4, 0xDD}
_APP1, _COMMENT = 0xE1, 0xFE
# Within a scan 0xff is followed by 0 or a restart; anything else ends it.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def require_readable(jpeg: bytes) -> None:
    """Refuse what is not one baseline colour JPEG of 640 x 480 or 480 x 640 pixels, of at most 60,000 bytes, without metadata."""
    if len(jpeg) > LARGEST_BYTES:
        raise Unreadable(Flaw.TOO_LARGE)
    if not jpeg.startswith(_START):
        raise Unreadable(Flaw.NOT_JPEG)
    frames = 0
    for marker, begin, end in _segments(jpeg):
        if marker == _SCAN:
            _require_last(jpeg, end, frames)
            return
        if marker == _BASELINE:
            _require_size(jpeg[begin:end])
            frames += 1
        elif marker in (_APP1, _COMMENT):
            raise Unreadable(Flaw.METADATA)
        elif marker not in _HARMLESS:
            raise Unreadable(Flaw.NOT_JPEG)
    raise Unreadable(Flaw.BROKEN)


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each marker before the first scan's light, with where its content begins and ends."""
    place = len(_START)
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        begin, end = place + 4, place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        if end < begin or end > len(jpeg):
            return
        yield jpeg[place + 1], begin, end
        place = end


def _require_size(frame: bytes) -> None:
    """Read precision, height, width and number of colours of a frame header."""
    if len(frame) < 6 or frame[0] != 8 or frame[5] != 3:
        raise Unreadable(Flaw.NOT_JPEG)
    size = int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3])
    if size not in SIZES:
        raise Unreadable(Flaw.WRONG_SIZE)


def _require_last(jpeg: bytes, scan: int, frames: int) -> None:
    """Refuse a scan without its one header, one that is cut off, and whatever follows it."""
    after = _AFTER_SCAN.search(jpeg, scan)
    if frames != 1 or after is None or after.group() != _END or after.end() != len(jpeg):
        raise Unreadable(Flaw.BROKEN)
