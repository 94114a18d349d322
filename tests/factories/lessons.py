"""Real lessons of every kind for sites that are really served: made once, converted by the real rules, kept between runs."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from jiangxue.courseware.converting import Place, converted
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.services import LessonDraft, ModuleDraft
from jiangxue.courseware.services.processing import draft_of
from jiangxue.courseware.storage import put_file, put_folder
from jiangxue.kernel.ids import new_id
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.documents import build_sources
from jiangxue.project.demonstration.media.building import build_test_lesson
from jiangxue.project.demonstration.sources import SourceFile

KINDS = ("video", "pptx", "docx", "pdf", "audio")
"""What the lessons of the short course are, in order."""


def short_course() -> list[ModuleDraft]:
    """Return the outline of a course with a lesson of each kind, the film first; everything stands in the storage."""
    place = Path(settings.DEMONSTRATION_FILES)
    film = build_test_lesson(place / "films", FONTS)
    files = [
        SourceFile(film.slug, film.title, "第一章 认识触电", film.film, FileKind.VIDEO, film.captions),
        *build_sources(place / "documents", FONTS),
    ]
    modules: dict[str, list[LessonDraft]] = {}
    for file in files:
        modules.setdefault(file.module_title, []).append(_lesson(file))
    return [ModuleDraft(title, lessons) for title, lessons in modules.items()]


def _sha256_of(file: Path | None) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else ""


def _lesson(file: SourceFile) -> LessonDraft:
    """Convert a file and put what comes of it into the storage."""
    folder = f"tests/{file.slug}-{new_id().hex}"
    work = Path(mkdtemp())
    try:
        place = Place(work / "made", work / "told" / "progress", new_id().hex)
        place.folder.mkdir()
        place.progress.parent.mkdir()
        made = converted(file.path, file.kind, place)
        if file.captions is not None:
            put_file(file.captions, f"{folder}/captions.vtt")
        put_folder(place.folder, folder)
    finally:
        shutil.rmtree(work)
    draft = draft_of(made, folder)
    return LessonDraft(file.title, replace(draft, captions_sha256=_sha256_of(file.captions)))
