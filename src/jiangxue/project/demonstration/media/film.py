"""The film of a lesson as MP4: still pictures and speech, with the keyframes that HLS packaging takes over unchanged."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream
from PIL import Image

from jiangxue.project.demonstration.media.slides import HEIGHT, WIDTH
from jiangxue.project.demonstration.media.sound import frames_of
from jiangxue.project.demonstration.media.speech import Sound
from jiangxue.project.demonstration.media.timing import FRAMES_PER_S, Picture, Timetable

_KEYFRAME_EVERY = 4 * FRAMES_PER_S
_SOUND_RATE = 44_100
_AAC_FRAME = 1024
_AAC = {"aac_coder": "fast"}  # a third of the work; for one voice at 64 kbit/s the difference is not heard
# Nothing moves, so all that x264 does to find movement is idle: without it encoding is twice as fast and no larger.
_X264 = {
    "preset": "superfast",
    "tune": "stillimage",
    "crf": "22",
    "bf": "0",
    "rc-lookahead": "0",
    "x264-params": "subme=0:me=dia:ref=1:mbtree=0:weightp=0",
    "sc_threshold": "0",
    "threads": "1",  # lessons are made side by side
}


def write_film(
    path: Path, timetable: Timetable, draw: Callable[[Picture], Image.Image], sound: Sound, rate_hz: int
) -> None:
    """Write a lesson's film; each picture is drawn and converted once, however long it stays."""
    with av.open(str(path), "w", format="mp4") as film:
        video = _video_stream(film)
        speech = _SpeechTrack(film, sound, rate_hz)
        for number, frame in _frames(timetable, draw):
            film.mux(video.encode(frame))
            speech.write_until(Fraction(number, FRAMES_PER_S))
        film.mux(video.encode(None))
        speech.write_rest()


class _SpeechTrack:
    """The sound of a film, written little by little so that it lies beside its pictures."""

    def __init__(self, film: OutputContainer, sound: Sound, rate_hz: int) -> None:
        self._film = film
        self._stream = film.add_stream("aac", rate=_SOUND_RATE, layout="mono", options=_AAC)
        self._stream.bit_rate = 64_000
        self._resampler = av.AudioResampler("fltp", "mono", _SOUND_RATE, frame_size=_AAC_FRAME)
        self._pieces = frames_of(sound, rate_hz)
        self._written = Fraction(0)

    def write_until(self, time: Fraction) -> None:
        """Write the sound before a time in seconds."""
        while self._written <= time and (piece := next(self._pieces, None)) is not None:
            self._written += Fraction(piece.samples, piece.sample_rate)
            self._write(piece)

    def write_rest(self) -> None:
        """Write what is left."""
        for piece in self._pieces:
            self._write(piece)
        self._write(None)
        self._film.mux(self._stream.encode(None))

    def _write(self, piece: AudioFrame | None) -> None:
        for resampled in self._resampler.resample(piece):
            self._film.mux(self._stream.encode(resampled))


def _video_stream(film: OutputContainer) -> VideoStream:
    video = film.add_stream("libx264", rate=FRAMES_PER_S, options=_X264)
    video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    context = video.codec_context
    context.gop_size = _KEYFRAME_EVERY
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return video


def _frames(timetable: Timetable, draw: Callable[[Picture], Image.Image]) -> Iterator[tuple[int, VideoFrame]]:
    ends = [shot.first_frame for shot in timetable.shots[1:]] + [timetable.frames]
    for shot, end in zip(timetable.shots, ends, strict=True):
        frame = VideoFrame.from_image(draw(shot.picture)).reformat(  # type: ignore[no-untyped-call]
            format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
        )
        frame.time_base = Fraction(1, FRAMES_PER_S)
        for number in range(shot.first_frame, end):
            frame.pts = number
            frame.pict_type = PictureType.I if number % _KEYFRAME_EVERY == 0 else PictureType.NONE
            yield number, frame
