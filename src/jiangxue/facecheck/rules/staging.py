"""An attempt as it goes on: what is shown next, and which frames bear witness to what. Clauses T3.2, T4.

The server alone goes on, on its own clock: the next colour or action is said only once a frame of the one before has come, so that nothing can be
prepared. The text is docs/rules/face-checks.md, course of an attempt; what pages are told is docs/formats/face-check.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from jiangxue.facecheck.rules.actions import TURNS, Action, is_done
from jiangxue.facecheck.rules.colours import Shown
from jiangxue.facecheck.rules.drawing import Chance, Plan
from jiangxue.facecheck.rules.quality import Hint, hint_of
from jiangxue.facecheck.rules.shapes import Look, Timed
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import Slot

CLOSING_MS = 4_000
"""How long after the last challenge a straight look is waited for."""


class Stage(StrEnum):
    """Where an attempt stands."""

    PLACING = "placing"
    FLASHING = "flashing"
    RESTING = "resting"
    ACTING = "acting"
    CLOSING = "closing"
    OVER = "over"


class Place(msgspec.Struct, frozen=True, tag_field="do", tag="place"):
    """Tell how the face should be moved; no hint: hold still."""

    slot: int
    hint: Hint | None
    done: int
    of: int


class Flash(msgspec.Struct, frozen=True, tag_field="do", tag="flash"):
    """Fill the page with a colour."""

    slot: int
    colour: str
    number: int
    of: int


class Act(msgspec.Struct, frozen=True, tag_field="do", tag="act"):
    """Ask for an action."""

    slot: int
    action: Action
    number: int
    of: int
    within_ms: int


class Rest(msgspec.Struct, frozen=True, tag_field="do", tag="rest"):
    """Ask for a straight look."""

    slot: int


class Judging(msgspec.Struct, frozen=True, tag_field="do", tag="judging"):
    """Say that nothing more is to be shown."""

    slot: int


type Said = Place | Flash | Act | Rest | Judging


class Framed(msgspec.Struct, frozen=True):
    """A frame that came: its number, the slot that it names, when it came, and what it shows."""

    seq: int
    slot: int
    at_ms: int
    look: Look

    @property
    def timed(self) -> Timed:
        """Return what it shows, and when it came."""
        return Timed(self.at_ms, self.look)


@dataclass(slots=True)
class Acted:
    """An action that was asked for: from which neutral looks, what was seen since, and whether it was done."""

    action: Action
    neutral: Sequence[Look]
    since: list[Timed] = field(default_factory=list)
    done: bool = False


class Staging:
    """One attempt from its first frame to its last. Same frames, same words: it asks no clock, and chance only for which frame is compared between start and end.

    Times of what is said are those at which it is said, not those at which the frame came that led to it: how long our eyes take must not look like
    a face that follows late.

    `start`, `middle` and `end` are the numbers of frames in which the face can be compared, `acting` those in which an action was done; `late` says that a
    challenge was not answered by a frame in time.
    """

    def __init__(self, plan: Plan, thresholds: Thresholds, chance: Chance) -> None:
        self.plan = plan
        self.stage = Stage.PLACING
        self.slot = 0
        self.shown: list[Shown] = []
        self.lit: list[Timed] = []
        self.acted: list[Acted] = []
        self.start: list[int] = []
        self.middle: list[int] = []
        self.end: list[int] = []
        self.acting: list[int] = []
        self.late = False
        self.seen: list[Timed] = []
        self.slots: list[Slot] = []
        self._thresholds, self._chance = thresholds, chance
        self._middles = 0
        self._since_ms = 0
        self._is_seen = False
        self._hint: Hint | None = Hint.NO_FACE
        self._good: list[Framed] = []

    @property
    def wanted(self) -> frozenset[int]:
        """Return the numbers of the frames that may still be compared or kept."""
        return frozenset([*self.start, *self.middle, *self.end, *self.acting, *(each.seq for each in self._good)])

    @property
    def wants_turn(self) -> bool:
        """Say whether the next frame is one in which the turn of the head in degrees decides: while a turn is asked, and for the look before it."""
        if self.stage is Stage.RESTING:
            return self.plan.actions[len(self.acted)] in TURNS
        return self.stage is Stage.ACTING and self.acted[-1].action in TURNS

    @property
    def is_challenged(self) -> bool:
        """Say whether something unforeseen has been shown."""
        return bool(self.shown or self.acted)

    def begin(self, at_ms: int) -> list[Said]:
        """Ask for the face to be placed."""
        self._since_ms = at_ms
        self.slots.append(Slot(self.slot, at_ms))
        return [Place(self.slot, self._hint, 0, self._thresholds.portraits)]

    def hear(self, frame: Framed, now_ms: int) -> list[Said]:
        """Take a frame in and return what is said because of it, now that it was looked at; one of an earlier slot bears witness to nothing."""
        if self.stage is Stage.OVER or frame.slot != self.slot:
            return []
        self._is_seen = True
        self.seen.append(frame.timed)
        match self.stage:
            case Stage.PLACING:
                return self._placed(frame, now_ms)
            case Stage.FLASHING:
                self.lit.append(frame.timed)
                self._keep_middle(frame)
            case Stage.RESTING:
                self._keep_good(frame)
                self._keep_middle(frame)
            case Stage.ACTING:
                return self._tried(frame, now_ms)
            case Stage.CLOSING:
                if hint_of(frame.look, self._thresholds) is None:
                    self.end.append(frame.seq)
                    return self._end()
        return self.tick(now_ms)

    def tick(self, at_ms: int) -> list[Said]:
        """Return what is said because time has passed."""
        gone_ms = at_ms - self._since_ms
        if self.stage in {Stage.FLASHING, Stage.ACTING} and not self._is_seen and gone_ms > self._thresholds.late_ms:
            self.late = True
            return self._end()
        match self.stage:
            case Stage.FLASHING if self._is_seen and gone_ms >= self._thresholds.flash_ms:
                return self._go_on(at_ms)
            case Stage.RESTING if gone_ms >= self._pause_ms and self._is_rested:
                return self._act(at_ms)
            case Stage.ACTING if gone_ms > self._thresholds.action_ms:
                return self._close(at_ms)
            case Stage.CLOSING if gone_ms > CLOSING_MS:
                return self._end()
        return []

    def _placed(self, frame: Framed, now_ms: int) -> list[Said]:
        hint = hint_of(frame.look, self._thresholds)
        before = (self._hint, len(self._good))
        self._hint = hint
        self._good = [*self._good, frame] if hint is None else []
        if len(self._good) >= self._thresholds.portraits:
            self.start = [each.seq for each in self._good]
            return self._go_on(now_ms)
        if before == (self._hint, len(self._good)):
            return []
        return [Place(self.slot, self._hint, len(self._good), self._thresholds.portraits)]

    def _keep_good(self, frame: Framed) -> None:
        is_good = hint_of(frame.look, self._thresholds) is None
        self._good = [*self._good, frame] if is_good else []

    def _keep_middle(self, frame: Framed) -> None:
        """Keep one of the frames before the first action that can be judged, each as likely as any other: nobody can know for which one the learner must be there."""
        if self.acted or hint_of(frame.look, self._thresholds) is not None:
            return
        self._middles += 1
        if self._chance() * self._middles < 1:
            self.middle = [frame.seq]

    @property
    def _pause_ms(self) -> int:
        return self.plan.pauses_ms[len(self.acted)]

    @property
    def _is_rested(self) -> bool:
        return len(self._good) >= self._thresholds.neutral_frames

    def _go_on(self, at_ms: int) -> list[Said]:
        """Show the next colour, else rest before the first action, else close."""
        if len(self.shown) < len(self.plan.colours):
            self._move(Stage.FLASHING, at_ms)
            colour = self.plan.colours[len(self.shown)]
            self.shown.append(Shown(at_ms, colour))
            return [Flash(self.slot, colour.value, len(self.shown), len(self.plan.colours))]
        return self._rest(at_ms)

    def _rest(self, at_ms: int) -> list[Said]:
        if len(self.acted) >= len(self.plan.actions):
            return self._close(at_ms)
        self._move(Stage.RESTING, at_ms)
        self._good = []
        return [Rest(self.slot)]

    def _act(self, at_ms: int) -> list[Said]:
        self._move(Stage.ACTING, at_ms)
        action = self.plan.actions[len(self.acted)]
        self.acted.append(Acted(action, [each.look for each in self._good]))
        of = len(self.plan.actions)
        return [Act(self.slot, action, len(self.acted), of, self._thresholds.action_ms)]

    def _tried(self, frame: Framed, now_ms: int) -> list[Said]:
        acted = self.acted[-1]
        acted.since.append(frame.timed)
        acted.done = is_done(acted.action, acted.neutral, acted.since, self._thresholds)
        if not acted.done:
            return self.tick(now_ms)
        self.acting.append(frame.seq)
        return self._rest(now_ms)

    def _close(self, at_ms: int) -> list[Said]:
        self._move(Stage.CLOSING, at_ms)
        return [Rest(self.slot)]

    def _end(self) -> list[Said]:
        self.stage = Stage.OVER
        self.slot += 1
        return [Judging(self.slot)]

    def _move(self, stage: Stage, at_ms: int) -> None:
        self.stage, self._since_ms, self._is_seen = stage, at_ms, False
        self.slot += 1
        self.slots.append(Slot(self.slot, at_ms, is_colour=stage is Stage.FLASHING))
