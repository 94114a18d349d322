"""Films: served by folder under a signed, short-lived address, with ranges; in production by nginx (X-Accel-Redirect)."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

TICKET_AGE_S = 12 * 3600
TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".vtt": "text/vtt; charset=utf-8"}
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_NAME = re.compile(r"[A-Za-z0-9_./-]{1,200}")
_SIGNER = TimestampSigner(salt="jiangxue.media")


def media_url(folder: str, name: str) -> str:
    """Return an address of a file in a film's folder that holds for 12 hours; relative addresses in playlists stay valid."""
    return reverse("media", args=(_SIGNER.sign(folder.replace("/", "~")), name))


@require_safe
def media(request: HttpRequest, ticket: str, name: str) -> HttpResponse:
    """Serve one file of a film; 403 for a ticket that is forged or too old, 404 outside its folder, 416 for a bad range."""
    try:
        folder = _SIGNER.unsign(ticket, max_age=TICKET_AGE_S).replace("~", "/")
    except BadSignature:
        return HttpResponse(status=403)
    if not _NAME.fullmatch(name):
        raise Http404
    root = Path(settings.COURSE_MEDIA).resolve() / folder
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise Http404
    response = _handed_to_nginx(folder, name) if settings.MEDIA_ACCEL else _served(request, path)
    response["Content-Type"] = (
        TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _handed_to_nginx(folder: str, name: str) -> HttpResponse:
    return HttpResponse(headers={"X-Accel-Redirect": f"/course-media/{folder}/{name}"})


def _served(request: HttpRequest, path: Path) -> HttpResponse:
    """Read a file or a range of it; the files of a film are small, a few seconds each."""
    size = path.stat().st_size
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None or wanted.groups() == ("", ""):
        return HttpResponse(path.read_bytes(), headers={"Accept-Ranges": "bytes"})
    first, last = _bounds(wanted[1], wanted[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(first)
        body = file.read(last - first + 1)
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(body, status=206, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)
