"""Gathers beats for a few milliseconds and has them heard together: nothing is answered before its commit."""

import asyncio
import logging
import signal
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue.kernel.clock import monotonic_ms
from jiangxue.learning.hot import wire
from jiangxue.learning.hot.lane import Lane
from jiangxue.learning.hot.wire import Reply
from jiangxue.learning.rules.sequence import Beat

log = logging.getLogger(__name__)
REPORT_EVERY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long beats are gathered, how many may wait, and how long for a lease or a database that does not answer.

    A page gives up after 8 s.
    """

    window_ms: int = 5
    gathering: int = 500
    waiting: int = 10_000
    waiting_of_session: int = 4
    lock_patience_ms: int = 500
    silence_ms: int = 6_000


@dataclass(slots=True)
class _Waiting:
    beat: Beat
    reply: asyncio.Future[Reply]
    since_ms: int


class Committer:
    """One queue of beats in front of a few lanes: while one commits, the next gathering is heard on another."""

    def __init__(self, lanes: Sequence[Lane], limits: Limits) -> None:
        self._lanes = lanes
        self._idle = list(lanes)
        self._freed = asyncio.Event()
        self._under_way = 0
        self._limits = limits
        self._queue: deque[_Waiting] = deque()
        self._of_session: Counter[str] = Counter()
        self._arrived = asyncio.Event()
        self._stopping = False
        self._turned_away = 0
        self._turned_away_lately = False
        self._reported_ms = 0
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        for lane in self._lanes:
            lane.start()
        self._work = asyncio.create_task(self._run())
        self._work.add_done_callback(_end_the_process_if_it_failed)

    async def stop(self) -> None:
        """Hear what is waiting, then close the lanes."""
        self._stopping = True
        self._arrived.set()
        if self._work is not None:
            await asyncio.wait({self._work})
        for lane in self._lanes:
            await lane.stop()

    @property
    def is_working(self) -> bool:
        """Say whether beats are being heard."""
        return self._work is not None and not self._work.done()

    @property
    def is_ready(self) -> bool:
        """Say whether beats are being heard and the database can be reached."""
        return self.is_working and any(lane.is_ready for lane in self._lanes)

    async def submit(self, beat: Beat) -> Reply:
        """Return the reply to an authentic beat once it is committed; at once, when too much is waiting already."""
        if len(self._queue) >= self._limits.waiting or self._stopping:
            self._turn_away()
            return wire.busy()
        if self._of_session[beat.session] >= self._limits.waiting_of_session:
            return wire.TOO_OFTEN
        waiting = _Waiting(beat, asyncio.get_running_loop().create_future(), monotonic_ms())
        self._of_session[beat.session] += 1
        self._queue.append(waiting)
        self._arrived.set()
        return await waiting.reply

    @property
    def fullness(self) -> float:
        """Return how full the queue is, from 0 to 1."""
        return min(1.0, len(self._queue) / self._limits.waiting)

    async def _run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                while self._queue or self._under_way or not self._stopping:
                    await self._arrived.wait()
                    if len(self._queue) < self._limits.gathering:
                        await asyncio.sleep(self._limits.window_ms / 1000)
                    if self._queue:
                        lane = await self._free_lane()
                        self._under_way += 1
                        gathered = self._still_awaited(self._taken(self._limits.gathering))
                        group.create_task(self._hear(lane, gathered, self._pressure(gathered)))
                    if not self._queue and not self._stopping:
                        self._arrived.clear()
        finally:  # whatever ended the work: nobody waits for an answer that will not come
            self._stopping = True
            for waiting in self._taken(len(self._queue)):
                self._answer(waiting, wire.busy())

    async def _free_lane(self) -> Lane:
        """Return a lane that is connected, as soon as it is free; one that is not, only when there is no other."""
        while True:
            lane = next((lane for lane in self._idle if lane.is_ready), None)
            if lane is None and not self._under_way:
                lane = self._idle[0]
            if lane is not None:
                self._idle.remove(lane)
                return lane
            self._freed.clear()
            await self._freed.wait()

    def _taken(self, most: int) -> list[_Waiting]:
        return [self._queue.popleft() for _ in range(min(len(self._queue), most))]

    def _still_awaited(self, gathered: Sequence[_Waiting]) -> list[_Waiting]:
        """Turn away what has waited so long that its page measures anew: judged now, it would cost what was watched meanwhile."""
        oldest_ms = monotonic_ms() - self._limits.silence_ms
        awaited = []
        for waiting in gathered:
            if waiting.since_ms > oldest_ms:
                awaited.append(waiting)
            else:
                self._turn_away()
                self._answer(waiting, wire.busy())
        return awaited

    def _pressure(self, gathered: Sequence[_Waiting]) -> float:
        """Return how full the queue is for those who are heard next: full, if a beat was turned away since the last gathering."""
        if not gathered:
            return 0.0
        turned_away, self._turned_away_lately = self._turned_away_lately, False
        return 1.0 if turned_away else self.fullness

    async def _hear(self, lane: Lane, gathered: Sequence[_Waiting], fullness: float) -> None:
        replies: Sequence[Reply | None] = [wire.busy() for _ in gathered]
        try:
            replies = await lane.commit([waiting.beat for waiting in gathered], fullness)
        finally:  # whatever became of the lane: everybody is answered, and it is free again
            for waiting, reply in zip(gathered, replies, strict=True):
                self._settle(waiting, reply)
            self._under_way -= 1
            self._idle.append(lane)
            self._freed.set()

    def _settle(self, waiting: _Waiting, reply: Reply | None) -> None:
        """Answer, or let a beat whose lease was held wait for the next gathering while there is patience left."""
        if reply is not None:
            self._answer(waiting, reply)
        elif monotonic_ms() - waiting.since_ms < self._limits.lock_patience_ms:
            self._queue.append(waiting)
            self._arrived.set()
        else:
            self._answer(waiting, wire.busy())

    def _turn_away(self) -> None:
        """Count what had to be turned away, and tell the operator of it now and then."""
        self._turned_away += 1
        self._turned_away_lately = True
        if monotonic_ms() - self._reported_ms >= REPORT_EVERY_MS:
            log.warning("beats_turned_away", extra={"beats": self._turned_away, "waiting": len(self._queue)})
            self._turned_away, self._reported_ms = 0, monotonic_ms()

    def _answer(self, waiting: _Waiting, reply: Reply) -> None:
        session = waiting.beat.session
        self._of_session[session] -= 1
        if not self._of_session[session]:
            del self._of_session[session]
        if not waiting.reply.done():
            waiting.reply.set_result(reply)


def _end_the_process_if_it_failed(work: asyncio.Task[None]) -> None:
    """Ask the process to end when nothing will be heard any more, so that whoever watches over it starts it anew."""
    if not work.cancelled() and (fault := work.exception()) is not None:
        log.critical("hearing_ended", exc_info=fault)
        signal.raise_signal(signal.SIGTERM)
