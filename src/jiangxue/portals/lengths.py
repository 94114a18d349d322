"""How long a lesson is and how far somebody has come in it, in the words of its kind: minutes of a film, pages of a document."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.ui.durations import clock, duration

KIND_LABELS: dict[LessonKind, str | Promise] = {
    LessonKind.VIDEO: gettext_lazy("Video"),
    LessonKind.AUDIO: gettext_lazy("Audio"),
    LessonKind.DOCUMENT: gettext_lazy("Document"),
}


def length_said(extent: Extent) -> str:
    """Return a lesson's length: 3 分 20 秒, or 12 页."""
    if extent.is_document:
        return ngettext("%(pages)d page", "%(pages)d pages", extent.pages) % {"pages": extent.pages}
    return duration(extent.length_ms)


def extent_said(extent: Extent) -> str:
    """Return a lesson's kind and length: 文档 · 12 页."""
    return f"{KIND_LABELS[extent.kind]} · {length_said(extent)}"


def place_said(reached_ms: int, length_ms: int, page_ms: int) -> str:
    """Return how far somebody has come, of how much: 03:20 / 10:00, or 第 3 页，共 12 页."""
    if not page_ms:
        return _("%(reached)s of %(length)s") % {"reached": clock(reached_ms), "length": clock(length_ms)}
    pages = length_ms // page_ms
    return _("page %(page)d of %(pages)d") % {"page": min(pages, reached_ms // page_ms + 1), "pages": pages}
