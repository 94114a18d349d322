"""The address at which a page shows a face: who may talk, how many at once, and how a conversation begins and ends.

ASGI without pages: it runs beside them in `make serve`, and alone in production, so that neither pages nor beats wait for pictures.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.api.conversation import Conversation
from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.api.incoming import Gone, Incoming, Message, Receive, Ticks
from jiangxue.facecheck.api.judging import Judge
from jiangxue.facecheck.api.wire import Closed, Closing, Hello, hello_of
from jiangxue.facecheck.errors import NoSuchTicket, TicketOfAnother
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.results import give_back
from jiangxue.facecheck.services.tickets import claim_ticket, end_unshown
from jiangxue.facecheck.vision.errors import LookFailed
from jiangxue.facecheck.vision.pool import Eyes
from jiangxue.facecheck.vision.weights import ModelMissing
from jiangxue.kernel import ids
from jiangxue.kernel.clock import monotonic_ms, to_ms

log = logging.getLogger(__name__)
PATH = "/face/socket"
HELLO_WITHIN_S = 5.0
ASK_AGAIN_S = 1.0
AT_ONCE = 3
"""So many people show their faces at the same time for each process that looks: ten frames a second take about a third of one."""
MOST_WAITING = 30
"""So many more wait for each such process; whoever comes then is told at once that there is no room."""
_CLOCK = DatabaseClock()

type Send = Callable[[Message], Awaitable[None]]
type Scope = dict[str, Any]


class FaceSocket:
    """Hears one page on each socket and of each person; `eyes` look at what it shows, in so many processes."""

    def __init__(self, eyes: Eyes, *, processes: int, ticks: Ticks = monotonic_ms) -> None:
        self._eyes, self._ticks = eyes, ticks
        self._opening = asyncio.Lock()
        self._models: tuple[str, ...] | None = None
        self._room = asyncio.Semaphore(AT_ONCE * processes)
        self._most_waiting = MOST_WAITING * processes
        self._waiting: list[object] = []
        self._talking: dict[int, Incoming] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one conversation and close the socket with what it came to."""
        await receive()
        if not is_of_our_page(scope):
            await send({"type": "websocket.close", "code": Closing.NO_TICKET.value})
            return
        await send({"type": "websocket.accept"})
        incoming = Incoming(receive, self._ticks)
        try:
            code = await self._hold(scope, incoming, send)
        except Closed as why:
            code = why.code
        except Gone:
            return
        finally:
            await incoming.close()
        with suppress(OSError):  # the page may have gone with the last word
            await send({"type": "websocket.close", "code": code.value})

    async def close(self) -> None:
        """End the processes that look."""
        await self._eyes.close()

    async def _hold(self, scope: Scope, incoming: Incoming, send: Send) -> Closing:
        hello = hello_of(await incoming.text(HELLO_WITHIN_S))
        attempt = await _claimed(scope, hello)
        incoming.begin(to_ms(attempt.expires_at) - to_ms(attempt.issued_at))
        if attempt.account_id in self._talking:
            self._talking[attempt.account_id].end(Closed(Closing.NO_TICKET))
        self._talking[attempt.account_id] = incoming
        try:
            return await self._talk(attempt, hello, incoming, send)
        finally:
            if self._talking.get(attempt.account_id) is incoming:
                del self._talking[attempt.account_id]

    async def _talk(self, attempt: FaceAttempt, hello: Hello, incoming: Incoming, send: Send) -> Closing:
        async def say(words: object) -> None:
            try:
                await send({"type": "websocket.send", "text": msgspec.json.encode(words).decode()})
            except OSError:
                raise Gone from None

        until_ms = self._ticks() + await in_database(lambda: to_ms(attempt.expires_at) - to_ms(_CLOCK.now()))
        try:
            async with self._place(incoming, say) as waited_ms:
                models = await self._open()
                if waited_ms:
                    await in_database(lambda: give_back(attempt.pk, waited_ms=waited_ms))
                judge = Judge(attempt, hello.camera, models, ids.chance, prefers_actions=hello.prefer is not None)
                return await Conversation(attempt, judge, incoming, say, self._eyes).go_on(until_ms + waited_ms)
        except (Closed, Gone) as why:
            # A conversation has kept what came of it; what is still open then never got as far as one.
            outcome = _without_room(why)
            await in_database(lambda: end_unshown(attempt.pk, outcome, now=_CLOCK.now()))
            raise

    @asynccontextmanager
    async def _place(self, incoming: Incoming, say: Callable[[object], Awaitable[None]]) -> AsyncIterator[int]:
        """Hold a place among those who talk, and tell how long it was waited for."""
        waited_ms = await self._wait(incoming, say)
        try:
            yield waited_ms
        finally:
            self._room.release()

    async def _wait(self, incoming: Incoming, say: Callable[[object], Awaitable[None]]) -> int:
        """Wait for room, telling the place in the queue, and return how long that took; whoever leaves gives up their turn."""
        since_ms, turn = self._ticks(), object()
        if self._room.locked() and len(self._waiting) >= self._most_waiting:
            raise Closed(Closing.NO_SERVICE)
        self._waiting.append(turn)
        entering = asyncio.ensure_future(self._room.acquire())
        has_entered = False
        try:
            while not (await asyncio.wait({entering}, timeout=ASK_AGAIN_S))[0]:
                incoming.check()
                await say({"do": "queue", "place": self._waiting.index(turn) + 1})
            has_entered = True
        finally:
            self._waiting.remove(turn)
            if not has_entered and not entering.cancel():
                self._room.release()
        return self._ticks() - since_ms

    async def _open(self) -> tuple[str, ...]:
        """Start the processes that look, once."""
        async with self._opening:
            if self._models is None:
                try:
                    self._models = await self._eyes.open()
                except (ModelMissing, LookFailed) as why:
                    log.error("faces_cannot_be_looked_at", extra={"why": str(why)})
                    raise Closed(Closing.NO_SERVICE) from None
            return self._models


def _without_room(why: Closed | Gone) -> AttemptOutcome:
    """Return how an attempt ends that never got room: whoever goes by themselves was not kept from it by us."""
    is_ours = isinstance(why, Closed) and why.code is Closing.NO_SERVICE
    return AttemptOutcome.SPARED if is_ours else AttemptOutcome.BROKEN


def is_of_our_page(scope: Scope) -> bool:
    """Say whether a socket is opened by a page of ours: browsers name the page's origin, and nothing else keeps other sites away."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = urlsplit(headers.get(b"origin", ""))
    return scope.get("path") == PATH and bool(origin.netloc) and origin.netloc == headers.get(b"host")


async def _claimed(scope: Scope, hello: Hello) -> FaceAttempt:
    def claim() -> FaceAttempt:
        account_id = _account_of(scope)
        if account_id is None:
            raise Closed(Closing.NO_TICKET)
        return claim_ticket(hello.ticket, account_id=account_id, now=_CLOCK.now())

    try:
        return await in_database(claim)
    except NoSuchTicket:
        raise Closed(Closing.NO_TICKET) from None
    except TicketOfAnother:
        raise Closed(Closing.NOT_YOURS) from None


def _account_of(scope: Scope) -> int | None:
    """Return who is signed in on the page, by its cookies, as on pages."""
    cookies = SimpleCookie()
    try:
        for name, value in scope["headers"]:
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
    except CookieError:
        return None
    if settings.SESSION_COOKIE_NAME not in cookies:
        return None
    request = HttpRequest()
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(cookies[settings.SESSION_COOKIE_NAME].value)
    account = get_user(request)
    return account.pk if account.is_authenticated else None
