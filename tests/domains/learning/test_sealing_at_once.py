"""Sealers, enders, beats and pages at the same moment, on real connections: nothing waits for long and nothing counts twice."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection, transaction

from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.models import DayTotal, Lease, Segment, StudySession
from jiangxue.learning.queries.days import session_days
from jiangxue.learning.queries.records import learning_totals
from jiangxue.learning.services import ending, sealing
from tests.conftest import MORNING
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched

LEAVE = 16
LEARNERS = 12


@pytest.fixture
def room(committed_database: str) -> Classroom:
    return classroom(MORNING, lesson_ms=3_600_000)


@contextmanager
def held(rows: Callable[[], object]) -> Iterator[None]:
    """Hold locks on rows from another connection."""
    taken, done = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                rows()
                taken.set()
                done.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert taken.wait(20)
        try:
            yield
        finally:
            done.set()
            holding.result(20)


def test_sealing_waits_for_no_beat(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 9)
    with held(lambda: Lease.objects.select_for_update().get(session=session)):
        assert sealing.seal_open(clock=clock) == 1


def test_what_somebody_is_sealing_or_ending_is_passed_over(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 9)
    with held(lambda: StudySession.objects.select_for_update().get(pk=session.pk)):
        assert sealing.seal_open(clock=clock) == 0
        assert sealing._seal_group([session.pk]) == 0  # as when it was taken after this sealer had chosen it
    assert sealing.seal_open(clock=clock) == 1


def test_a_second_sealer_goes_on_with_what_the_first_does_not_hold(
    room: Classroom, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "GROUP", 1)
    first = opened(room, clock)
    watched(first, HandClock(clock.now()), 9)
    second = opened(classroom(MORNING, lesson_ms=3_600_000), clock)
    watched(second, clock, 9)
    with held(lambda: StudySession.objects.select_for_update().get(pk=first.pk)):
        assert sealing.seal_open(clock=clock) == 1
    assert Segment.objects.get().session_id == second.pk


def test_the_sweeper_passes_over_a_lease_that_a_beat_holds(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 2, flags=LEAVE)
    with held(lambda: Lease.objects.select_for_update().get(session=session)):
        assert ending.end_overdue(clock=clock) == 0
    assert ending.end_overdue(clock=clock) == 1


@pytest.mark.clause("T1.3")
def test_sealers_and_enders_at_once_keep_every_second_once(
    room: Classroom, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(LEARNERS):
        clock.at = MORNING
        session = opened(classroom(MORNING, lesson_ms=3_600_000), clock)
        watched(session, clock, 10, flags=LEAVE if number % 2 else 0)

    def rush(work: Callable[..., int]) -> int:
        try:
            return work(clock=clock)
        finally:
            connection.close()

    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(4) as pool:
        works = [sealing.seal_open, ending.end_overdue, sealing.seal_open, ending.end_overdue]
        for _ in pool.map(rush, works):
            pass
    ending.end_overdue(clock=clock)
    assert not caplog.records
    assert set(DayTotal.objects.values_list("credited_ms", flat=True)) == {300_000}
    sealed: dict[object, int] = {}
    for session_id, credited_ms in Segment.objects.values_list("session", "credited_ms"):
        sealed[session_id] = sealed.get(session_id, 0) + credited_ms
    assert list(sealed.values()) == [300_000] * LEARNERS


@pytest.mark.clause("T1.3")
def test_a_page_counts_nothing_twice_while_a_part_is_sealed(
    room: Classroom, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sealer commits just when the page has read what was sealed before, and not yet what is open."""
    session = opened(room, clock)
    watched(session, clock, 9)

    def meanwhile() -> None:
        def seal() -> None:
            try:
                assert sealing.seal_open(clock=clock) == 1
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            pool.submit(seal).result(20)

    real = StudySession.objects.all
    sessions = StudySession.objects.filter(learner=room.learner)
    with monkeypatch.context() as patched:
        patched.setattr(
            "jiangxue.learning.queries.days.with_names",
            lambda of: (meanwhile(), real() & of)[1].select_related("lease"),
        )
        (part,) = session_days(sessions, [learning_day(MORNING)])
    assert part.share.credited_ms == 270_000
    assert learning_totals(room.viewer).credited_ms == 270_000
