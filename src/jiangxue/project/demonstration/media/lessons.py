"""Making the folder of one lesson: film, package, captions, poster."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from jiangxue.courseware.packaging import PackagedFilm, made_whole, read_package, write_package
from jiangxue.courseware.rules.stretches import film_key
from jiangxue.kernel.canonical import canonical_json
from jiangxue.kernel.ids import new_id
from jiangxue.project.demonstration.media.captions import webvtt
from jiangxue.project.demonstration.media.film import write_film
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.media.slides import SlideArtist
from jiangxue.project.demonstration.media.sound import laid_out
from jiangxue.project.demonstration.media.speech import Voice
from jiangxue.project.demonstration.media.text import LessonText
from jiangxue.project.demonstration.media.timing import Picture, timetable

CAPTIONS = "captions.vtt"
POSTER = "poster.webp"
_CONTENT = "content.sha256"
_FILM = "film.mp4"
_CODE_VERSION = 2
"""Raised when the same text would be drawn, spoken or packaged differently, so that lessons made before are made anew."""


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
    """A lesson whose folder stands complete; `is_new` says that this call made it."""

    slug: str
    title: str
    folder: Path
    captions: Path
    poster: Path
    content_sha256: str
    video: PackagedFilm
    is_new: bool

    @property
    def length_ms(self) -> int:
        """The length of the lesson's video."""
        return self.video.length_ms


@dataclass(frozen=True, slots=True)
class Studio:
    """Where lessons are made, with which fonts, and the master key that their keys are derived from."""

    target: Path
    fonts: Path
    master_key: bytes


def build_lesson(job: LessonJob, studio: Studio) -> BuiltLesson:
    """Make the folder `target`/slug of a lesson, or take the one that already stands with the same content."""
    folder = studio.target / job.lesson.slug
    with made_whole(folder) as making:
        found = standing_lesson(job, studio)
        if found is not None:
            return found
        video = _make(job, making.folder, studio)
        making.finish()
    return _described(job, folder, video, is_new=True)


def standing_lesson(job: LessonJob, studio: Studio) -> BuiltLesson | None:
    """Return the lesson if its folder already stands with the same content, complete to the last byte and under our master key."""
    folder = studio.target / job.lesson.slug
    try:
        is_same = (folder / _CONTENT).read_text().strip() == job.content_sha256
    except FileNotFoundError:
        return None
    video = read_package(folder, studio.master_key)
    if not is_same or video is None or not (folder / CAPTIONS).is_file() or not (folder / POSTER).is_file():
        return None
    return _described(job, folder, video, is_new=False)


def _described(job: LessonJob, folder: Path, video: PackagedFilm, *, is_new: bool) -> BuiltLesson:
    return BuiltLesson(
        slug=job.lesson.slug,
        title=job.lesson.title,
        folder=folder,
        captions=folder / CAPTIONS,
        poster=folder / POSTER,
        content_sha256=job.content_sha256,
        video=video,
        is_new=is_new,
    )


def _make(job: LessonJob, folder: Path, studio: Studio) -> PackagedFilm:
    artist = SlideArtist(job.lesson, Typeface(studio.fonts), job.course_title, job.place, job.notice)
    artist.check()
    voice = Voice.of_this_process()
    spoken = {sentence: voice.say(sentence) for sentence in job.lesson.sentences}
    times = timetable(job.lesson, lambda sentence: -(-len(spoken[sentence]) * 1000 // voice.rate_hz))
    film = folder / _FILM
    write_film(film, times, artist.draw, laid_out(times, spoken, voice.rate_hz), voice.rate_hz)
    key_name = new_id().hex
    video = write_package(film, folder, key_name=key_name, key=film_key(studio.master_key, key_name))
    film.unlink()
    (folder / CAPTIONS).write_text(webvtt(times.cues), encoding="utf-8")
    artist.draw(Picture(0, len(job.lesson.slides[0].points))).save(folder / POSTER, quality=82)
    (folder / _CONTENT).write_text(job.content_sha256 + "\n")
    return video
