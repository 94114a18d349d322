"""What comes in from one page, in order and within bounds: frames with the time at which they came."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from jiangxue.facecheck.api.wire import LONGEST_TEXT, Closed, Closing, Frame, frame_of
from jiangxue.facecheck.rules.timing import Stamp

type Message = Mapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Ticks = Callable[[], int]
"""Milliseconds that never run backwards."""

FRAMES_A_S = 15
"""More come in no attempt: ten a second are asked for, and no page keeps time exactly."""
FLOOD, FLOOD_MS = 48, 3_000
"""So many within so long are a flood; a network that stalled hands over at once what it held back."""
MOST_WORDS = 100
"""A page says once of each colour that it is painted, and nothing else."""
WAITING = 6
"""So many frames wait to be looked at; of more, the oldest are passed over."""


class Gone(Exception):
    """The page has left."""


class Incoming:
    """Reads a socket until it ends; frames are taken out one by one."""

    def __init__(self, receive: Receive, ticks: Ticks) -> None:
        self.stamps: list[Stamp] = []
        self.passed_over = 0
        self._receive, self._ticks = receive, ticks
        self._frames: deque[Frame] = deque(maxlen=WAITING)
        self._came = asyncio.Event()
        self._ended: Exception | None = None
        self._last_seq = self._words = self._most_frames = 0
        self._recent: deque[int] = deque(maxlen=FLOOD)
        self._task: asyncio.Task[None] | None = None

    def now_ms(self) -> int:
        """Return the time by which frames are stamped."""
        return self._ticks()

    async def text(self, within_s: float) -> str:
        """Return the first message, which must be text and come in time."""
        try:
            async with asyncio.timeout(within_s):
                message = await self._receive()
        except TimeoutError:
            raise Closed(Closing.LATE) from None
        if message["type"] == "websocket.disconnect":
            raise Gone
        if not isinstance(message.get("text"), str):
            raise Closed(Closing.MALFORMED)
        return str(message["text"])

    def begin(self, within_ms: int) -> None:
        """Read on in the background what comes in an attempt that may take so long."""
        self._most_frames = FRAMES_A_S * within_ms // 1_000
        self._task = asyncio.create_task(self._read())

    async def frame(self, within_s: float) -> Frame | None:
        """Return the next frame, None if none comes in time; raise `Gone` or `Closed` when the socket has ended."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._came.wait()
        if self._frames:
            frame = self._frames.popleft()
            if not self._frames and self._ended is None:
                self._came.clear()
            return frame
        if self._ended is not None:
            raise self._ended
        return None

    def check(self) -> None:
        """Raise if the socket has ended."""
        if self._ended is not None:
            raise self._ended

    def end(self, why: Gone | Closed) -> None:
        """Let nothing come any more, because of this."""
        self._ended = self._ended or why
        self._came.set()

    async def close(self) -> None:
        """Read no further."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self) -> None:
        try:
            while True:
                message = await self._receive()
                if message["type"] == "websocket.disconnect":
                    raise Gone
                if message.get("bytes") is not None:
                    self._take(frame_of(message["bytes"], self._ticks()))
                else:
                    self._listen(str(message.get("text")))
        except (Gone, Closed) as why:
            self.end(why)
        finally:
            self.end(Gone())  # whatever else stopped it: nobody waits for what cannot come

    def _listen(self, words: str) -> None:
        """Take note that words came: none of them matter, but there is an end to them."""
        self._words += 1
        if self._words > MOST_WORDS or len(words) > LONGEST_TEXT:
            raise Closed(Closing.TOO_MANY)

    def _take(self, frame: Frame) -> None:
        if frame.seq <= self._last_seq:
            raise Closed(Closing.OUT_OF_ORDER)
        is_flood = len(self._recent) == FLOOD and frame.at_ms - self._recent[0] < FLOOD_MS
        if is_flood or len(self.stamps) >= self._most_frames:
            raise Closed(Closing.TOO_MANY)
        self._last_seq = frame.seq
        self._recent.append(frame.at_ms)
        self.stamps.append(Stamp(frame.at_ms, frame.captured_ms, frame.presented, frame.slot))
        self.passed_over += len(self._frames) == WAITING
        self._frames.append(frame)
        self._came.set()
