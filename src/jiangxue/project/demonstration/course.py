"""The demonstration's course: the files that it is made of, as its editor might bring them."""

from collections.abc import Callable
from pathlib import Path

from jiangxue.courseware.rules.files import FileKind
from jiangxue.project.demonstration.documents import build_sources
from jiangxue.project.demonstration.media.building import Progress, build_course_media
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.sources import SourceFile
from jiangxue.project.env import REPOSITORY

FONTS = REPOSITORY / "node_modules" / "@fontsource" / "noto-sans-sc" / "files"


def built_files(target: Path, *, report: Callable[[str], object]) -> list[SourceFile]:
    """Make the files that are missing in `target`, and return those of all lessons in teaching order; `report` is told of each new film."""

    def tell(progress: Progress) -> None:
        if progress.lesson.is_new:
            report(f"  film {progress.done} of {progress.total}: {progress.lesson.title}")

    films = {film.slug: film for film in build_course_media(target / "films", FONTS, progress=tell)}
    lessons = [(module.title, films[lesson.slug]) for module in COURSE.modules for lesson in module.lessons]
    return [
        *(
            SourceFile(film.slug, film.title, module, film.film, FileKind.VIDEO, film.captions)
            for module, film in lessons
        ),
        *build_sources(target / "documents", FONTS),
    ]
