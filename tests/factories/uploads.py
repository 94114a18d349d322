"""Files on their way, and a converter that makes a small folder at once."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.converting import Converted, Place
from jiangxue.courseware.models import Course, Media, Upload
from jiangxue.courseware.rules.files import FileKind, LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.courseware.services.uploading import FileAnnounced, create_upload, take_chunk
from jiangxue.courseware.storage import chunk_name, courseware_storage
from jiangxue.kernel.ids import new_id
from tests.factories import people

CONTENT = b"0123456789" * 3


def announced(course: Course, editor: Account, now: datetime, *, name: str = "讲义.pdf", size: int = 30) -> Upload:
    """Announce a file as its editor does."""
    file = FileAnnounced(name, size)
    return create_upload(viewer=people.viewer(editor), course_id=course.pk, file=file, by=PROGRAM, now=now)


def sent(course: Course, editor: Account, now: datetime, *, name: str = "讲义.pdf", content: bytes = CONTENT) -> Upload:
    """Send a whole file in three portions."""
    upload = announced(course, editor, now, name=name, size=len(content))
    third = -(-len(content) // 3)
    for offset in range(0, len(content), third):
        body = content[offset : offset + third]
        upload = take_chunk(viewer=people.viewer(editor), upload_id=upload.pk, offset=offset, body=body, now=now)
    return upload


def kept(course: Course, editor: Account, now: datetime, **fields: object) -> Upload:
    """Keep a row as it may stand in the table, without its bytes."""
    values = {"name": "讲义.pdf", "size": 30, "created_at": now, **fields}
    return Upload.objects.create(id=new_id(), course=course, author=editor, **values)


def in_storage(upload: Upload, content: bytes = CONTENT) -> None:
    """Let the bytes of a row lie in the storage as one portion."""
    courseware_storage().save(chunk_name(upload.pk, 0), ContentFile(content))


def document(folder: str = "made/a/1") -> Media:
    """Keep a document of two pages without its files."""
    sizes = [[1280, 720], [1280, 720]]
    return Media.objects.create(kind="document", folder=folder, page_sizes=sizes, sha256="0" * 64)


def two_pages(source: Path, kind: FileKind, place: Place) -> Converted:
    """Make a document of two pages, whatever the file is."""
    (place.folder / "pages").mkdir(parents=True)
    for number in (1, 2):
        (place.folder / "pages" / f"{number:04}.webp").write_bytes(b"picture")
    place.progress.write_text("500")
    return Converted(
        LessonKind.DOCUMENT,
        "1" * 64,
        hashlib.sha256(source.read_bytes()).hexdigest(),
        page_sizes=((1280, 720), (1280, 720)),
        report=QualityReport(LessonKind.DOCUMENT, 2, ()),
    )


def a_film(*, more: bool) -> Callable[[Path, FileKind, Place], Converted]:
    """Return a converter that makes a film in one size, of which there may be more."""

    def convert(source: Path, kind: FileKind, place: Place) -> Converted:
        return film_in(place, ["480p"], source, more=more)

    return convert


def film_in(place: Place, sizes: list[str], source: Path, *, more: bool = False) -> Converted:
    """Make a film in some sizes, whatever the file is."""
    for size in sizes:
        (place.folder / size).mkdir(parents=True)
        (place.folder / size / "index.m3u8").write_text("#EXTM3U")
    return Converted(
        LessonKind.VIDEO,
        str(len(sizes)) * 64,
        hashlib.sha256(source.read_bytes()).hexdigest(),
        length_ms=60_000,
        key_name=place.key_name,
        more=more,
    )
