"""The text of HLS playlists (RFC 8216). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jiangxue.courseware.packaging.shapes import Rendition

MEDIA_PLAYLIST = "index.m3u8"
MASTER_PLAYLIST = "master.m3u8"
_SEGMENT = re.compile(r"^#EXTINF:([0-9]{1,6}(?:\.[0-9]{1,9})?),.*\n([^#\n]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a media playlist."""

    name: str
    length: Fraction


@dataclass(frozen=True, slots=True)
class Lock:
    """Under which stretch's key a segment lies, and the random bytes that its encryption begins with."""

    stretch: int
    iv: bytes


def segments_of(media_playlist: str) -> tuple[Segment, ...]:
    """Return the segments that a media playlist names, in order."""
    return tuple(Segment(name, Fraction(length)) for length, name in _SEGMENT.findall(media_playlist))


def locked_playlist(segments: Sequence[Segment], locks: Sequence[Lock]) -> str:
    """Return the media playlist of encrypted segments, each with its lock."""
    longest = max(segment.length for segment in segments)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:6",
        f"#EXT-X-TARGETDURATION:{int(longest + Fraction(1, 2))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    for segment, lock in zip(segments, locks, strict=True):
        lines += [
            f'#EXT-X-KEY:METHOD=AES-128,URI="../keys/{lock.stretch}",IV=0x{lock.iv.hex()}',
            f"#EXTINF:{float(segment.length):.6f},",
            segment.name,
        ]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def master_playlist(renditions: Iterable[Rendition]) -> str:
    """Return the playlist of renditions; a player begins with the first one named."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rendition in renditions:
        facts = [
            f"BANDWIDTH={rendition.peak_bits_per_s}",
            f"AVERAGE-BANDWIDTH={rendition.average_bits_per_s}",
            f'CODECS="{rendition.codecs}"',
        ]
        if rendition.width:
            facts.append(f"RESOLUTION={rendition.width}x{rendition.height}")
        lines += ["#EXT-X-STREAM-INF:" + ",".join(facts), f"{rendition.name}/{MEDIA_PLAYLIST}"]
    return "\n".join(lines) + "\n"


def h264_codec(extradata: bytes) -> str:
    """Return the codec string (RFC 6381) of an H.264 header, as `avcC` (begins with 1) or as Annex B (start codes)."""
    if extradata[:1] == b"\x01":
        return f"avc1.{extradata[1:4].hex()}"
    for at in range(3, len(extradata) - 3):
        if extradata[at - 3 : at] == b"\x00\x00\x01" and extradata[at] & 0x1F == _SEQUENCE_PARAMETERS:
            return f"avc1.{extradata[at + 1 : at + 4].hex()}"
    raise ValueError("no sequence parameter set")


_SEQUENCE_PARAMETERS = 7
