"""The poster: one picture of a film, shown before it plays. Runs only in the caged process. Clause T1.2."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from PIL import Image

from jiangxue.courseware.packaging.errors import PackagingRefused
from jiangxue.courseware.packaging.packages import POSTER
from jiangxue.courseware.packaging.shapes import PictureFacts, RenditionPlan, SourceFacts
from jiangxue.courseware.packaging.sources import opened, seconds, tracks_of
from jiangxue.courseware.packaging.tracks import upright_and_scaled

_WIDEST = 1280
_QUALITY = 80
_LOOKED_AT = (10, 20, 35, 50, 70, 90)
"""Percent of the length, in order: many films begin with black."""

_MOST_DECODED = 600
"""Pictures after a keyframe that are decoded on the way to the one that is wanted; the last of them does as well."""

_BRIGHT = 60
"""What the brightest twentieth of a picture must reach, of 255, or it is nearly black."""


def write_poster(source: Path, folder: Path, facts: SourceFacts) -> None:
    """Write the first picture that is not nearly black; none where there is none, and a film without one is whole."""
    pictures = facts.pictures
    if pictures is None:
        return
    with suppress(PackagingRefused, av.FFmpegError, ValueError), opened(source) as container:
        for percent in _LOOKED_AT:
            image = _image_at(container, facts.start + facts.length * percent / 100, pictures)
            if image is not None and not _is_nearly_black(image):
                image.save(folder / POSTER, "WEBP", quality=_QUALITY)
                return


def _image_at(container: InputContainer, time: Fraction, facts: PictureFacts) -> Image.Image | None:
    frame = _frame_at(container, time)
    if frame is None:
        return None
    scale = min(Fraction(1), Fraction(_WIDEST, facts.width))
    width, height = (max(2, int(side * scale) // 2 * 2) for side in (facts.width, facts.height))
    graph = upright_and_scaled(frame, RenditionPlan("poster", width, height, 0, copies_video=False))
    graph.vpush(frame)
    return Image.fromarray(graph.vpull().reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_ndarray())


def _frame_at(container: InputContainer, time: Fraction) -> VideoFrame | None:
    """Return the picture that is shown at a time, or one near it."""
    track = tracks_of(container).pictures
    if track is None:
        return None
    container.seek(int(time * 1_000_000))
    last: VideoFrame | None = None
    for number, frame in enumerate(container.decode(track)):
        last = frame
        has_come = frame.pts is not None and seconds(frame.pts, frame.time_base) >= time
        if has_come or number >= _MOST_DECODED:
            break
    return last


def _is_nearly_black(image: Image.Image) -> bool:
    counts = image.convert("L").histogram()
    return sum(counts[_BRIGHT:]) * 20 < sum(counts)
