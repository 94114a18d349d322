"""Looking for sensitive words in all that a version consists of: titles, papers, questions, captions, texts of documents. Clause T1.4."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from jiangxue.courseware.models import CourseVersion, VersionLesson
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.courseware.rules.screened import captions_screened, place_of, texts_of
from jiangxue.courseware.services.versions import locked_version
from jiangxue.courseware.storage import courseware_storage
from jiangxue.screening.rules.places import ScreenedText
from jiangxue.screening.services import screen


def screen_version(version_id: int, *, now: datetime) -> None:
    """Find the words of the list in force in a version, and say that it has been done; what a person has decided stays."""
    version = CourseVersion.objects.get(pk=version_id)
    texts = [*texts_of(version.whole)]
    for taught in taught_in([version.pk]):
        texts += _texts_of_files(taught)
    with transaction.atomic():
        locked = locked_version(version_id)
        screen(place=place_of(version.pk), texts=texts, now=now)
        locked.screened_at = now
        locked.save(update_fields=["screened_at"])


def _texts_of_files(taught: VersionLesson) -> Iterator[ScreenedText]:
    """Yield the captions of a film, and the text of each page of a document."""
    media = taught.lesson.media
    where = {"lesson": taught.lesson_id}
    if taught.captions:
        written = _read(f"{media.folder}/{taught.captions}")
        yield captions_screened(written, {**where, "field": "captions"}, length_ms=media.length_ms)
    for page in range(1, media.pages + 1):
        text = _read(f"{media.folder}/pages/{page:04d}.txt")
        if text:
            yield ScreenedText(text, {**where, "page": page})


def _read(name: str) -> str:
    with courseware_storage().open(name) as file:
        return bytes(file.read()).decode(errors="replace")
