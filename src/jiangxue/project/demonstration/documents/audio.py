"""Speaking a text into a sound file, with captions."""

from dataclasses import dataclass
from pathlib import Path

import av

from jiangxue.project.demonstration.documents.fixed import AUTHOR
from jiangxue.project.demonstration.media.captions import webvtt
from jiangxue.project.demonstration.media.sound import frames_of, laid_out
from jiangxue.project.demonstration.media.speech import Sound, Voice
from jiangxue.project.demonstration.media.text import LessonText
from jiangxue.project.demonstration.media.timing import timetable

_RATE_HZ = 44_100
_BITS_PER_S = 64_000
_AAC_FRAME = 1024
_AAC = {"aac_coder": "fast"}  # for one voice the difference is not heard; the work is a third


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is spoken: its captions as WebVTT, and its length."""

    captions: str
    length_ms: int


def write_sound(text: LessonText, path: Path, *, notice: str) -> Spoken:
    """Write the .m4a of a text at `path`, one voice at an even loudness; espeak-ng breathes a little differently each time."""
    voice = Voice.of_this_process()
    spoken = {sentence: voice.say(sentence) for sentence in text.sentences}
    times = timetable(text, lambda sentence: -(-len(spoken[sentence]) * 1000 // voice.rate_hz))
    _encode(path, laid_out(times, spoken, voice.rate_hz), voice.rate_hz, {"title": text.title, "comment": notice})
    return Spoken(webvtt(times.cues), times.length_ms)


def _encode(path: Path, sound: Sound, rate_hz: int, said_of_it: dict[str, str]) -> None:
    with av.open(str(path), "w", format="ipod", container_options={"fflags": "+bitexact"}) as file:
        file.metadata.update({**said_of_it, "artist": AUTHOR})
        stream = file.add_stream("aac", rate=_RATE_HZ, layout="mono", options=_AAC)
        stream.bit_rate = _BITS_PER_S
        resampler = av.AudioResampler("fltp", "mono", _RATE_HZ, frame_size=_AAC_FRAME)
        for piece in (*frames_of(sound, rate_hz), None):
            for frame in resampler.resample(piece):
                file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
