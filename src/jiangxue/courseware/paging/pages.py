"""Making pages of a document: the verb of this package."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiangxue.courseware.intake.cage import OFFICE_KINDS, answer_from_cage
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.paging.fonts import lacking_fonts
from jiangxue.courseware.paging.office import pdf_of_office
from jiangxue.courseware.paging.progress import Progress
from jiangxue.courseware.paging.record import RECORD, page_name, sha256_of_file, write_record
from jiangxue.courseware.paging.shapes import FOLDER, PagedDocument, PageFacts, PagingLimits
from jiangxue.courseware.rules.document_quality import DocumentFacts, PageFound, report_of_document
from jiangxue.courseware.rules.files import FileFault, FileKind, LessonKind
from jiangxue.kernel.leftovers import NotPlain, plain_content

_CAGED = "jiangxue.courseware.paging.caged"
_OFFICE, _DRAWN = ".office", ".drawn"
_MOST_BYTES = {"webp": 64 * 1024**2, "txt": 4 * 1024**2}
_USUAL = PagingLimits()


def write_pages(
    source: Path, kind: FileKind, folder: Path, *, limits: PagingLimits = _USUAL, progress: Path | None = None
) -> PagedDocument:
    """Write the pages of a document into an empty folder; when it is refused, the folder is empty again.

    `progress` is a file that holds 0 to 1,000 while the pages are drawn. Raises `FileRefused`.
    """
    if kind.lesson_kind is not LessonKind.DOCUMENT:
        raise ValueError(kind)
    document = None
    try:
        document = _write(source, kind, folder, limits, progress)
    finally:
        shutil.rmtree(folder / _OFFICE, ignore_errors=True)
        shutil.rmtree(folder / _DRAWN, ignore_errors=True)
        if document is None:
            shutil.rmtree(folder / FOLDER, ignore_errors=True)
            (folder / RECORD).unlink(missing_ok=True)
    return document


def _write(source: Path, kind: FileKind, folder: Path, limits: PagingLimits, progress: Path | None) -> PagedDocument:
    Progress(progress).tell(0, 1)
    source_sha256 = sha256_of_file(source)
    drawn, drawn_kind = source, kind
    asked: tuple[str, ...] = ()
    if kind in OFFICE_KINDS:
        made = pdf_of_office(source, kind, folder / _OFFICE, limits)
        drawn, drawn_kind, asked = made.pdf, FileKind.PDF, made.asked_fonts
    pages = _drawn(drawn, drawn_kind, folder, limits, progress)
    facts = DocumentFacts(
        kind=kind,
        pages=tuple(_found(page) for page in pages),
        most_pages=limits.most_pages,
        lacking_fonts=lacking_fonts(asked) if asked else (),
    )
    return write_record(folder, source_sha256=source_sha256, pages=pages, report=report_of_document(facts))


def _found(page: PageFacts) -> PageFound:
    width, height = page.shown_size or (page.width, page.height)
    return PageFound(width, height, page.has_text, page.missing_fonts)


def _drawn(
    source: Path, kind: FileKind, folder: Path, limits: PagingLimits, progress: Path | None
) -> tuple[PageFacts, ...]:
    """Let a caged process draw the pages; return what it found on them, in order."""
    (folder / FOLDER).mkdir()
    drawn = folder / _DRAWN
    drawn.mkdir()
    arguments = (
        str(source.absolute()),
        kind.value,
        str(drawn.absolute()),
        json.dumps(asdict(limits)),
        str(progress.absolute()) if progress is not None else "",
    )
    pages = answer_from_cage(_CAGED, *arguments, walls=limits.pages_walls, read=_pages)
    if not pages:
        raise FileRefused(FileFault.NO_PAGES)
    _take_over(drawn, folder / FOLDER, len(pages))
    return pages


def _pages(values: dict[str, Any]) -> tuple[PageFacts, ...]:
    return tuple(PageFacts.from_values(page) for page in values["pages"])


def _take_over(drawn: Path, place: Path, pages: int) -> None:
    """Take over the pages, and nothing else that the caged process may have left."""
    try:
        for number in range(1, pages + 1):
            for ending, most in _MOST_BYTES.items():
                name = f"{page_name(number)}.{ending}"
                (place / name).write_bytes(plain_content(drawn / name, most))
    except NotPlain as left:
        raise FileRefused(FileFault.CRASHED, f"page: {left}") from left
