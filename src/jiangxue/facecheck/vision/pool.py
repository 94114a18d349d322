"""A few processes that look at pictures for an event loop, so that nothing foreign is decoded where secrets are.

    eyes = Eyes(folder, processes=2)
    models = await eyes.open()                          # raises ModelMissing
    look = await eyes.look(jpeg, turn=False)            # raises Unreadable, Full or LookFailed
    portrait = await eyes.portray(jpeg)
    await eyes.close()

A process that ends, takes too long or has looked long enough is replaced. The kernel ends all of them with the thread that opened them.
"""

import asyncio
import contextlib
import logging
import math
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

import msgspec

from jiangxue.facecheck.rules.shapes import Look, Portrait
from jiangxue.facecheck.vision.errors import Full, LookFailed, Unreadable
from jiangxue.facecheck.vision.header import require_readable
from jiangxue.facecheck.vision.weights import ALL, ModelMissing
from jiangxue.facecheck.vision.wire import LENGTH_BYTES, LONGEST_BYTES, Ask, Ready, Seen, framed

log = logging.getLogger(__name__)

_WORKER = "jiangxue.facecheck.vision.worker"
_START_S = 30
_AFTER_FAILED_START_S = 1
# And nothing else: no secret of ours lies in the memory of a process that may be taken over.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OPENCV_LOG_LEVEL": "SILENT"}
_LOST = (OSError, asyncio.IncompleteReadError, msgspec.MsgspecError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the eyes may use: processes, pictures that may wait, seconds a picture may take, pictures until a process is replaced."""

    processes: int = 1
    waiting: int = 64
    patience_s: float = 3.0
    pictures: int = 5000


@dataclass(frozen=True, slots=True)
class _Job:
    ask: Ask
    seen: "asyncio.Future[Seen]"


class Eyes:
    """Looks at pictures in processes of their own; those that come while all are busy wait, as far as there is room."""

    def __init__(self, models: Path, bounds: Bounds = Bounds()) -> None:
        self._models, self._bounds = models, bounds
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue(bounds.waiting)
        self._places: list[asyncio.Task[None]] = []
        self._closed = False

    async def open(self) -> tuple[str, ...]:
        """Start the processes; return the ids of the models by which they look."""
        first = await _Looker.started(self._models, self._bounds)
        missing = [weights.file for weights in ALL if weights.id not in first.models]
        if missing:
            log.warning("models_missing", extra={"files": missing, "folder": str(self._models)})
        lookers: list[_Looker | None] = [first, *[None] * (self._bounds.processes - 1)]
        self._places = [asyncio.create_task(self._serve(looker)) for looker in lookers]
        return first.models

    async def look(self, jpeg: bytes, *, turn: bool = True) -> Look:
        """Return what a picture shows; the turn in degrees costs more than all the rest."""
        seen = await self._seen(Ask(jpeg, turn=turn))
        if seen.look is None:
            raise LookFailed("another answer")
        return seen.look

    async def portray(self, jpeg: bytes, *, of_source: bool = False) -> Portrait:
        """Return what a picture shows, and whom; one that a source of identities keeps may have any size."""
        seen = await self._seen(Ask(jpeg, portrait=True, of_source=of_source))
        if seen.portrait is None:
            raise LookFailed("another answer")
        return seen.portrait

    async def small(self, jpeg: bytes) -> bytes:
        """Return a picture made anew and small, fit to be kept."""
        seen = await self._seen(Ask(jpeg, small=True))
        if seen.small is None:
            raise LookFailed("another answer")
        return seen.small

    async def close(self) -> None:
        """End all processes; who still waits is told that there is no room."""
        self._closed = True
        for place in self._places:
            place.cancel()
        await asyncio.gather(*self._places, return_exceptions=True)
        self._turn_away(Full("closed"))

    async def _seen(self, ask: Ask) -> Seen:
        if self._closed or not self._places:
            raise Full("closed")
        if not ask.of_source:
            require_readable(ask.jpeg)  # here as well as there: junk takes nobody's place
        job = _Job(ask, asyncio.get_running_loop().create_future())
        try:
            self._jobs.put_nowait(job)
        except asyncio.QueueFull:
            raise Full("too many wait") from None
        seen = await job.seen
        if seen.flaw is not None:
            raise Unreadable(seen.flaw)
        return seen

    async def _serve(self, looker: "_Looker | None") -> None:
        """Keep one process at work."""
        try:
            while True:
                looker = looker or await self._another()
                if looker is None:
                    continue
                job = await self._jobs.get()
                if looker.has_ended:  # while it had nothing to do: not the fault of this picture
                    looker = await self._another()
                if looker is None:
                    _tell(job, LookFailed("not started"))
                elif not await self._use(looker, job):
                    await looker.end()
                    looker = None
        finally:
            if looker is not None:
                await looker.end()

    async def _another(self) -> "_Looker | None":
        """Start a process; when none can be started, say so to those who wait, and hold on a little."""
        try:
            return await _Looker.started(self._models, self._bounds)
        except (LookFailed, ModelMissing) as why:
            log.error("eyes_not_started", extra={"why": str(why)})
            self._turn_away(LookFailed("not started"))
            await asyncio.sleep(_AFTER_FAILED_START_S)
            return None

    async def _use(self, looker: "_Looker", job: _Job) -> bool:
        """Let a process look at a picture; return whether it can look at another."""
        if job.seen.done():  # whoever asked has gone
            return True
        try:
            seen = await looker.seen(job.ask)
        except _LOST as why:
            log.warning("eyes_replaced", extra={"why": type(why).__name__, "bytes": len(job.ask.jpeg)})
            _tell(job, LookFailed(type(why).__name__))
            return False
        except asyncio.CancelledError:
            _tell(job, Full("closed"))
            raise
        _tell(job, seen)
        return looker.pictures < self._bounds.pictures

    def _turn_away(self, why: Full | LookFailed) -> None:
        while not self._jobs.empty():
            _tell(self._jobs.get_nowait(), why)


def _tell(job: _Job, what: Seen | Full | LookFailed) -> None:
    if job.seen.done():
        return
    if isinstance(what, Seen):
        job.seen.set_result(what)
    else:
        job.seen.set_exception(what)


class _Looker:
    """One process, which has said that it is ready."""

    def __init__(self, process: Process, patience_s: float) -> None:
        self._process, self._patience_s = process, patience_s
        self.models: tuple[str, ...] = ()
        self.pictures = 0

    @classmethod
    async def started(cls, models: Path, bounds: Bounds) -> "_Looker":
        """Start a process and wait until it is ready."""
        # An honest process never gets there: by then it has been replaced.
        processor_s = _START_S + math.ceil(bounds.pictures * bounds.patience_s)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", _WORKER, str(models), str(processor_s)),
            env=_ENVIRONMENT,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
        )
        looker = cls(process, bounds.patience_s)
        try:
            async with asyncio.timeout(_START_S):
                ready = await looker._told(Ready)
        except _LOST as why:
            await looker.end()
            raise LookFailed("not started") from why
        except asyncio.CancelledError:
            await looker.end()
            raise
        if ready.refusal:
            await looker.end()
            raise ModelMissing(ready.refusal)
        looker.models = ready.models
        return looker

    @property
    def has_ended(self) -> bool:
        """Return whether the process is gone."""
        return self._process.returncode is not None

    async def seen(self, ask: Ask) -> Seen:
        """Ask about one picture; raise what is in `_LOST` when the process is lost with it."""
        assert self._process.stdin is not None
        async with asyncio.timeout(self._patience_s):
            self.pictures += 1
            self._process.stdin.write(framed(ask))
            await self._process.stdin.drain()
            return await self._told(Seen)

    async def end(self) -> None:
        """End the process and take note of it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _told[M: msgspec.Struct](self, kind: type[M]) -> M:
        assert self._process.stdout is not None
        length = int.from_bytes(await self._process.stdout.readexactly(LENGTH_BYTES))
        if length > LONGEST_BYTES:
            raise OSError("too long an answer")
        return msgspec.msgpack.decode(await self._process.stdout.readexactly(length), type=kind)
