"""Attendance, tests and cases in statistics: the same in the figures, in every sheet, as they are kept, and as they are sealed."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from jiangxue.archive.models import Freeze, FreezeEnd
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.queries.freezes import not_recognised
from jiangxue.assessment.models import Attempt
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.models import DayTotal
from jiangxue.reporting.models import PlaceAttendance, PlaceDay, PlaceTotal
from jiangxue.reporting.queries import facts, statistics
from jiangxue.reporting.queries.facts import facts_of
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.queries.scope import Scope, scope_of
from jiangxue.reporting.rules.figures import Attempts, Attended, Cases, Division, Period, Tally
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.services.keeping import keep_days
from jiangxue.reporting.services.keeping_attendance import keep_attendance
from tests.factories import people
from tests.factories.attendance import MINUTE, attends, item
from tests.factories.cases import ended, frozen
from tests.factories.classes import Classroom, classroom
from tests.factories.lives import Life, whole_life

HALF = 45 * 60_000


@pytest.fixture
def lived(committed_database: str, clock: HandClock) -> Life:
    return whole_life(clock)


def scope(room: Classroom, clock: HandClock, asked: Filter = Filter()) -> Scope:  # noqa: B008 (frozen)
    return scope_of(people.viewer(room.head_teacher), asked, clock.now())


def total(of: Scope) -> Tally:
    return statistics.total_of(of).tally


def column(room: Classroom, clock: HandClock, sheet: str, key: str) -> Sequence[object]:
    found = sheet_for(people.viewer(room.head_teacher), sheet, Filter(), now=clock.now())
    at = [each.key for each in found.columns].index(key)
    return [row.values[at] for row in found.rows()]


@pytest.mark.clause("T7")
def test_attendance_is_what_was_settled_and_sealed(lived: Life, clock: HandClock) -> None:
    _records, dossier = records_and_dossier(lived.room.enrolment.aid)
    sealed = [each["counted_ms"] for each in dossier.settlements[-1].values["attendance"]]
    assert sum(sealed) == HALF
    assert keep_attendance(clock=clock) == 1
    assert total(scope(lived.room, clock)).attended == Attended(0, 0, 2 * HALF, sum(sealed))
    for sheet in ("learners", "attendance"):
        assert column(lived.room, clock, sheet, "practice") == [sum(sealed)]
    assert column(lived.room, clock, "attendance", "practice_hours") == [100]
    assert sheet_for(people.viewer(lived.room.head_teacher), "attendance", Filter(), now=clock.now()).totals() == {
        "live_planned": 0, "live": 0, "live_hours": 0, "practice_planned": 2 * HALF, "practice": HALF, "practice_hours": 100,
    }  # fmt: skip


@pytest.mark.clause("T7")
def test_recognised_hours_are_those_of_all_modes_that_were_sealed(lived: Life, clock: HandClock) -> None:
    _records, dossier = records_and_dossier(lived.room.enrolment.aid)
    sealed = dossier.settlements[-1].values["hours"]
    assert sealed["online"] > 0
    assert sealed["practice"] == 100
    recognised = sum(sealed.values())
    assert statistics.people(scope(lived.room, clock)).recognised_hours == recognised
    for sheet in ("learners", "classes"):
        assert column(lived.room, clock, sheet, "recognised") == [recognised]


@pytest.mark.clause("T7")
def test_tests_are_those_that_were_handed_in_or_ran_out(lived: Life, clock: HandClock) -> None:
    attempts = Attempt.objects.exclude(outcome="withdrawn")
    marks = [each for each in attempts.values_list("score", flat=True) if each is not None]
    held = total(scope(lived.room, clock)).tests
    assert held == Attempts(passed=1, failed=1, expired=1, score=sum(marks))
    assert held.average == sum(marks) * 100 // 2
    _records, dossier = records_and_dossier(lived.room.enrolment.aid)
    scores = [lesson["test_score"] for lesson in dossier.settlements[-1].values["lessons"]]
    assert [max(marks)] == scores
    assert sorted(map(str, column(lived.room, clock, "tests", "score"))) == sorted(map(str, [*marks, None]))
    assert column(lived.room, clock, "learners", "test_passed") == [1]
    assert column(lived.room, clock, "learners", "test_failed") == [1]


@pytest.mark.clause("T7")
def test_they_are_kept_as_they_are_read_and_every_division_has_them(
    lived: Life, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_attendance(clock=clock)
    of = scope(lived.room, clock)
    read = total(of)
    assert read.tests != Attempts()
    assert read.attended != Attended()
    keep_days(clock=clock)
    monkeypatch.setattr(facts, "FEW", 0)
    assert facts_of(of).is_kept
    assert total(of) == read
    for division in Division:
        assert sum(statistics.tallies_by(of, facts_of(of), division).values(), Tally()) == read, division
        (held,) = statistics.cases_by(of, division).values()
        assert held == statistics.cases(of), division
    found = statistics.statistics_of(of, Division.EDUCATION, Period.MONTH)
    assert sum((tally for _first, tally in found.parts), Tally()) == read
    assert [part.cases for part in found.division] == [found.cases]


@pytest.mark.clause("M6")
def test_a_case_that_was_decided_is_counted_and_takes_nothing(lived: Life, clock: HandClock) -> None:
    assert statistics.cases(scope(lived.room, clock)) == Cases(decided=1)
    day = learning_day(Freeze.objects.get().placed_at)
    assert statistics.cases(scope(lived.room, clock, Filter(first=day, last=day))).opened == 1
    later = Filter(first=day + timedelta(days=1))
    assert statistics.cases(scope(lived.room, clock, later)).opened == 0
    assert column(lived.room, clock, "learners", "cases") == [1]
    assert column(lived.room, clock, "learners", "undecided") == [0]


CONFIRMED_MS = {at: 10**at for at in range(6)}
"""By how many days after the first; each sum tells which days are in it."""


def days_learned(room: Classroom, first: date) -> None:
    for at, ms in CONFIRMED_MS.items():
        DayTotal.objects.create(
            learner=room.learner, training_class=room.training_class, day=first + timedelta(days=at),
            credited_ms=10 * ms, confirmed_ms=ms, corrected_ms=0, refused_ms={},
        )  # fmt: skip


@pytest.mark.clause("M6")
def test_frozen_and_withheld_time_is_what_the_rule_keeps_out(db: None, clock: HandClock) -> None:
    chance, first = Random(10), learning_day(clock.now())
    for _turn in range(4):
        room = classroom(clock.now())
        days_learned(room, first)
        for kinds in (["lapsed"], ["decided"], ["lapsed", "decided"], ["decided"], []):
            of = frozen(room, clock.now(), **span_within(first, chance))
            for kind in kinds:
                taken = [day for day in CONFIRMED_MS if chance.random() < 0.5] if kind == "decided" else []
                ended(of, clock.now(), kind=kind, days=[first + timedelta(days=at) for at in taken])
            require_same_as_the_rule(room, first, clock)


def span_within(first: date, chance: Random) -> dict[str, date]:
    """Return some days of six, or none: then a freeze is about all."""
    begin = chance.randrange(6)
    last = first + timedelta(days=chance.randrange(begin, 6))
    return {"first_day": first + timedelta(days=begin), "last_day": last} if chance.random() < 0.8 else {}


def require_same_as_the_rule(room: Classroom, first: date, clock: HandClock) -> None:
    kept_out = not_recognised([room.enrolment.pk])
    wanted = {
        why: sum(CONFIRMED_MS[(day - first).days] for (_place, day), said in kept_out.items() if said == why)
        for why in ("frozen", "withheld")
    }
    held = statistics.cases(scope(room, clock))
    ends = FreezeEnd.objects.filter(freeze__enrolment=room.enrolment, kind="decided")
    assert (held.frozen_ms, held.withheld_ms) == (wanted["frozen"], wanted["withheld"])
    assert column(room, clock, "learners", "frozen") == [wanted["frozen"]]
    assert column(room, clock, "learners", "withheld") == [wanted["withheld"]]
    assert held.opened == Freeze.objects.filter(enrolment=room.enrolment).count()
    assert (held.decided, held.withheld) == (ends.count(), ends.exclude(days=[]).count())


def test_attendance_follows_what_is_signed_and_is_written_only_when_it_changes(db: None, clock: HandClock) -> None:
    room = classroom(clock.now())
    live = item(room, clock.now() + 30 * MINUTE, mode="live")
    item(room, clock.now() + timedelta(days=3))
    assert keep_attendance(clock=clock) == 0
    clock.at = live.starts_at
    assert keep_attendance(clock=clock) == 1
    assert PlaceAttendance.objects.get().live == 0
    attends(room.learner, live, clock)
    assert keep_attendance(clock=clock) == 1
    assert keep_attendance(clock=clock) == 0
    held = PlaceAttendance.objects.get()
    assert (held.live_planned, held.live, held.practice_planned, held.practice) == (2 * HALF, 2 * HALF, 0, 0)
    live.cancelled_at = clock.now()
    live.save()
    assert keep_attendance(clock=clock) == 1
    assert not PlaceAttendance.objects.exists()


def test_who_left_before_a_lesson_or_came_after_it_was_not_expected(db: None, clock: HandClock) -> None:
    room = classroom(clock.now())
    held = item(room, clock.now() + 30 * MINUTE)
    place = Enrolment.objects.filter(pk=room.enrolment.pk)
    place.update(left_at=clock.now())
    clock.at = held.ends_at
    assert keep_attendance(clock=clock) == 0
    place.update(left_at=None, enrolled_at=clock.now())
    assert keep_attendance(clock=clock) == 0


@pytest.mark.clause("T8.1")
def test_of_an_erased_place_no_attendance_is_kept(lived: Life, clock: HandClock) -> None:
    keep_attendance(clock=clock)
    keep_days(clock=clock)
    assert PlaceAttendance.objects.exists()
    assert PlaceTotal.objects.exists()
    Enrolment.objects.filter(pk=lived.room.enrolment.pk).update(erased_at=clock.now())
    keep_attendance(clock=clock)
    keep_days(clock=clock)
    assert not PlaceAttendance.objects.exists()
    assert not PlaceDay.objects.exists()
    assert not PlaceTotal.objects.exists()
    assert statistics.cases(scope(lived.room, clock)) == Cases()
