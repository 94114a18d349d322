"""Two openings at the same moment, on real connections: one session is current, the other window is asked (clause T2.2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from jiangxue.accounts.models import Account
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import MachineClock
from jiangxue.learning.errors import (
    AlreadyLearning,
    LearningRefusal,
    NoLongerSignedIn,
    TooManyOpenings,
    TooManyOpeningsToday,
)
from jiangxue.learning.models import StudySession
from jiangxue.learning.services import opening
from jiangxue.learning.services.opening import OPENINGS_A_MINUTE, Opened, OpeningRequest, open_session
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import NO_CHECK_SOON


@pytest.fixture
def room(committed_database: str) -> Classroom:
    return classroom(MachineClock().now())


def wish(room: Classroom, *, take_over: bool = False) -> OpeningRequest:
    return OpeningRequest(
        class_id=room.training_class.pk,
        lesson_id=room.lesson.pk,
        window=uuid4().hex,
        device="电脑 · Chrome",
        address=None,
        take_over=take_over,
        signed_in_since=room.learner.password_changed_at,
    )


def open_once(room: Classroom, wanted: OpeningRequest) -> Opened | LearningRefusal | DatabaseError:
    try:
        return open_session(room.viewer, wanted, clock=DatabaseClock(), chance=lambda: NO_CHECK_SOON)
    except (LearningRefusal, DatabaseError) as refusal:
        return refusal


@pytest.mark.clause("T2.2")
def test_of_two_openings_at_once_one_opens_and_the_other_is_asked(room: Classroom) -> None:
    barrier = Barrier(2)

    def rush() -> Opened | LearningRefusal | DatabaseError:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            return open_once(room, wish(room))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = [each.result(20) for each in [pool.submit(rush), pool.submit(rush)]]
    assert sorted(type(each).__name__ for each in found) == [AlreadyLearning.__name__, Opened.__name__]
    assert StudySession.objects.filter(closed_at=None).count() == 1


@pytest.mark.clause("T2.2")
def test_takeovers_at_once_leave_exactly_one_session_open_and_end_the_others_with_a_reason(room: Classroom) -> None:
    def rush(_: int) -> Opened | LearningRefusal | DatabaseError:
        try:
            return open_once(room, wish(room, take_over=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(rush, range(12)))
    assert all(isinstance(each, Opened) for each in found)
    assert StudySession.objects.filter(closed_at=None).count() == 1
    assert StudySession.objects.filter(end_reason="superseded").count() == 11


@pytest.mark.clause("M3", "T2.1")
def test_an_opening_that_was_signed_in_with_an_old_password_is_refused(room: Classroom) -> None:
    wanted = wish(room)
    changed = room.learner.password_changed_at + timedelta(seconds=1)
    Account.objects.filter(pk=room.learner.pk).update(password_changed_at=changed)
    assert isinstance(open_once(room, wanted), NoLongerSignedIn)
    assert not StudySession.objects.exists()


def test_openings_without_end_are_refused(room: Classroom) -> None:
    for _ in range(OPENINGS_A_MINUTE):
        assert isinstance(open_once(room, wish(room, take_over=True)), Opened)
    assert isinstance(open_once(room, wish(room, take_over=True)), TooManyOpenings)


def test_openings_all_day_long_are_refused(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "OPENINGS_A_DAY", 3)
    for _ in range(3):
        assert isinstance(open_once(room, wish(room, take_over=True)), Opened)
    assert isinstance(open_once(room, wish(room, take_over=True)), TooManyOpeningsToday)
