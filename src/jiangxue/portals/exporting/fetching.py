"""Sending the file of an export to who asked for it, block by block. Clause M2."""

from collections.abc import AsyncIterator, Iterator
from typing import cast
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.portals.exporting.lines import cannot_keep_files
from jiangxue.portals.exporting.shown import found, shown
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.errors import ExportExpired, NoSuchExport, NotMadeYet
from jiangxue.reporting.services.fetching_exports import Fetched, fetch_export


def file(request: SignedRequest, export_id: UUID) -> HttpResponse:
    """Send the file; who has none, or nothing to keep it with, is led to the page that says why (410 where it is gone)."""
    if cannot_keep_files(request):
        return redirect(url_of(request, "export", export_id))
    if request.method == "HEAD":
        found(request, export_id)
        return HttpResponse()
    try:
        fetched = fetch_export(viewer=request.viewer, export_id=export_id, by=actor_of(request), now=request.now)
    except NoSuchExport:
        raise Http404 from None
    except NotMadeYet:
        return redirect(url_of(request, "export", export_id))
    except ExportExpired:
        return shown(request, found(request, export_id), status=410)
    return cast("HttpResponse", _sent(request, fetched))  # that it streams makes no difference to whoever wraps it


def _sent(request: SignedRequest, fetched: Fetched) -> StreamingHttpResponse:
    is_async = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(
        _in_turn(fetched.blocks) if is_async else fetched.blocks,
        content_type=fetched.type,
        headers={
            "Content-Length": str(fetched.size),
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=fetched.name) or "",
            "Accept-Ranges": "none",
        },
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


async def _in_turn(blocks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield blocks without holding up other requests; a slow line holds no connection to the database meanwhile."""
    await sync_to_async(connections.close_all)()
    while (block := await sync_to_async(_next)(blocks)) is not None:
        yield block


def _next(blocks: Iterator[bytes]) -> bytes | None:
    return next(blocks, None)
