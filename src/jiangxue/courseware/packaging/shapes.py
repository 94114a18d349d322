"""The values of packaging: limits, what a source is, what is to be made of it, what was made."""

from dataclasses import dataclass
from fractions import Fraction

from jiangxue.kernel.cage import Walls

SEGMENT_S = 4
"""Length of a segment; every rendition has a keyframe at each multiple of it, so a player may change over at any segment."""


@dataclass(frozen=True, slots=True)
class PackagingLimits:
    """What one video may cost; a hostile file meets these walls instead of the machine's."""

    longest_ms: int = 4 * 60 * 60 * 1000
    most_pixels: int = 4096 * 2304
    address_space_bytes: int = 4 * 1024**3
    processor_s: int = 8 * 60 * 60
    threads: int = 1

    @property
    def walls(self) -> Walls:
        """Return what stands around the process."""
        return Walls(self.address_space_bytes, self.processor_s)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source holds, measured from its packets; its own header is not believed."""

    width: int
    height: int
    rotation: int
    square_pixels: bool
    video_codec: str
    profile: str
    pixel_format: str
    bits_per_s: int
    start: Fraction
    length: Fraction
    has_aligned_keyframes: bool
    audio_codec: str | None
    copies_audio: bool

    @property
    def length_ms(self) -> int:
        """The length of the picture track in whole milliseconds."""
        return round(self.length * 1000)


@dataclass(frozen=True, slots=True)
class RenditionPlan:
    """One rendition to make; `copies_video` means the source's pictures are taken over as they are."""

    name: str
    width: int
    height: int
    most_bits_per_s: int
    copies_video: bool


@dataclass(frozen=True, slots=True)
class Rendition:
    """One rendition that was made."""

    name: str
    width: int
    height: int
    codecs: str
    peak_bits_per_s: int
    average_bits_per_s: int
    segments: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class PackagedVideo:
    """A complete package; `sha256` covers every file of it, `source_sha256` the video it was made from."""

    length_ms: int
    renditions: tuple[Rendition, ...]
    sha256: str
    source_sha256: str
