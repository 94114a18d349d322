"""Sending the picture of an appeal: the one that we wrote, under one fixed type, to those whom it concerns. Clauses M2, M6."""

from uuid import UUID

from django.http import Http404, HttpResponse

from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import NoSuchAppeal
from jiangxue.learning.queries.appeals import picture_for


def picture_response(viewer: Viewer, appeal_id: UUID) -> HttpResponse:
    """Return the picture; 404 for those who may not see it."""
    try:
        picture = picture_for(viewer, appeal_id)
    except NoSuchAppeal:
        raise Http404 from None
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="appeal.webp"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(picture, content_type="image/webp", headers=headers)
