"""The values of packaging: limits, what a source is, what is to be made of it, what was made."""

import hmac
from dataclasses import dataclass
from fractions import Fraction

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.stretches import film_key
from jiangxue.kernel.cage import Walls

SEGMENT_S = 4
"""Length of a segment; every rendition has a keyframe at each multiple of it, so a player may change over at any segment."""

_KEY_CHECK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class PackagingLimits:
    """What one film may cost; a hostile file meets these walls instead of the machine's."""

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
class PictureFacts:
    """What the picture track of a source is."""

    width: int
    height: int
    rotation: int
    square_pixels: bool
    codec: str
    profile: str
    pixel_format: str
    bits_per_s: int
    has_aligned_keyframes: bool


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What the sound track of a source is; `plays_everywhere` means that its packets may be taken over as they are."""

    codec: str
    plays_everywhere: bool


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source holds, measured from its packets; its own header is not believed. `start` and `length` are the pictures', or else the sound's."""

    start: Fraction
    length: Fraction
    pictures: PictureFacts | None
    sound: SoundFacts | None

    @property
    def kind(self) -> LessonKind:
        """Return the kind of lesson that the source becomes."""
        return LessonKind.AUDIO if self.pictures is None else LessonKind.VIDEO

    @property
    def length_ms(self) -> int:
        """The length in whole milliseconds."""
        return round(self.length * 1000)


@dataclass(frozen=True, slots=True)
class RenditionPlan:
    """One rendition to make; `copies_video` means the source's pictures are taken over as they are. Sound alone has no size."""

    name: str
    width: int
    height: int
    most_bits_per_s: int
    copies_video: bool


@dataclass(frozen=True, slots=True)
class Rendition:
    """One rendition that was made; sound alone has a width and a height of 0."""

    name: str
    width: int
    height: int
    codecs: str
    peak_bits_per_s: int
    average_bits_per_s: int
    segments: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class ClearFilm:
    """What the caged process made: renditions whose segments nothing locks yet."""

    kind: LessonKind
    length_ms: int
    renditions: tuple[Rendition, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class PackagedFilm:
    """A complete package; `sha256` covers every file that plays, so not the poster, `source_sha256` the file it was made from.

    `more` says that renditions are still left out; `key_check` tells the film's key from every other without telling it.
    """

    kind: LessonKind
    length_ms: int
    renditions: tuple[Rendition, ...]
    key_name: str
    key_check: str
    sha256: str
    source_sha256: str
    more: bool

    def is_under(self, master_key: bytes) -> bool:
        """Say whether the keys derived from this master key open the film."""
        return key_check(film_key(master_key, self.key_name)) == self.key_check


def key_check(key: bytes) -> str:
    """Return 16 hexadecimal digits by which a film's key is recognised."""
    return hmac.digest(key, b"check", "sha256").hex()[:_KEY_CHECK_DIGITS]
