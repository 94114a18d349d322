"""One conversation with a page that shows a face: from its ticket to what came of it. Clauses T3.2, T4.

Everything foreign is decoded elsewhere (`vision.pool`); here frames are handed on, the pure course of the attempt is asked what to say next,
and at the end what was seen is judged and kept.
"""

from collections.abc import Awaitable, Callable
from functools import partial

import msgspec

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.api.incoming import Gone, Incoming
from jiangxue.facecheck.api.judging import Judge
from jiangxue.facecheck.api.pictures import Kept
from jiangxue.facecheck.api.wire import Closed, Closing, Frame
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.decision import Code
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.rules.staging import Framed, Said, Stage
from jiangxue.facecheck.services.results import Result, finish_attempt, note_challenge
from jiangxue.facecheck.vision.errors import Flaw, Full, LookFailed, Unreadable
from jiangxue.facecheck.vision.pool import Eyes

type Say = Callable[[object], Awaitable[None]]

STEP_S = 0.1
"""So often what depends on time alone is looked at while no frame comes."""
MOST_UNSEEN = 30
"""After so many frames in a row for which there was no room, the service is too busy for this attempt."""
MOST_FALLEN = 1
"""So many pictures of one attempt may be lost with the process that looked at them."""
_SIZES = {Flaw.TOO_LARGE, Flaw.WRONG_SIZE}
_CLOCK = DatabaseClock()


class Conversation:
    """Talks with one page about one attempt whose ticket was taken in."""

    def __init__(self, attempt: FaceAttempt, judge: Judge, incoming: Incoming, say: Say, eyes: Eyes) -> None:
        self._attempt, self._judge, self._incoming, self._say, self._eyes = attempt, judge, incoming, say, eyes
        self._staging = judge.staging()
        self._kept: dict[int, Kept] = {}
        self._unseen = self._fallen = 0

    async def go_on(self, until_ms: int) -> Closing:
        """Lead the attempt to its end, at the latest at `until_ms` of this process's clock, keep what came of it, and say how the socket is closed."""
        try:
            result = await self._result(until_ms)
        except (Gone, Closed) as why:
            await self._keep(await self._left(why))
            raise
        outcome = await self._keep(result)
        await self._say(self._done(outcome, result))
        return Closing.DONE

    async def _result(self, until_ms: int) -> Result:
        if self._judge.is_declined and not self._judge.is_blocked:
            codes = [Code.FLASH_NEEDED.value]
            return self._judge.unjudged(self._staging, self._incoming, AttemptOutcome.BROKEN, codes)
        if not self._judge.is_blocked:
            await self._stage(until_ms)
        return await self._judge.result(self._staging, self._kept, self._incoming, self._eyes)

    async def _left(self, why: Gone | Closed) -> Result:
        """Return what an attempt comes to that did not come to its end: ours to bear where the service was at fault."""
        if isinstance(why, Closed) and why.code is Closing.NO_SERVICE:
            return self._judge.unjudged(self._staging, self._incoming, AttemptOutcome.SPARED)
        if not self._staging.is_challenged:
            return self._judge.unjudged(self._staging, self._incoming, AttemptOutcome.BROKEN)
        return await self._judge.left(self._staging, self._kept, self._incoming, self._eyes)

    async def _stage(self, until_ms: int) -> None:
        await self._tell(self._staging.begin(self._incoming.now_ms()))
        while self._staging.stage is not Stage.OVER:
            frame = await self._incoming.frame(STEP_S)
            now_ms = self._incoming.now_ms()
            if now_ms >= until_ms:
                raise Closed(Closing.LATE)
            await self._tell(self._staging.tick(now_ms) if frame is None else await self._seen(frame))

    async def _seen(self, frame: Frame) -> list[Said]:
        staging = self._staging
        if frame.slot > staging.slot:
            raise Closed(Closing.OUT_OF_ORDER)
        if frame.slot < staging.slot:
            return staging.tick(self._incoming.now_ms())
        try:
            look = await self._eyes.look(frame.jpeg, turn=staging.wants_turn)
        except Full:
            self._unseen += 1
            if self._unseen >= MOST_UNSEEN:
                raise Closed(Closing.NO_SERVICE) from None
            return []
        except Unreadable as why:
            raise Closed(Closing.TOO_LARGE if why.flaw in _SIZES else Closing.MALFORMED) from None
        except LookFailed:
            # A process falls now and then, and its replacement is there at once; a picture that fells two is no accident.
            self._fallen += 1
            if self._fallen > MOST_FALLEN:
                raise Closed(Closing.MALFORMED) from None
            return []
        self._unseen = 0
        self._judge.note(frame, has_face=look.face is not None)
        self._kept[frame.seq] = Kept(frame.at_ms, frame.jpeg)
        said = staging.hear(Framed(frame.seq, frame.slot, frame.at_ms, look), self._incoming.now_ms())
        wanted = staging.wanted
        self._kept = {seq: each for seq, each in self._kept.items() if seq in wanted}
        return said

    async def _tell(self, said: list[Said]) -> None:
        """Say something; before the first unforeseen thing is shown, it is written down that from here on the attempt counts.

        One that was left for another meanwhile could not be counted any more: it is shown nothing.
        """
        if said and self._staging.is_challenged and not self._attempt.was_challenged:
            self._attempt.was_challenged = True
            if not await in_database(partial(note_challenge, self._attempt.pk)):
                raise Closed(Closing.NO_TICKET)
        for each in said:
            await self._say(msgspec.to_builtins(each))

    def _done(self, outcome: AttemptOutcome, result: Result) -> dict[str, object]:
        """Return the last words; an attempt that came to nothing, because it was left, too late or declined, is one that may be made again."""
        told = AttemptOutcome.AGAIN if outcome is AttemptOutcome.BROKEN else outcome
        codes = list(result.codes) if result.outcome is outcome else [Code.TOO_LATE.value]
        left = {name: self._attempt.bound[name] for name in ("attempts_left",) if name in self._attempt.bound}
        return {"do": "done", "outcome": told.value, "codes": codes, **left}

    async def _keep(self, result: Result) -> AttemptOutcome:
        return await in_database(lambda: finish_attempt(self._attempt.pk, result, now=_CLOCK.now()))
