"""Writing one rendition as an HLS media playlist with its segments. Runs only in the caged process."""

from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from jiangxue.courseware.packaging.errors import Damaged
from jiangxue.courseware.packaging.playlist import MEDIA_PLAYLIST, h264_codec, segments_of
from jiangxue.courseware.packaging.shapes import SEGMENT_S, Rendition, RenditionPlan, SourceFacts
from jiangxue.courseware.packaging.sources import opened, tracks_of, undecodable
from jiangxue.courseware.packaging.tracks import EncodedAudio, EncodedVideo, TakenOver, Track, Window

_AAC = "mp4a.40.2"
_HLS = {
    "hls_time": str(SEGMENT_S),
    "hls_playlist_type": "vod",
    "hls_flags": "independent_segments",
    "hls_segment_type": "mpegts",
    # The program tables at the head of each segment are enough; ten a second would be a fifth of a slide lesson.
    "hls_segment_options": "pat_period=4:sdt_period=60",
}


def write_rendition(source: Path, folder: Path, plan: RenditionPlan, facts: SourceFacts, threads: int) -> Rendition:
    """Write one rendition into `folder`/`plan.name` and return what it became."""
    place = folder / plan.name
    place.mkdir()
    options = _HLS | {"hls_segment_filename": str(place / "%05d.ts")}
    try:
        with (
            opened(source) as container,
            av.open(str(place / MEDIA_PLAYLIST), "w", format="hls", options=options) as hls,
        ):
            header = _fill(hls, container, plan, facts, threads)
        codec = h264_codec(header)
    except av.FFmpegError as fault:
        raise undecodable(fault) from fault
    except ValueError as fault:
        raise Damaged(str(fault)) from fault
    return _measured(place, plan, codec if facts.audio_codec is None else f"{codec},{_AAC}")


def _fill(
    hls: OutputContainer, container: InputContainer, plan: RenditionPlan, facts: SourceFacts, threads: int
) -> bytes:
    """Move all packets through their tracks and return the header of the pictures."""
    video, audio = tracks_of(container)
    video.codec_context.thread_count = threads
    window = Window(facts.start, facts.length)
    pictures = TakenOver(hls, video, window) if plan.copies_video else EncodedVideo(hls, video, window, plan, threads)
    tracks: dict[int, Track] = {video.index: pictures}
    if audio is not None:
        tracks[audio.index] = TakenOver(hls, audio, window) if facts.copies_audio else EncodedAudio(hls, audio, window)
    for packet in container.demux([stream for stream in (video, audio) if stream is not None]):
        for made in tracks[packet.stream.index].packets(packet):
            hls.mux(made)
    return pictures.header


def _measured(place: Path, plan: RenditionPlan, codecs: str) -> Rendition:
    segments = segments_of((place / MEDIA_PLAYLIST).read_text())
    sizes = [(place / segment.name).stat().st_size * 8 for segment in segments]
    length = sum((segment.length for segment in segments), Fraction(0))
    if length == 0:
        raise Damaged("no picture was decoded")
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
