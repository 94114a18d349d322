"""Enrolling where the source of identities keeps a picture: only whom it shows is enrolled (clauses M1, T3.2)."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache

import cv2
import numpy as np
import pytest
from django.test import override_settings

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.verification import Answer, Outcome
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.evidence import verify_learner
from jiangxue.facecheck.api import pictures
from jiangxue.facecheck.api.wire import Closing
from jiangxue.facecheck.models import FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.vision.errors import Full
from jiangxue.facecheck.vision.pixels import decoded, encoded_small
from jiangxue.facecheck.vision.pool import Eyes
from jiangxue.kernel import ids
from tests.domains.facecheck.conftest import Showing
from tests.factories.faces.live import Live
from tests.factories.faces.people import another
from tests.factories.faces.showing import Player, Shown

pytestmark = pytest.mark.clause("M1", "T3.2")


@cache
def picture_of(player: Player) -> bytes:
    """Return somebody's picture as it stands on a document: cut out, and of a size of its own."""
    jpeg = player.frame(Shown("place"), 0)
    frame = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert frame is not None
    return cv2.imencode(".jpg", frame[20:470, 120:520])[1].tobytes()


class Portraying:
    """A source that has a picture of everybody: that of the person in the photograph."""

    name = "照片核验源"
    is_demonstration = False

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        return Answer(Outcome.MATCHED, "reference-1")

    def portrait(self, reference: str) -> bytes | None:
        return picture_of(Live(seed=9))


class Unreadable(Portraying):
    """A source whose pictures cannot be looked at."""

    def portrait(self, reference: str) -> bytes | None:
        return b"no picture at all"


class Silent(Portraying):
    """A source that is longer in answering than anybody waits."""

    def portrait(self, reference: str) -> bytes | None:
        time.sleep(0.5)
        return super().portrait(reference)


def enrolled_where(source: type[Portraying], learner: Showing, player: Player) -> FaceAttempt:
    with override_settings(IDENTITY_SOURCE=f"{__name__}.{source.__name__}"):
        verify_learner(learner.account.pk, by=PROGRAM, now=DatabaseClock().now())
        learner.enrol(player)
    return FaceAttempt.objects.get()


def test_whoever_the_source_shows_is_enrolled_and_the_likeness_is_kept(shower: Callable[[], Showing]) -> None:
    attempt = enrolled_where(Portraying, shower(), Live(seed=3))
    assert attempt.outcome == "passed"
    assert attempt.facts["source_permille"] > 600
    assert FaceTemplate.objects.exists()


def test_somebody_else_is_not_enrolled_under_that_name(shower: Callable[[], Showing]) -> None:
    attempt = enrolled_where(Portraying, shower(), Live(3, another(1)))
    assert (attempt.outcome, attempt.codes) == ("again", ["not_sure_it_is_you"])
    assert attempt.facts["source_permille"] < 340
    assert not FaceTemplate.objects.exists()


def test_a_picture_that_cannot_be_looked_at_keeps_nobody_from_enrolling(shower: Callable[[], Showing]) -> None:
    attempt = enrolled_where(Unreadable, shower(), Live(seed=3))
    assert (attempt.outcome, attempt.facts["source_permille"]) == ("passed", None)


def test_a_silent_source_keeps_nobody_waiting(shower: Callable[[], Showing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SOURCE_WITHIN_S", 0.05)
    attempt = enrolled_where(Silent, shower(), Live(seed=3))
    assert (attempt.outcome, attempt.facts["source_permille"]) == ("passed", None)


def passed_a_check(learner: Showing, picture: bytes) -> None:
    """Keep of somebody what a check that was passed leaves: its first picture."""
    now = DatabaseClock().now()
    attempt = FaceAttempt.objects.create(
        id=ids.new_id(),
        account=learner.account,
        purpose="check",
        check_id=ids.new_id(),
        archive=ids.new_id(),
        form="short",
        thresholds=Thresholds().to_values(),
        ticket_digest=ids.new_id().hex,
        issued_at=now,
        expires_at=now + timedelta(minutes=1),
        finished_at=now,
        outcome="passed",
    )
    row = FacePicture(id=ids.new_id(), attempt=attempt, ordinal=1, at_ms=0, digest="0" * 64)
    seal_bytes_for(row, "sealed", picture)
    row.save(force_insert=True)


def small_of(player: Player) -> bytes:
    """Return somebody's picture as it is kept of a check."""
    return encoded_small(decoded(player.frame(Shown("place"), 0)))


def test_nobody_enrols_while_the_picture_of_whoever_passed_before_cannot_be_looked_at(
    shower: Callable[[], Showing],
) -> None:
    """Else another face would come in its place whenever the service is in trouble; it costs the learner nothing but time."""
    learner = shower()
    passed_a_check(learner, b"no picture at all")
    assert learner.enrol(Live(seed=3)).code == Closing.NO_SERVICE
    assert FaceAttempt.objects.get(purpose="enrol").outcome == "spared"
    assert not FaceTemplate.objects.exists()


def test_an_enrolment_of_which_no_picture_could_be_kept_is_none(
    shower: Callable[[], Showing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff could not hold it against a document."""

    async def small(self: Eyes, jpeg: bytes) -> bytes:
        raise Full

    monkeypatch.setattr(Eyes, "small", small)
    assert shower().enrol(Live(seed=3)).code == Closing.NO_SERVICE
    assert FaceAttempt.objects.get().outcome == "spared"
    assert not FaceTemplate.objects.exists()


def test_whoever_passed_before_enrols_anew(shower: Callable[[], Showing]) -> None:
    learner = shower()
    passed_a_check(learner, small_of(Live(seed=9)))
    learner.enrol(Live(seed=3))
    attempt = FaceAttempt.objects.get(purpose="enrol")
    assert attempt.outcome == "passed"
    assert attempt.facts["earlier_permille"] > 600


def test_nobody_enrols_in_the_place_of_whoever_passed_before(shower: Callable[[], Showing]) -> None:
    """Consent withdrawn and given again is no way to exchange the face."""
    learner = shower()
    passed_a_check(learner, small_of(Live(seed=9)))
    told = learner.enrol(Live(3, another(1)))
    assert (told.done["outcome"], told.done["codes"]) == ("again", ["not_sure_it_is_you"])
    assert FaceAttempt.objects.get(purpose="enrol").facts["earlier_permille"] < 340
    assert not FaceTemplate.objects.exists()
