"""A connection of the hot path's own, on which one gathering after the other is heard; it may break, and comes back by itself."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec
import psycopg

from jiangxue.kernel import ids
from jiangxue.learning.hot import rows, wire
from jiangxue.learning.hot.hearing import Hearing
from jiangxue.learning.hot.wire import Reply
from jiangxue.learning.rules.sequence import Beat

log = logging.getLogger(__name__)

BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0)
SETTINGS = (
    "-c lock_timeout=500ms -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s -c timezone=UTC"
    " -c synchronous_commit=on -c jit=off -c plan_cache_mode=force_generic_plan"
)
FAULTS = (
    psycopg.Error,
    msgspec.MsgspecError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""Whatever a row or a beat can do to the statements and to the rules; what is not among them ends the process."""

_NOT_THE_BEATS = ("25", "42")
"""Classes of SQLSTATE that no beat brings about: a server that only reads; missing tables, columns and rights."""

type Connection = psycopg.AsyncConnection[tuple[object, ...]]


class NotCommitted(psycopg.OperationalError):
    """The database ended a transaction otherwise than by committing it."""


class Lane:
    """One connection to the database at `address`, opened when it is first needed and again after it broke.

    A database that says nothing for `silence_ms` is given up: its own timeouts do not reach us from a host that has gone.
    """

    def __init__(self, address: str, hearing: Hearing, silence_ms: int) -> None:
        self._address = address
        self._hearing = hearing
        self._silence_s = silence_ms / 1000
        self._connection: Connection | None = None
        self._failures = 0
        self._connecting: asyncio.Task[None] | None = None

    @property
    def is_ready(self) -> bool:
        """Say whether the database can be reached, as far as is known."""
        return self._connection is not None

    def start(self) -> None:
        """Begin to connect, unless that is under way."""
        if self._connection is None and (self._connecting is None or self._connecting.done()):
            self._connecting = asyncio.create_task(self._connect())

    async def stop(self) -> None:
        """Close the connection, a half-made one too: the database would wait a minute for it."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.wait({self._connecting})
            self._connecting = None
        if self._connection is not None:
            await self._connection.close()

    async def commit(self, beats: Sequence[Beat], fullness: float) -> list[Reply | None]:
        """Hear beats in one transaction and return their replies once it is committed; None: the lease was held by somebody else.

        Without a connection, or when the database is at fault, all are told to come again: a beat that was committed all the same
        is then recognised as a retry. A beat that the database or the rules choke on is found by halving, and it alone is refused.
        """
        connection = self._connection
        if connection is None:
            self.start()
            return [wire.busy() for _ in beats]
        try:
            replies = await self._committed(connection, beats, fullness)
        except FAULTS as fault:
            if _is_the_databases(fault):
                return await self._told_to_come_again(connection, beats, fault)
            return await self._halved(connection, beats, fullness, fault)
        self._failures = 0
        return replies

    async def _committed(self, connection: Connection, beats: Sequence[Beat], fullness: float) -> list[Reply | None]:
        """Hear beats between BEGIN and COMMIT, which travel with the first and the last statements: two round trips."""
        with self._given_up_when_silent(connection):
            async with connection.cursor(binary=True) as cursor:
                async with connection.pipeline():
                    await cursor.execute("BEGIN")
                    replies = await self._hearing.hear(cursor, beats, fullness)
                    await cursor.execute("COMMIT")
                if cursor.statusmessage != "COMMIT":
                    raise NotCommitted(cursor.statusmessage or "no answer")
            return replies

    @contextmanager
    def _given_up_when_silent(self, connection: Connection) -> Iterator[None]:
        """Around whatever waits for the database's answer."""
        watchdog = asyncio.get_running_loop().call_later(self._silence_s, _hang_up, connection)
        try:
            yield
        finally:
            watchdog.cancel()

    async def _halved(
        self, connection: Connection, beats: Sequence[Beat], fullness: float, fault: Exception
    ) -> list[Reply | None]:
        try:
            with self._given_up_when_silent(connection):
                await connection.rollback()
        except psycopg.Error as broken:
            return await self._told_to_come_again(connection, beats, broken)
        if len(beats) == 1:
            log.error("beat_not_judged", extra={"session": beats[0].session, **_kind(fault)}, exc_info=fault)
            return [wire.NOT_JUDGED]
        middle = len(beats) // 2
        return [*await self.commit(beats[:middle], fullness), *await self.commit(beats[middle:], fullness)]

    async def _told_to_come_again(
        self, connection: Connection, beats: Sequence[Beat], fault: Exception
    ) -> list[Reply | None]:
        """Give the connection up, whatever is wrong with it or with the server behind it, and connect anew after a while."""
        log.error("gathering_not_committed", extra={"beats": len(beats), **_kind(fault)})
        if self._connection is connection:
            self._connection = None
            await connection.close()
            self.start()
        return [wire.busy() for _ in beats]

    async def _connect(self) -> None:
        while self._connection is None:
            if self._failures:
                await asyncio.sleep(BACK_OFF_S[min(self._failures, len(BACK_OFF_S)) - 1] * (0.5 + ids.chance()))
            self._failures += 1
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._address,
                    autocommit=True,
                    options=SETTINGS,
                    connect_timeout=5,
                    prepare_threshold=0,
                )
                await self._begin(connection)
            except psycopg.Error as fault:
                level = logging.ERROR if self._failures == 1 else logging.WARNING
                log.log(level, "database_not_reached", extra={**_kind(fault), "tries": self._failures})

    async def _begin(self, connection: Connection) -> None:
        """Use a new connection once it has noted that there was an interruption."""
        try:
            with self._given_up_when_silent(connection):
                await connection.execute(rows.NOTE_START)
            self._connection = connection
        finally:
            if self._connection is not connection:
                await connection.close()


def _is_the_databases(fault: Exception) -> bool:
    """Say whether a fault is that of the connection or the server, and not of one of the beats."""
    if isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
        return True
    return isinstance(fault, psycopg.Error) and (fault.sqlstate or "").startswith(_NOT_THE_BEATS)


def _kind(fault: Exception) -> dict[str, str | None]:
    return {"kind": type(fault).__name__, "sqlstate": getattr(fault, "sqlstate", None)}


def _hang_up(connection: Connection) -> None:
    """End the line under a connection that waits for a database that does not answer: its wait then fails at once."""
    if not connection.closed:
        with socket.socket(fileno=os.dup(connection.pgconn.socket)) as line:
            line.shutdown(socket.SHUT_RDWR)
