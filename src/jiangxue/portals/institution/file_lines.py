"""A file as its pages show it."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from jiangxue.courseware.models import Lesson, Media, Upload
from jiangxue.courseware.rules.endings import ENDINGS, MACRO_ENDINGS
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.courseware.rules.uploads import CHUNK_BYTES, KEPT_UNFINISHED
from jiangxue.portals.institution.file_words import FAULTS, KINDS, STATES, words_of
from jiangxue.portals.reports.words import VERDICT_WORDS

_LOOKS = {Upload.State.READY: "ok", Upload.State.REFUSED: "warn", Upload.State.FAILED: "warn"}
_GOING_ON = (Upload.State.WAITING, Upload.State.WORKING)


def file_line(upload: Upload, *, may_edit: bool) -> dict[str, object]:
    """Return what lists and pages say of a file."""
    media = upload.media
    verdict = QualityReport.from_values(media.report).verdict if media and media.report else None
    words = words_of(upload)
    return {
        "name": upload.name,
        "url": reverse("institution:file", args=(upload.pk,)),
        "kind_label": KINDS[FileKind(upload.kind)] if upload.kind else "",
        "size": filesizeformat(upload.size),
        "state": upload.state,
        "state_label": STATES[upload.state],
        "look": _LOOKS.get(Upload.State(upload.state), ""),
        "percent": percent_of(upload),
        "is_going_on": upload.state in _GOING_ON,
        "verdict": verdict.value if verdict else "",
        "verdict_label": VERDICT_WORDS[verdict] if verdict else "",
        "sentence": words.sentence if words else "",
        "advice": words.advice if words else "",
        "author": upload.author.name,
        "created_at": upload.created_at,
        "finished_at": upload.finished_at,
        "length_ms": media.length_ms if media else 0,
        "pages": media.pages if media else 0,
        "lesson": lesson_in_outline(media),
        "is_proof": bool(upload.licences.all()),
        "is_placeable": may_edit and media is not None and lesson_in_outline(media) is None,
        "again_url": reverse("institution:try_file_again", args=(upload.pk,))
        if may_edit and upload.can_be_tried_again
        else "",
        "drop_url": reverse("institution:drop_file", args=(upload.pk,)) if may_edit and upload.can_be_dropped else "",
    }


def lesson_in_outline(media: Media | None) -> Lesson | None:
    """Return the lesson of the outline that courseware is, if it stands there now."""
    lesson = media.lesson if media is not None and hasattr(media, "lesson") else None
    return lesson if lesson is not None and lesson.module_id is not None else None


def percent_of(upload: Upload) -> int:
    """Return how far a file has come: of sending until it is there, then of converting."""
    if upload.state == Upload.State.RECEIVING:
        return upload.received * 100 // max(1, upload.size)
    return upload.done_permille // 10


def limits() -> dict[str, object]:
    """Return what the page that sends files must know."""
    return {
        "chunk_bytes": CHUNK_BYTES,
        "most_bytes": settings.LARGEST_UPLOAD_BYTES,
        "most_size": filesizeformat(settings.LARGEST_UPLOAD_BYTES),
        "kept_days": KEPT_UNFINISHED.days,
        "endings": " ".join(sorted(set().union(*ENDINGS.values()))),
        "of_no_kind": FAULTS[FileFault.UNKNOWN],
        "with_macros": FAULTS[FileFault.MACRO],
        "macro_endings": " ".join(sorted(MACRO_ENDINGS)),
    }
