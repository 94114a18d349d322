"""The record of a document: sizes of its pages, what was measured, and the hash of every file. docs/formats/document-package.md."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from jiangxue.courseware.paging.shapes import FOLDER, PagedDocument, PageFacts
from jiangxue.courseware.rules.quality import QualityReport

RECORD = "document.json"
_FORMAT = 1


def page_name(number: int) -> str:
    """Return the name of a page's files without their endings; pages count from 1."""
    return f"{number:04d}"


def sha256_of_file(path: Path) -> str:
    """Return the hash of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_record(
    folder: Path, *, source_sha256: str, pages: Sequence[PageFacts], report: QualityReport
) -> PagedDocument:
    """Write the record of a document whose pages all stand, and return what it says."""
    sizes = tuple((page.width, page.height) for page in pages)
    document = PagedDocument(sizes, _sha256_of_manifest(folder, len(sizes)), source_sha256, report)
    values = {
        "format": _FORMAT,
        "source_sha256": source_sha256,
        "sha256": document.sha256,
        "page_sizes": sizes,
        "report": report.to_values(),
    }
    (folder / RECORD).write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return document


def read_document(folder: Path) -> PagedDocument | None:
    """Return the document in a folder, or nothing when it is missing, of another format, or not complete to the last byte."""
    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if values["format"] != _FORMAT:
            return None
        sizes = tuple((width, height) for width, height in values["page_sizes"])
        report = QualityReport.from_values(values["report"])
        document = PagedDocument(sizes, values["sha256"], values["source_sha256"], report)
        is_complete = document.sha256 == _sha256_of_manifest(folder, len(sizes))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return document if is_complete else None


def _sha256_of_manifest(folder: Path, pages: int) -> str:
    """Hash one line per file, sorted by path: hash, two spaces, relative path, as `sha256sum` prints them."""
    names = [f"{FOLDER}/{page_name(number)}.{ending}" for number in range(1, pages + 1) for ending in ("txt", "webp")]
    lines = [f"{sha256_of_file(folder / name)}  {name}\n" for name in sorted(names)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
