"""What every request passes: the log line, and the refusal of plain HTTP where browsers would lose what learning needs."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from psycopg import errors

from jiangxue.kernel.clock import monotonic_ms
from jiangxue.project import error_pages

log = logging.getLogger("jiangxue.request")
_QUIET = ("/static/", "/healthz", "/readyz", "/beat", "/media/")
_CONFLICTS = (errors.UniqueViolation, errors.SerializationFailure, errors.DeadlockDetected)
_SESSION_KEY = re.compile(r"[a-z0-9]{8,64}")
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
type Responder = Callable[[HttpRequest], HttpResponseBase]


def request_log(get_response: Responder) -> Responder:
    """Log each page request by its route, never by its address or its person."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = monotonic_ms()
        response = get_response(request)
        if not request.path.startswith(_QUIET) or response.status_code >= 500:
            match = request.resolver_match
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "route": match.route if match else "",
                    "status": response.status_code,
                    "ms": monotonic_ms() - started,
                },
            )
        return response

    return middleware


def secure_context_only(get_response: Responder) -> Responder:
    """Answer plain HTTP under any name but localhost with a page that says what to do.

    Browsers give camera, wake lock and WebCrypto to secure contexts alone; and passwords do not belong on an open network.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        host = request.get_host().rsplit(":", 1)[0]
        if request.is_secure() or host in _LOCAL or request.path.startswith(("/static/", "/healthz", "/readyz")):
            return get_response(request)
        return render(request, "signin/insecure.html", status=403)

    return middleware


def readable_only(get_response: Responder) -> Responder:
    """Refuse forms that are not UTF-8 (400), and forget session cookies that cannot be ours: the database takes neither."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
        if charset.lower() not in {"utf-8", "utf8"}:
            return error_pages.bad_request(request, ValueError("charset"))
        if not _SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return get_response(request)

    return middleware


class ConflictPage:
    """Shows a page instead of a fault when two people changed the same thing at the same moment (409): trying again helps."""

    def __init__(self, get_response: Responder) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass a request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what the database refused because somebody else was faster; leave every other fault alone."""
        if not isinstance(exception.__cause__, _CONFLICTS):
            return None
        log.warning("conflict", extra={"kind": type(exception.__cause__).__name__})
        return error_pages.conflict(request)
