"""An attempt goes on by the server's clock alone, and only what answers what is shown bears witness (docs/rules/face-checks.md)."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.colours import Colour
from jiangxue.facecheck.rules.drawing import Form, Plan
from jiangxue.facecheck.rules.shapes import Look
from jiangxue.facecheck.rules.staging import Act, Flash, Framed, Stage, Staging
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.heads import Pose, head, look

pytestmark = pytest.mark.clause("T3.2", "T4")
THRESHOLDS = Thresholds()
TURN = Plan(Form.SHORT, (), (Action.TURN_LEFT,), (800,))
COLOURS = Plan(Form.LONG, tuple(Colour)[:2], (Action.TURN_LEFT,), (800,))


def seen(yaw: float = 0.0) -> Look:
    return look(head(Pose(yaw)), yaw_deg=yaw)


class Played:
    """Frames every tenth of a second, each looked at `delay_ms` after it came."""

    def __init__(self, plan: Plan, delay_ms: int = 0, chance: Callable[[], float] = lambda: 0.5) -> None:
        self.staging, self.at_ms, self.seq, self.delay_ms = Staging(plan, THRESHOLDS, chance), 0, 0, delay_ms
        self.said = list(self.staging.begin(0))

    def frame(self, what: Look | None = None, slot: int | None = None) -> list:
        self.at_ms, self.seq = self.at_ms + 100, self.seq + 1
        named = self.staging.slot if slot is None else slot
        said = self.staging.hear(Framed(self.seq, named, self.at_ms, what or seen()), self.at_ms + self.delay_ms)
        self.said += said
        return said

    def until(self, stage: Stage) -> None:
        for _ in range(100):
            if self.staging.stage is stage:
                return
            self.frame()
        raise AssertionError(f"never came to {stage}")


def test_an_action_that_is_done_leads_to_a_straight_look_and_the_end() -> None:
    played = Played(TURN)
    played.until(Stage.ACTING)
    played.frame(seen(2))
    for _ in range(3):
        played.frame(seen(25))
    assert played.staging.stage is Stage.CLOSING
    played.frame()
    assert (played.staging.stage, played.staging.acted[0].done) == (Stage.OVER, True)


def test_the_frame_in_which_an_action_is_done_is_one_that_is_compared() -> None:
    played = Played(TURN)
    played.until(Stage.ACTING)
    for yaw in (2, 25, 25):
        played.frame(seen(yaw))
    assert played.staging.acting == [played.seq]
    assert played.seq in played.staging.wanted


def test_frames_of_a_slot_that_is_over_bear_witness_to_nothing() -> None:
    played = Played(TURN)
    played.until(Stage.ACTING)
    for yaw in (2, 25, 25):
        assert played.frame(seen(yaw), slot=0) == []
    assert played.staging.acted[0].since == []


def test_whoever_sends_nothing_for_what_is_shown_is_late() -> None:
    played = Played(TURN)
    played.until(Stage.ACTING)
    played.staging.tick(played.at_ms + THRESHOLDS.late_ms)
    assert not played.staging.late
    played.staging.tick(played.at_ms + THRESHOLDS.late_ms + 1)
    assert (played.staging.late, played.staging.stage) == (True, Stage.OVER)


@pytest.mark.parametrize("delay_ms", [0, 600])
def test_what_is_shown_counts_from_when_it_is_said_however_long_our_eyes_took(delay_ms: int) -> None:
    played = Played(COLOURS, delay_ms)
    played.until(Stage.FLASHING)
    assert isinstance(played.said[-1], Flash)
    assert played.staging.shown[0].at_ms == played.at_ms + delay_ms


def test_the_next_colour_waits_for_a_frame_of_the_one_before() -> None:
    played = Played(COLOURS)
    played.until(Stage.FLASHING)
    assert played.staging.tick(played.at_ms + 600) == []
    assert [said.number for said in (*played.frame(), *played.staging.tick(played.at_ms + 600))] == [2]


def test_nothing_unforeseen_is_said_before_three_good_looks() -> None:
    played = Played(TURN)
    played.frame()
    played.frame(seen(40))
    played.frame()
    assert not played.staging.is_challenged
    played.until(Stage.ACTING)
    assert isinstance(played.said[-1], Act)
    assert played.staging.is_challenged


@pytest.mark.parametrize("plan", [TURN, COLOURS], ids=["short", "long"])
def test_which_frame_is_compared_between_start_and_end_is_left_to_chance(plan: Plan) -> None:
    found = Counter[int]()
    for seed in range(300):
        played = Played(plan, chance=random.Random(seed).random)
        played.until(Stage.ACTING)
        assert played.staging.wanted >= set(played.staging.middle)
        found[played.staging.middle[0]] += 1
    compared = range(4, played.seq + 1)
    assert set(found) == set(compared)
    assert max(found.values()) < 3 * 300 / len(compared)


def test_a_frame_that_cannot_be_judged_is_not_compared() -> None:
    played = Played(TURN, chance=lambda: 0.0)
    played.until(Stage.RESTING)
    good = played.seq + 1
    played.frame()
    played.frame(seen(40))
    assert played.staging.middle == [good]


def test_a_face_that_comes_back_from_an_action_is_not_compared_in_the_middle() -> None:
    played = Played(Plan(Form.LONG, (), (Action.TURN_LEFT, Action.TURN_RIGHT), (800, 800)), chance=lambda: 0.0)
    played.until(Stage.ACTING)
    before = played.seq
    for yaw in (2, 25, 25):
        played.frame(seen(yaw))
    played.until(Stage.ACTING)
    assert played.staging.middle == [before]


def test_the_turn_in_degrees_is_wanted_only_where_a_turn_is_asked() -> None:
    def wanting(action: Action) -> set[Stage]:
        played = Played(Plan(Form.LONG, tuple(Colour)[:2], (action,), (800,)))
        stages = set()
        while played.staging.stage is not Stage.OVER:
            stages |= {played.staging.stage} if played.staging.wants_turn else set()
            played.frame()
        return stages

    assert wanting(Action.TURN_LEFT) == {Stage.RESTING, Stage.ACTING}
    assert wanting(Action.OPEN_MOUTH) == set()
