"""An attempt comes to the worst that was found in it, and nobody fails by a bad picture (docs/rules/face-checks.md, outcomes)."""

from dataclasses import replace

import pytest

from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.decision import (
    Code,
    Evidence,
    Outcome,
    Reason,
    decide,
    form_for,
    live_of,
)
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.flash import Flash
from jiangxue.facecheck.rules.identity import Who
from jiangxue.facecheck.rules.repeats import Repeats
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import ColourFrames
from tests.rules.face.people import person, portrait

pytestmark = [pytest.mark.clause("T3.2"), pytest.mark.clause("T4")]
THRESHOLDS = Thresholds()
LENIENT = Thresholds(blocks_virtual_cameras=0)

FOLLOWED = Flash(40, 8, 950, 9, 120, 70, 170)
PRINTED = replace(FOLLOWED, background_permille=950)
WEAK = Flash(40, 8, 300, 300, 120, 4, 900)
WRONG = Flash(40, 8, 300, 300, 120, 4, 170, strength_permille=60)
DIM = Flash(40, 8, 300, 300, 120, 30, 170)
FEW = Flash(8, 8)
SHORT = Evidence(form=Form.SHORT, who=Who.SAME, actions_done=True, attempts_left=2)
LONG = replace(SHORT, form=Form.LONG, flash=FOLLOWED)
STEP_UP = replace(LONG, form=Form.STEP_UP, attempts_left=1)
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
        (replace(STEP_UP, flash=WEAK), Outcome.PASSED, ()),
        (replace(STEP_UP, flash=DIM), Outcome.PASSED, ()),
        (replace(STEP_UP, flash=PRINTED), Outcome.PASSED, ()),
        (replace(STEP_UP, signs=ODD), Outcome.PASSED, ()),
        (replace(STEP_UP, live_permille=300), Outcome.PASSED, ()),
        (replace(ENROL, flash=None, without_flash=True), Outcome.PASSED, ()),
        (replace(SHORT, who=Who.UNSEEN), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, is_continuous=False), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, repeats=Repeats.STALLED), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, is_late=True), Outcome.AGAIN, (Code.TOO_LATE,)),
        (replace(SHORT, actions_done=False), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(SHORT, actions_done=False, signs=GREY), Outcome.AGAIN, (Code.CAMERA_SOFTWARE, Code.NOT_LIVE)),
        (replace(LONG, flash=FEW, colour_frames=ColourFrames(8, 40)), Outcome.AGAIN, (Code.NOT_SEEN_WELL,)),
        (replace(LONG, flash=FEW, colour_frames=ColourFrames(8, 12)), Outcome.PASSED, ()),
        (replace(LONG, colour_frames=ColourFrames(8, 40)), Outcome.PASSED, ()),
        (replace(LONG, actions_done=None), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(ENROL, flash=None), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(ENROL, who=Who.UNCLEAR), Outcome.AGAIN, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(STEP_UP, flash=WEAK, actions_done=False), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, who=Who.UNCLEAR), Outcome.STEP_UP, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(SHORT, who=Who.OTHER), Outcome.STEP_UP, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(SHORT, signs=ODD), Outcome.STEP_UP, (Code.CAMERA_SOFTWARE,)),
        (replace(SHORT, actions_done=False, has_done_another=True), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, live_permille=499), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(SHORT, is_near_duplicate=True), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(LONG, flash=WRONG), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(LONG, flash=WRONG, actions_done=False), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(STEP_UP, flash=PRINTED, actions_done=False), Outcome.STEP_UP, (Code.NOT_LIVE,)),
        (replace(STEP_UP, actions_done=None), Outcome.AGAIN, (Code.NOT_LIVE,)),
        (replace(SHORT, who=Who.UNSEEN, attempts_left=0), Outcome.REVIEW, (Code.NOT_SEEN_WELL,)),
        (replace(SHORT, who=Who.OTHER, attempts_left=0), Outcome.REVIEW, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(ENROL, who=Who.UNCLEAR, attempts_left=0), Outcome.REVIEW, (Code.NOT_SURE_IT_IS_YOU,)),
        (replace(STEP_UP, live_permille=49), Outcome.REVIEW, (Code.NOT_LIVE,)),
        (replace(STEP_UP, is_near_duplicate=True), Outcome.REVIEW, (Code.NOT_LIVE,)),
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


def test_who_takes_no_colours_passes_by_actions_and_it_is_kept():
    excused = replace(LONG, flash=None, without_flash=True)
    assert Reason.WITHOUT_FLASH in decide(excused, THRESHOLDS).reasons
    assert Reason.WITHOUT_FLASH not in decide(replace(SHORT, without_flash=True), THRESHOLDS).reasons
    assert decide(replace(excused, actions_done=False), THRESHOLDS).outcome is Outcome.AGAIN


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_word_for_the_learner(reason):
    assert reason.code in Code


def test_a_camera_that_gives_signs_begins_with_the_longer_form():
    assert form_for(Form.SHORT, ODD) is Form.STEP_UP
    assert form_for(Form.SHORT, OBS) is Form.STEP_UP
    assert form_for(Form.SHORT, GREY) is Form.SHORT
    assert form_for(Form.ENROL, ODD) is Form.ENROL


def test_how_live_portraits_seem_is_their_lower_middle():
    assert live_of([portrait(person(1), live=live) for live in (0.9, 0.2, 0.4)]) == 400
    assert live_of([portrait(person(1), live=live) for live in (0.9, None, 0.4)]) == 400
    assert live_of([portrait(person(1), live=None)]) is None
    assert live_of([]) is None
