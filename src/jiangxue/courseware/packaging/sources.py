"""Opening a source and measuring it. Runs only in the caged process: the file may be hostile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.rational import AVRational
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from jiangxue.courseware.packaging.boxes import lacks_its_end
from jiangxue.courseware.packaging.errors import (
    Damaged,
    NoLength,
    NotMedia,
    NoTrack,
    OverBudget,
    PackagingRefused,
    TooLarge,
    TooLong,
    Truncated,
    UnknownCodec,
)
from jiangxue.courseware.packaging.plan import has_aligned_keyframes
from jiangxue.courseware.packaging.shapes import PackagingLimits, PictureFacts, SoundFacts, SourceFacts

# Formats and codecs that people upload. Every other one is attack surface: a playlist, for one, opens files of its own
# choosing.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,flv,mpeg,mpegts,mp3,wav,flac,ogg,aac,amr"
_VIDEO_CODECS = (
    "h264,hevc,av1,vp8,vp9,mpeg4,mpeg1video,mpeg2video,msmpeg4v2,msmpeg4v3,wmv1,wmv2,wmv3,vc1,flv1,h263,mjpeg"
)
_AUDIO_CODECS = (
    "aac,mp3,mp3float,mp2,ac3,eac3,opus,vorbis,flac,alac,wmav1,wmav2,wmapro,amrnb,amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw"
)
_OPENING = {
    "protocol_whitelist": "file",
    "format_whitelist": _FORMATS,
    "codec_whitelist": f"{_VIDEO_CODECS},{_AUDIO_CODECS}",
}


@dataclass(frozen=True, slots=True)
class Tracks:
    """The tracks of a source that are packaged: at least one of them is there."""

    pictures: VideoStream | None
    sound: AudioStream | None


@contextmanager
def opened(source: Path) -> Iterator[InputContainer]:
    """Open a source with nothing but the formats, codecs and protocol that we allow."""
    if not source.is_file():
        raise NotMedia(source.name)
    try:
        container = av.open(f"file:{source.absolute()}", "r", container_options=_OPENING)
    except MemoryError as fault:
        raise OverBudget("memory") from fault
    except av.FFmpegError as fault:
        if lacks_its_end(source):
            raise Truncated(fault.strerror) from fault
        raise NotMedia(fault.strerror) from fault
    with container:
        yield container


def tracks_of(container: InputContainer) -> Tracks:
    """Return the first picture track and the first sound track of a source; a cover picture is no picture track."""
    shown = (each for each in container.streams.video if not each.disposition & Disposition.attached_pic)
    tracks = Tracks(next(shown, None), next(iter(container.streams.audio), None))
    if tracks.pictures is None and tracks.sound is None:
        raise NoTrack("neither pictures nor sound")
    for stream, allowed in ((tracks.pictures, _VIDEO_CODECS), (tracks.sound, _AUDIO_CODECS)):
        if stream is not None and codec_name(stream) not in allowed.split(","):
            raise UnknownCodec(codec_name(stream))
    return tracks


def seconds(ticks: int, time_base: AVRational | Fraction | None) -> Fraction:
    """Return a time in exact seconds."""
    if time_base is None:
        raise NoLength("a track without a unit of time")
    return ticks * Fraction(time_base.numerator, time_base.denominator)


BAD_PACKET = (av.InvalidDataError, av.PermissionError, ValueError)
"""What the library says of a packet that is no picture and no sound; EPERM is a decoder's way to refuse what it cannot make sense of."""


def undecodable(fault: av.FFmpegError) -> PackagingRefused:
    """Return the refusal that a fault of the library amounts to; a full or failing disk is not the source's doing and is raised."""
    if isinstance(fault, OSError) and not isinstance(fault, BAD_PACKET):
        raise fault
    return OverBudget("memory") if isinstance(fault, MemoryError) else Damaged(fault.strerror)


def measure(source: Path, limits: PackagingLimits) -> SourceFacts:
    """Read the whole source without decoding it, except for its first picture, and return what it holds."""
    first_picture = _first_picture(source)
    with opened(source) as container:
        tracks = tracks_of(container)
        times = _times_of(container, tracks)
        pictures = None
        if tracks.pictures is not None and first_picture is not None:
            pictures = _picture_facts(tracks.pictures, first_picture, times)
        _hold_to(limits, times.length, pictures)
        return SourceFacts(start=times.start, length=times.length, pictures=pictures, sound=_sound_facts(tracks.sound))


@dataclass(frozen=True, slots=True)
class _Times:
    """When the packets of a track are, in order of time, each with whether it is a keyframe; when the last one ends; how many bytes all are."""

    frames: list[tuple[Fraction, bool]]
    end: Fraction
    size: int

    @property
    def start(self) -> Fraction:
        return self.frames[0][0]

    @property
    def length(self) -> Fraction:
        return self.end - self.start


def _picture_facts(video: VideoStream, first: VideoFrame, times: _Times) -> PictureFacts:
    width, height = _shown_size(video, first)
    return PictureFacts(
        width=width,
        height=height,
        rotation=first.rotation % 360,
        square_pixels=_has_square_pixels(video),
        codec=codec_name(video),
        profile=video.profile or "",
        pixel_format=video.codec_context.pix_fmt or "",
        bits_per_s=int(times.size * 8 / times.length),
        has_aligned_keyframes=has_aligned_keyframes([(time - times.start, is_key) for time, is_key in times.frames]),
    )


def _sound_facts(audio: AudioStream | None) -> SoundFacts | None:
    return None if audio is None else SoundFacts(codec_name(audio), _plays_everywhere(audio))


def codec_name(stream: VideoStream | AudioStream) -> str:
    """Return the name of a track's decoder."""
    context = stream.codec_context
    return context.name if context is not None else "unknown"


def _first_picture(source: Path) -> VideoFrame | None:
    """Decode up to the first picture, if there are pictures; its side data alone knows how a phone was held."""
    with opened(source) as container:
        pictures = tracks_of(container).pictures
        if pictures is None:
            return None
        try:
            return next(container.decode(pictures))
        except StopIteration as fault:
            raise Damaged("no picture can be decoded") from fault
        except av.FFmpegError as fault:
            raise undecodable(fault) from fault


def _times_of(container: InputContainer, tracks: Tracks) -> _Times:
    """Return the times of the pictures, or else of the sound."""
    frames: list[tuple[Fraction, bool]] = []
    end = Fraction(0)
    size = 0
    try:
        for packet in container.demux(tracks.pictures or tracks.sound):
            ticks = packet.pts if packet.pts is not None else packet.dts
            if ticks is None or packet.size == 0:
                continue
            size += packet.size
            # A frame before the beginning of an edit list is decoded, not shown, so its slot cannot be taken over as it is.
            if not packet.is_discard:
                frames.append((seconds(ticks, packet.time_base), packet.is_keyframe))
                end = max(end, seconds(ticks + (packet.duration or 0), packet.time_base))
            elif not frames:
                frames.append((seconds(ticks, packet.time_base), False))
    except av.FFmpegError as fault:
        raise undecodable(fault) from fault
    frames.sort()
    if not frames or end <= frames[0][0]:
        raise NoLength("the track lasts no time")
    return _Times(frames, end, size)


def _shown_size(video: VideoStream, first: VideoFrame) -> tuple[int, int]:
    width, height = first.width, first.height
    aspect = video.sample_aspect_ratio
    if aspect is not None and not _has_square_pixels(video):
        width = round(width * Fraction(aspect.numerator, aspect.denominator))
    return (height, width) if first.rotation % 180 == 90 else (width, height)


def _has_square_pixels(video: VideoStream) -> bool:
    aspect = video.sample_aspect_ratio
    return aspect is None or aspect.numerator in (0, aspect.denominator)


def _hold_to(limits: PackagingLimits, length: Fraction, pictures: PictureFacts | None) -> None:
    if length * 1000 > limits.longest_ms:
        raise TooLong(f"{int(length)} s")
    if pictures is not None and not 0 < pictures.width * pictures.height <= limits.most_pixels:
        raise TooLarge(f"{pictures.width * pictures.height} pixels")


def _plays_everywhere(audio: AudioStream) -> bool:
    """AAC-LC at a usual rate does; anything else is encoded again."""
    context = audio.codec_context
    return (
        context.name == "aac"
        and audio.profile == "LC"
        and context.sample_rate in (44_100, 48_000)
        and context.layout.nb_channels <= 2
    )
