"""An attempt comes to the worst that was found in it, and nobody fails by a bad picture (docs/rules/face-checks.md, outcomes)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.camera import Grade, Sign
from jiangxue.facecheck.rules.decision import (
    Code,
    Evidence,
    Outcome,
    Reason,
    blocks,
    decide,
    form_after,
    form_for,
    live_of,
    needs_actions,
)
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.rules.identity import Who
from jiangxue.facecheck.rules.repeats import Repeats
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.people import person, portrait

pytestmark = [pytest.mark.clause("T3.2"), pytest.mark.clause("T4")]
THRESHOLDS = Thresholds()
LENIENT = Thresholds(blocks_virtual_cameras=0)

FOLLOWED = Flash(40, 8, 950, 9, 120, 70, 170)
PRINTED = replace(FOLLOWED, background_permille=950)
WEAK = Flash(40, 8, 300, 300, 120, 4, 900)
WRONG = Flash(40, 8, 300, 300, 120, 30, 170)
SHORT = Evidence(form=Form.SHORT, who=Who.SAME, actions_done=True, attempts_left=2)
LONG = replace(SHORT, form=Form.LONG, flash=FOLLOWED)
STEP_UP = Evidence(form=Form.STEP_UP, who=Who.SAME, flash=FOLLOWED, attempts_left=1)
ENROL = replace(LONG, form=Form.ENROL)
OBS = frozenset({Sign.VIRTUAL_LABEL})
ODD = frozenset({Sign.NOT_NATIVE})
GREY = frozenset({Sign.CAMERA_SOFTWARE})


@pytest.mark.parametrize(
    ("evidence", "outcome", "codes"),
    [
        (SHORT, Outcome.PASSED, ()),
        (LONG, Outcome.PASSED, ()),
        (STEP_UP, Outcome.PASSED, ()),
        (ENROL, Outcome.PASSED, ()),
        (replace(SHORT, signs=GREY), Outcome.PASSED, (Code.CAMERA_SOFTWARE,)),
        (replace(SHORT, signs=frozenset({Sign.NO_USB_ID})), Outcome.PASSED, ()),
        (replace(LONG, flash=WEAK), Outcome.PASSED, ()),
        (replace(STEP_UP, flash=WEAK, actions_done=True), Outcome.PASSED, ()),
        (replace(STEP_UP, flash=PRINTED, actions_done=True), Outcome.PASSED, ()),
        (replace(STEP_UP, signs=ODD, actions_done=True), Outcome.PASSED, ()),
        (replace(STEP_UP, live_permille=300, actions_done=True), Outcome.PASSED, ()),
        (replace(ENROL, flash=None, is_excused=True), Outcome.PASSED, ()),
        (replace(SHORT, who=Who.UNSEEN), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, is_continuous=False), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, repeats=Repeats.STALLED), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, is_late=True), Outcome.AGAIN, (Code.TOO_LATE,)),
        (replace(SHORT, actions_done=False), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(SHORT, actions_done=False, signs=GREY), Outcome.AGAIN, (Code.CAMERA_SOFTWARE, Code.NOT_LIVE)),
        (replace(LONG, actions_done=None), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(ENROL, flash=None), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(ENROL, who=Who.UNCLEAR), Outcome.AGAIN, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(STEP_UP, flash=WEAK, actions_done=False), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, who=Who.UNCLEAR), Outcome.STEP_UP, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(SHORT, who=Who.OTHER), Outcome.STEP_UP, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(SHORT, signs=ODD), Outcome.STEP_UP, (Code.CAMERA_SOFTWARE,)),
        (replace(SHORT, live_permille=499), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, is_near_duplicate=True), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(LONG, flash=WRONG), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(LONG, flash=WRONG, actions_done=False), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(STEP_UP, flash=PRINTED), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, who=Who.UNSEEN, attempts_left=0), Outcome.REVIEW, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, who=Who.OTHER, attempts_left=0), Outcome.REVIEW, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(ENROL, who=Who.UNCLEAR, attempts_left=0), Outcome.REVIEW, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(STEP_UP, live_permille=49, actions_done=True), Outcome.REVIEW, (Code.NOT_LIVE,)),
        (replace(STEP_UP, is_near_duplicate=True, actions_done=True), Outcome.REVIEW, (Code.NOT_LIVE,)),
        (replace(SHORT, repeats=Repeats.REPEATED), Outcome.FAILED, (Code.REPEATED_FRAMES,)),
        (replace(STEP_UP, who=Who.OTHER, others_before=1), Outcome.FAILED, (Code.OTHER_FACE,)),
        (
            replace(STEP_UP, flash=WRONG, actions_done=False, not_live_before=1),
            Outcome.FAILED,
            (Code.NOT_LIVE,),
        ),
        (replace(SHORT, signs=OBS), Outcome.BLOCKED, (Code.VIRTUAL_CAMERA,)),
        (replace(SHORT, signs=OBS, who=Who.OTHER, repeats=Repeats.REPEATED), Outcome.BLOCKED, (Code.VIRTUAL_CAMERA,)),
    ],
)
def test_what_an_attempt_comes_to(evidence, outcome, codes):
    decision = decide(evidence, THRESHOLDS)
    assert (decision.outcome, decision.codes) == (outcome, codes)


flashes = st.none() | st.builds(
    Flash,
    st.integers(0, 60),
    st.integers(0, 10),
    st.integers(-1_000, 1_000),
    st.integers(0, 1_000),
    st.just(0),
    st.integers(0, 100),
    st.none() | st.integers(0, 2_000),
)
evidences = st.builds(
    Evidence,
    form=st.sampled_from(Form),
    who=st.sampled_from(Who),
    attempts_left=st.integers(0, 2),
    flash=flashes | st.sampled_from([FOLLOWED, PRINTED, WEAK, WRONG]),
    actions_done=st.none() | st.booleans(),
    repeats=st.sampled_from(Repeats),
    signs=st.frozensets(st.sampled_from(Sign), max_size=3),
    live_permille=st.none() | st.integers(0, 1_000),
    is_near_duplicate=st.booleans(),
    is_continuous=st.booleans(),
    is_late=st.booleans(),
    others_before=st.integers(0, 3),
    not_live_before=st.integers(0, 3),
    is_excused=st.booleans(),
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
        {"is_excused": False},
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
        assert evidence.actions_done or verdict_of(evidence, thresholds) is Verdict.FOLLOWED
        assert evidence.actions_done is not False
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


@given(st.sampled_from(Form), st.booleans(), st.booleans(), st.booleans(), st.integers(1, 5))
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


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_word_for_the_learner(reason):
    assert reason.code in Code


@pytest.mark.parametrize(
    ("evidence", "needed"),
    [
        (STEP_UP, False),
        (replace(STEP_UP, flash=WEAK), True),
        (replace(STEP_UP, flash=WRONG), True),
        (replace(STEP_UP, flash=None), True),
        (replace(STEP_UP, flash=PRINTED), True),
        (replace(STEP_UP, signs=ODD), True),
        (replace(STEP_UP, signs=GREY), False),
        (replace(STEP_UP, live_permille=300), True),
        (replace(STEP_UP, is_near_duplicate=True), True),
    ],
)
def test_a_step_up_asks_actions_where_its_flash_leaves_something_open(evidence, needed):
    assert needs_actions(evidence, THRESHOLDS) is needed


@given(evidences, thresholds_of)
def test_a_step_up_that_needs_no_actions_is_decided_without_them(evidence, thresholds):
    flashed = replace(evidence, form=Form.STEP_UP, actions_done=None)
    if not needs_actions(flashed, thresholds):
        assert Reason.NOTHING_FOLLOWED not in decide(flashed, thresholds).reasons


def test_a_camera_that_gives_signs_begins_with_the_longer_form():
    assert form_for(Form.SHORT, ODD) is Form.STEP_UP
    assert form_for(Form.SHORT, OBS) is Form.STEP_UP
    assert form_for(Form.SHORT, GREY) is Form.SHORT
    assert form_for(Form.ENROL, ODD) is Form.ENROL


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nobody_comes_back_from_a_longer_form_to_a_shorter_one(outcome):
    assert form_after(Form.STEP_UP, outcome) is Form.STEP_UP
    assert form_after(Form.SHORT, outcome) is (Form.STEP_UP if outcome is Outcome.STEP_UP else Form.SHORT)


def test_how_live_portraits_seem_is_their_lower_middle():
    assert live_of([portrait(person(1), live=live) for live in (0.9, 0.2, 0.4)]) == 400
    assert live_of([portrait(person(1), live=live) for live in (0.9, None, 0.4)]) == 400
    assert live_of([portrait(person(1), live=None)]) is None
    assert live_of([]) is None
