"""Judging a class again finds whatever does not agree, says nothing where all agrees, and changes nothing (clause T1.3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal, Lease, LessonProgress, Segment, StudySession
from jiangxue.learning.rules.differences import What
from jiangxue.learning.rules.packing import pack, unpack
from jiangxue.learning.services import keeping
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputing import recompute
from jiangxue.learning.services.sealing import seal_open
from tests.conftest import MORNING
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched

LEAVE = 16
type Meddle = Callable[[Segment], None]


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING, lesson_ms=3_600_000)


def learn(room: Classroom, clock: HandClock) -> StudySession:
    """Leave an ended session over midnight, and a running one whose rest is not sealed; return the running one."""
    clock.at = MORNING.replace(hour=15, minute=55)
    ended = opened(room, clock)
    for _ in range(2):
        watched(ended, clock, 9, gap_ms=31_000)
        seal_open(clock=clock)
    watched(ended, clock, 2, flags=LEAVE)
    end_overdue(clock=clock)
    clock.advance(5_000)
    running = opened(room, clock, lesson=1)
    watched(running, clock, 9)
    seal_open(clock=clock)
    watched(running, clock, 2)
    return running


def found(room: Classroom) -> set[What]:
    return {difference.what for difference in recompute(room.training_class.pk).differences}


@pytest.mark.clause("T1.3")
def test_what_was_honestly_recorded_agrees(room: Classroom, clock: HandClock) -> None:
    learn(room, clock)
    report = recompute(room.training_class.pk)
    assert not report.differences
    assert (report.sessions, report.beats) == (2, 31)
    assert report.segments == Segment.objects.count() == 5


def test_a_class_in_which_nobody_learned_agrees(room: Classroom) -> None:
    report = recompute(room.training_class.pk)
    assert (report.sessions, report.differences) == (0, [])


def test_other_classes_are_left_alone(room: Classroom, clock: HandClock) -> None:
    learn(classroom(MORNING, lesson_ms=3_600_000), clock)
    assert recompute(room.training_class.pk).sessions == 0


def longer(segment: Segment) -> None:
    segment.credited_ms += 60_000


def relabelled(segment: Segment) -> None:
    segment.stretches = [
        [start, end, "hidden" if reason is None else reason] for start, end, reason in segment.stretches
    ]


def further(segment: Segment) -> None:
    segment.after = {**segment.after, "reached_ms": segment.after["reached_ms"] + 1}


def elsewhere(segment: Segment) -> None:
    segment.start = {**segment.start, "reached_ms": segment.start["reached_ms"] + 1}


def renumbered(segment: Segment) -> None:
    segment.first_n, segment.last_n = segment.first_n + 1, segment.last_n + 1


def skipped(segment: Segment) -> None:
    segment.sealing += 1


def scribbled(segment: Segment) -> None:
    segment.beats = b"\x01scribble"


def shortened(segment: Segment) -> None:
    segment.beats = pack(unpack(segment.beats)[:-1])


def emptied(segment: Segment) -> None:
    segment.after = {"reached_ms": 1}


def other_beats(segment: Segment) -> None:
    beats = unpack(segment.beats)
    segment.beats = pack([*beats[:-1], beats[0]])


@pytest.mark.clause("T1.3", "T0")
@pytest.mark.parametrize(
    ("meddle", "what"),
    [
        (longer, What.SUMS),
        (relabelled, What.SUMS),
        (further, What.STATE),
        (elsewhere, What.CHAIN),
        (renumbered, What.CHAIN),
        (skipped, What.CHAIN),
        (scribbled, What.BEATS),
        (shortened, What.BEATS),
        (other_beats, What.KEPT_BEATS),
        (emptied, What.UNREADABLE),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_a_segment_that_was_meddled_with_is_found(
    room: Classroom, clock: HandClock, monkeypatch: pytest.MonkeyPatch, meddle: Meddle, what: What
) -> None:
    """Rows of segments cannot be changed once they are there, so the meddling happens on their way in."""
    real = keeping._segments

    def meddled(each: keeping.Sealed) -> list[Segment]:
        rows = real(each)
        meddle(rows[0])
        return rows

    session = opened(room, clock)
    watched(session, clock, 9)
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "_segments", meddled)
        assert seal_open(clock=clock) == 1
    assert what in found(room)


@pytest.mark.clause("T1.3", "T0")
def test_a_day_that_was_raised_is_found(room: Classroom, clock: HandClock) -> None:
    learn(room, clock)
    DayTotal.objects.update(credited_ms=F("credited_ms") + 60_000)
    assert found(room) == {What.DAY_TOTAL}


def test_a_day_without_any_segment_is_found(room: Classroom) -> None:
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=MORNING.date(),
        credited_ms=1,
        refused_ms={},
    )
    assert found(room) == {What.DAY_TOTAL}


@pytest.mark.clause("T1.3", "T0")
def test_progress_that_was_raised_is_found(room: Classroom, clock: HandClock) -> None:
    learn(room, clock)
    LessonProgress.objects.update(reached_ms=F("reached_ms") + 60_000)
    assert found(room) == {What.PROGRESS}


@pytest.mark.clause("T1.3", "T0")
def test_a_running_lease_that_was_raised_is_found(room: Classroom, clock: HandClock) -> None:
    running = learn(room, clock)
    Lease.objects.filter(session=running).update(reached_ms=3_000_000)
    assert found(room) == {What.LEASE}


@pytest.mark.clause("T1.3", "T0")
def test_a_lease_that_differed_when_it_was_sealed_stays_found(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 9)
    Lease.objects.filter(session=session).update(carry_ms=9_999)
    seal_open(clock=clock)
    assert found(room) == {What.LEASE_AT_SEALING, What.LEASE}


@pytest.mark.parametrize(
    "change",
    [
        {"sealed_n": 3},
        {"sealings": 7},
        {"sealed_at": MORNING},
        {"closed_at": MORNING + timedelta(days=1), "end_reason": "silent"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_session_that_says_otherwise_than_its_segments_is_found(
    room: Classroom, clock: HandClock, change: dict[str, object]
) -> None:
    running = learn(room, clock)
    StudySession.objects.filter(pk=running.pk).update(**change)
    assert What.MARKS in found(room)


def test_a_sealed_state_that_was_moved_is_found(room: Classroom, clock: HandClock) -> None:
    running = StudySession.objects.get(pk=learn(room, clock).pk)
    StudySession.objects.filter(pk=running.pk).update(sealed_state={**running.sealed_state, "carry_ms": 7})
    assert What.MARKS in found(room)


@pytest.mark.clause("T1.3", "T0")
def test_a_lease_that_counts_other_beats_than_are_kept_is_found(room: Classroom, clock: HandClock) -> None:
    running = learn(room, clock)
    Lease.objects.filter(session=running).update(n=F("n") + 1)
    assert found(room) == {What.LEASE}


@pytest.mark.clause("T1.3", "T0")
def test_refused_time_that_was_changed_is_found(room: Classroom, clock: HandClock) -> None:
    learn(room, clock)
    DayTotal.objects.update(refused_ms={"hidden": 5_000})
    assert found(room) == {What.DAY_TOTAL}


@pytest.mark.clause("T1.3", "T0")
def test_progress_of_somebody_who_never_learned_is_found(room: Classroom) -> None:
    LessonProgress.objects.create(enrolment=room.enrolment, lesson=room.lesson, reached_ms=60_000, updated_at=MORNING)
    assert found(room) == {What.PROGRESS}


def test_a_session_that_ended_before_it_began_because_the_clock_stepped_back_agrees(
    room: Classroom, clock: HandClock
) -> None:
    session = opened(room, clock)
    clock.advance(-60_000)
    watched(session, clock, 1, flags=LEAVE)
    end_overdue(clock=clock)
    session.refresh_from_db()
    assert session.closed_at == session.opened_at
    assert found(room) == set()


def test_a_session_that_was_sealed_as_a_whole_is_judged_from_its_single_beats(
    room: Classroom, clock: HandClock
) -> None:
    """Rows from before there were parts have no states and no packed beats."""
    left = MORNING + timedelta(seconds=30)
    whole = sessions.session(room, MORNING, sealings=1, closed_at=left, end_reason="by_learner")
    StudySession.objects.filter(pk=whole.pk).update(
        opening={**whole.opening, "balances": [[MORNING.toordinal(), 0, 0]]}
    )
    sessions.beat(whole, left)
    start_ms, end_ms = (round(at.timestamp() * 1000) for at in (MORNING, left))
    time_line = [[start_ms, end_ms, "paused"]]
    sessions.segment(whole, MORNING, refused_ms={"paused": 30_000}, stretches=time_line)
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=MORNING.date(),
        credited_ms=0,
        refused_ms={"paused": 30_000},
    )
    LessonProgress.objects.create(enrolment=room.enrolment, lesson=room.lesson, reached_ms=0, updated_at=left)
    assert not recompute(room.training_class.pk).differences


def test_it_changes_nothing(room: Classroom, clock: HandClock, django_assert_num_queries) -> None:
    learn(room, clock)

    def everything() -> list[list[object]]:
        tables = (DayTotal, Lease, LessonProgress, Segment, StudySession)
        return [list(table.objects.order_by("pk").values()) for table in tables]

    before = everything()
    DayTotal.objects.update(credited_ms=F("credited_ms"))
    recompute(room.training_class.pk)
    assert everything() == before


def test_the_command_prints_every_difference_and_fails(
    room: Classroom, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    running = learn(room, clock)
    call_command("recompute", "--class", str(room.training_class.pk))
    assert "sessions 2, segments 5, beats 31" in capsys.readouterr().out
    Lease.objects.filter(session=running).update(reached_ms=3_000_000)
    with pytest.raises(CommandError):
        call_command("recompute", "--class", str(room.training_class.pk))
    assert running.pk.hex in capsys.readouterr().out
