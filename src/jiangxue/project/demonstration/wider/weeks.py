"""Weeks in which people learned in the classes of the wider demonstration, by the real rules, with things to find among them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.history import MINUTE_MS, Visit, to_the_end
from jiangxue.project.demonstration.tests_taken import take_tests
from jiangxue.project.demonstration.visitor import Habits, Visitor, stage
from jiangxue.project.demonstration.wider.classes import AT_WORK, CLASSES, RUNNING, Held, places_of

_SEED = 20261127
_EVERY_MS = 55_000
_DEVICES = ("手机 · 微信", "手机 · Chrome Mobile", "电脑 · Edge", "手机 · 微信", "平板电脑 · Safari")
AT_NIGHT, AT_MACHINE_SPEED, AT_ONCE = 3, 1, (6, 7)
"""Of the running class, by their places: who learns at three every night, who answers like a machine, two on one device at once."""
IN_ONE_SECOND = range(2, 8)
"""Of the enterprise's class: they begin, and answer, in the same second."""


@dataclass(frozen=True, slots=True)
class _Coming:
    """Somebody comes: when, to which place, by which habits, and learns what of which lessons."""

    at: datetime
    place: Enrolment
    habits: Habits
    visit: Visit
    lessons: Sequence[int]


def has_weeks() -> bool:
    """Say whether somebody has learned in these classes already."""
    codes = [held.code for held in CLASSES]
    return StudySession.objects.filter(enrolment__training_class__code__in=codes).exists()


def make_weeks(classes: Sequence[Held] = CLASSES, *, days: Days, report: Callable[[str], object]) -> None:
    """Let people learn in the classes in the weeks before, and take tests."""
    chance = Random(_SEED)  # noqa: S311  (people who learned, not secrets)
    comings = sorted((each for held in classes for each in _comings_to(held, days, chance)), key=lambda each: each.at)
    clock = HandClock(days.now)
    with stage(clock, chance.random) as on:
        for number, coming in enumerate(comings):
            clock.at = coming.at
            coming.visit(Visitor(on, coming.place, coming.habits, f"{_SEED:016x}{number:016x}"), coming.lessons)
    taken = 0
    for held in classes:
        ago = 1 - held.ends if held.is_over else 1
        taken += take_tests(held.code, at=days.ago(ago, 20), clock=clock, chance=chance.random)
    report(f"  {len(classes)} more classes: {len(comings)} visits, {taken} attempts at tests")


def _comings_to(held: Held, days: Days, chance: Random) -> Iterator[_Coming]:
    places = places_of(held)
    lessons = list(taught_in([places[0].training_class.version_id]).values_list("lesson_id", flat=True))
    for number, place in enumerate(places):
        special = dict(_special(held, number, days))
        usual = {} if special else dict(_visits(held, number, days, chance))
        habits = _habits(number, held, chance)
        for at, visit in (special or usual).items():
            yield _Coming(at, place, habits, visit, lessons)


def _habits(number: int, held: Held, chance: Random) -> Habits:
    """Most answer in a few seconds; one in twelve is away when asked."""
    if held.code == RUNNING.code and number in AT_ONCE:
        return Habits(5_000, "电脑 · Chrome", "10.30.99.9")
    if held.code == RUNNING.code and number == AT_MACHINE_SPEED:
        return Habits(300, "电脑 · Chrome", "10.30.98.8")
    if held.code == AT_WORK.code and number in IN_ONE_SECOND:
        return Habits(4_000, "电脑 · Chrome", "10.40.97.7", is_steady=True)
    device = _DEVICES[number % len(_DEVICES)]
    address = f"10.{held.size}.{number // 8}.{number % 250}"
    return Habits(None if number % 12 == 5 else 2_500 + chance.randrange(9_000), device, address)


def _special(held: Held, number: int, days: Days) -> Iterator[tuple[datetime, Visit]]:
    """What is to be found: nights, one second, one device."""
    if held.code == RUNNING.code and number == AT_NIGHT:
        for ago in range(9, 0, -1):
            yield days.ago(ago, 3, ago), _a_while(0 if ago > 4 else 1, 100_000)
    elif held.code == RUNNING.code and number in AT_ONCE:
        for ago in (4, 2):
            yield days.ago(ago, 10, 3 * (number - AT_ONCE[0])), _lesson(0 if ago > 2 else 1)
    elif held.code == RUNNING.code and number == AT_MACHINE_SPEED:
        for ago in (3, 1):
            yield days.ago(ago, 9), _lesson(0 if ago > 2 else 1)
    elif held.code == AT_WORK.code and number in IN_ONE_SECOND:
        yield days.ago(2, 14) + timedelta(milliseconds=90 * (number - IN_ONE_SECOND[0])), _lesson(0)


def _visits(held: Held, number: int, days: Days, chance: Random) -> Iterator[tuple[datetime, Visit]]:
    """When somebody comes and for what: a few have not begun, most come two or three times, in a class that is over nearly all came to the end."""
    if number % 11 == 10:
        return
    last = 1 - held.ends if held.is_over else 1
    times = 3 if held.is_over else 1 + number % 3
    apart = max(1, (held.began - last) // 4)
    later = number % max(1, held.began - last - 1 - (times - 1) * apart)
    for coming in range(times):
        ago = max(last, held.began - 1 - later - coming * apart)
        at = days.ago(ago, 7 + (number * 5 + coming) % 14, chance.randrange(60))
        is_last = held.is_over and coming == times - 1
        yield at, to_the_end(0, every_ms=_EVERY_MS) if is_last else _part(coming, number)


def _part(coming: int, number: int) -> Visit:
    """Learn a part: a lesson to its end, or some minutes of it, with somebody now and then trying to skip."""
    if number % 9 == 4:
        return _with_a_skip(coming)
    return _a_while(coming, 5 * MINUTE_MS) if number % 4 == 2 else _lesson(coming)


def _lesson(coming: int) -> Visit:
    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        number = coming % len(lessons)
        to_the_end(number, number + 1, every_ms=_EVERY_MS)(visitor, lessons)

    return visit


def _a_while(coming: int, ms: int) -> Visit:
    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[coming % len(lessons)]):
            visitor.watch(0 if visitor.has_seen_all else ms, every_ms=_EVERY_MS)
            visitor.leave()

    return visit


def _with_a_skip(coming: int) -> Visit:
    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[coming % len(lessons)]):
            visitor.watch(MINUTE_MS, every_ms=_EVERY_MS)
            visitor.skip(2 * MINUTE_MS)
            visitor.watch(2 * MINUTE_MS, every_ms=_EVERY_MS)
            visitor.leave()

    return visit
