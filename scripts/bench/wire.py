"""Keep-alive connections to server processes, shared by all pages as a proxy's connections are."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import cast

UNANSWERED, NOT_SENT = 0, -1
_RECONNECT_S = 0.1
_LENGTH = b"content-length: "

type Heard = Callable[[int, bytes], None]
"""Is called with status and body of an answer; or with `UNANSWERED` when the connection ended after the request was sent, `NOT_SENT` before."""


def beat_request(body: bytes) -> bytes:
    """Return the request that carries a beat."""
    return (
        b"POST /beat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
        % (len(body), body)
    )


class Connection(asyncio.Protocol):
    """One connection with at most one request on its way."""

    def __init__(self, pool: "Pool", port: int) -> None:
        self._pool = pool
        self._port = port
        self._heard: Heard | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Become usable."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own type, which only looks like it
        self._pool.free(self)

    def ask(self, request: bytes, heard: Heard) -> None:
        """Send a whole request."""
        if self._transport.is_closing():
            asyncio.get_running_loop().call_soon(heard, NOT_SENT, b"")
            return
        self._heard = heard
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Collect an answer."""
        received = self._received + data if self._received else data
        head_ends = received.find(b"\r\n\r\n")
        at = received.find(_LENGTH)
        if head_ends < 0 or at < 0:
            self._received = received
            return
        length = int(received[at + len(_LENGTH) : received.find(b"\r\n", at)])
        if len(received) < head_ends + 4 + length:
            self._received = received
            return
        self._received = b""
        self._pool.free(self)
        self._tell(int(received[9:12]), received[head_ends + 4 :])

    def connection_lost(self, fault: Exception | None) -> None:
        """Say that no answer will come, and have another connection made in this one's place."""
        self._pool.lose(self, self._port)
        self._tell(UNANSWERED, b"")

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def _tell(self, status: int, body: bytes) -> None:
        heard, self._heard = self._heard, None
        if heard is not None:
            heard(status, body)


class Pool:
    """Connections that take turns; requests wait in order when all are in use."""

    def __init__(self, ports: Sequence[int], connections: int) -> None:
        self._ports = [ports[number % len(ports)] for number in range(connections)]
        self._idle: deque[Connection] = deque()
        self._waiting: deque[Callable[[Connection], None]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self.closing = False

    async def open(self) -> None:
        """Open all connections."""
        for port in self._ports:
            await self._connect(port)

    def close(self) -> None:
        """Hang up everywhere."""
        self.closing = True
        for connection in self._idle:
            connection.close()

    def use(self, work: Callable[[Connection], None]) -> None:
        """Do `work` with a free connection, now or as soon as there is one."""
        if self._idle:
            work(self._idle.popleft())
        else:
            self._waiting.append(work)

    def free(self, connection: Connection) -> None:
        """Take a connection back."""
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._waiting.popleft(), connection)
        else:
            self._idle.append(connection)

    def lose(self, connection: Connection, port: int) -> None:
        """Replace a connection that has ended."""
        if connection in self._idle:
            self._idle.remove(connection)
        if not self.closing:
            task = asyncio.get_running_loop().create_task(self._connect(port))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self, port: int) -> None:
        while not self.closing:
            try:
                await asyncio.get_running_loop().create_connection(lambda: Connection(self, port), "127.0.0.1", port)
            except OSError:
                await asyncio.sleep(_RECONNECT_S)
            else:
                return
