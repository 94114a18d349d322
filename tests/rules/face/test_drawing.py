"""What a check asks cannot be foreseen, can be judged, and hurts nobody's eyes (docs/rules/face-checks.md, what is drawn)."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.colours import Colour
from jiangxue.facecheck.rules.drawing import ACTIONS, WITHOUT_COLOURS, Form, draw, draw_colours, draw_decoys
from jiangxue.facecheck.rules.thresholds import Thresholds

pytestmark = pytest.mark.clause("T4")
THRESHOLDS = Thresholds()
TURNS = [Action.TURN_LEFT, Action.TURN_RIGHT]
available = st.lists(st.sampled_from(Action), unique=True).map(lambda more: [*TURNS, *more])
chances = st.randoms(use_true_random=False).map(lambda source: source.random)


@given(chances, st.integers(1, 12))
def test_no_colour_follows_itself(chance, count):
    colours = draw_colours(count, chance)
    assert len(colours) == count
    assert all(one is not next_one for one, next_one in pairwise(colours))


def test_every_colour_and_every_change_of_colours_is_as_likely_as_any_other():
    chance = random.Random(1).random
    drawn = [draw_colours(8, chance) for _ in range(3_000)]
    firsts = Counter(colours[0] for colours in drawn)
    changes = Counter(change for colours in drawn for change in pairwise(colours))
    assert set(firsts) == set(Colour)
    assert len(changes) == 6 * 5
    assert max(firsts.values()) < 1.2 * min(firsts.values())
    assert max(changes.values()) < 1.25 * min(changes.values())


@given(st.sampled_from(Form), available, chances)
def test_a_form_asks_as_many_different_actions_as_it_says_and_only_what_can_be_judged(form, actions, chance):
    plan = draw(form, actions, THRESHOLDS, chance)
    assert len(set(plan.actions)) == len(plan.actions) == min(ACTIONS[form], len(set(actions)))
    assert set(plan.actions) <= set(actions)
    assert len(plan.colours) == (0 if form in WITHOUT_COLOURS else THRESHOLDS.flash_colours)


@given(available, chances)
def test_a_short_check_asks_something_and_never_only_a_blink(actions, chance):
    (asked,) = draw(Form.SHORT, actions, THRESHOLDS, chance).actions
    assert asked is not Action.BLINK


@given(st.sampled_from(Form), available, chances)
def test_before_each_action_is_a_pause_within_its_bounds(form, actions, chance):
    plan = draw(form, actions, THRESHOLDS, chance)
    assert len(plan.pauses_ms) == len(plan.actions)
    assert all(THRESHOLDS.pause_least_ms <= pause <= THRESHOLDS.pause_most_ms for pause in plan.pauses_ms)


@pytest.mark.parametrize("number", [0.0, 1 - 2**-53])
def test_the_ends_of_chance_are_within_what_can_be_drawn(number):
    plan = draw(Form.ENROL, list(Action), THRESHOLDS, lambda: number)
    assert set(plan.pauses_ms) <= {THRESHOLDS.pause_least_ms, THRESHOLDS.pause_most_ms}


@pytest.mark.parametrize("form", [Form.LONG, Form.ENROL, Form.STEP_UP])
def test_in_place_of_colours_that_are_left_out_every_action_is_asked(form):
    plan = draw(form, list(Action), THRESHOLDS, random.Random(5).random, without_flash=True)
    assert (plan.colours, set(plan.actions)) == ((), set(Action))


@pytest.mark.parametrize(("form", "actions"), [(Form.SHORT, 1), (Form.TRIAL, 0)])
def test_a_form_that_has_no_colours_asks_the_same_without_them(form, actions):
    plan = draw(form, list(Action), THRESHOLDS, random.Random(5).random, without_flash=True)
    assert (plan.colours, len(plan.actions)) == ((), actions)


def test_every_order_of_three_actions_comes():
    chance = random.Random(2).random
    drawn = Counter(draw(Form.ENROL, list(Action), THRESHOLDS, chance).actions for _ in range(2_400))
    assert len(drawn) == 24
    assert min(drawn.values()) > 50


def test_decoys_are_as_many_and_as_long_as_the_thresholds_say():
    decoys = draw_decoys(THRESHOLDS, random.Random(3).random)
    assert len(decoys) == THRESHOLDS.flash_decoys
    assert {len(colours) for colours in decoys} == {THRESHOLDS.flash_colours}
    assert len(set(decoys)) > 115


def test_the_same_chance_draws_the_same():
    assert draw(Form.LONG, TURNS, THRESHOLDS, random.Random(4).random) == draw(
        Form.LONG, TURNS, THRESHOLDS, random.Random(4).random
    )
