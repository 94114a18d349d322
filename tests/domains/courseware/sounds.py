"""Short sounds for the tests of packaging, made on the spot."""

import io
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from PIL import Image

from jiangxue.courseware.packaging.sound import loudness_of
from jiangxue.courseware.packaging.tracks import Window
from jiangxue.courseware.rules.loudness import Loudness

_BLOCK = 1024
_CODECS = {
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".aac": "aac",
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".ogg": "libopus",
    ".wma": "wmav2",
}


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice-like hum after a silence; the default loudness is that of a lesson as it should be."""

    length_s: float = 9.0
    amplitude: float = 0.28
    silent_s: float = 0.5
    clicks: bool = False
    rate: int = 48_000

    def samples(self) -> np.ndarray:
        time = np.arange(int(self.length_s * self.rate)) / self.rate
        hum = np.sin(2 * np.pi * 220 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time)) * self.amplitude
        if self.clicks:
            hum[:: self.rate // 2] = 0.9
        hum[: int(self.silent_s * self.rate)] = 0
        return np.clip(hum, -1, 1).astype(np.float32)

    def write(self, path: Path, *, cover: str = "") -> Path:
        """Write the sound as the file's name says, with a cover picture of a kind ("png", "mjpeg") if one is named."""
        with av.open(str(path), "w") as container:
            audio = container.add_stream(_CODECS[path.suffix], rate=self.rate, layout="mono")
            audio.bit_rate = 96_000
            if cover:
                _write_cover(container, cover)
            samples = self.samples()
            for at in range(0, len(samples), _BLOCK):
                piece = samples[at : at + _BLOCK].reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
                frame.sample_rate, frame.pts, frame.time_base = self.rate, at, Fraction(1, self.rate)
                container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
        return path


def _write_cover(container: OutputContainer, kind: str) -> None:
    content = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(content, format={"png": "PNG", "mjpeg": "JPEG"}[kind])
    stream = container.add_stream(kind, rate=1)
    stream.width = stream.height = 64
    stream.pix_fmt = {"png": "rgb24", "mjpeg": "yuvj420p"}[kind]
    stream.disposition = av.stream.Disposition.attached_pic
    packet = av.Packet(content.getvalue())
    packet.stream, packet.pts, packet.dts = stream, 0, 0
    container.mux(packet)


def amr_noise(path: Path, length_s: int) -> Path:
    """Write an AMR file of comfort frames, as an old telephone records them: nothing here encodes AMR."""
    path.write_bytes(b"#!AMR\n" + (b"\x3c" + bytes(31)) * (length_s * 50))
    return path


def loudness_of_file(path: Path) -> Loudness:
    with av.open(str(path)) as container:
        return loudness_of(container, Window(Fraction(-100), Fraction(10_000)))


def first_heard_s(path: Path) -> float:
    """Return when the sound of a file begins to be heard, counted from where its tracks begin."""
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            loud = np.abs(frame.to_ndarray()).max(axis=0) > 0.02
            if loud.any():
                return float(frame.pts * frame.time_base) + int(np.argmax(loud)) / frame.sample_rate
    raise AssertionError("nothing is heard")
