"""Measuring the quality of a film or sound: everything is decoded once. Runs only in the caged process."""

import math
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.filter import Graph
from av.video.frame import VideoFrame

from jiangxue.courseware.packaging.shapes import PackagingLimits, PictureFacts, SourceFacts
from jiangxue.courseware.packaging.sound import SOFTEST_LUFS, LoudnessMeter, Uniform
from jiangxue.courseware.packaging.sources import BAD_PACKET, Tracks, measure, opened, seconds, tracks_of, undecodable
from jiangxue.courseware.packaging.tracks import AnyPacket
from jiangxue.courseware.rules.film_quality import FilmMeasured, PicturesMeasured, SoundMeasured
from jiangxue.courseware.rules.quality import Mark

_LOOKS_PER_S = 5
_LOOKED_AT_WIDTH = 320
_BLACK = ("blackdetect", "d=0.5:pix_th=0.10")
_FROZEN = ("freezedetect", "n=-60dB:d=2")
_SILENT = ("silencedetect", "n=-50dB:d=1")
_MOMENTARY = "lavfi.r128.M"


def measured_film(source: Path, limits: PackagingLimits) -> FilmMeasured:
    """Measure a film or sound from beginning to end."""
    facts = measure(source, limits)
    with opened(source) as container:
        tracks = tracks_of(container)
        probe = _Probe(facts, tracks)
        if tracks.pictures is not None:
            tracks.pictures.codec_context.thread_count = limits.threads
        probe.watch(container)
        declared_ms = None if container.duration is None else container.duration // 1000
        return probe.measured(declared_ms if facts.pictures is not None else None)


@dataclass(slots=True)
class Spans:
    """Places that begin and end in the metadata of filtered frames, in milliseconds from the beginning of the film."""

    begin: str
    end: str
    start: Fraction
    length_ms: int
    marks: list[Mark] = field(default_factory=list)
    since: int | None = None

    def note(self, facts: dict[str, str]) -> None:
        """Note what a frame says."""
        if self.begin in facts:
            self.since = self._at(facts[self.begin])
        if self.end in facts and self.since is not None:
            self._close(self._at(facts[self.end]))

    def all(self) -> tuple[Mark, ...]:
        """Return all places; one that has not ended ends with the film."""
        self._close(self.length_ms)
        return tuple(self.marks)

    def _close(self, until: int) -> None:
        if self.since is not None and until > self.since:
            self.marks.append(Mark(self.since, until))
        self.since = None

    def _at(self, text: str) -> int:
        return min(self.length_ms, max(0, round((Fraction(text) - self.start) * 1000)))


class _Probe:
    """What is measured of one source, little by little."""

    def __init__(self, facts: SourceFacts, tracks: Tracks) -> None:
        self._facts = facts
        self._tracks = tracks
        self._eye = _Eye(facts)
        self._ear = _Ear(facts)
        self._uniform = Uniform()
        self._faults: list[Mark] = []
        self._sound_bytes = 0

    def watch(self, container: InputContainer) -> None:
        """Decode everything; what cannot be decoded is noted and passed over."""
        streams = [stream for stream in (self._tracks.pictures, self._tracks.sound) if stream is not None]
        now_ms = 0
        try:
            for packet in container.demux(streams):
                if packet.pts is not None:
                    now_ms = self._ms_of(seconds(packet.pts, packet.time_base))
                self._decode(packet, now_ms)
        except av.FFmpegError as fault:
            raise undecodable(fault) from fault
        self._eye.close()
        self._ear.close()

    def measured(self, declared_ms: int | None) -> FilmMeasured:
        """Return all that was measured."""
        facts = self._facts
        sound = self._tracks.sound
        heard = None
        if sound is not None and facts.sound is not None:
            bits_per_s = int(self._sound_bytes * 8 / facts.length)
            codec = facts.sound.codec.removesuffix("float")
            heard = self._ear.measured(codec, bits_per_s, sound.codec_context.sample_rate)
        seen = None if facts.pictures is None else self._eye.measured(facts.pictures)
        return FilmMeasured(facts.length_ms, declared_ms, seen, heard, tuple(self._faults))

    def _decode(self, packet: AnyPacket, now_ms: int) -> None:
        is_sound = packet.stream is self._tracks.sound
        self._sound_bytes += packet.size if is_sound else 0
        try:
            frames = packet.decode()
        except BAD_PACKET:
            self._note_fault(now_ms)
            return
        for frame in frames:
            if isinstance(frame, AudioFrame):
                for sound in self._uniform.frames(frame):
                    self._ear.hear(sound)
            elif isinstance(frame, VideoFrame):
                self._eye.see(frame)
                if frame.is_corrupt:
                    self._note_fault(now_ms)

    def _note_fault(self, now_ms: int) -> None:
        """Note a place; faults within a second of each other are one place."""
        if self._faults and now_ms - self._faults[-1].until <= 1000:
            now_ms = max(now_ms, self._faults[-1].until)
            self._faults[-1] = Mark(self._faults[-1].at, now_ms)
        else:
            self._faults.append(Mark(now_ms, now_ms))

    def _ms_of(self, time: Fraction) -> int:
        return min(self._facts.length_ms, max(0, round((time - self._facts.start) * 1000)))


class _Eye:
    """Looks at some pictures of every second, made small."""

    def __init__(self, facts: SourceFacts) -> None:
        self._length = facts.length
        self._graph: Graph | None = None
        self._frames = 0
        self._next_look = facts.start
        self._black = Spans("lavfi.black_start", "lavfi.black_end", facts.start, facts.length_ms)
        self._frozen = Spans(
            "lavfi.freezedetect.freeze_start", "lavfi.freezedetect.freeze_end", facts.start, facts.length_ms
        )

    def see(self, picture: VideoFrame) -> None:
        self._frames += 1
        if picture.pts is None or picture.time_base is None:
            return
        time = seconds(picture.pts, picture.time_base)
        if time < self._next_look:
            return
        self._next_look = time + Fraction(1, _LOOKS_PER_S) - Fraction(1, 1000)
        if self._graph is None:
            self._graph = _looking(picture)
        self._graph.vpush(picture)
        self._pull(self._graph)

    def close(self) -> None:
        if self._graph is not None:
            self._graph.vpush(None)
            self._pull(self._graph)

    def measured(self, facts: PictureFacts) -> PicturesMeasured:
        return PicturesMeasured(
            facts.width,
            facts.height,
            f"{facts.codec} {facts.profile}".strip(),
            facts.bits_per_s,
            frames_per_s=float(self._frames / self._length),
            black=self._black.all(),
            frozen=self._frozen.all(),
        )

    def _pull(self, graph: Graph) -> None:
        while True:
            try:
                metadata = graph.vpull().metadata
            except (av.BlockingIOError, av.EOFError):
                return
            self._black.note(metadata)
            self._frozen.note(metadata)


class _Ear:
    """Hears everything."""

    def __init__(self, facts: SourceFacts) -> None:
        self._start, self._length_ms = facts.start, facts.length_ms
        self._meter = LoudnessMeter(_SILENT)
        self._silent = Spans("lavfi.silence_start", "lavfi.silence_end", facts.start, facts.length_ms)
        self._levels = [SOFTEST_LUFS] * math.ceil(facts.length)

    def hear(self, sound: AudioFrame) -> None:
        self._note(self._meter.hear(sound))

    def close(self) -> None:
        self._note(self._meter.end())

    def measured(self, codec: str, bits_per_s: int, rate_hz: int) -> SoundMeasured:
        levels = tuple(round(max(SOFTEST_LUFS, level), 1) for level in self._levels)
        return SoundMeasured(codec, bits_per_s, rate_hz, self._meter.loudness, self._silent.all(), levels)

    def _note(self, pieces: list[AudioFrame]) -> None:
        for piece in pieces:
            facts = piece.metadata
            self._silent.note(facts)
            second = int(seconds(piece.pts or 0, piece.time_base) - self._start)
            level = float(facts.get(_MOMENTARY, SOFTEST_LUFS))
            if 0 <= second < len(self._levels) and math.isfinite(level):
                self._levels[second] = max(self._levels[second], level)


def _looking(picture: VideoFrame) -> Graph:
    graph = Graph()
    chain = [
        graph.add_buffer(template=picture),
        graph.add("scale", f"{_LOOKED_AT_WIDTH}:-2:flags=fast_bilinear"),
        graph.add("format", "yuv420p"),
        graph.add(*_BLACK),
        graph.add(*_FROZEN),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph
