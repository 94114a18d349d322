"""Whatever was found: more against somebody never makes it better, and nobody fails by a bad picture (docs/rules/face-checks.md, outcomes)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.camera import Grade, Sign
from jiangxue.facecheck.rules.decision import Evidence, Outcome, Reason, blocks, decide
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.rules.identity import Who
from jiangxue.facecheck.rules.repeats import Repeats
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import ColourFrames
from tests.rules.face.test_decision import FOLLOWED, LONG, PRINTED, SHORT, THRESHOLDS, WEAK, WRONG

pytestmark = [pytest.mark.clause("T3.2"), pytest.mark.clause("T4")]
LENIENT = Thresholds(blocks_virtual_cameras=0)
FORMS = [form for form in Form if form is not Form.TRIAL]

flashes = st.none() | st.builds(
    Flash,
    st.integers(0, 60),
    st.integers(0, 10),
    st.integers(-1_000, 1_000),
    st.integers(0, 1_000),
    st.just(0),
    st.integers(0, 100),
    st.none() | st.integers(0, 2_000),
    st.integers(0, 60),
)
evidences = st.builds(
    Evidence,
    form=st.sampled_from(FORMS),
    who=st.sampled_from(Who),
    attempts_left=st.integers(0, 2),
    flash=flashes | st.sampled_from([FOLLOWED, PRINTED, WEAK, WRONG]),
    actions_done=st.none() | st.booleans(),
    has_done_another=st.booleans(),
    repeats=st.sampled_from(Repeats),
    signs=st.frozensets(st.sampled_from(Sign), max_size=3),
    live_permille=st.none() | st.integers(0, 1_000),
    is_near_duplicate=st.booleans(),
    is_continuous=st.booleans(),
    is_late=st.booleans(),
    others_before=st.integers(0, 3),
    not_live_before=st.integers(0, 3),
    colour_frames=st.builds(ColourFrames, st.integers(0, 40), st.integers(0, 40)),
    without_flash=st.booleans(),
)
thresholds_of = st.builds(
    Thresholds,
    fails_after=st.integers(1, 3),
    blocks_virtual_cameras=st.integers(0, 1),
    background_permille=st.integers(500, 2_000),
    live_permille=st.integers(50, 950),
)


def verdict_of(evidence, thresholds):
    return evidence.flash.verdict(thresholds) if evidence.flash else None


def worse_than(evidence, data):
    """Return the same evidence with one thing more against the person."""
    live, flash = evidence.live_permille, evidence.flash
    ways = [
        {"signs": evidence.signs | {data.draw(st.sampled_from(Sign))}},
        {"repeats": max(Repeats.REPEATED, evidence.repeats, key=list(Repeats).index)},
        {"repeats": max(Repeats.STALLED, evidence.repeats, key=list(Repeats).index)},
        {"is_near_duplicate": True},
        {"is_continuous": False},
        {"is_late": True},
        {"colour_frames": replace(evidence.colour_frames, came=0)},
        {"without_flash": False},
        {"has_done_another": True},
        {"actions_done": evidence.actions_done and data.draw(st.sampled_from([False, None]))},
        {"others_before": evidence.others_before + 1},
        {"not_live_before": evidence.not_live_before + 1},
        {"attempts_left": 0},
        {"live_permille": data.draw(st.integers(0, 1_000 if live is None else live))},
    ]
    if evidence.who is not Who.UNSEEN:
        order = [Who.SAME, Who.UNCLEAR, Who.OTHER]
        ways.append({"who": data.draw(st.sampled_from(order[order.index(evidence.who) :]))})
    if flash is not None and flash.background_permille is not None:
        ways.append({"flash": replace(flash, background_permille=flash.background_permille + 500)})
    if flash is not None and verdict_of(evidence, THRESHOLDS) is Verdict.FOLLOWED:
        kept = {"background_permille": flash.background_permille}
        ways += [{"flash": replace(WEAK, **kept)}, {"flash": replace(WRONG, **kept)}]
    return replace(evidence, **data.draw(st.sampled_from(ways)))


@given(evidences, thresholds_of, st.data())
def test_more_against_somebody_never_makes_it_better(evidence, thresholds, data):
    before = decide(evidence, thresholds).outcome
    after = decide(worse_than(evidence, data), thresholds).outcome
    assert after.rank >= before.rank


@given(evidences, thresholds_of)
def test_who_passes_is_the_same_person_has_followed_what_nobody_could_foresee_and_repeats_nothing(evidence, thresholds):
    if decide(evidence, thresholds).outcome is Outcome.PASSED:
        assert evidence.who is Who.SAME
        assert evidence.actions_done
        assert not evidence.has_done_another
        assert evidence.flash or evidence.form is Form.SHORT or evidence.without_flash
        assert verdict_of(evidence, thresholds) is not Verdict.NOT_FOLLOWED
        assert evidence.repeats is Repeats.NONE
        assert evidence.is_continuous
        assert not evidence.is_late
        assert not blocks(evidence.signs, thresholds)


@given(evidences, thresholds_of)
def test_only_another_person_or_no_live_face_fails(evidence, thresholds):
    if decide(evidence, thresholds).outcome is Outcome.FAILED:
        is_other = evidence.who is Who.OTHER and evidence.others_before + 1 >= thresholds.fails_after
        follows_nothing = verdict_of(evidence, thresholds) is Verdict.NOT_FOLLOWED and evidence.actions_done is False
        assert is_other or follows_nothing or evidence.repeats is Repeats.REPEATED


@given(evidences, thresholds_of)
def test_light_too_weak_to_tell_never_fails_anybody(evidence, thresholds):
    weak = replace(evidence, flash=replace(WEAK, background_permille=None), who=Who.SAME, repeats=Repeats.NONE)
    assert decide(weak, thresholds).outcome is not Outcome.FAILED
    done = replace(SHORT, form=evidence.form, flash=weak.flash, attempts_left=evidence.attempts_left)
    assert decide(done, thresholds).outcome is Outcome.PASSED


@given(st.sampled_from(FORMS), st.booleans(), st.booleans(), st.booleans(), st.integers(1, 5))
def test_a_bad_picture_alone_is_tried_again(form, is_unseen, is_gone, is_stalled, attempts_left):
    good = replace(LONG, form=form, attempts_left=attempts_left, is_continuous=not is_gone)
    bad = replace(
        good,
        who=Who.UNSEEN if is_unseen else Who.SAME,
        repeats=Repeats.STALLED if is_stalled else Repeats.NONE,
    )
    expected = Outcome.AGAIN if is_unseen or is_gone or is_stalled else Outcome.PASSED
    assert decide(bad, THRESHOLDS).outcome is expected


@given(evidences, thresholds_of)
def test_nobody_is_said_not_to_live_whose_face_was_not_seen_well(evidence, thresholds):
    unseen = replace(evidence, who=Who.UNSEEN, repeats=Repeats.NONE)
    assert decide(unseen, thresholds).outcome is not Outcome.FAILED


@given(evidences, thresholds_of)
def test_who_has_no_attempt_left_is_for_a_person(evidence, thresholds):
    last = decide(replace(evidence, attempts_left=0), thresholds).outcome
    assert last not in {Outcome.AGAIN, Outcome.STEP_UP}


@given(evidences, thresholds_of)
def test_there_is_no_longer_form_than_an_enrolment(evidence, thresholds):
    assert decide(replace(evidence, form=Form.ENROL), thresholds).outcome is not Outcome.STEP_UP


@given(evidences, st.sampled_from([sign for sign in Sign if sign.grade is Grade.BLOCK]))
def test_a_virtual_camera_always_blocks_unless_the_rule_is_off_and_then_calls_for_more(evidence, sign):
    seen = replace(evidence, signs=evidence.signs | {sign})
    assert decide(seen, THRESHOLDS).outcome is Outcome.BLOCKED
    off = decide(seen, LENIENT)
    assert off.outcome is not Outcome.BLOCKED
    if seen.form is Form.SHORT:
        assert off.outcome.rank >= Outcome.STEP_UP.rank


@given(evidences, thresholds_of)
def test_whoever_does_not_pass_is_told_something_and_the_record_tells_more(evidence, thresholds):
    decision = decide(evidence, thresholds)
    assert decision.codes or decision.outcome is Outcome.PASSED
    assert len(set(decision.codes)) == len(decision.codes)
    assert set(decision.codes) <= {reason.code for reason in decision.reasons}


@given(evidences, thresholds_of)
def test_another_face_and_no_live_face_can_be_counted(evidence, thresholds):
    reasons = decide(evidence, thresholds).reasons
    assert (Reason.OTHER_FACE in reasons) is (evidence.who is Who.OTHER)
    if Reason.NO_LIVE_FACE_AGAIN in reasons:
        assert Reason.NO_LIVE_FACE in reasons
