"""Making the source files: each whole or not there, and kept while its text and the code of its making are the same."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from jiangxue.courseware.packaging import made_whole
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.kernel.canonical import canonical_json
from jiangxue.project.demonstration.documents.audio import write_sound
from jiangxue.project.demonstration.documents.pdf import pdf_file
from jiangxue.project.demonstration.documents.refused import REFUSED, REFUSED_NAME, refused_file
from jiangxue.project.demonstration.documents.slides import slides_file
from jiangxue.project.demonstration.documents.texts.apparatus import APPARATUS
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText
from jiangxue.project.demonstration.documents.texts.broadcast import RAIN_AND_LADDER
from jiangxue.project.demonstration.documents.texts.sheets import SlidesText
from jiangxue.project.demonstration.documents.texts.site_checklist import SITE_CHECKLIST
from jiangxue.project.demonstration.documents.texts.work_ticket import WORK_TICKET
from jiangxue.project.demonstration.documents.word import word_file
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.text import LessonText
from jiangxue.project.demonstration.sources import MODULE_TITLE, RefusedFile, SourceFile

CAPTIONS = "captions.vtt"
_CONTENT = "content.sha256"
_CODE_VERSION = 1
"""Raised when the same text would be drawn or spoken differently, so that files made before are made anew."""

type Text = DocumentText | SlidesText | LessonText


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to make: what it says, what it is called, and how it is written into a folder."""

    text: Text
    kind: FileKind
    name: str
    write: Callable[[Path, Path], None]

    @property
    def content_sha256(self) -> str:
        """The hash of all that decides what the file says."""
        text = asdict(self.text)
        said = canonical_json({"code": _CODE_VERSION, "name": self.name, "notice": COURSE.notice, "text": text})
        return hashlib.sha256(said).hexdigest()


def build_sources(target: Path, fonts: Path) -> tuple[SourceFile, ...]:
    """Make the source files of the four lessons that are no films, each in `target`/slug, in teaching order.

    `fonts` is the folder of the npm package's font files. Raises `MediaNotMade`.
    """
    return tuple(_built(source, target, fonts) for source in _SOURCES)


def build_refused_file(target: Path, fonts: Path) -> RefusedFile:
    """Make the file that is to be refused, in `target`/first-aid-old. Raises `MediaNotMade`."""
    return RefusedFile(_standing_path(_REFUSED, target, fonts), FileFault.MACRO)


def build_document(text: DocumentText, kind: FileKind, target: Path, fonts: Path) -> Path:
    """Make a text as a PDF or as a Word file, in `target`/slug, and return its path. Raises `MediaNotMade`."""
    write = word_file if kind is FileKind.DOCX else pdf_file
    return _standing_path(_source(text, kind, lambda with_fonts: write(text, with_fonts)), target, fonts)


def _built(source: _Source, target: Path, fonts: Path) -> SourceFile:
    path = _standing_path(source, target, fonts)
    return SourceFile(
        slug=source.text.slug,
        title=source.text.title,
        module_title=MODULE_TITLE,
        path=path,
        kind=source.kind,
        captions=path.with_name(CAPTIONS) if source.kind is FileKind.AUDIO else None,
    )


def _standing_path(source: _Source, target: Path, fonts: Path) -> Path:
    """Return the path of the file, which is made unless it stands with the same content."""
    folder = target / source.text.slug
    with made_whole(folder) as making:
        if not _stands(source, folder):
            source.write(making.folder, fonts)
            (making.folder / _CONTENT).write_text(source.content_sha256 + "\n" + _files_sha256(making.folder) + "\n")
            making.finish()
    return folder / source.name


def _stands(source: _Source, folder: Path) -> bool:
    """Say whether the folder holds the same content, complete to the last byte."""
    try:
        return (folder / _CONTENT).read_text().split() == [source.content_sha256, _files_sha256(folder)]
    except FileNotFoundError:
        return False


def _files_sha256(folder: Path) -> str:
    files = sorted(path for path in folder.iterdir() if path.name != _CONTENT)
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def _write_sound(folder: Path, _fonts: Path) -> None:
    spoken = write_sound(RAIN_AND_LADDER, folder / _name(RAIN_AND_LADDER, "m4a"), notice=COURSE.notice)
    (folder / CAPTIONS).write_text(spoken.captions, encoding="utf-8")


def _writing(name: str, made: Callable[[Path], bytes]) -> Callable[[Path, Path], None]:
    def write(folder: Path, fonts: Path) -> None:
        (folder / name).write_bytes(made(fonts))

    return write


def _name(text: Text, ending: str) -> str:
    return f"{text.title}.{ending}"


def _source(text: Text, kind: FileKind, made: Callable[[Path], bytes]) -> _Source:
    name = _name(text, kind.value)
    return _Source(text, kind, name, _writing(name, made))


_SOURCES = (
    _source(APPARATUS, FileKind.PPTX, lambda _: slides_file(APPARATUS)),
    _source(WORK_TICKET, FileKind.DOCX, lambda fonts: word_file(WORK_TICKET, fonts)),
    _source(SITE_CHECKLIST, FileKind.PDF, lambda fonts: pdf_file(SITE_CHECKLIST, fonts)),
    _Source(RAIN_AND_LADDER, FileKind.AUDIO, _name(RAIN_AND_LADDER, "m4a"), _write_sound),
)
_REFUSED = _Source(REFUSED, FileKind.DOCX, REFUSED_NAME, _writing(REFUSED_NAME, refused_file))
SLUGS = tuple(source.text.slug for source in _SOURCES)
"""The slugs of the four lessons in teaching order."""
