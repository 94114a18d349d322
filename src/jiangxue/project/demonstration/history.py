"""Weeks that the demonstration's people have learned already, made by the real rules: nothing here writes a minute by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.appealing import AppealDraft, open_appeal
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import CLASS_CODE, EXPIRED_CODE, EXPIRED_LEARNERS, QUICK_CODE
from jiangxue.project.demonstration.tests_taken import take_tests
from jiangxue.project.demonstration.visitor import Habits, Stage, Visitor, stage

MINUTE_MS = 60_000
FILMS = 4
"""The lessons that the course begins with."""

_SEED = 20261125
"""The same demonstration each time it is made."""

type Visit = Callable[[Visitor, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """A visit: who comes to which class when, with which habits, and does what with its lessons (their ids, in order)."""

    login_name: str
    class_code: str
    at: datetime
    habits: Habits
    visit: Visit


def has_history() -> bool:
    """Say whether somebody has learned in the demonstration already."""
    return StudySession.objects.filter(enrolment__training_class__code=CLASS_CODE).exists()


def make_history(*, now: datetime, report: Callable[[str], object]) -> None:
    """Let the people of the demonstration have learned in the weeks before `now`."""
    chance = Random(_SEED)  # noqa: S311  (people who learned, not secrets)
    plans = sorted(_plans(learning_day(now), chance), key=lambda plan: plan.at)
    clock = HandClock(now)
    with stage(clock, chance.random) as on:
        for number, plan in enumerate(plans, 1):
            _perform(on, plan, number)
    taken = take_tests(EXPIRED_CODE, at=now - timedelta(days=2), clock=clock, chance=chance.random)
    taken += take_tests(CLASS_CODE, at=now - timedelta(hours=30), clock=clock, chance=chance.random)
    _appeal(now, clock)
    report(f"  {len(plans)} visits and {taken} attempts at tests in the weeks before")


def _perform(on: Stage, plan: Plan, number: int) -> None:
    on.clock.at = plan.at
    where = Enrolment.objects.select_related("learner").get(
        training_class__code=plan.class_code, learner__login_name=plan.login_name
    )
    version_id = TrainingClass.objects.values_list("version_id", flat=True).get(code=plan.class_code)
    lessons = list(taught_in([version_id]).values_list("lesson_id", flat=True))
    plan.visit(Visitor(on, where, plan.habits, f"{number:032x}"), lessons)


def _appeal(now: datetime, clock: HandClock) -> None:
    """Let a learner who missed a check dispute what that took; the head teacher has not answered yet."""
    clock.at = now - timedelta(hours=3)
    missed = Check.objects.filter(outcome=CheckOutcome.MISSED, session__enrolment__training_class__code=CLASS_CODE)
    check = missed.select_related("session").order_by("asked_at")[0]
    viewer = Viewer(check.learner_id, Role.LEARNER)
    day = learning_day(check.asked_at)
    taken = next(
        stretch
        for part in day_of_learner(viewer, day).parts
        if part.session.pk == check.session_id
        for stretch in part.share.stretches
        if stretch.reason is Reason.MISSED_CHECK
    )
    text = "打卡出现时正好有客户来取货，离开了两分钟，前面的内容都认真看了，当天的送货单可以证明。"
    open_appeal(viewer, AppealDraft(day, check.session_id, taken.start_ms, text, None), clock=clock)


def _plans(today: date, chance: Random) -> Iterator[Plan]:
    yield from _steady(today, chance)
    yield from _quick(today, chance)
    yield from _expired(today, chance)
    yield from _worth_a_look(today)


def _steady(today: date, chance: Random) -> Iterator[Plan]:
    """Most of class one: a lesson every few days, some with a pause, a call, a missed check or a skip."""
    manners = (lesson, lesson, lesson_with_a_pause, lesson, lesson_with_a_call, lesson, lesson_with_a_skip)
    for serial in range(7, 27):
        login, day = learner_login(serial), today - timedelta(days=20 - serial % 5)
        for number in range(4 if serial % 6 else 2):
            away = serial % 7 == 3 and number == 1
            habits = _habits(serial, None if away else 3_000 + 900 * (serial % 9))
            visit = manners[(serial + number) % len(manners)](number)
            yield Plan(login, CLASS_CODE, _at(day, 8 + serial % 12, chance.randrange(3_600)), habits, visit)
            day += timedelta(days=2 + (serial + number) % 4)


def _quick(today: date, chance: Random) -> Iterator[Plan]:
    """Class two under the quick rule: checks every minute or two, a day that is full, a night over midnight."""
    for serial in range(5, 11):
        habits = _habits(serial, 4_000 + 700 * (serial % 5))
        for number in range(2):
            day = today - timedelta(days=6 - 2 * number - serial % 2)
            at = _at(day, 19, chance.randrange(3_600))
            yield Plan(learner_login(serial), QUICK_CODE, at, habits, lesson(number, every_ms=10_000))
    whole = Plan(learner_login(11), QUICK_CODE, _at(today - timedelta(days=3), 20, 0), _habits(11, 5_000), whole_course)
    night = Plan(
        learner_login(12), QUICK_CODE, _at(today - timedelta(days=2), 23, 3_120), _habits(12, 6_000), night_out
    )
    yield whole
    yield night


def _expired(today: date, chance: Random) -> Iterator[Plan]:
    """A class whose last day has passed: everybody finished, nothing open."""
    for serial in EXPIRED_LEARNERS:
        habits = _habits(serial, 5_500)
        for number in range(FILMS):
            day = today - timedelta(days=18 - 3 * number)
            yield Plan(
                learner_login(serial),
                EXPIRED_CODE,
                _at(day, 14 + serial % 4, chance.randrange(3_000)),
                habits,
                to_the_end(number, number + 1),
            )
        at = _at(today - timedelta(days=6), 14 + serial % 4, chance.randrange(3_000))
        yield Plan(learner_login(serial), EXPIRED_CODE, at, habits, to_the_end(FILMS))


def _worth_a_look(today: date) -> Iterator[Plan]:
    """Facts that a head teacher should look at: two who share a device, and answers too quick for a hand."""
    shared = Habits(5_000, "电脑 · Chrome", "10.20.9.9")
    for number, serial in enumerate((13, 14)):
        at = _at(today - timedelta(days=1), 10, 12) + timedelta(minutes=4 * number)
        yield Plan(learner_login(serial), QUICK_CODE, at, shared, lesson(0, every_ms=10_000))
    machine = Habits(400, "电脑 · Chrome", "10.20.8.8")
    yield Plan(learner_login(15), QUICK_CODE, _at(today - timedelta(days=2), 9, 0), machine, whole_course)


def _habits(serial: int, reaction_ms: int | None) -> Habits:
    devices = ("手机 · 微信", "电脑 · Chrome", "手机 · Chrome Mobile", "电脑 · Edge", "平板电脑 · Safari")
    return Habits(reaction_ms, devices[serial % len(devices)], f"10.20.{serial // 8}.{serial}")


def _at(day: date, hour: int, second: int) -> datetime:
    return datetime.combine(day, time(hour), LEARNING_ZONE) + timedelta(seconds=second)


def lesson(number: int, *, every_ms: int = 30_000) -> Visit:
    """Watch a lesson to its end."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[number]):
            visitor.watch(6 * MINUTE_MS, every_ms=every_ms)
            visitor.leave()

    return visit


def lesson_with_a_pause(number: int) -> Visit:
    """Watch a lesson with a pause in it."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[number]):
            visitor.watch(100_000)
            visitor.watch(75_000, idle_as=Flag.PAUSED)
            visitor.watch(5 * MINUTE_MS)
            visitor.leave()

    return visit


def lesson_with_a_call(number: int) -> Visit:
    """Watch a lesson, take a call in between, lose the connection, and come back."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[number]):
            visitor.watch(70_000)
            visitor.watch(40_000, idle_as=Flag.HIDDEN)
            visitor.watch(30_000)
            visitor.go_silent()
        if visitor.open(lessons[number]):
            visitor.watch(5 * MINUTE_MS)
            visitor.leave()

    return visit


def lesson_with_a_skip(number: int) -> Visit:
    """Try to skip within a lesson, and watch the rest of it."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if visitor.open(lessons[number]):
            visitor.watch(60_000)
            visitor.skip(120_000)
            visitor.watch(5 * MINUTE_MS)
            visitor.leave()

    return visit


def whole_course(visitor: Visitor, lessons: Sequence[int]) -> None:
    """Watch lesson after lesson until the day is full."""
    for pk in lessons:
        if not visitor.open(pk):
            return
        visitor.watch(8 * MINUTE_MS, every_ms=10_000)
        visitor.leave()


def to_the_end(first: int, last: int | None = None, *, every_ms: int = 30_000) -> Visit:
    """Learn some lessons, each to its end, however long the checks in it take."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        for pk in lessons[first:last]:
            if visitor.open(pk):
                visitor.watch(0 if visitor.has_seen_all else 30 * MINUTE_MS, every_ms=every_ms)
                visitor.leave()

    return visit


def night_out(visitor: Visitor, lessons: Sequence[int]) -> None:
    """Begin late in the evening and learn on over midnight, so that both days' limits have their say."""
    for pk in lessons:
        if visitor.open(pk):
            visitor.watch(8 * MINUTE_MS, every_ms=10_000)
            visitor.leave()
