"""The demonstration's course: its films, and the outline that they fill."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiangxue.courseware.services import LessonDraft, MediaDraft, ModuleDraft
from jiangxue.project.demonstration.media.building import Progress, build_course_media
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.lessons import BuiltLesson, Studio
from jiangxue.project.env import REPOSITORY

FONTS = REPOSITORY / "node_modules" / "@fontsource" / "noto-sans-sc" / "files"
FOLDER = "demonstration"


@dataclass(frozen=True, slots=True)
class BuiltCourse:
    """A course whose films stand ready."""

    title: str
    summary: str
    modules: Sequence[ModuleDraft]


def built_course(media: Path, *, master_key: bytes, report: Callable[[str], object]) -> BuiltCourse:
    """Make the films that are missing below the media folder, under the master key, and return the course; `report` is told of each new film."""

    def tell(progress: Progress) -> None:
        if progress.lesson.is_new:
            report(f"  film {progress.done} of {progress.total}: {progress.lesson.title}")

    films = {film.slug: film for film in build_course_media(Studio(media / FOLDER, FONTS, master_key), progress=tell)}
    modules = [
        ModuleDraft(module.title, [lesson_draft(films[lesson.slug]) for lesson in module.lessons])
        for module in COURSE.modules
    ]
    return BuiltCourse(COURSE.title, COURSE.summary, modules)


def lesson_draft(film: BuiltLesson) -> LessonDraft:
    """Return the lesson that a film becomes."""
    media = MediaDraft(
        f"{FOLDER}/{film.slug}",
        film.video.sha256,
        length_ms=film.length_ms,
        key_name=film.video.key_name,
        has_captions=True,
        has_poster=True,
        source_sha256=film.video.source_sha256,
    )
    return LessonDraft(film.title, media)
