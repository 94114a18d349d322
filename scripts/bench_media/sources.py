"""The films and sounds that are packaged: made on the spot, always the same."""

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
from numpy.typing import NDArray
from PIL import Image, ImageDraw

type Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
_RATE = 44_100
_BLOCK = 1024
_SLIDE_S = 6
_LEVEL = 0.265  # -18 LUFS, so that packaging takes the sound over
_SEED = 20261125


@dataclass(frozen=True, slots=True)
class Source:
    """A film to make; with a keyframe every four seconds its pictures can be taken over."""

    name: str
    length_s: int
    frames_per_s: int
    keyframe_s: float
    is_moving: bool

    def write(self, folder: Path) -> Path:
        """Write it as H.264 and AAC."""
        path = folder / f"{self.name}.mp4"
        with av.open(str(path), "w") as film:
            video = self._video(film)
            audio = film.add_stream("aac", rate=_RATE, layout="mono")
            audio.bit_rate = 64_000
            self._write_pictures(film, video)
            _write_sound(film, audio, voice(self.length_s))
        return path

    def _video(self, film: OutputContainer) -> VideoStream:
        options = {"preset": "veryfast", "crf": "24", "sc_threshold": "0", "maxrate": "2500000", "bufsize": "5000000"}
        video = film.add_stream("libx264", rate=self.frames_per_s, options=options)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.gop_size = 10_000
        return video

    def _write_pictures(self, film: OutputContainer, video: VideoStream) -> None:
        pictures = moving_pictures() if self.is_moving else slides(self.frames_per_s)
        every = round(self.keyframe_s * self.frames_per_s)
        for number in range(self.length_s * self.frames_per_s):
            frame = VideoFrame.from_ndarray(next(pictures), format="rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, self.frames_per_s)
            frame.pict_type = PictureType.I if number % every == 0 else PictureType.NONE
            film.mux(video.encode(frame))
        film.mux(video.encode(None))


def write_sound(path: Path, codec: str, length_s: int) -> Path:
    """Write a sound, half as loud as it should be, so that it has to be made louder."""
    with av.open(str(path), "w") as container:
        audio = container.add_stream(codec, rate=_RATE, layout="mono")
        if not isinstance(audio, AudioStream):
            raise TypeError(codec)
        _write_sound(container, audio, voice(length_s) * np.float32(0.5))
    return path


def slides(frames_per_s: int) -> Iterator[Picture]:
    """Yield pictures of lines of text, another page every six seconds."""
    page = 0
    while True:
        page += 1
        image = Image.new("RGB", (WIDTH, HEIGHT), (251, 250, 246))
        draw = ImageDraw.Draw(image)
        for line in range(12):
            text = f"Page {page}, line {line + 1}: " + "switch off before you touch " * (1 + (page + line) % 3)
            draw.text((80, 60 + line * 50), text, fill=(30, 40, 50), font_size=28)
        picture = np.asarray(image)
        for _ in range(_SLIDE_S * frames_per_s):
            yield picture


def moving_pictures() -> Iterator[Picture]:
    """Yield what a camera sees that pans over a scene: texture at every scale, and grain."""
    chance = np.random.default_rng(_SEED)
    scene = _scene(chance)
    grain = chance.normal(0, 2, (8, HEIGHT, WIDTH, 1)).astype(np.float32)
    number = 0
    while True:
        x, y = number * 3 % WIDTH, int(40 + 40 * np.sin(number / 30))
        seen = scene[y : y + HEIGHT, x : x + WIDTH]
        yield np.clip(seen + grain[number % 8], 0, 255).astype(np.uint8)
        number += 1


def voice(length_s: int) -> NDArray[np.float32]:
    """Return a hum that rises and falls as speech does, with pauses."""
    time = np.arange(length_s * _RATE) / _RATE
    syllables = np.clip(np.sin(2 * np.pi * 2.5 * time) + 0.4, 0, 1) * (np.sin(2 * np.pi * 0.15 * time) > -0.8)
    hum = sum(np.sin(2 * np.pi * 140 * harmonic * time) / harmonic for harmonic in range(1, 6))
    return np.asarray(hum * syllables * _LEVEL, np.float32)


def _scene(chance: np.random.Generator) -> NDArray[np.float32]:
    height, width = HEIGHT + 120, WIDTH * 2
    scene = np.zeros((height, width, 3), np.float32)
    for scale in (4, 8, 16, 32, 64, 128):
        rough = chance.normal(0, 1, (-(-height // scale), -(-width // scale), 3))
        scene += np.kron(rough, np.ones((scale, scale, 1)))[:height, :width].astype(np.float32) * np.float32(scale**0.6)
    return (scene - scene.min()) / (scene.max() - scene.min()) * 255


def _write_sound(container: OutputContainer, audio: AudioStream, samples: NDArray[np.float32]) -> None:
    for at in range(0, len(samples), _BLOCK):
        frame = av.AudioFrame.from_ndarray(samples[at : at + _BLOCK].reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = _RATE, at, Fraction(1, _RATE)
        container.mux(audio.encode(frame))
    container.mux(audio.encode(None))
