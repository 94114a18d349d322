"""Real lessons of every kind for sites that are really served: made once and kept, converted by the real rules once in a run."""

import fcntl
import hashlib
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from jiangxue.courseware.converting import Converted, Place, converted
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


def short_course(run: str) -> list[ModuleDraft]:
    """Return the outline of a course with a lesson of each kind, the film first; everything stands in the storage.

    `run` names the run of the tests, whose processes share what is converted.
    """
    place = Path(settings.DEMONSTRATION_FILES)
    film = build_test_lesson(place / "films", FONTS)
    files = [
        SourceFile(film.slug, film.title, "第一章 认识触电", film.film, FileKind.VIDEO, film.captions),
        *build_sources(place / "documents", FONTS),
    ]
    shared = _folder_of(run)
    modules: dict[str, list[LessonDraft]] = {}
    for file in files:
        modules.setdefault(file.module_title, []).append(_lesson(file, shared))
    return [ModuleDraft(title, lessons) for title, lessons in modules.items()]


def _sha256_of(file: Path | None) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else ""


def _lesson(file: SourceFile, shared: Path) -> LessonDraft:
    """Put what a file converts to into the storage."""
    folder = f"tests/{file.slug}-{new_id().hex}"
    made, result = _converted_once(file, shared / file.slug)
    if file.captions is not None:
        put_file(file.captions, f"{folder}/captions.vtt")
    put_folder(made, folder)
    draft = draft_of(result, folder)
    return LessonDraft(file.title, replace(draft, captions_sha256=_sha256_of(file.captions)))


def _converted_once(file: SourceFile, folder: Path) -> tuple[Path, Converted]:
    """Return the folder and the facts that a file converts to: whichever process of a run comes first converts it for all."""
    facts = folder / "facts"
    with _alone(folder):
        if not facts.exists():
            place = Place(folder / "made", folder / "told" / "progress", new_id().hex)
            place.folder.mkdir(parents=True)
            place.progress.parent.mkdir()
            facts.write_bytes(pickle.dumps(converted(file.path, file.kind, place)))
    result: Converted = pickle.loads(facts.read_bytes())
    return folder / "made", result


def _folder_of(run: str) -> Path:
    """Return a folder for what a run converts; what earlier ones left, by code that may have changed, is removed."""
    every = Path(settings.DEMONSTRATION_FILES) / "converted"
    folder = every / run
    with _alone(every):
        if not folder.exists():
            shutil.rmtree(every, ignore_errors=True)
            folder.mkdir(parents=True)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from a folder for a while."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
