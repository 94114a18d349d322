"""The hot path as an ASGI application: `POST /beat`, and two addresses by which a balancer sees whether it lives."""

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any

from jiangxue.learning.hot import wire
from jiangxue.learning.hot.committer import Committer
from jiangxue.learning.hot.wire import Malformed, Reply, parse_beat
from jiangxue.learning.rules.sequence import is_authentic, session_key

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]

BEAT = "/beat"
READY = "/readyz"
KEYS_KEPT = 600_000
"""More than learn at once, else each beat would push out the key of the next."""


class HotPath:
    """Answers beats; `master_key` is what the sessions' keys are derived from."""

    def __init__(self, committer: Committer, master_key: bytes) -> None:
        self._committer = committer
        self._key = lru_cache(KEYS_KEPT)(lambda session: session_key(master_key, session))

    def start(self) -> None:
        """Begin to hear; the database may still be away."""
        self._committer.start()

    async def stop(self) -> None:
        """Answer what has come, and end."""
        await self._committer.stop()

    @property
    def is_ready(self) -> bool:
        """Say whether beats can be judged now."""
        return self._committer.is_ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's life (lifespan)."""
        if scope["type"] == "lifespan":
            await live(self, receive, send)
        elif scope["type"] == "http":
            await _send(send, await self._reply(scope, receive))

    async def _reply(self, scope: Scope, receive: Receive) -> Reply:
        if scope["path"] == BEAT:
            return await self._beat(receive) if scope["method"] == "POST" else wire.NOT_ALLOWED
        if scope["path"] == "/healthz":
            return wire.ALIVE if self._committer.is_working else wire.busy()
        if scope["path"] == READY:
            return wire.ALIVE if self.is_ready else wire.busy()
        return wire.NOT_FOUND

    async def _beat(self, receive: Receive) -> Reply:
        body = await _body(receive)
        if len(body) > wire.MAX_BYTES:
            return wire.TOO_LARGE
        try:
            beat = parse_beat(body)
        except Malformed:
            return wire.MALFORMED
        if not is_authentic(beat, self._key(beat.session)):
            return wire.NOT_AUTHENTIC
        return await self._committer.submit(beat)


async def _body(receive: Receive) -> bytes:
    """Return the body as far as it matters: a little more than the most that is read."""
    event = await receive()
    body: bytes = event.get("body", b"")
    while event.get("more_body") and len(body) <= wire.MAX_BYTES:
        event = await receive()
        body += event.get("body", b"")
    return body


async def _send(send: Send, reply: Reply) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(reply.body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if reply.retry_after_s is not None:
        headers.append((b"retry-after", b"%d" % reply.retry_after_s))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def live(hot: HotPath, receive: Receive, send: Send) -> None:
    """Start with the server and stop with it: the server has answered every open request before it says shutdown."""
    await receive()
    hot.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hot.stop()
    await send({"type": "lifespan.shutdown.complete"})
