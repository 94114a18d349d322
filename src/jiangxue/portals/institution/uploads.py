"""The server's side of tus 1.0, by which editors send files: core and creation (decision 0017). Clause T1.1."""

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import FileTooLarge, OutOfReach, TooManyUnfinished, WrongOffset
from jiangxue.courseware.models import Upload
from jiangxue.courseware.queries import EDITORS, course_for, upload_for
from jiangxue.courseware.rules.uploads import MOST_CHUNK_BYTES
from jiangxue.courseware.services.uploading import FileAnnounced, create_upload, take_chunk

VERSION = "1.0.0"
PORTION = "application/offset+octet-stream"
_NUMBER = re.compile(r"[0-9]{1,18}")
type TusView = Callable[..., HttpResponse]


class _Unreadable(Exception):
    """The request does not say what tus asks for, or its body did not come whole."""


def speaks_tus(view: TusView) -> TusView:
    """Answer as tus asks, whoever answers: its version, 412 for another one, and 401 instead of a page to sign in."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponse:
        method = request.method or ""
        if method == "POST":  # and no other: a GET is let in without the token against forgery
            method = request.headers.get("X-HTTP-Method-Override", method).upper()
        if method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            response = _said(412, "Tus-Resumable: 1.0.0")
            response["Tus-Version"] = VERSION
        else:
            request.method = method
            response = view(request, *args, **kwargs)
        if response.status_code == 302:
            response = _said(
                401,
                _(
                    "You are no longer signed in. Please sign in again and choose the same file: it goes on where it stopped."
                ),
            )
        response["Tus-Resumable"] = VERSION
        return response

    return wrapper


@speaks_tus
@for_roles(*EDITORS)
def uploads(request: SignedRequest, course_id: int) -> HttpResponse:
    """Announce a file: 201 with the address to send it to; OPTIONS says what is spoken here."""
    try:
        if request.method == "OPTIONS":
            course_for(request.viewer, course_id)
            return _spoken()
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "OPTIONS, POST"})
        file = FileAnnounced(_name(request), _number(request, "Upload-Length"))
        upload = create_upload(
            viewer=request.viewer, course_id=course_id, file=file, by=actor_of(request), now=request.now
        )
    except OutOfReach:
        raise Http404 from None
    except _Unreadable as fault:
        return _said(400, str(fault))
    except FileTooLarge as refusal:
        words = _("The file is larger than %(most)s. Please cut it into several parts.")
        return _said(413, words % {"most": filesizeformat(refusal.most)})
    except TooManyUnfinished as refusal:
        words = _(
            "%(most)d files of this course have not been sent completely. Go on with those or give them up first."
        )
        return _said(422, words % {"most": refusal.most})
    return HttpResponse(status=201, headers={"Location": reverse("institution:upload", args=(course_id, upload.pk))})


@speaks_tus
@for_roles(*EDITORS)
def upload(request: SignedRequest, course_id: int, upload_id: UUID) -> HttpResponse:
    """Say how much of a file is there (HEAD), or take the next portion (PATCH); 409 for one that does not follow."""
    try:
        found = upload_for(request.viewer, upload_id)
        if found.course_id != course_id:
            raise OutOfReach
        if request.method == "OPTIONS":
            return _spoken()
        if request.method == "HEAD":
            return _standing(found, 200)
        if request.method != "PATCH":
            return HttpResponse(status=405, headers={"Allow": "HEAD, OPTIONS, PATCH"})
        return _patched(request, upload_id)
    except OutOfReach:
        raise Http404 from None


def _patched(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    if request.content_type != PORTION:
        return _said(415, PORTION)
    try:
        offset, body = _number(request, "Upload-Offset"), _body(request)
        taken = take_chunk(viewer=request.viewer, upload_id=upload_id, offset=offset, body=body, now=request.now)
    except _Unreadable as fault:
        return _said(400, str(fault))
    except FileTooLarge as refusal:
        return _said(413, str(refusal.most))
    except WrongOffset as refusal:
        return HttpResponse(status=409, headers={"Upload-Offset": str(refusal.received)})
    return _standing(taken, 204)


def _standing(upload: Upload, status: int) -> HttpResponse:
    headers = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size), "Cache-Control": "no-store"}
    return HttpResponse(status=status, headers=headers)


def _spoken() -> HttpResponse:
    return HttpResponse(status=204, headers={"Tus-Version": VERSION, "Tus-Extension": "creation"})


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    if not _NUMBER.fullmatch(said):
        raise _Unreadable(header)
    return int(said)


def _name(request: HttpRequest) -> str:
    """Return the name of a file, which stands in the metadata as base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                raise _Unreadable("Upload-Metadata") from None
    return ""


def _body(request: HttpRequest) -> bytes:
    """Return a portion that came whole; what a lost line tore off is not kept, the browser sends it again."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > MOST_CHUNK_BYTES:
        raise FileTooLarge(MOST_CHUNK_BYTES)
    try:
        body = request.read(MOST_CHUNK_BYTES + 1)
    except UnreadablePostError:
        raise _Unreadable("body") from None
    if len(body) > MOST_CHUNK_BYTES:
        raise FileTooLarge(MOST_CHUNK_BYTES)
    if announced and announced != str(len(body)):
        raise _Unreadable("Content-Length")
    return body
