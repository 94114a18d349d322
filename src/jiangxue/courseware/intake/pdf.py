"""PDF files: every object is looked at, whatever the page tree says of it (ISO 32000). Only in the caged process."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from jiangxue.courseware.intake.contents import has_markup, has_zip_at_end
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.shapes import IntakeLimits, Sample
from jiangxue.courseware.rules.files import FileFault, FileKind

_END_WITHIN = 2048
_POINT_MM = 25.4 / 72
_MOST_FILTERS = 4
_SCRIPTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})
_ATTACHED = frozenset({"/FileAttachment", "/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})
_HEAD = 1024


def look_at(source: Path, sample: Sample, limits: IntakeLimits) -> FileKind:
    """Return PDF; refuse locks, scripts, other files within, and what is not whole."""
    _hold_polyglot(sample)
    has_end = b"%%EOF" in sample.tail[-_END_WITHIN:]
    try:
        with pikepdf.open(source) as pdf:
            if len(pdf.objects) > limits.most_objects:
                raise FileRefused(FileFault.BOMB, f"{len(pdf.objects)} > {limits.most_objects}")
            _hold_pages(pdf, limits)
            if not has_end and pdf.get_warnings():
                raise FileRefused(FileFault.TRUNCATED, "pdf")
            _hold_objects(pdf, limits)
    except pikepdf.PasswordError as locked:
        raise FileRefused(FileFault.ENCRYPTED, "pdf") from locked
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, AttributeError) as bad:
        raise FileRefused(FileFault.DAMAGED if has_end else FileFault.TRUNCATED, "pdf") from bad
    return FileKind.PDF


def _hold_polyglot(sample: Sample) -> None:
    behind = sample.tail.rpartition(b"%%EOF")[2]
    if has_zip_at_end(sample):
        raise FileRefused(FileFault.POLYGLOT, "zip")
    if has_markup(sample.head[:_HEAD]) or has_markup(behind):
        raise FileRefused(FileFault.POLYGLOT, "html")


def _hold_pages(pdf: pikepdf.Pdf, limits: IntakeLimits) -> None:
    count = len(pdf.pages)
    if count == 0:
        raise FileRefused(FileFault.NO_PAGES, "pdf")
    if count > limits.most_pages:
        raise FileRefused(FileFault.TOO_MANY_PAGES, f"{count} > {limits.most_pages}")
    stated = pdf.Root.Pages.get("/Count", count)
    if int(stated) != count:
        raise FileRefused(FileFault.TRUNCATED, f"{count} < {int(stated)}")
    for page in pdf.pages:
        # A page whose content lies behind the cut is a page without content.
        if "/Contents" in page.obj and page.obj.get("/Contents") is None:
            raise FileRefused(FileFault.TRUNCATED, "pdf")
        _hold_page_size(page, limits)


def _hold_page_size(page: pikepdf.Page, limits: IntakeLimits) -> None:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1)) * _POINT_MM
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    if min(width, height) < 1:
        raise FileRefused(FileFault.DAMAGED, f"{width:.0f}×{height:.0f} mm")
    if max(width, height) > limits.longest_page_mm or max(width, height) > limits.most_elongated * min(width, height):
        raise FileRefused(FileFault.TOO_LARGE_PICTURE, f"{width:.0f}×{height:.0f} mm")


def _hold_objects(pdf: pikepdf.Pdf, limits: IntakeLimits) -> None:
    unpacked = 0
    for each in pdf.objects:
        for found in _dictionaries(each, limits.deepest):
            _hold_dictionary(found)
        if isinstance(each, pikepdf.Stream):
            _hold_image(each, limits)
            unpacked += _unpacked_bytes(each, limits)
            if unpacked > limits.most_unpacked_bytes * 2:
                raise FileRefused(FileFault.BOMB, f"{unpacked >> 20} MiB")


def _dictionaries(each: pikepdf.Object, deepest: int) -> Iterator[pikepdf.Object]:
    """Yield an object and what it holds directly; what it only names is an object of its own."""
    if deepest == 0:
        raise FileRefused(FileFault.BOMB, "pdf")
    if isinstance(each, pikepdf.Array):
        inner = list(each.as_list())
    elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        yield each
        inner = [value for _, value in each.items()]
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect:
            yield from _dictionaries(value, deepest - 1)


def _hold_dictionary(found: pikepdf.Object) -> None:
    keys = set(found.keys())
    action, subtype, kind = (str(found.get(key, "")) for key in ("/S", "/Subtype", "/Type"))
    if keys & {"/JS", "/XFA"} or action in _SCRIPTS:
        raise FileRefused(FileFault.SCRIPT, "XFA" if "/XFA" in keys else (action or "/JS").removeprefix("/"))
    if "/EF" in keys or kind == "/EmbeddedFile" or subtype in _ATTACHED or "/Collection" in keys:
        raise FileRefused(FileFault.ATTACHMENT, (subtype or "/EmbeddedFile").removeprefix("/"))
    if isinstance(found, pikepdf.Stream) and "/F" in keys:
        raise FileRefused(FileFault.OUTSIDE_REFERENCE, "F")


def _hold_image(stream: pikepdf.Object, limits: IntakeLimits) -> None:
    if str(stream.get("/Subtype", "")) != "/Image":
        return
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if width * height > limits.most_pixels:
        raise FileRefused(FileFault.TOO_LARGE_PICTURE, f"{width}×{height}")


def _unpacked_bytes(stream: pikepdf.Object, limits: IntakeLimits) -> int:
    """Return how long a stream becomes when its first filter is undone; stop where that is too much."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(name) for name in filters.as_list()] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if len(names) > _MOST_FILTERS:
        raise FileRefused(FileFault.BOMB, f"{len(names)} filters")
    packed = stream.read_raw_bytes()
    if names[:1] != ["/FlateDecode"]:
        return len(packed)
    unpacking, length = zlib.decompressobj(), 0
    try:
        while packed and not unpacking.eof:
            length += len(unpacking.decompress(packed, 1024 * 1024))
            packed = unpacking.unconsumed_tail
            if length > limits.most_part_bytes:
                raise FileRefused(FileFault.BOMB, f"{length >> 20} MiB")
    except zlib.error:
        return length  # one torn picture does not make the pages unreadable
    return length
