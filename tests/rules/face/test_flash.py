"""A face lit by the screen shows the colours that were drawn; what was recorded before does not (docs/rules/face-checks.md, flash)."""

import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxue.facecheck.rules.colours import Colour, Shown
from jiangxue.facecheck.rules.flash import Flash, Verdict, weigh_flash
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.light import Scene, changed, sent, sequence

pytestmark = pytest.mark.clause("T4")
THRESHOLDS = Thresholds()
seeds = st.integers(0, 2**32 - 1)
SEEDS = range(60)


def weigh(scene, seed, *, reacts_to=None, change=None):
    """Return what a scene comes to; `reacts_to` makes of the shown colours those that the face is lit by."""
    rng = np.random.default_rng(seed)
    shown = sent(sequence(rng), rng)
    frames = scene.seen(shown, rng, None if reacts_to is None else reacts_to(shown, rng))
    return weigh_flash(shown, change(frames) if change else frames, decoys(rng), THRESHOLDS)


def decoys(rng):
    return [sequence(rng) for _ in range(THRESHOLDS.flash_decoys)]


def nothing(_shown, _rng):
    return []


def older(_shown, rng):
    return sent(sequence(rng), rng)


def later(delay_ms):
    return lambda shown, _rng: [Shown(each.at_ms + delay_ms, each.colour) for each in shown]


def verdicts(scene, **how):
    return [weigh(scene, seed, **how).verdict(THRESHOLDS) for seed in SEEDS]


@settings(max_examples=30)
@given(seeds, st.floats(0.02, 0.3), st.sampled_from([67, 100, 150, 200]), st.integers(50, 350))
def test_a_face_that_is_lit_by_two_percent_and_more_follows(seed, amplitude, every_ms, delay_ms):
    flash = weigh(Scene(amplitude=amplitude, every_ms=every_ms, delay_ms=delay_ms, jitter_ms=80), seed)
    assert flash.verdict(THRESHOLDS) is Verdict.FOLLOWED
    assert abs(flash.lag_ms - delay_ms - 40) <= 140


@settings(max_examples=30)
@given(seeds, st.floats(0, 0.05), st.floats(0.001, 0.005))
def test_a_face_that_no_light_reaches_is_inconclusive_and_never_a_fault(seed, flicker, noise):
    assert (
        weigh(Scene(flicker=flicker, noise=noise), seed, reacts_to=nothing).verdict(THRESHOLDS) is Verdict.INCONCLUSIVE
    )


def test_in_the_sun_the_screen_is_lost_and_nothing_is_concluded():
    assert set(verdicts(Scene(amplitude=0.005))) == {Verdict.INCONCLUSIVE}


def test_frames_that_come_after_50_to_600_ms_still_show_a_living_face():
    assert verdicts(Scene(delay_ms=50, jitter_ms=550)).count(Verdict.FOLLOWED) >= 0.9 * len(SEEDS)


def test_a_recording_of_an_earlier_flash_does_not_follow_another():
    """Chance lets the rank's share through, two in a hundred; hence three attempts, and actions."""
    assert verdicts(Scene(), reacts_to=older).count(Verdict.FOLLOWED) <= 0.05 * len(SEEDS)


@pytest.mark.parametrize("how", [{}, {"amplitude": 0.06}, {"every_ms": 200, "noise": 0.01}])
def test_a_recording_of_another_flash_is_no_weak_light_of_this_one(how):
    found = verdicts(Scene(**how), reacts_to=older)
    assert found.count(Verdict.NOT_FOLLOWED) >= 0.9 * len(SEEDS)
    assert found.count(Verdict.FOLLOWED) <= 0.05 * len(SEEDS)


@pytest.mark.parametrize("amplitude", [0, 0.01, 0.02])
@pytest.mark.parametrize(
    "how",
    [{}, {"every_ms": 200}, {"noise": 0.016}, {"balance": 1.0}, {"flicker": 0.05}, {"delay_ms": 400, "every_ms": 200}],
    ids=["at rest", "five frames a second", "noise", "white balance", "exposure", "late"],
)
def test_nobody_who_sits_there_is_taken_for_a_recording_of_another_flash(how, amplitude):
    found = [weigh(Scene(amplitude=amplitude, **how), seed).verdict(THRESHOLDS) for seed in SEEDS[:30]]
    assert Verdict.NOT_FOLLOWED not in found


@settings(max_examples=30)
@given(seeds, st.floats(0.7, 1.4), st.integers(0, 60))
def test_one_leap_of_the_white_balance_is_no_flash(seed, factor, at):
    def leap(frames):
        since_ms = frames[min(at, len(frames) - 1)].at_ms
        return changed(frames, lambda each: {"skin": reddened(each, factor if each.at_ms >= since_ms else 1)})

    flash = weigh(Scene(amplitude=0.003), seed, change=leap)
    assert flash.strength_permille < THRESHOLDS.flash_strength_permille


@settings(max_examples=30)
@given(seeds, st.floats(0.2, 0.8), st.floats(0.02, 0.1))
def test_a_head_that_moves_between_a_lamp_and_a_window_is_no_flash(seed, turns_a_second, slope):
    def moves(each):
        there = math.sin(each.at_ms / 1_000 * turns_a_second * math.tau)
        moved = msgspec.structs.replace(each.look.face, x=each.look.face.x + 40 * there)
        return {"faces": (moved,), "skin": reddened(each, 1 + slope * there)}

    flash = weigh(Scene(amplitude=0.003), seed, change=lambda frames: changed(frames, moves))
    assert flash.strength_permille < THRESHOLDS.flash_strength_permille


def reddened(frame, factor):
    return tuple((red * factor, green, blue) for red, green, blue in frame.look.skin)


@given(
    st.builds(Flash, *[st.integers(0, 60)] * 2, *[st.integers(0, 1_000)] * 2, st.just(0), st.integers(0, 100)),
    st.integers(0, 200),
)
def test_light_that_changes_more_never_speaks_for_anybody(flash, strength):
    order = [Verdict.FOLLOWED, Verdict.INCONCLUSIVE, Verdict.NOT_FOLLOWED]
    stronger = replace(flash, strength_permille=strength).verdict(THRESHOLDS)
    assert order.index(stronger) >= order.index(flash.verdict(THRESHOLDS))


def test_frames_that_all_come_at_once_have_no_strength():
    at_once = weigh(Scene(), 1, change=lambda frames: [type(each)(frames[0].at_ms, each.look) for each in frames])
    assert at_once.strength_permille == 0


def test_colours_mixed_in_by_a_program_too_late_do_not_follow():
    assert verdicts(Scene(behind=1.0), reacts_to=later(900)).count(Verdict.FOLLOWED) <= 0.05 * len(SEEDS)


def test_colours_mixed_in_by_a_fast_program_follow_and_so_does_the_background():
    """Nothing in a browser stops it; where all of the picture is coloured, the background tells."""
    flash = weigh(Scene(behind=1.0), 5, reacts_to=later(200))
    assert flash.verdict(THRESHOLDS) is Verdict.FOLLOWED
    assert flash.background_permille > THRESHOLDS.background_permille


@settings(max_examples=20)
@given(seeds, st.floats(0.05, 0.5))
def test_the_room_behind_a_living_face_answers_less_than_the_face(seed, behind):
    assert weigh(Scene(amplitude=0.1, behind=behind), seed).background_permille < THRESHOLDS.background_permille


@settings(max_examples=20)
@given(seeds, st.floats(0.2, 2))
def test_how_long_the_camera_exposes_changes_nothing(seed, factor):
    def exposed(frames):
        return changed(frames, lambda each: {"skin": tuple(tuple(v * factor for v in rgb) for rgb in each.look.skin)})

    assert weigh(Scene(), seed, change=exposed) == weigh(Scene(), seed)


@settings(max_examples=20)
@given(seeds, st.integers(-(10**12), 10**12))
def test_when_it_happens_changes_nothing(seed, shift_ms):
    rng = np.random.default_rng(seed)
    shown = sent(sequence(rng), rng)
    frames, others = Scene().seen(shown, rng), decoys(rng)
    moved = [Shown(each.at_ms + shift_ms, each.colour) for each in shown]
    seen = [type(each)(each.at_ms + shift_ms, each.look) for each in frames]
    assert weigh_flash(moved, seen, others, THRESHOLDS) == weigh_flash(shown, frames, others, THRESHOLDS)


def test_without_a_background_its_share_is_unknown():
    without = weigh(Scene(), 1, change=lambda frames: changed(frames, lambda _: {"background": None}))
    assert without.background_permille is None
    assert without.verdict(THRESHOLDS) is Verdict.FOLLOWED


@pytest.mark.parametrize("kept", [0, 1, 15])
def test_too_few_frames_conclude_nothing(kept):
    flash = weigh(Scene(), 1, change=lambda frames: frames[:kept])
    assert (flash.frames, flash.verdict(THRESHOLDS)) == (kept, Verdict.INCONCLUSIVE)


def test_frames_without_a_face_or_with_light_that_is_no_number_are_left_out():
    def blind(frames):
        lights = [(), ((float("nan"), 0.1, 0.1),), ((float("inf"), 0.1, 0.1),)]
        return changed(frames, lambda each: {"skin": lights[each.at_ms % 3]})

    assert weigh(Scene(), 1, change=blind).frames == 0


def test_frames_before_the_first_colour_are_left_out():
    rng = np.random.default_rng(1)
    shown = sent(sequence(rng), rng, from_ms=5_000)
    early = [type(each)(each.at_ms - 5_000, each.look) for each in Scene().seen(shown, rng)]
    assert weigh_flash(shown, early, [], THRESHOLDS).frames < len(early)


def test_half_a_flash_concludes_nothing():
    rng = np.random.default_rng(1)
    shown = sent(sequence(rng, 4), rng)
    flash = weigh_flash(shown, Scene(every_ms=50).seen(shown, rng), [sequence(rng, 4) for _ in range(120)], THRESHOLDS)
    assert flash.verdict(THRESHOLDS) is Verdict.INCONCLUSIVE


def test_without_anything_to_compare_it_with_nothing_is_followed():
    rng = np.random.default_rng(1)
    shown = sent(sequence(rng), rng)
    assert weigh_flash(shown, Scene().seen(shown, rng), [], THRESHOLDS).verdict(THRESHOLDS) is Verdict.NOT_FOLLOWED


def test_black_and_white_pictures_give_an_answer():
    for value in (0.0, 1.0):
        flat = weigh(
            Scene(), 1, change=lambda frames, value=value: changed(frames, lambda _: {"skin": ((value,) * 3,)})
        )
        assert flat.verdict(THRESHOLDS) is Verdict.INCONCLUSIVE


@given(st.integers(0, 40), st.integers(0, 10), st.integers(-1_000, 1_000), st.integers(0, 1_000), st.integers(0, 300))
def test_a_worse_figure_never_turns_into_a_follow(frames, colours, correlation, rank, amplitude):
    weighed = Flash(frames, colours, correlation, rank, amplitude_permille=amplitude)
    if weighed.verdict(THRESHOLDS) is not Verdict.FOLLOWED:
        for worse in (
            Flash(frames, colours, correlation - 1, rank, amplitude_permille=amplitude),
            Flash(frames, colours, correlation, rank + 1, amplitude_permille=amplitude),
            Flash(frames, colours, correlation, rank, amplitude_permille=amplitude - 1),
        ):
            assert worse.verdict(THRESHOLDS) is not Verdict.FOLLOWED


def _luminance(colour):
    red, green, blue = colour.light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", list(Colour))
def test_no_colour_is_a_saturated_red(colour):
    """WCAG 2.3.1 calls a red saturated from four fifths of the light on."""
    assert colour.light[0] / sum(colour.light) < 0.8


def test_no_colour_is_dark_and_no_two_give_the_same_light():
    assert min(map(_luminance, Colour)) > 0.2
    assert len({colour.light for colour in Colour}) == 6
