"""One learner of the demonstration at their page: opens lessons, watches, answers checks, by a clock that is set by hand.

Everything goes the way of real pages: openings and answers through the services, beats through the hot path and its rules.
"""

import asyncio
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Any

from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import LearningRefusal
from jiangxue.learning.hot.app import HotPath
from jiangxue.learning.hot.committer import Limits
from jiangxue.learning.models import Check
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.answering import Again, CheckAnswer, answer_check, show_check
from jiangxue.learning.services.clearing import Passed
from jiangxue.learning.services.ending import end_due
from jiangxue.learning.services.opening import Opened, OpeningRequest, open_session
from jiangxue.learning.services.sealing import SEALED_AFTER, seal_open
from jiangxue.project.env import read_hot
from jiangxue.project.hot_path import hot_path

SOONEST_MS = 2_000
"""Beats must not come closer than that."""


@dataclass
class Stage:
    """What all visitors share: the clock, chance, and the hot path on an event loop of its own."""

    clock: HandClock
    chance: Chance
    hot: HotPath
    loop: asyncio.AbstractEventLoop

    def beat(self, body: bytes) -> dict[str, Any]:
        """Send one beat and return its answer."""
        return asyncio.run_coroutine_threadsafe(_answered(self.hot, body), self.loop).result(30)


@contextmanager
def stage(clock: HandClock, chance: Chance) -> Iterator[Stage]:
    """Run the hot path of this installation by a clock that is set by hand."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    hot = hot_path(read_hot(), lambda _: to_ms(clock.now()), Limits(window_ms=0))

    async def begin() -> None:
        hot.start()
        while not hot.is_ready:
            await asyncio.sleep(0.01)

    asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
    try:
        yield Stage(clock, chance, hot, loop)
    finally:
        asyncio.run_coroutine_threadsafe(hot.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _answered(hot: HotPath, body: bytes) -> dict[str, Any]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(event: object) -> None:
        sent.append(event)

    await hot({"type": "http", "path": "/beat", "method": "POST"}, receive, send)
    answer: dict[str, Any] = json.loads(sent[1]["body"])
    return answer


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody learns: how long they take to answer a check (None: they are away; `is_steady`: always the same), and what they use."""

    reaction_ms: int | None = 5_000
    device: str = "手机 · 微信"
    address: str = "10.20.0.1"
    is_steady: bool = False


class Visitor:
    """A learner at one page; `where` is their place in a class."""

    def __init__(self, on: Stage, where: Enrolment, habits: Habits, window: str) -> None:
        self._on = on
        self._where = where
        self._habits = habits
        self._window = window
        self._viewer = Viewer(where.learner_id, Role.LEARNER)
        self._opened: Opened | None = None
        self._position_ms = 0
        self._beat: dict[str, Any] = {}
        self._seal_at: datetime | None = None

    def open(self, lesson_id: int) -> bool:
        """Open a lesson; False where that is refused, as on a full day."""
        wanted = OpeningRequest(
            class_id=self._where.training_class_id,
            lesson_id=lesson_id,
            window=self._window,
            device=self._habits.device,
            address=self._habits.address,
            take_over=True,
            signed_in_since=self._where.learner.password_changed_at,
        )
        try:
            opened = open_session(self._viewer, wanted, clock=self._on.clock, chance=self._on.chance)
        except LearningRefusal:
            return False
        self._opened, self._position_ms = opened, opened.position_ms
        self._beat = {"n": opened.n, "tag": opened.tag, "nonce": opened.nonce}
        if opened.check:
            self._meet_check()
        return True

    @property
    def has_seen_all(self) -> bool:
        """Say whether the lesson that is open was played to its end before: nothing more comes of it."""
        return self._opened is not None and self._opened.reached_ms * 100 >= self._opened.length_ms * 99

    def watch(self, ms: int, *, every_ms: int = 30_000, idle_as: Flag = Flag.NONE) -> None:
        """Watch for so long, or with `idle_as` stand still that way; stops when the session ends."""
        until_ms = to_ms(self._on.clock.now()) + ms
        while self._opened and (left_ms := until_ms - to_ms(self._on.clock.now())) > 0:
            to_end_ms = self._opened.length_ms - self._position_ms
            step_ms = min(left_ms, every_ms, every_ms if idle_as else to_end_ms or SOONEST_MS)
            self._on.clock.advance(step_ms)
            if not idle_as:
                self._position_ms = min(self._opened.length_ms, self._position_ms + step_ms)
            ended = Flag.ENDED | Flag.EVENT if self._position_ms >= self._opened.length_ms else Flag.NONE
            self._say(idle_ms=step_ms if idle_as else 0, flags=idle_as | ended)

    def skip(self, ms: int) -> None:
        """Claim to be so much further on, as somebody does who drags the picture past the guard, if the session still runs."""
        if self._opened is None:
            return
        self._on.clock.advance(12_000)
        self._position_ms += ms
        self._say(idle_ms=0, flags=Flag.EVENT)

    def leave(self) -> None:
        """Say goodbye, if the session still runs, and let what has ended be sealed."""
        self._on.clock.advance(2_000)
        if self._opened:
            self._say(idle_ms=0, flags=Flag.LEAVE)
        self._opened = None
        end_due(self._where.learner_id, self._on.clock.now(), clock=self._on.clock)

    def go_silent(self) -> None:
        """Close the page without a word: the server notices by itself."""
        self._opened = None
        self._on.clock.advance(190_000)
        end_due(self._where.learner_id, self._on.clock.now(), clock=self._on.clock)

    def _say(self, *, idle_ms: int, flags: Flag) -> None:
        assert self._opened is not None
        beat = {
            "session": self._opened.session,
            "n": self._beat["n"] + 1,
            "prev": self._beat["tag"],
            "position": self._position_ms,
            "idle": idle_ms,
            "flags": int(flags),
            "client_ms": 0,
            "nonce": self._beat["nonce"],
        }
        text = "|".join(["beat/1", *(str(value) for value in beat.values())])
        mac = hmac.digest(bytes.fromhex(self._opened.key), text.encode(), "sha256").hex()
        answer = self._on.beat(json.dumps(beat | {"mac": mac}).encode())
        if "nonce" in answer and "error" not in answer:
            self._beat = {"n": beat["n"], "tag": mac[:32], "nonce": answer["nonce"]}
        self._follow(answer.get("directive", {"do": "go_on"}))

    def _follow(self, directive: dict[str, Any]) -> None:
        self._seal()
        match directive["do"]:
            case "check":
                self._meet_check()
            case "go_to":
                self._position_ms = directive["position_ms"]
            case "sign_out":
                self._opened = None

    def _seal(self) -> None:
        """Let the worker come by as often as it finds something to seal."""
        now = self._on.clock.now()
        if self._seal_at is None or now >= self._seal_at:
            seal_open(clock=self._on.clock)
            self._seal_at = now + SEALED_AFTER

    def _meet_check(self) -> None:
        """Answer as somebody does who sees it, or let it pass."""
        if self._habits.reaction_ms is None:
            self.go_silent()
            return
        while (shown := show_check(self._viewer, clock=self._on.clock, chance=self._on.chance)) is not None:
            spread = 1.0 if self._habits.is_steady else 0.6 + 0.8 * self._on.chance()
            reaction_ms = int(self._habits.reaction_ms * spread)
            self._on.clock.advance(reaction_ms)
            right = Check.objects.get(pk=shown.check).prompt["right"]
            said = CheckAnswer(shown.check, shown.nonce, right, max(0, reaction_ms - 40))
            answered = answer_check(self._viewer, said, clock=self._on.clock, chance=self._on.chance)
            if isinstance(answered, Passed):
                self._position_ms = answered.reached_ms
                return
            if not isinstance(answered, Again):
                self._opened = None
                return
