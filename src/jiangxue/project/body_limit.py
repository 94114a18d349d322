"""Ends requests whose body is larger than anything the program reads, before it is kept anywhere."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from jiangxue.courseware.rules.uploads import MOST_CHUNK_BYTES

type Scope = dict[str, Any]
type Event = Mapping[str, Any]
type Receive = Callable[[], Awaitable[Event]]
type Send = Callable[[Event], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 1024 * 1024
WITH_PICTURE = "/learn/appeals/new/"
MOST_BYTES_WITH_PICTURE = 24 * 1024 * 1024
"""Enough for a phone's largest photograph, so that the page itself says that it is too large, and the words beside it stay."""

_WITH_PICTURES = re.compile(r"/(learn|institution)/cases/[0-9a-f-]{36}/explain/")
MOST_BYTES_WITH_PICTURES = 3 * MOST_BYTES_WITH_PICTURE
"""Where somebody explains a case, with three pictures at most."""

_OF_ORDERS = re.compile(r"/(region|institution)/orders/[0-9a-f-]{36}/[a-z]{1,12}/")
MOST_BYTES_OF_ORDERS = 32 * 1024 * 1024
"""More than three files of an order or an answer may have, so that its page says what is too large, and the words beside it stay."""

_OF_A_PAPER = re.compile(r"/(institution/own|operator/organisations/[0-9]{1,19})/papers/new/")
"""Where a licence or another paper is written down, with its file; the limit is that of one picture."""

_OF_A_FILE = re.compile(r"/institution/courses/[0-9]{1,19}/uploads/[0-9a-f-]{36}/")
"""Where a file of courseware is sent, portion by portion."""

MOST_BYTES_WITH_CAPTIONS = 4 * 1024 * 1024
"""More than captions may have, so that the page of their film says that they are too large."""

_OF_CAPTIONS = re.compile(r"/institution/files/[0-9a-f-]{36}/captions/")

OF_OCCUPATIONS = "/operator/occupations/import/"
MOST_BYTES_WITH_OCCUPATIONS = 8 * 1024 * 1024
"""More than a table of occupations may have, so that the page itself says that it is too large."""

_OF_A_ROSTER = re.compile(r"/institution/(?:classes|openings)/[0-9]{1,19}/roster-file/")
MOST_BYTES_WITH_ROSTER = 16 * 1024 * 1024
"""More than a roster may have, so that its page says that it is too large."""

WITH_WORDS = "/operator/words/import/"
MOST_BYTES_WITH_WORDS = 4 * 1024 * 1024
"""More than a list of sensitive words may have, so that its page says that it is too large."""


class _TooLarge(Exception):
    """More came than the limit."""


class BodyLimit:
    """An ASGI application around another that answers 413 with a page once more body has come than its address may be sent."""

    def __init__(self, application: Application, page: Callable[[], bytes]) -> None:
        self._application = application
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what comes."""
        came = 0
        most = _most_bytes(str(scope.get("path", "")))

        async def counted() -> Event:
            nonlocal came
            event = await receive()
            if event["type"] == "http.request":
                came += len(event.get("body", b""))
                if came > most:
                    raise _TooLarge
            return event

        try:
            await self._application(scope, counted, send)
        except _TooLarge:
            html = [(b"content-type", b"text/html; charset=utf-8")]
            await send({"type": "http.response.start", "status": 413, "headers": html})
            await send({"type": "http.response.body", "body": self._page()})


def _most_bytes(path: str) -> int:
    return next((most for where, most in _MORE if where.fullmatch(path)), MOST_BYTES)


_MORE = (
    (re.compile(f"{WITH_PICTURE}.*", re.DOTALL), MOST_BYTES_WITH_PICTURE),
    (_WITH_PICTURES, MOST_BYTES_WITH_PICTURES),
    (_OF_ORDERS, MOST_BYTES_OF_ORDERS),
    (re.compile(WITH_WORDS), MOST_BYTES_WITH_WORDS),
    (_OF_CAPTIONS, MOST_BYTES_WITH_CAPTIONS),
    (re.compile(OF_OCCUPATIONS), MOST_BYTES_WITH_OCCUPATIONS),
    (_OF_A_PAPER, MOST_BYTES_WITH_PICTURE),
    (_OF_A_ROSTER, MOST_BYTES_WITH_ROSTER),
    (_OF_A_FILE, MOST_CHUNK_BYTES),
)
"""The addresses that may be sent more than any other, and how much."""
