"""Who pretends to be the learner before the camera, or puts something in its place, on the real socket with real eyes; each beside an honest twin."""

import cv2
import numpy as np
import pytest

from jiangxue.facecheck.models import FacePicture
from jiangxue.facecheck.rules.decision import Reason
from jiangxue.facecheck.rules.drawing import Form
from tests.attacks.face_desk import Desk, Learner, enrolment, told_outcomes
from tests.attacks.face_players import Again, Changing, Clips, Recording
from tests.factories.faces.attacks import Loop, Print, RecordedFlash, Still, Tablet, TintBot
from tests.factories.faces.camera import light_of
from tests.factories.faces.live import Live
from tests.factories.faces.people import another
from tests.factories.faces.showing import Player, Shown

pytestmark = pytest.mark.clause("T4", "T3.2")


class StillOf(Still):
    """One of the enrolled pictures in place of the camera, with the noise of a camera that is not there."""

    def _light(self, shown: Shown, at_ms: int):
        return light_of(cv2.imdecode(np.frombuffer(enrolment()[1][0], np.uint8), cv2.IMREAD_COLOR))


def reasons(who: Learner) -> set[str]:
    """Return all that was found in the attempts of a learner's check."""
    return {reason for attempt in who.attempts() for reason in attempt.facts.get("findings", [])}


@pytest.mark.parametrize("form", [Form.SHORT, Form.LONG])
def test_the_learner_passes(desk: Desk, enrolled: Learner, form: Form) -> None:
    assert told_outcomes(desk.check(enrolled, Live(seed=11), form)) == ["passed"]
    (attempt,) = enrolled.attempts()
    assert attempt.facts["findings"] == []
    assert FacePicture.objects.filter(attempt=attempt).count() == 3


def test_somebody_else_is_asked_for_more(desk: Desk, enrolled: Learner) -> None:
    """That they fail the second time, however they go: test_face_going.py."""
    told = desk.show(enrolled, Live(seed=12, person=another(0)))
    assert (told.done["outcome"], told.done["codes"]) == ("step_up", ["not_sure_it_is_you"])
    assert Reason.OTHER_FACE in reasons(enrolled)


@pytest.mark.parametrize("once", [True, False], ids=["from then on", "for the action alone"])
def test_somebody_else_who_does_the_action_is_asked_for_more(desk: Desk, enrolled: Learner, once: bool) -> None:
    cheat = Changing(Live(seed=13), Live(seed=13, person=another(1)), lambda shown: shown.do == "act", once=once)
    told = desk.show(enrolled, cheat)
    assert told.done["outcome"] == "step_up"
    assert reasons(enrolled) & {Reason.OTHER_FACE, Reason.FACE_UNCLEAR}


def test_a_photograph_gets_three_attempts_and_then_a_person(desk: Desk, enrolled: Learner) -> None:
    told = desk.check(enrolled, Still(seed=14, noisy=True))
    assert told_outcomes(told) == ["again", "again", "review"]
    assert {"not_live"} == {code for each in told for code in each.done["codes"]}


def test_a_photograph_without_noise_is_a_camera_that_stands_still(desk: Desk, enrolled: Learner) -> None:
    told = desk.show(enrolled, Still(seed=15))
    assert told.done["outcome"] == "again"
    assert {Reason.CAMERA_STALLED, Reason.ACTION_NOT_DONE} <= reasons(enrolled)


def test_an_enrolled_picture_is_known_again(desk: Desk, enrolled: Learner) -> None:
    told = desk.show(enrolled, StillOf(seed=16, noisy=True))
    assert told.done["outcome"] == "step_up"
    assert Reason.NEAR_DUPLICATE in reasons(enrolled)


def test_a_loop_is_a_recording(desk: Desk, enrolled: Learner) -> None:
    told = desk.show(enrolled, Loop(seed=17))
    assert (told.done["outcome"], told.done["codes"]) == ("failed", ["repeated_frames"])


def test_frames_of_an_earlier_attempt_are_known_again(desk: Desk, enrolled: Learner) -> None:
    camera = Recording(Live(seed=18))
    assert told_outcomes(desk.check(enrolled, camera)) == ["passed"]
    cheat = Changing(Again(camera.frames), Live(seed=68), lambda shown: shown.do != "place", once=True)
    told = desk.show(enrolled, cheat)
    assert (told.done["outcome"], told.done["codes"]) == ("failed", ["repeated_frames"])


def test_a_film_of_an_earlier_check_does_not_follow_this_one(desk: Desk, enrolled: Learner) -> None:
    told = desk.show(enrolled, RecordedFlash(seed=19), enrolled.ticket(Form.LONG))
    assert told.done["outcome"] == "step_up"
    assert Reason.FLASH_NOT_FOLLOWED in reasons(enrolled)


def test_a_film_on_a_tablet_does_not_act(desk: Desk, enrolled: Learner) -> None:
    assert desk.show(enrolled, Tablet(seed=20)).done["outcome"] == "again"
    assert Reason.ACTION_NOT_DONE in reasons(enrolled)


@pytest.mark.parametrize("what", [Print(seed=22, bent=True), TintBot(seed=23)], ids=["bent print", "tinted photograph"])
def test_what_is_lit_as_a_whole_and_does_not_move_as_asked_does_not_pass(
    desk: Desk, enrolled: Learner, what: Player
) -> None:
    """A tilted print is not even enrolled: tests/domains/facecheck/test_enrolling.py."""
    told = desk.show(enrolled, what, enrolled.ticket(Form.LONG))
    assert told.done["outcome"] in {"again", "step_up"}
    assert {Reason.LIGHT_ON_ALL, Reason.ACTION_NOT_DONE} <= reasons(enrolled)


# What follows is not stopped, as docs/trust.md says: these tests are there so that it cannot be forgotten.


def test_a_puppet_that_is_tinted_in_time_passes(desk: Desk, enrolled: Learner) -> None:
    puppet = TintBot(seed=24, delay_ms=100, puppeted=True, shaded=True)
    assert desk.show(enrolled, puppet, enrolled.ticket(Form.LONG)).done["outcome"] == "passed"


@pytest.mark.parametrize("form", [Form.SHORT, Form.LONG])
def test_clips_that_are_started_when_the_page_asks_pass(desk: Desk, enrolled: Learner, form: Form) -> None:
    assert desk.show(enrolled, Clips(seed=25), enrolled.ticket(form)).done["outcome"] == "passed"
