"""Enrolling a face on the real socket, with real eyes: who is there is enrolled, what pretends to be is not (clauses T3.2, T3.3, T4)."""

from collections.abc import Callable

import pytest

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.facecheck.models import EnrolledPicture, FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.services.templates import open_template
from tests.domains.facecheck.conftest import Showing
from tests.factories import people
from tests.factories.faces.attacks import Print, Still
from tests.factories.faces.live import Live
from tests.factories.identity import allowance

pytestmark = pytest.mark.clause("T3.2")


def test_a_live_person_is_enrolled_and_the_attempt_names_what_it_was_judged_by(shower: Callable[[], Showing]) -> None:
    learner = shower()
    told = learner.enrol(Live(seed=3))
    assert (told.done["outcome"], told.done["codes"], told.code) == ("passed", [], 1000)
    template = open_template(learner.account.pk)
    assert template is not None
    assert sum(number**2 for number in template.embedding) == pytest.approx(1, abs=1e-3)
    pictures = EnrolledPicture.objects.filter(template=learner.account.pk)
    assert [reveal_bytes(each, "sealed")[:2] for each in pictures] == [b"\xff\xd8"] * 3
    assert not FacePicture.objects.exists()
    names_what_it_was_judged_by(FaceAttempt.objects.get())


def names_what_it_was_judged_by(attempt: FaceAttempt) -> None:
    assert attempt.thresholds["pass_permille"] == 400
    assert {"yunet-2023mar-int8bq", "sface-2021dec-int8bq"} <= set(attempt.models_used)
    assert len(attempt.script["colours"]) == 8
    assert attempt.script["done"] == [True] * 3
    assert attempt.facts["flash"]["correlation_permille"] > 500
    assert attempt.facts["flash"]["strength_permille"] > 20
    assert attempt.facts["colour_frames"]["came"] >= 0.8 * attempt.facts["colour_frames"]["due"]
    assert attempt.camera["claimed"]["label"] == "HD Webcam C525 (046d:0826)"
    assert len(attempt.frame_marks) % 8 == 0


def test_somebody_who_is_let_off_the_colours_does_every_action_in_their_place(shower: Callable[[], Showing]) -> None:
    learner = shower()
    now = DatabaseClock().now()
    allowance(learner.account, people.account(now=now), now)
    told = learner.enrol(Live(seed=6))
    assert (told.done["outcome"], told.of("flash")) == ("passed", [])
    assert {each["action"] for each in told.of("act")} == {"turn_left", "turn_right", "open_mouth", "blink"}
    assert FaceAttempt.objects.get().facts["findings"] == ["without_flash"]


@pytest.mark.clause("T4")
def test_a_picture_is_not_enrolled_without_colours_either(shower: Callable[[], Showing]) -> None:
    learner = shower()
    now = DatabaseClock().now()
    allowance(learner.account, people.account(now=now), now)
    assert learner.enrol(Still(seed=7, noisy=True)).done["outcome"] != "passed"
    assert not FaceTemplate.objects.exists()


@pytest.mark.clause("T4")
@pytest.mark.parametrize("what", [Still(seed=5, noisy=True), Print(seed=5)], ids=["still", "print"])
def test_a_picture_of_somebody_is_not_enrolled(shower: Callable[[], Showing], what: Live) -> None:
    told = shower().enrol(what)
    assert told.done["outcome"] != "passed"
    assert not FaceTemplate.objects.exists()
