"""The ways of a track from source to rendition: taken over as it is, or encoded again. Only in the caged process."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.stream import Stream
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from jiangxue.courseware.packaging.shapes import SEGMENT_S, RenditionPlan
from jiangxue.courseware.packaging.sources import seconds

type AnyPacket = Packet[Stream] | Packet[VideoStream] | Packet[AudioStream]
"""`Packet` takes its type argument in its stubs only, so it may stand nowhere but in a lazy alias."""

# Every track begins here, not at 0: reordered pictures are decoded before they are shown, and a negative decoding time
# would make the muxer shift this rendition against the other one.
_HEAD_S = 2
_GLOBAL_HEADER = 1 << 22
_AAC_FRAME = 1024
_UNTAGGED = 2
_STANDARD_DEFINITION = 576
# By counter-clockwise degrees, as FFmpeg counts them.
_TURNS = {90: "transpose=cclock", 180: "transpose=clock,transpose=clock", 270: "transpose=clock"}


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the source that is packaged: that of the pictures, moved so that it begins at `_HEAD_S`."""

    start: Fraction
    length: Fraction

    def place(self, packet: AnyPacket, stream: Stream) -> Iterator[AnyPacket]:
        """Yield the packet, moved and bound for a stream, unless it lies outside.

        Outside lie the run-in of a sound encoder, and sound after the last picture.
        """
        if packet.pts is None or packet.size == 0:
            return
        if not 0 <= seconds(packet.pts, packet.time_base) - self.start < self.length:
            return
        shift = round((_HEAD_S - self.start) / seconds(1, packet.time_base))
        packet.pts += shift
        packet.dts = packet.pts if packet.dts is None else packet.dts + shift
        packet.stream = stream
        yield packet


class Track(Protocol):
    """A way from packets of the source to packets of the rendition."""

    def packets(self, packet: AnyPacket) -> Iterator[AnyPacket]:
        """Yield what one packet of the source becomes; an empty packet ends the track."""


class TakenOver:
    """A track whose packets fit as they are."""

    def __init__(self, hls: OutputContainer, source: VideoStream | AudioStream, window: Window) -> None:
        self._stream = hls.add_stream_from_template(source)
        self._window = window
        self._header = source.codec_context.extradata if source.codec_context is not None else None

    @property
    def header(self) -> bytes:
        """The codec's header."""
        return self._header or b""

    def packets(self, packet: AnyPacket) -> Iterator[AnyPacket]:
        """Yield the packet itself, in its place."""
        yield from self._window.place(packet, self._stream)


class EncodedVideo:
    """Pictures turned upright, scaled and encoded as H.264 with a keyframe at the beginning of each four-second slot."""

    def __init__(
        self, hls: OutputContainer, source: VideoStream, window: Window, plan: RenditionPlan, threads: int
    ) -> None:
        self._source = source
        self._window = window
        self._plan = plan
        self._stream = _h264_stream(hls, source, plan, threads)
        self._graph: Graph | None = None
        self._content = b""
        self._scaled: VideoFrame | None = None
        self._slot = -1
        self._last_pts: int | None = None

    @property
    def header(self) -> bytes:
        """The encoder's header; there once the first picture has been encoded."""
        return self._stream.codec_context.extradata or b""

    def packets(self, packet: AnyPacket) -> Iterator[AnyPacket]:
        """Yield what the packet's pictures become."""
        for picture in self._source.decode(packet):
            for made in self._encode(picture):
                yield from self._window.place(made, self._stream)
        if packet.size == 0:
            for made in self._stream.encode(None):
                yield from self._window.place(made, self._stream)

    def _encode(self, picture: VideoFrame) -> list[AnyPacket]:
        pts = picture.pts if picture.pts is not None else picture.dts
        if pts is None or (self._last_pts is not None and pts <= self._last_pts):
            return []  # a picture without a time of its own cannot be shown
        picture.pts = self._last_pts = pts
        scaled = self._scale(picture)
        slot = int((seconds(pts, picture.time_base) - self._window.start) // SEGMENT_S)
        scaled.pict_type = PictureType.I if slot != self._slot else PictureType.NONE
        self._slot = slot
        return self._stream.encode(scaled)

    def _scale(self, picture: VideoFrame) -> VideoFrame:
        """Scale a picture; one that equals the last keeps its result: in a lecture most do, and scaling costs more than encoding."""
        content = b"".join(bytes(plane) for plane in picture.planes)
        if self._scaled is None or content != self._content:
            if self._graph is None:
                self._graph = _upright_and_scaled(picture, self._plan)
            self._graph.vpush(picture)
            self._scaled = self._graph.vpull()
            self._content = content
        self._scaled.pts, self._scaled.time_base = picture.pts, picture.time_base
        return self._scaled


class EncodedAudio:
    """Sound encoded as AAC-LC, which plays everywhere; gaps become silence, so that it keeps in step with the pictures."""

    def __init__(self, hls: OutputContainer, source: AudioStream, window: Window) -> None:
        self._source = source
        self._window = window
        self._rate = 44_100 if source.codec_context.sample_rate == 44_100 else 48_000
        self._layout = "mono" if source.codec_context.layout.nb_channels == 1 else "stereo"
        self._stream = hls.add_stream("aac", rate=self._rate, layout=self._layout)
        self._stream.bit_rate = 64_000 if self._layout == "mono" else 96_000
        self._stream.codec_context.flags |= _GLOBAL_HEADER
        self._graph: Graph | None = None

    def packets(self, packet: AnyPacket) -> Iterator[AnyPacket]:
        """Yield what the packet's sound becomes."""
        for sound in self._source.decode(packet):
            if self._graph is None:
                self._graph = _even_paced(sound, self._rate, self._layout)
            self._graph.push(sound)
            yield from self._encoded(self._graph)
        if packet.size == 0 and self._graph is not None:
            self._graph.push(None)
            yield from self._encoded(self._graph)
            for made in self._stream.encode(None):
                yield from self._window.place(made, self._stream)

    def _encoded(self, graph: Graph) -> Iterator[AnyPacket]:
        for piece in _pulled(graph):
            for made in self._stream.encode(piece):
                yield from self._window.place(made, self._stream)


def _h264_stream(hls: OutputContainer, source: VideoStream, plan: RenditionPlan, threads: int) -> VideoStream:
    options = {
        "preset": "veryfast",
        "crf": "24",
        "profile": "main",
        "maxrate": str(plan.most_bits_per_s),
        "bufsize": str(plan.most_bits_per_s * 2),
        "sc_threshold": "0",
        "threads": str(threads),
    }
    average = source.average_rate
    rate = Fraction(average.numerator, average.denominator) if average else Fraction(25)
    stream = hls.add_stream("libx264", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
    context = stream.codec_context
    context.time_base = stream.time_base = source.time_base
    context.gop_size = int(rate * SEGMENT_S) + 1
    context.flags |= _GLOBAL_HEADER
    context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
    context.color_primaries, context.color_trc = source.codec_context.color_primaries, source.codec_context.color_trc
    return stream


def _upright_and_scaled(picture: VideoFrame, plan: RenditionPlan) -> Graph:
    graph = Graph()
    chain = [graph.add_buffer(template=picture)]
    for turn in _TURNS.get(picture.rotation % 360, "").split(",") if picture.rotation else ():
        name, _, argument = turn.partition("=")
        chain.append(graph.add(name, argument))
    chain += [
        graph.add("scale", f"{plan.width}:{plan.height}:flags=bicubic:{_colours(picture)}"),
        graph.add("setsar", "1"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph


def _colours(picture: VideoFrame) -> str:
    """Say which colours come in and go out; players take untagged pictures as BT.709 from high definition on, so we do too."""
    is_untagged_hd = picture.colorspace == _UNTAGGED and min(picture.width, picture.height) > _STANDARD_DEFINITION
    return f"in_color_matrix={'bt709' if is_untagged_hd else 'auto'}:out_color_matrix=bt709:out_range=tv"


def _even_paced(sound: AudioFrame, rate: int, layout: str) -> Graph:
    graph = Graph()
    chain = (
        graph.add_abuffer(
            sample_rate=sound.sample_rate, format=sound.format, layout=sound.layout, time_base=sound.time_base
        ),
        graph.add("aresample", f"{rate}:async=1"),
        graph.add("aformat", f"sample_fmts=fltp:channel_layouts={layout}"),
        graph.add("abuffersink"),
    )
    graph.link_nodes(*chain).configure()
    graph.set_audio_frame_size(_AAC_FRAME)
    return graph


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    """Yield what the graph has ready; it says by an error that it wants more, or that it has ended."""
    while True:
        try:
            piece = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(piece, AudioFrame):
            yield piece
