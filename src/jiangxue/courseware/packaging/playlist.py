"""The text of HLS playlists (RFC 8216). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from jiangxue.courseware.packaging.shapes import Rendition

MEDIA_PLAYLIST = "index.m3u8"
MASTER_PLAYLIST = "master.m3u8"


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a media playlist."""

    name: str
    length: Fraction


def segments_of(media_playlist: str) -> tuple[Segment, ...]:
    """Return the segments that a media playlist names, in order."""
    lines = media_playlist.splitlines()
    return tuple(
        Segment(name=lines[at + 1], length=Fraction(line.removeprefix("#EXTINF:").split(",")[0]))
        for at, line in enumerate(lines)
        if line.startswith("#EXTINF:")
    )


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
