"""Writing one rendition as an HLS media playlist with its segments. Runs only in the caged process."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from jiangxue.courseware.packaging.errors import Damaged
from jiangxue.courseware.packaging.playlist import MEDIA_PLAYLIST, h264_codec, segments_of
from jiangxue.courseware.packaging.shapes import SEGMENT_S, Rendition, RenditionPlan
from jiangxue.courseware.packaging.sound import SoundTape
from jiangxue.courseware.packaging.sources import opened, seconds, tracks_of, undecodable
from jiangxue.courseware.packaging.tracks import AnyPacket, EncodedVideo, TakenOver, Track, Window

_AAC = "mp4a.40.2"
_HLS = {
    "hls_time": str(SEGMENT_S),
    "hls_playlist_type": "vod",
    "hls_flags": "independent_segments",
    "hls_segment_type": "mpegts",
    # The program tables at the head of each segment are enough; ten a second would be a fifth of a slide lesson.
    "hls_segment_options": "pat_period=4:sdt_period=60",
}


@dataclass(frozen=True, slots=True)
class Reel:
    """What renditions are made of: the source of the pictures and its window, the sound, and who is told of the time reached."""

    source: Path
    window: Window
    sound: SoundTape | None
    threads: int
    reached: Callable[[Fraction], None]


def write_rendition(reel: Reel, folder: Path, plan: RenditionPlan) -> Rendition:
    """Write one rendition into `folder`/`plan.name` and return what it became."""
    place = folder / plan.name
    place.mkdir()
    options = _HLS | {"hls_segment_filename": str(place / "%05d.ts")}
    try:
        with (
            ExitStack() as open_files,
            av.open(str(place / MEDIA_PLAYLIST), "w", format="hls", options=options) as hls,
        ):
            codecs = _fill(hls, open_files, reel, plan)
    except av.FFmpegError as fault:
        raise undecodable(fault) from fault
    except ValueError as fault:
        raise Damaged(str(fault)) from fault
    return _measured(place, plan, codecs)


def _fill(hls: OutputContainer, open_files: ExitStack, reel: Reel, plan: RenditionPlan) -> str:
    """Move all packets through their tracks, in order of time, and return the codecs."""
    ways: list[Iterator[AnyPacket]] = []
    pictures: TakenOver | EncodedVideo | None = None
    if plan.width:
        container = open_files.enter_context(opened(reel.source))
        video = tracks_of(container).pictures
        if video is not None:
            pictures = _pictures(hls, video, reel, plan)
            ways.append(_moved(container, video, pictures))
    if reel.sound is not None:
        container = open_files.enter_context(_opened_tape(reel))
        audio = container.streams.audio[0]
        ways.append(_moved(container, audio, TakenOver(hls, audio, reel.sound.window)))
    for packet in heapq.merge(*ways, key=_time):
        reel.reached(_time(packet))
        hls.mux(packet)
    codecs = [] if pictures is None else [h264_codec(pictures.header)]
    return ",".join(codecs if reel.sound is None else [*codecs, _AAC])


def _pictures(hls: OutputContainer, video: VideoStream, reel: Reel, plan: RenditionPlan) -> TakenOver | EncodedVideo:
    video.codec_context.thread_count = reel.threads
    if plan.copies_video:
        return TakenOver(hls, video, reel.window)
    return EncodedVideo(hls, video, reel.window, plan, reel.threads)


def _opened_tape(reel: Reel) -> AbstractContextManager[InputContainer]:
    """Open the sound: the source's own as carefully as ever, what we encoded as it is."""
    if reel.sound is None or reel.sound.path == reel.source:
        return opened(reel.source)
    return av.open(str(reel.sound.path))


def _moved(container: InputContainer, stream: VideoStream | AudioStream, track: Track) -> Iterator[AnyPacket]:
    for packet in container.demux(stream):
        yield from track.packets(packet)


def _time(packet: AnyPacket) -> Fraction:
    return seconds(packet.dts or 0, packet.time_base)


def _measured(place: Path, plan: RenditionPlan, codecs: str) -> Rendition:
    segments = segments_of((place / MEDIA_PLAYLIST).read_text())
    sizes = [(place / segment.name).stat().st_size * 8 for segment in segments]
    length = sum((segment.length for segment in segments), Fraction(0))
    if length == 0:
        raise Damaged("nothing was decoded")
    return Rendition(
        name=plan.name,
        width=plan.width,
        height=plan.height,
        codecs=codecs,
        peak_bits_per_s=round(max(bits / segment.length for bits, segment in zip(sizes, segments, strict=True))),
        average_bits_per_s=round(sum(sizes) / length),
        segments=len(segments),
        length_ms=round(length * 1000),
    )
