"""Pictures of faces: shown after a reason was given and recorded, each under an address that is good for five minutes and for one person. Clauses T3.3, M2."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.queries.face_pictures import Picture, picture_for
from jiangxue.learning.queries.face_reviews import FaceCase

GOOD_FOR = timedelta(minutes=5)
_SALT = "face picture"


def side_by_side(
    request: SignedRequest, case: FaceCase, pictures: Sequence[Picture], address: Callable[[str], str]
) -> dict[str, list[dict[str, object]]]:
    """Return what ui/face_pictures.html shows: pictures of the check beside those of the enrolment, each with its own address."""
    lines = [(each, {"url": address(_token(request, case, each)), "at": each.at}) for each in pictures]
    return {
        "taken": [line for each, line in lines if each.attempt is not None],
        "enrolled": [line for each, line in lines if each.attempt is None],
    }


def _token(request: SignedRequest, case: FaceCase, picture: Picture) -> str:
    return signed(request, _SALT, {"check": case.check.pk.hex, "picture": picture.id.hex})


def signed(request: SignedRequest, salt: str, what: Mapping[str, str | int]) -> str:
    """Return what names a picture in an address: for the viewer alone, and five minutes."""
    content = {**what, "for": request.viewer.account_id, "until": to_ms(request.now + GOOD_FOR)}
    return signing.dumps(content, salt=salt)


def opened(request: SignedRequest, salt: str, token: str) -> Mapping[str, Any]:
    """Return what an address names that was made for this viewer and is good still; 404 for any other."""
    try:
        content: Mapping[str, Any] = signing.loads(token, salt=salt)
    except signing.BadSignature:
        raise Http404 from None
    if content["for"] != request.viewer.account_id or content["until"] < to_ms(request.now):
        raise Http404
    return content


@cache_control(no_store=True)
@require_safe
def picture(request: SignedRequest, token: str) -> HttpResponse:
    """Send one picture to the person whom its address was made for, while it is good; role and class are looked at again."""
    content = opened(request, _SALT, token)
    try:
        return sent(picture_for(request.viewer, UUID(content["check"]), UUID(content["picture"])))
    except NoSuchReview:
        raise Http404 from None


def sent(jpeg: bytes) -> HttpResponse:
    """Return a picture under one fixed type, to be shown within our pages alone."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="face.jpg"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)
