"""The ways of a track from source to rendition: taken over as it is, or encoded again. Only in the caged process."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

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
GLOBAL_HEADER = 1 << 22
_UNTAGGED = 2
_USUAL_RATE = Fraction(25)
_LEAST_RATE = Fraction(10)
_LATE_S = Fraction(1, 2)
_STANDARD_DEFINITION = 576
# By counter-clockwise degrees, as FFmpeg counts them.
_TURNS = {90: "transpose=cclock", 180: "transpose=clock,transpose=clock", 270: "transpose=clock"}


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the source that is packaged: that of the pictures or else of the sound, moved so that it begins at `_HEAD_S`."""

    start: Fraction
    length: Fraction

    @property
    def placed(self) -> "Window":
        """Return the window for packets that were placed already."""
        return Window(Fraction(_HEAD_S), self.length)

    def holds(self, time: Fraction) -> bool:
        """Say whether a time in seconds lies inside."""
        return 0 <= time - self.start < self.length

    def place(self, packet: AnyPacket, stream: Stream) -> Iterator[AnyPacket]:
        """Yield the packet, moved and bound for a stream, unless it lies outside.

        Outside lie the run-in of a sound encoder, and sound after the last picture.
        """
        if packet.pts is None or packet.size == 0:
            return
        time = seconds(packet.pts, packet.time_base)
        if not self.holds(time):
            return
        left = math.ceil((self.start + self.length - time) / seconds(1, packet.time_base))
        packet.duration = min(packet.duration or 0, left)
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
        self._rate = _rate_of(source)
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
        made = [each for picture in self._source.decode(packet) for each in self._encode(picture)]
        if packet.size == 0:
            made += [*self._still_shown_until_end(), *self._stream.encode(None)]
        for each in made:
            each.duration = each.duration or self._ticks(1 / self._rate)
            yield from self._window.place(each, self._stream)

    def _encode(self, picture: VideoFrame) -> list[AnyPacket]:
        pts = picture.pts if picture.pts is not None else picture.dts
        if pts is None or (self._last_pts is not None and pts <= self._last_pts):
            return []  # a picture without a time of its own cannot be shown
        shown_since = self._still_shown_until(pts)
        picture.pts = pts
        self._scale(picture)
        return [*shown_since, *self._encode_at(pts)]

    def _slot_at(self, pts: int) -> int:
        return int((seconds(pts, self._source.time_base) - self._window.start) // SEGMENT_S)

    def _encode_at(self, pts: int) -> list[AnyPacket]:
        """Encode the picture as scaled at a time; the first one of each slot becomes a keyframe."""
        if self._scaled is None:
            return []
        slot = self._slot_at(pts)
        self._scaled.pts, self._scaled.time_base = pts, self._source.time_base
        self._scaled.pict_type = PictureType.I if slot != self._slot else PictureType.NONE
        self._slot, self._last_pts = slot, pts
        return self._stream.encode(self._scaled)

    def _still_shown_until(self, pts: int) -> list[AnyPacket]:
        """Encode the last picture again at the beginning of each slot without one: a recording of slides may have a picture a minute."""
        made: list[AnyPacket] = []
        latest = seconds(pts, self._source.time_base) - _LATE_S
        for slot in range(self._slot + 1, self._slot_at(pts) + 1):
            begin = self._window.start + slot * SEGMENT_S
            if self._scaled is not None and begin < latest:
                made += self._encode_at(self._ticks(begin))
        return made

    def _still_shown_until_end(self) -> list[AnyPacket]:
        """Encode the last picture again so that it stays until the end."""
        if self._last_pts is None:
            return []
        end = self._ticks(self._window.start + self._window.length - 1 / self._rate)
        made = self._still_shown_until(end)
        return made + (self._encode_at(end) if end > self._last_pts + self._ticks(1 / self._rate) else [])

    def _ticks(self, time: Fraction) -> int:
        return math.ceil(time / seconds(1, self._source.time_base))

    def _scale(self, picture: VideoFrame) -> None:
        """Scale a picture; one that equals the last keeps its result: in a lecture most do, and scaling costs more than encoding."""
        content = b"".join(bytes(plane) for plane in picture.planes)
        if self._scaled is None or content != self._content:
            if self._graph is None:
                self._graph = upright_and_scaled(picture, self._plan)
            self._graph.vpush(picture)
            self._scaled = self._graph.vpull()
            self._content = content


def _rate_of(source: VideoStream) -> Fraction:
    average = source.average_rate
    return max(_LEAST_RATE, Fraction(average.numerator, average.denominator)) if average else _USUAL_RATE


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
    rate = _rate_of(source)
    stream = hls.add_stream("libx264", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
    context = stream.codec_context
    context.time_base = stream.time_base = source.time_base
    context.gop_size = int(rate * SEGMENT_S) + 1
    context.flags |= GLOBAL_HEADER
    context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
    context.color_primaries, context.color_trc = source.codec_context.color_primaries, source.codec_context.color_trc
    return stream


def upright_and_scaled(picture: VideoFrame, plan: RenditionPlan) -> Graph:
    """Return what turns pictures like this one upright and gives them the size of a plan, in the colours of BT.709."""
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
