"""The sound of a lesson: sentences laid out in time, at an even loudness."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from jiangxue.project.demonstration.media.speech import Sound
from jiangxue.project.demonstration.media.timing import FRAMES_PER_S, Timetable

TARGET_LUFS = -18.0  # that of packaging, which then takes the sound over as it is
_PEAK = 0.75  # -2.5 dBFS: encoding adds up to a decibel
_BLOCK = 1024
_LOUDNESS = "lavfi.r128.I"


def laid_out(timetable: Timetable, spoken: Mapping[str, Sound], rate_hz: int) -> Sound:
    """Return the lesson's whole sound, as long as its pictures, at `TARGET_LUFS`."""
    sound = np.zeros(timetable.frames * rate_hz // FRAMES_PER_S, np.float32)
    for cue in timetable.cues:
        at = cue.start_ms * rate_hz // 1000
        sentence = spoken[cue.sentence]
        sound[at : at + len(sentence)] = sentence
    return _limited(sound * np.float32(10 ** ((TARGET_LUFS - loudness_lufs(sound, rate_hz)) / 20)))


def loudness_lufs(sound: Sound, rate_hz: int) -> float:
    """Measure the integrated loudness of EBU R 128."""
    graph = Graph()
    chain = (
        graph.add_abuffer(sample_rate=rate_hz, format="flt", layout="mono", time_base=Fraction(1, rate_hz)),
        graph.add("ebur128", "metadata=1"),
        graph.add("abuffersink"),
    )
    graph.link_nodes(*chain).configure()
    measured = -70.0
    for frame in frames_of(sound, rate_hz):
        graph.push(frame)
        measured = _last_measured(graph, measured)
    graph.push(None)
    return _last_measured(graph, measured)


def frames_of(sound: Sound, rate_hz: int) -> Iterator[AudioFrame]:
    """Cut a sound into frames with times."""
    for at in range(0, len(sound), _BLOCK):
        frame = AudioFrame.from_ndarray(sound[at : at + _BLOCK].reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        frame.pts = at
        yield frame


def _last_measured(graph: Graph, measured: float) -> float:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return measured
        measured = float(frame.metadata.get(_LOUDNESS, measured))


def _limited(sound: Sound) -> Sound:
    """Bend the few samples above half of the peak, so that none is cut off."""
    knee = np.float32(_PEAK / 2)
    over = np.abs(sound) > knee
    bent = knee + knee * np.tanh((np.abs(sound[over]) - knee) / knee)
    limited = sound.copy()
    limited[over] = np.sign(sound[over]) * bent
    return limited
