"""A session is sealed while it runs: judged again, compared, packed, added to the totals and the evidence (clauses T1.3, T8.2)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.learning.models import DayTotal, Lease, LessonProgress, Segment, StudySession
from jiangxue.learning.queries.replaying import beats_of
from jiangxue.learning.rules.packing import unpack
from jiangxue.learning.rules.replay import seal
from jiangxue.learning.running import opening_of, policy_of, running_of, state_of, state_values
from jiangxue.learning.services import keeping, sealing
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.sealing import seal_open
from jiangxue.ledger.models import Payload
from tests.conftest import MORNING
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched

LEAVE = 16


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING, lesson_ms=3_600_000)


@pytest.fixture
def session(room: Classroom, clock: HandClock) -> StudySession:
    return opened(room, clock)


@pytest.mark.clause("T1.3")
def test_what_was_learned_is_sealed_before_it_is_five_minutes_long(session: StudySession, clock: HandClock) -> None:
    watched(session, clock, 8)
    clock.advance(29_999)
    assert seal_open(clock=clock) == 0
    clock.advance(1)
    assert seal_open(clock=clock) == 1
    segment = Segment.objects.get(session=session)
    assert (segment.sealing, segment.first_n, segment.last_n) == (1, 1, 8)
    assert segment.credited_ms == 240_000


def test_a_session_without_new_beats_is_not_sealed_again(session: StudySession, clock: HandClock) -> None:
    watched(session, clock, 9)
    assert seal_open(clock=clock) == 1
    clock.advance(600_000)
    assert seal_open(clock=clock) == 0


def test_sealing_goes_on_where_it_stopped(session: StudySession, clock: HandClock) -> None:
    for _ in range(3):
        watched(session, clock, 9)
        seal_open(clock=clock)
    segments = list(Segment.objects.filter(session=session).order_by("sealing"))
    assert [(each.sealing, each.first_n, each.last_n) for each in segments] == [(1, 1, 9), (2, 10, 18), (3, 19, 27)]
    assert [each.start for each in segments[1:]] == [each.after for each in segments[:-1]]
    assert state_of(segments[0].start) == opening_of(session)
    assert state_of(segments[-1].after) == running_of(Lease.objects.get(session=session))
    session.refresh_from_db()
    assert (session.sealings, session.sealed_n, session.sealed_at) == (3, 27, clock.now())
    assert session.sealed_state == segments[-1].after


@pytest.mark.clause("T1.3")
def test_a_segment_can_be_judged_again_from_nothing_but_itself(session: StudySession, clock: HandClock) -> None:
    watched(session, clock, 9)
    seal_open(clock=clock)
    watched(session, clock, 9, gap_ms=34_567)
    seal_open(clock=clock)
    for segment in Segment.objects.filter(session=session):
        beats = unpack(bytes(segment.beats))
        assert beats == list(beats_of(session, segment.first_n, segment.last_n).values())
        again = seal(state_of(segment.start), policy_of(session), beats, None)
        assert state_values(again.after) == segment.after
        assert [share.credited_ms for share in again.shares] == [segment.credited_ms]


def test_a_seal_adds_to_the_day_and_to_the_progress(room: Classroom, session: StudySession, clock: HandClock) -> None:
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=learning_day(MORNING),
        credited_ms=1_000,
        refused_ms={"hidden": 5, "silent": 7},
    )
    watched(session, clock, 7)
    clock.advance(90_000)
    watched(session, clock, 1)
    seal_open(clock=clock)
    total = DayTotal.objects.get()
    assert (total.credited_ms, total.refused_ms) == (241_000, {"hidden": 5, "silent": 60_007, "paused": 20_000})
    assert LessonProgress.objects.get().reached_ms == 240_000


def test_a_part_over_midnight_has_a_segment_in_each_day(room: Classroom, clock: HandClock) -> None:
    clock.at = MORNING.replace(hour=15, minute=58)
    session = opened(room, clock)
    watched(session, clock, 9, gap_ms=31_000)
    seal_open(clock=clock)
    before, after = Segment.objects.filter(session=session).order_by("day")
    assert (before.sealing, after.sealing) == (1, 1)
    assert (before.credited_ms, after.credited_ms) == (120_000, 159_000)
    assert (bool(before.beats), bool(after.beats)) == (True, False)
    assert list(DayTotal.objects.order_by("day").values_list("credited_ms", flat=True)) == [120_000, 159_000]


@pytest.mark.clause("T1.3")
def test_the_end_seals_the_rest(session: StudySession, clock: HandClock) -> None:
    watched(session, clock, 9)
    seal_open(clock=clock)
    watched(session, clock, 3, flags=LEAVE)
    assert end_overdue(clock=clock) == 1
    session.refresh_from_db()
    segments = list(Segment.objects.filter(session=session).order_by("sealing"))
    assert [(each.first_n, each.last_n, each.credited_ms) for each in segments] == [(1, 9, 270_000), (10, 12, 90_000)]
    assert (session.end_reason, session.closed_at, session.sealings) == ("by_learner", clock.now(), 2)
    assert DayTotal.objects.get().credited_ms == 360_000


@pytest.mark.clause("T1.3")
def test_credited_and_refused_of_all_segments_are_the_time_that_passed(session: StudySession, clock: HandClock) -> None:
    for gap_ms in (17_000, 63_000, 30_001, 95_000):
        watched(session, clock, 5, gap_ms=gap_ms)
        seal_open(clock=clock)
    clock.advance(1_000_000)
    end_overdue(clock=clock)
    session.refresh_from_db()
    segments = Segment.objects.filter(session=session)
    held_ms = sum(each.credited_ms + sum(each.refused_ms.values()) for each in segments)
    assert timedelta(milliseconds=held_ms) == session.closed_at - session.opened_at
    assert segments.count() == 3


@pytest.mark.clause("T1.3", "T0")
def test_a_lease_that_was_tampered_with_raises_an_alarm_and_earns_nothing(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    watched(session, clock, 9)
    Lease.objects.filter(session=session).update(reached_ms=3_000_000)
    with caplog.at_level(logging.ERROR):
        assert seal_open(clock=clock) == 1
    alarms = [record.session for record in caplog.records if record.message == "judged_again_differs"]
    assert alarms == [session.pk.hex]
    segment = Segment.objects.get(session=session)
    assert segment.credited_ms == LessonProgress.objects.get().reached_ms == 270_000
    assert segment.lease_held["reached_ms"] == 3_000_000


@pytest.mark.clause("T1.3", "T0", "T2.5")
@pytest.mark.parametrize(
    "change",
    [{"balances": [[739_944, 0, 0]]}, {"beat_at_ms": F("beat_at_ms") - 1}, {"jumped_at_ms": [1]}, {"event_at_ms": [1]}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_of_a_lease_was_changed_raises_an_alarm(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture, change: dict[str, object]
) -> None:
    """A lowered balance would let its owner learn past the cap; forgotten jumps would let the session go on."""
    watched(session, clock, 9)
    Lease.objects.filter(session=session).update(**change)
    with caplog.at_level(logging.ERROR):
        assert seal_open(clock=clock) == 1
    assert "judged_again_differs" in caplog.text


@pytest.mark.clause("T1.3", "T0")
def test_beats_that_were_added_beside_the_lease_raise_an_alarm_and_shift_no_later_one(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    watched(session, clock, 9)
    sessions.beat(session, clock.now() + timedelta(seconds=1), n=9)
    assert seal_open(clock=clock) == 1
    assert "judged_again_differs" in caplog.text
    assert Segment.objects.get(session=session).lease_held.get("n") == 9
    watched(session, clock, 10)
    assert seal_open(clock=clock) == 1
    later = Segment.objects.get(session=session, sealing=2)
    assert (later.first_n, later.last_n, len(unpack(bytes(later.beats)))) == (10, 19, 10)


def test_a_beat_that_the_lease_has_not_counted_is_not_sealed_with_it(session: StudySession, clock: HandClock) -> None:
    """The lease is read a moment before its beats, without a lock: one may have come between."""
    watched(session, clock, 9)
    counted = Lease.objects.get(session=session)
    watched(session, clock, 1)
    with transaction.atomic():
        locked = StudySession.objects.select_for_update().select_related("enrolment").get(pk=session.pk)
        sealing.seal_parts([sealing.Part(locked, counted)])
    segment = Segment.objects.get(session=session)
    assert (segment.last_n, len(unpack(bytes(segment.beats))), segment.lease_held) == (9, 9, None)


def test_beats_from_before_a_clock_stepped_back_are_sealed_with_the_others(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    watched(session, clock, 9)
    seal_open(clock=clock)
    clock.advance(-7_200_000)
    watched(session, clock, 1)
    clock.advance(7_200_000)
    watched(session, clock, 9)
    assert seal_open(clock=clock) == 1
    later = Segment.objects.get(session=session, sealing=2)
    assert (later.lease_held, len(unpack(bytes(later.beats)))) == (None, 10)
    assert "judged_again_differs" not in caplog.text


def test_the_honest_twin_raises_no_alarm(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    watched(session, clock, 9)
    with caplog.at_level(logging.ERROR):
        seal_open(clock=clock)
    assert not caplog.records
    assert Segment.objects.get(session=session).lease_held is None


@pytest.mark.clause("T8.2")
def test_a_seal_stands_or_falls_with_its_evidence(
    room: Classroom, session: StudySession, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(session, clock, 9)
    before = Payload.objects.filter(aid=room.enrolment.aid).count()

    def unreachable(*_: object) -> None:
        raise DatabaseError("the inbox is away")

    with monkeypatch.context() as patched:
        patched.setattr(keeping.ledger, "append_all", unreachable)
        assert seal_open(clock=clock) == 0
    assert not Segment.objects.exists()
    assert not DayTotal.objects.exists()
    assert seal_open(clock=clock) == 1
    assert Payload.objects.filter(aid=room.enrolment.aid).count() == before + 1


@pytest.mark.parametrize(
    "trouble",
    [
        lambda session: StudySession.objects.filter(pk=session).update(policy={"beat_ms": "soon"}),
        lambda session: StudySession.objects.filter(pk=session).update(policy=[]),
        lambda session: StudySession.objects.filter(pk=session).update(sealed_state=[]),
        lambda session: StudySession.objects.filter(pk=session).update(
            sealed_state={"beat_at_ms": 0, "reached_ms": 0, "length_ms": 1, "balances": []}
        ),
        lambda session: Enrolment.objects.filter(pk=StudySession.objects.get(pk=session).enrolment_id).update(
            aid=new_id()
        ),
    ],
    ids=["policy", "no policy", "no state", "no day", "no archive"],
)
def test_one_sessions_trouble_does_not_keep_the_others_unsealed(
    session: StudySession, clock: HandClock, caplog: pytest.LogCaptureFixture, trouble: Callable[[UUID], int]
) -> None:
    fine = opened(classroom(MORNING, lesson_ms=3_600_000), HandClock(clock.now()))
    watched(fine, HandClock(clock.now()), 9)
    watched(session, clock, 9)
    trouble(session.pk)
    with caplog.at_level(logging.ERROR):
        assert seal_open(clock=clock) == 1
    assert Segment.objects.get().session_id == fine.pk
    assert "session_not_sealed" in caplog.text


def test_many_sessions_are_sealed_in_as_many_statements_as_one(
    room: Classroom, clock: HandClock, django_assert_num_queries
) -> None:
    for count in (1, 6):
        started = clock.now()
        for _ in range(count):
            clock.at = started
            watched(opened(classroom(MORNING, lesson_ms=3_600_000), clock), clock, 9)
        with django_assert_num_queries(17):
            assert seal_open(clock=clock) == count
