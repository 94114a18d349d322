"""A connection of the hot path's own, on which one gathering after the other is heard; it may break, and comes back by itself."""

import asyncio
import logging
from collections.abc import Sequence

import psycopg

from jiangxue.kernel import ids
from jiangxue.learning.hot import wire
from jiangxue.learning.hot.hearing import Hearing
from jiangxue.learning.hot.wire import Reply
from jiangxue.learning.rules.sequence import Beat

log = logging.getLogger(__name__)

BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0)
SETTINGS = (
    "-c lock_timeout=500ms -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s -c timezone=UTC"
    " -c synchronous_commit=on -c jit=off -c plan_cache_mode=force_generic_plan"
)

type Connection = psycopg.AsyncConnection[tuple[object, ...]]

# What a row, a constraint or a beat can do to a transaction; whatever it is, it is that beat's fault alone.
_FAULTS = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.InternalError,
    psycopg.ProgrammingError,
    ValueError,
    TypeError,
)


class Lane:
    """One connection to the database at `address`, opened when it is first needed and again after it broke."""

    def __init__(self, address: str, hearing: Hearing) -> None:
        self._address = address
        self._hearing = hearing
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
        """Close the connection."""
        if self._connecting is not None:
            self._connecting.cancel()
        if self._connection is not None:
            await self._connection.close()

    async def commit(self, beats: Sequence[Beat], fullness: float) -> list[Reply | None]:
        """Hear beats in one transaction and return their replies once it is committed; None: the lease was held by somebody else.

        Without a connection, or when it breaks, all are told to come again: a beat that was committed all the same is then
        recognised as a retry. A beat that the database or the rules choke on is found by halving, and it alone is refused.
        """
        connection = self._connection
        if connection is None:
            self.start()
            return [wire.busy() for _ in beats]
        try:
            async with connection.pipeline(), connection.transaction(), connection.cursor(binary=True) as cursor:
                return list(await self._hearing.hear(cursor, beats, fullness))
        except psycopg.OperationalError as fault:
            return await self._broken(connection, beats, fault)
        except _FAULTS as fault:
            return await self._halved(beats, fullness, fault)

    async def _halved(self, beats: Sequence[Beat], fullness: float, fault: Exception) -> list[Reply | None]:
        if len(beats) == 1:
            log.error("beat_not_judged", extra={"session": beats[0].session, "kind": type(fault).__name__})
            return [wire.NOT_JUDGED]
        middle = len(beats) // 2
        return [*await self.commit(beats[:middle], fullness), *await self.commit(beats[middle:], fullness)]

    async def _broken(self, connection: Connection, beats: Sequence[Beat], fault: Exception) -> list[Reply | None]:
        """Tell everybody to come again, and connect anew unless only a statement took too long."""
        log.warning("gathering_not_committed", extra={"beats": len(beats), "kind": type(fault).__name__})
        if connection.closed or connection.broken:
            self._connection = None
            self.start()
        return [wire.busy() for _ in beats]

    async def _connect(self) -> None:
        while self._connection is None:
            try:
                self._connection = await psycopg.AsyncConnection.connect(
                    self._address, autocommit=True, options=SETTINGS, connect_timeout=5, prepare_threshold=0
                )
            except psycopg.Error as fault:
                wait_s = BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)] * (0.5 + ids.chance())
                self._failures += 1
                log.warning("database_not_reached", extra={"kind": type(fault).__name__, "wait_ms": int(wait_s * 1000)})
                await asyncio.sleep(wait_s)
        self._failures = 0
