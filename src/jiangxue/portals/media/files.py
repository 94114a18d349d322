"""Files of courseware for whoever holds its folder's ticket: playlists, locked segments, captions, poster; with ranges. Clause T1.2.

In production they are handed to nginx (X-Accel-Redirect). Keys and document pages are no files of this kind: `gate`.
"""

import re

from django.conf import settings
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jiangxue.courseware.storage import courseware_storage
from jiangxue.portals.media.tickets import BadTicket, folder_of

TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "ts": "video/mp2t",
    "vtt": "text/vtt; charset=utf-8",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
}
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_OPEN_NAMES = re.compile(
    r"(?:[A-Za-z0-9_-]{1,40}/)?[A-Za-z0-9_-]{1,80}\.(?:m3u8|ts)|captions(?:-[0-9a-f]{24})?\.vtt|poster\.webp"
)


@require_safe
def media(request: HttpRequest, ticket: str, name: str) -> HttpResponse:
    """Serve one file; 403 for a ticket that is forged or too old, 404 for what is not open to every holder, 416 for a bad range."""
    try:
        folder = folder_of(ticket)
    except BadTicket:
        return HttpResponse(status=403)
    if not _OPEN_NAMES.fullmatch(name):
        raise Http404
    return served(request, folder, name)


def served(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """Return one file of a folder, itself or by nginx; the caller has asked whether it may be seen."""
    response = _handed_to_nginx(folder, name) if settings.MEDIA_ACCEL else _read(request, f"{folder}/{name}")
    response["Content-Type"] = TYPES[name.rpartition(".")[2]]
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _handed_to_nginx(folder: str, name: str) -> HttpResponse:
    return HttpResponse(headers={"X-Accel-Redirect": f"/course-media/{folder}/{name}"})


def _read(request: HttpRequest, name: str) -> HttpResponse:
    """Read a file or a range of it; the files of courseware are small, a few seconds or one page each."""
    try:
        file = courseware_storage().open(name, "rb")
    except OSError:
        raise Http404 from None
    with file:
        return _answered(request, file)


def _answered(request: HttpRequest, file: "File[bytes]") -> HttpResponse:
    size = file.size
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None or wanted.groups() == ("", ""):
        return HttpResponse(file.read(), headers={"Accept-Ranges": "bytes"})
    first, last = _bounds(wanted[1], wanted[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(file.read(last - first + 1), status=206, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)
