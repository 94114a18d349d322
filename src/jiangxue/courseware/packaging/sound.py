"""The sound of a film: measured, and where it is too loud, too soft or coded unusually, encoded anew. Only in the caged process."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph

from jiangxue.courseware.packaging.errors import Damaged, NoTrack
from jiangxue.courseware.packaging.sources import BAD_PACKET, opened, seconds, tracks_of, undecodable
from jiangxue.courseware.packaging.tracks import GLOBAL_HEADER, AnyPacket, Window
from jiangxue.courseware.rules.loudness import (
    Loudness,
    Treatment,
    is_even,
    is_heard_differently,
    mended_treatment,
    treatment_for,
)

_AAC_FRAME = 1024
_FINE_RATE = 192_000  # four times as fine as what is encoded, so that the limiter meets the peaks between samples
_MOST_TRIES = 3
_FAULTS_ALLOWED = 3
_PACKETS_PER_FAULT = 50
_ENCODED = "sound.nut"
SOFTEST_LUFS = -70.0
_SILENT_PEAK_DB = -120.0

type Heard = Callable[[Fraction], None]
"""Told of the time, in seconds of the source, up to which sound was worked on."""


@dataclass(frozen=True, slots=True)
class SoundTape:
    """A file whose first sound track may be taken over as it is, and the window in which its packets lie."""

    path: Path
    window: Window


def even_sound(source: Path, folder: Path, window: Window, *, plays_everywhere: bool, heard: Heard) -> SoundTape:
    """Return sound that plays everywhere and is neither too loud nor too soft: the source's own, or what is encoded into a folder."""
    with opened(source) as container:
        loudness = loudness_of(container, window, heard)
    if plays_everywhere and is_even(loudness):
        return SoundTape(source, window)
    treatment = treatment_for(loudness)
    encoded = folder / _ENCODED
    for _ in range(_MOST_TRIES):
        _encode(source, encoded, window, treatment)
        with av.open(str(encoded)) as container:
            result = loudness_of(container, window.placed)
        if not is_heard_differently(treatment, result):
            break
        treatment = mended_treatment(treatment, result)
    return SoundTape(encoded, window.placed)


def loudness_of(container: InputContainer, window: Window, heard: Heard = lambda _: None) -> Loudness:
    """Measure the sound inside the window."""
    meter = LoudnessMeter()
    for sound in decoded(container, container.streams.audio[0]):
        time = seconds(sound.pts or 0, sound.time_base)
        if window.holds(time):
            meter.hear(sound)
            heard(time)
    meter.end()
    return meter.loudness


class LoudnessMeter:
    """Measures as EBU R 128 says; further filters may measure beside it."""

    def __init__(self, *beside: tuple[str, str]) -> None:
        self._beside = beside
        self._graph: Graph | None = None
        self._integrated_lufs = SOFTEST_LUFS
        self._true_peak = 0.0

    @property
    def loudness(self) -> Loudness:
        """What was measured so far."""
        peak_db = 20 * math.log10(self._true_peak) if self._true_peak > 0 else _SILENT_PEAK_DB
        return Loudness(max(SOFTEST_LUFS, self._integrated_lufs), max(_SILENT_PEAK_DB, peak_db))

    def hear(self, sound: AudioFrame) -> list[AudioFrame]:
        """Measure a piece; return the pieces of a tenth of a second that are measured by it."""
        if self._graph is None:
            self._graph = audio_graph(sound, ("ebur128", "metadata=1:peak=true"), *self._beside)
        self._graph.push(sound)
        return self._measured(self._graph)

    def end(self) -> list[AudioFrame]:
        """Measure what is left."""
        if self._graph is None:
            return []
        self._graph.push(None)
        return self._measured(self._graph)

    def _measured(self, graph: Graph) -> list[AudioFrame]:
        pieces = list(pulled(graph))
        for piece in pieces:
            facts = piece.metadata
            self._integrated_lufs = _number(facts.get("lavfi.r128.I"), self._integrated_lufs)
            peaks = [_number(value, 0.0) for name, value in facts.items() if name.startswith("lavfi.r128.true_peak")]
            self._true_peak = max([self._true_peak, *peaks])
        return pieces


def _number(text: str | None, otherwise: float) -> float:
    number = float(text) if text is not None else otherwise
    return number if math.isfinite(number) else otherwise


def decoded(container: InputContainer, audio: AudioStream) -> Iterator[AudioFrame]:
    """Yield the sound of a track; a few packets may be no sound, such as a title at the end of an MP3 file."""
    packets = faults = 0
    uniform = Uniform()
    try:
        for packet in container.demux(audio):
            packets += 1
            try:
                for sound in audio.decode(packet):
                    yield from uniform.frames(sound)
            except BAD_PACKET as fault:
                faults += 1
                if faults > _FAULTS_ALLOWED + packets // _PACKETS_PER_FAULT:
                    raise Damaged(str(fault)) from fault
    except av.FFmpegError as fault:
        raise undecodable(fault) from fault


class Uniform:
    """Makes all pieces of a sound like its first one: recordings are glued together, and broadcasts change between mono and stereo."""

    def __init__(self) -> None:
        self._first: AudioFrame | None = None
        self._resampler: av.AudioResampler | None = None
        self._resampled = ("", "", 0)

    def frames(self, sound: AudioFrame) -> list[AudioFrame]:
        """Return what a piece of sound becomes."""
        if self._first is None:
            self._first = sound
        if _likeness(sound) == _likeness(self._first):
            return [sound]
        if self._resampler is None or self._resampled != _likeness(sound):
            self._resampler, self._resampled = av.AudioResampler(*_likeness(self._first)), _likeness(sound)
        return self._resampler.resample(sound)


def _likeness(sound: AudioFrame) -> tuple[str, str, int]:
    return sound.format.name, sound.layout.name, sound.sample_rate


def _encode(source: Path, target: Path, window: Window, treatment: Treatment) -> None:
    with opened(source) as container, av.open(str(target), "w", format="nut") as tape:
        audio = tracks_of(container).sound
        if audio is None:
            raise NoTrack("no sound")
        encoder = _Encoder(tape, audio, window, treatment)
        for sound in decoded(container, audio):
            for made in encoder.packets(sound):
                tape.mux(made)
        for made in encoder.packets(None):
            tape.mux(made)
    if not encoder.has_heard:
        raise Damaged("no sound can be decoded")


class _Encoder:
    """AAC-LC, which plays everywhere; gaps become silence, so that it keeps in step with the pictures."""

    def __init__(self, tape: OutputContainer, source: AudioStream, window: Window, treatment: Treatment) -> None:
        self._window = window
        self._treatment = treatment
        self._rate = 44_100 if source.codec_context.sample_rate == 44_100 else 48_000
        self._layout = "mono" if source.codec_context.layout.nb_channels == 1 else "stereo"
        self._stream = tape.add_stream("aac", rate=self._rate, layout=self._layout)
        self._stream.bit_rate = 64_000 if self._layout == "mono" else 96_000
        self._stream.codec_context.flags |= GLOBAL_HEADER
        self._graph: Graph | None = None

    @property
    def has_heard(self) -> bool:
        """Whether there was any sound."""
        return self._graph is not None

    def packets(self, sound: AudioFrame | None) -> Iterator[AnyPacket]:
        """Yield what a piece of sound becomes; none ends the track."""
        if self._graph is None and sound is not None:
            self._graph = audio_graph(sound, *self._treated())
            self._graph.set_audio_frame_size(_AAC_FRAME)
        if self._graph is None:
            return
        self._graph.push(sound)
        for piece in pulled(self._graph):
            yield from self._placed(piece)
        if sound is None:
            yield from self._placed(None)

    def _placed(self, piece: AudioFrame | None) -> Iterator[AnyPacket]:
        for made in self._stream.encode(piece):
            yield from self._window.place(made, self._stream)

    def _treated(self) -> list[tuple[str, str]]:
        limit = 10 ** (self._treatment.ceiling_db / 20)
        return [
            ("aresample", f"{_FINE_RATE}:async=1"),
            ("aformat", f"sample_fmts=dblp:channel_layouts={self._layout}"),
            ("volume", f"{self._treatment.gain_db:.2f}dB:precision=double"),
            ("alimiter", f"limit={limit:.5f}:attack=5:release=80:level=0:latency=1"),
            ("aresample", str(self._rate)),
            ("aformat", f"sample_fmts=fltp:channel_layouts={self._layout}"),
        ]


def audio_graph(sound: AudioFrame, *filters: tuple[str, str]) -> Graph:
    """Return a graph for sound like this piece, through filters by name and options."""
    graph = Graph()
    chain = [
        graph.add_abuffer(
            sample_rate=sound.sample_rate, format=sound.format, layout=sound.layout, time_base=sound.time_base
        ),
        *(graph.add(name, options) for name, options in filters),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph


def pulled(graph: Graph) -> Iterator[AudioFrame]:
    """Yield what the graph has ready; it says by an error that it wants more, or that it has ended."""
    while True:
        try:
            piece = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(piece, AudioFrame):
            yield piece
