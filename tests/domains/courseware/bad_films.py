"""Films with known faults at known times, for the tests of the quality report."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

_RATE = 44_100
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class BadFilm:
    """A film that moves, hums, and is black, still or silent in between; times in seconds."""

    length: float = 16
    width: int = 320
    height: int = 180
    frames_per_s: int = 25
    black: tuple[float, float] = (0, 0)
    still: tuple[float, float] = (0, 0)
    silent: tuple[float, float] = (0, 0)
    amplitude: float = 0.28

    def write(self, path: Path) -> Path:
        with av.open(str(path), "w") as container:
            video = container.add_stream("libx264", rate=self.frames_per_s, options={"preset": "ultrafast"})
            video.width, video.height, video.pix_fmt = self.width, self.height, "yuv420p"
            audio = container.add_stream("aac", rate=_RATE, layout="mono")
            self._write_pictures(container, video)
            self._write_sound(container, audio)
        return path

    def _write_pictures(self, container: OutputContainer, video: VideoStream) -> None:
        for number, grey in enumerate(self._pictures()):
            picture = VideoFrame.from_ndarray(grey, format="gray8").reformat(format="yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, self.frames_per_s)
            container.mux(video.encode(picture))
        container.mux(video.encode(None))

    def _pictures(self) -> Iterator[np.ndarray]:
        ramp = (np.add.outer(np.arange(self.height), np.arange(self.width)) % 200 + 40).astype(np.uint8)
        for number in range(int(self.length * self.frames_per_s)):
            time = number / self.frames_per_s
            if self.black[0] <= time < self.black[1]:
                yield np.zeros_like(ramp)
            elif self.still[0] <= time < self.still[1]:
                yield ramp
            else:
                yield np.roll(ramp, number * 4 + 2, axis=1)

    def _write_sound(self, container: OutputContainer, audio: AudioStream) -> None:
        time = np.arange(int(self.length * _RATE)) / _RATE
        hum = np.sin(2 * np.pi * 220 * time) * self.amplitude
        hum[(time >= self.silent[0]) & (time < self.silent[1])] = 0
        hum = np.clip(hum, -1, 1).astype(np.float32)
        for at in range(0, len(hum), _BLOCK):
            frame = av.AudioFrame.from_ndarray(hum[at : at + _BLOCK].reshape(1, -1), format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = _RATE, at, Fraction(1, _RATE)
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
