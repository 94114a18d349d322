"""The lock: keys of a film's stretches and pages of a document, for those who have earned them and a little ahead. Clause T2.3."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.models import Account
from jiangxue.courseware.errors import OutOfReach
from jiangxue.courseware.models import Media
from jiangxue.courseware.queries import lesson_of, media_in, previewed
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.stretches import film_key, stretch_key, stretches_in
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role
from jiangxue.learning.errors import LessonNotInClass
from jiangxue.learning.queries.release import released_of
from jiangxue.portals.media.files import served
from jiangxue.portals.media.tickets import BadTicket, folder_of

type _View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _signed_in[**P](view: _View[P]) -> _View[P]:
    """Answer 401 instead of a way to the sign-in page, which a player would take for a key."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Account):
            return JsonResponse({"error": "not_signed_in"}, status=401)
        return view(request, *args, **kwargs)

    return wrapper


@_signed_in
@for_roles(Role.LEARNER, Role.REVIEWER, Role.SUPERVISOR, *INSTITUTION_ROLES)
@require_safe
def key(request: SignedRequest, ticket: str, stretch: int) -> HttpResponse:
    """Return the 16 bytes that open one stretch of a film; 403 beyond what is released, 404 where there is no such stretch."""
    media = _media(ticket)
    if not media.key_name or stretch >= stretches_in(media.length_ms):
        raise Http404
    if stretch >= _released(request, media):
        return _not_released()
    opened = stretch_key(film_key(settings.MEDIA_MASTER_KEY, media.key_name), stretch)
    return HttpResponse(opened, content_type="application/octet-stream")


@_signed_in
@for_roles(Role.LEARNER, Role.REVIEWER, Role.SUPERVISOR, *INSTITUTION_ROLES)
@require_safe
def page(request: SignedRequest, ticket: str, number: str, ending: str) -> HttpResponse:
    """Return the picture or the text of one page, counted from 0001; 403 beyond what is released, 404 where there is no such page."""
    media = _media(ticket)
    if media.kind != LessonKind.DOCUMENT or not 1 <= int(number) <= media.pages:
        raise Http404
    if int(number) > _released(request, media):
        return _not_released()
    return served(request, media.folder, f"pages/{int(number):04d}.{ending}")


def _media(ticket: str) -> Media:
    try:
        media = media_in(folder_of(ticket))
    except BadTicket:
        media = None
    if media is None:
        raise Http404
    return media


def _released(request: SignedRequest, media: Media) -> int:
    """Return how many stretches or pages, from the beginning, this viewer may open; 404 for those whom the lesson is not for."""
    try:
        if request.viewer.role is not Role.LEARNER:
            return previewed(request.viewer, media)
        lesson = lesson_of(media)
        if lesson is None:
            raise Http404
        return released_of(request.viewer, lesson.pk, extent=media.extent, at=request.now)
    except (OutOfReach, LessonNotInClass):
        raise Http404 from None


def _not_released() -> HttpResponse:
    return JsonResponse({"error": "not_released"}, status=403)
