"""What is worth a look of the faces of one class and one week is gathered, no more and no less (clause M6)."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.flash import Flash
from jiangxue.facecheck.services.comparing import compare_waiting
from jiangxue.facecheck.vision.weights import SFACE
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.crowds import classmates
from tests.factories.facing import enrolled, face_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.clause("M6")]
TODAY = date(2026, 11, 24)
DARK = {"flash": asdict(Flash(20, 8, 200, 900, 0, 3, None))}
NEAR = {"similarity_permille": [420, 410, 430]}
FILM = {"claimed": {"label": "Logitech C920"}, "signs": [Sign.NO_CONTROLS.value, Sign.ONE_SIZE.value]}


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


def found(room: Classroom, clock: HandClock, until: date = TODAY) -> list[Anomaly]:
    return anomalies(people.viewer(room.head_teacher), room.training_class.pk, week_until(until), clock.now())


def kinds(anomalies: list[Anomaly]) -> list[AnomalyKind]:
    return [each.kind for each in anomalies]


def three(room: Classroom, clock: HandClock, **facts: object) -> None:
    for day in range(3):
        face_attempt(room, clock.now() - timedelta(days=day), **facts)


def shows_face(account: Account, clock: HandClock) -> None:
    enrolled(account, clock.now(), model_sha256=SFACE.sha256)
    compare_waiting(clock=clock)


def test_what_attempts_left_on_record_is_read(room: Classroom, clock: HandClock) -> None:
    three(room, clock, facts={**DARK, **NEAR}, camera=FILM)
    assert kinds(found(room, clock)) == [
        AnomalyKind.CAMERA_ODDITIES,
        AnomalyKind.NEAR_THE_LIMIT,
        AnomalyKind.COLOURS_NEVER_SEEN,
    ]
    assert found(room, clock, TODAY - timedelta(days=3)) == []


@pytest.mark.parametrize("outcome", ["broken", "spared"])
def test_attempts_that_came_to_nothing_say_nothing(room: Classroom, clock: HandClock, outcome: str) -> None:
    three(room, clock, facts={**DARK, **NEAR}, camera=FILM, outcome=outcome)
    assert found(room, clock) == []


def test_attempts_in_another_class_are_none_of_this_one(room: Classroom, clock: HandClock) -> None:
    three(classroom(clock.now()), clock, facts=NEAR)
    assert found(room, clock) == []


def test_two_of_one_class_with_one_face_are_seen_together(room: Classroom, clock: HandClock) -> None:
    (mate,) = classmates(room, 1, now=clock.now())
    shows_face(room.learner, clock)
    shows_face(mate.learner, clock)
    (seen,) = found(room, clock)
    assert (seen.kind, seen.learners) == (AnomalyKind.SAME_FACE, (room.learner.pk, mate.learner.pk))


def test_both_classes_see_one_face_under_two_accounts(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now(), region="110105")
    shows_face(room.learner, clock)
    shows_face(elsewhere.learner, clock)
    for own, other in ((room, elsewhere), (elsewhere, room)):
        (seen,) = found(own, clock)
        assert seen.learners == (own.learner.pk,)
        assert [each.other for each in seen.evidence] == [other.learner.pk]


def test_a_class_of_others_sees_nothing_of_it(room: Classroom, clock: HandClock) -> None:
    for _ in range(2):
        shows_face(classroom(clock.now()).learner, clock)
    assert found(room, clock) == []


def test_whoever_comes_into_a_class_later_is_seen_in_the_week_of_coming(room: Classroom, clock: HandClock) -> None:
    shows_face(room.learner, clock)
    late = classroom(clock.now()).learner
    shows_face(late, clock)
    clock.at += timedelta(days=30)
    second = classroom(clock.now())
    enrol(class_id=second.training_class.pk, learner_id=late.pk, now=clock.now())
    assert kinds(found(second, clock, TODAY + timedelta(days=30))) == [AnomalyKind.SAME_FACE]
    assert found(second, clock) == []
    assert kinds(found(room, clock)) == [AnomalyKind.SAME_FACE]
    assert found(room, clock, TODAY + timedelta(days=30)) == []


def test_whoever_has_left_a_class_is_none_of_its_business(room: Classroom, clock: HandClock) -> None:
    shows_face(room.learner, clock)
    shows_face(classroom(clock.now()).learner, clock)
    Enrolment.objects.filter(pk=room.enrolment.pk).update(left_at=clock.now())
    assert found(room, clock) == []
