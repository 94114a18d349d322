"""Short films for the tests of packaging, made on the spot."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

_SOUND_RATE = 44_100
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is like; the defaults suit HLS as they are. `hold` is for how many frames each picture stays, unrepeated."""

    frames: int = 141
    frames_per_s: int = 15
    width: int = 1280
    height: int = 720
    keyframe_every: int = 60
    has_pictures: bool = True
    has_sound: bool = True
    rotation: int = 0
    sound_amplitude: float = 0.2
    hold: int = 1
    brightness: int = 200

    def write(self, path: Path) -> Path:
        """Write the film as H.264 and AAC."""
        with av.open(str(path), "w") as container:
            video = self._video_stream(container) if self.has_pictures else None
            audio = container.add_stream("aac", rate=_SOUND_RATE, layout="mono") if self.has_sound else None
            if video is not None:
                self._write_pictures(container, video)
            if audio is not None:
                self._write_sound(container, audio)
        return path

    def _video_stream(self, container: OutputContainer) -> VideoStream:
        options = {"preset": "ultrafast", "sc_threshold": "0"}
        video = container.add_stream("libx264", rate=self.frames_per_s, options=options)
        video.width, video.height, video.pix_fmt = self.width, self.height, "yuv420p"
        video.codec_context.gop_size = self.keyframe_every
        if self.rotation:
            video.set_display_rotation(self.rotation)
        return video

    def _write_pictures(self, container: OutputContainer, video: VideoStream) -> None:
        for number, picture in enumerate(self._pictures()):
            picture.pts, picture.time_base = number * self.hold, Fraction(1, self.frames_per_s)
            picture.pict_type = PictureType.I if number % self.keyframe_every == 0 else PictureType.NONE
            container.mux(video.encode(picture))
        container.mux(video.encode(None))

    def _pictures(self) -> Iterator[VideoFrame]:
        """Yield a ramp that wanders to the right."""
        ramp = np.add.outer(np.arange(self.height), np.arange(self.width)) // 8 % self.brightness
        for number in range(self.frames):
            grey = np.roll(ramp, number * 8, axis=1).astype(np.uint8)
            yield VideoFrame.from_ndarray(grey, format="gray8").reformat(format="yuv420p")

    def _write_sound(self, container: OutputContainer, audio: AudioStream) -> None:
        samples = self.frames * self.hold * _SOUND_RATE // self.frames_per_s
        tone = np.sin(np.arange(samples) * 2 * np.pi * 440 / _SOUND_RATE).astype(np.float32) * np.float32(
            self.sound_amplitude
        )
        for at in range(0, samples, _BLOCK):
            frame = av.AudioFrame.from_ndarray(tone[at : at + _BLOCK].reshape(1, -1), format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, at, Fraction(1, _SOUND_RATE)
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
