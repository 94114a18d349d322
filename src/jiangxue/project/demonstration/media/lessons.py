"""Making the folder of one lesson: its film and captions, as an editor might bring them."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from jiangxue.courseware.packaging import made_whole
from jiangxue.kernel.canonical import canonical_json
from jiangxue.project.demonstration.media.captions import webvtt
from jiangxue.project.demonstration.media.film import write_film
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.media.slides import SlideArtist
from jiangxue.project.demonstration.media.sound import laid_out
from jiangxue.project.demonstration.media.speech import Voice
from jiangxue.project.demonstration.media.text import LessonText
from jiangxue.project.demonstration.media.timing import timetable

CAPTIONS = "captions.vtt"
_CONTENT = "content.sha256"
_CODE_VERSION = 3
"""Raised when the same text would be drawn or spoken differently, so that lessons made before are made anew."""


@dataclass(frozen=True, slots=True)
class LessonJob:
    """A lesson to make, and what its slides say about its course."""

    lesson: LessonText
    place: str
    course_title: str
    notice: str

    @property
    def content_sha256(self) -> str:
        """The hash of all that decides what the lesson looks and sounds like."""
        return hashlib.sha256(canonical_json({"code": _CODE_VERSION, **asdict(self)})).hexdigest()


@dataclass(frozen=True, slots=True)
class BuiltLesson:
    """A lesson whose film and captions stand; `is_new` says that this call made them."""

    slug: str
    title: str
    film: Path
    captions: Path
    content_sha256: str
    is_new: bool


def build_lesson(job: LessonJob, target: Path, fonts: Path) -> BuiltLesson:
    """Make the folder `target`/slug of a lesson, or take the one that already stands with the same content."""
    folder = target / job.lesson.slug
    with made_whole(folder) as making:
        found = standing_lesson(job, target)
        if found is not None:
            return found
        _make(job, making.folder, fonts)
        making.finish()
    return _described(job, folder, is_new=True)


def standing_lesson(job: LessonJob, target: Path) -> BuiltLesson | None:
    """Return the lesson if its folder already stands with the same content."""
    folder = target / job.lesson.slug
    try:
        is_same = (folder / _CONTENT).read_text().strip() == job.content_sha256
    except FileNotFoundError:
        return None
    if not is_same or not (folder / CAPTIONS).is_file() or not _film(job, folder).is_file():
        return None
    return _described(job, folder, is_new=False)


def _film(job: LessonJob, folder: Path) -> Path:
    return folder / f"{job.lesson.title}.mp4"


def _described(job: LessonJob, folder: Path, *, is_new: bool) -> BuiltLesson:
    return BuiltLesson(
        slug=job.lesson.slug,
        title=job.lesson.title,
        film=_film(job, folder),
        captions=folder / CAPTIONS,
        content_sha256=job.content_sha256,
        is_new=is_new,
    )


def _make(job: LessonJob, folder: Path, fonts: Path) -> None:
    artist = SlideArtist(job.lesson, Typeface(fonts), job.course_title, job.place, job.notice)
    artist.check()
    voice = Voice.of_this_process()
    spoken = {sentence: voice.say(sentence) for sentence in job.lesson.sentences}
    times = timetable(job.lesson, lambda sentence: -(-len(spoken[sentence]) * 1000 // voice.rate_hz))
    write_film(_film(job, folder), times, artist.draw, laid_out(times, spoken, voice.rate_hz), voice.rate_hz)
    (folder / CAPTIONS).write_text(webvtt(times.cues), encoding="utf-8")
    (folder / _CONTENT).write_text(job.content_sha256 + "\n")
