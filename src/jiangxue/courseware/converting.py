"""A file becomes courseware: recognised by its content, taken apart in a cage, measured, made into a folder."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from jiangxue.courseware.errors import CoursewareRefusal
from jiangxue.courseware.intake import FileRefused, recognise
from jiangxue.courseware.packaging import PackagedFilm, PackagingLimits, PackagingRefused, report_of_film, write_package
from jiangxue.courseware.paging import write_pages
from jiangxue.courseware.rules.files import FileFault, FileKind, LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.courseware.rules.stretches import film_key

CAPTIONS, POSTER = "captions.vtt", "poster.webp"


class Unfit(CoursewareRefusal):
    """The file cannot become courseware: `fault` says why, `detail` what was seen."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is converted: `folder` is made; `progress` is written from 0 to 1000 now and then; `key_name` names a film's key."""

    folder: Path
    progress: Path
    key_name: str


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of a file, as `services.MediaDraft` has it; `more` says that a film can be had in further sizes."""

    kind: LessonKind
    sha256: str
    source_sha256: str
    length_ms: int = 0
    page_sizes: Sequence[tuple[int, int]] = ()
    key_name: str = ""
    captions_sha256: str = ""
    has_poster: bool = False
    report: QualityReport | None = None
    more: bool = False


def kind_of(source: Path, name: str) -> FileKind:
    """Return what a file is by its content, or raise `Unfit`."""
    return _unless_unfit(lambda: recognise(source, name))


def converted(source: Path, kind: FileKind, place: Place) -> Converted:
    """Make courseware of a file in `place` and measure it, or raise `Unfit`."""
    return _unless_unfit(lambda: _converted(source, kind, place))


def film_in_all_sizes(source: Path, place: Place) -> Converted:
    """Make a film anew, in every size that it can be had in, or raise `Unfit`; it is not measured again."""
    return _unless_unfit(lambda: _film(_packaged(source, place, most=None), place, None))


def _unless_unfit[T](act: Callable[[], T]) -> T:
    try:
        return act()
    except FileRefused as refusal:
        raise Unfit(refusal.fault, str(refusal.detail)) from refusal
    except PackagingRefused as refusal:
        raise Unfit(refusal.fault, str(refusal)) from refusal


def _converted(source: Path, kind: FileKind, place: Place) -> Converted:
    if kind.lesson_kind is LessonKind.DOCUMENT:
        return _document(source, kind, place)
    film = _packaged(source, place, most=1)
    return _film(film, place, report_of_film(source, PackagingLimits()))


def _packaged(source: Path, place: Place, *, most: int | None) -> PackagedFilm:
    return write_package(
        source,
        place.folder,
        key_name=place.key_name,
        key=film_key(settings.MEDIA_MASTER_KEY, place.key_name),
        most_renditions=most,
        progress=place.progress,
    )


def _film(film: PackagedFilm, place: Place, report: QualityReport | None) -> Converted:
    return Converted(
        film.kind,
        film.sha256,
        film.source_sha256,
        length_ms=film.length_ms,
        key_name=film.key_name,
        captions_sha256=_sha256_of(place.folder / CAPTIONS),
        has_poster=(place.folder / POSTER).exists(),
        report=report,
        more=film.more,
    )


def _sha256_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _document(source: Path, kind: FileKind, place: Place) -> Converted:
    document = write_pages(source, kind, place.folder, progress=place.progress)
    return Converted(
        LessonKind.DOCUMENT,
        document.sha256,
        document.source_sha256,
        page_sizes=document.page_sizes,
        report=document.report,
    )
