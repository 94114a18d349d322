"""The classes of the wider demonstration: two that run, one that is over, and weeks in which people learned in them by the real rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.evidence import append_agreements
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.models import StudySession
from jiangxue.organisations.models import Organisation
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.history import MINUTE_MS, Visit, lesson, to_the_end
from jiangxue.project.demonstration.tests_taken import take_tests
from jiangxue.project.demonstration.visitor import Habits, Visitor, stage
from jiangxue.project.demonstration.wider.courses import CARE, PASTRY, Taught, course_of
from jiangxue.project.demonstration.wider.crowd import Somebody, admit, crowd

_SEED = 20261127
_ADDRESSES = ("手机 · 微信", "手机 · Chrome Mobile", "电脑 · Edge", "手机 · 微信", "平板电脑 · Safari")


@dataclass(frozen=True, slots=True)
class Held:
    """A class: where, by whom, when it began and ends counted from today, and how many learn in it."""

    code: str
    name: str
    taught: Taught
    institution: str
    head_teacher: str
    began: int
    ends: int
    size: int


CLASSES = (
    Held("GD-FS-0301", "家政服务员保洁 · 岭南一班", CARE, people.CENTRE_NAME, "lingnan.head", 20, 40, 110),
    Held("GD-FS-0302", "家政服务员保洁 · 岭南二班（待结班）", CARE, people.CENTRE_NAME, "lingnan.head", 24, -2, 60),
    Held("GD-GZ-0401", "面点岗前培训 · 第七期", PASTRY, people.ENTERPRISE_NAME, "zhujiang.head", 14, 30, 80),
)


@dataclass(frozen=True, slots=True)
class _Coming:
    """Somebody comes: when, to which place, by which habits, and learns what of which lessons."""

    at: datetime
    place: Enrolment
    habits: Habits
    visit: Visit
    lessons: Sequence[int]


def seed_wider(*, now: datetime, report: Callable[[str], object]) -> None:
    """Open the classes and let people learn in them, each once."""
    codes = [held.code for held in CLASSES]
    if not TrainingClass.objects.filter(code__in=codes).exists():
        _open_classes(now)
    if not StudySession.objects.filter(enrolment__training_class__code__in=codes).exists():
        _make_weeks(now, report)


@transaction.atomic
def _open_classes(now: datetime) -> None:
    everybody = _everybody(Random(_SEED))  # noqa: S311  (people who learn, not secrets)
    accounts = admit(everybody, now=now - timedelta(days=26))
    first = 0
    for held in CLASSES:
        part = slice(first, first + held.size)
        _open(held, everybody[part], accounts[part], now)
        first += held.size


def _make_weeks(now: datetime, report: Callable[[str], object]) -> None:
    chance = Random(_SEED)  # noqa: S311  (people who learned, not secrets)
    comings = sorted((each for held in CLASSES for each in _comings_to(held, now, chance)), key=lambda each: each.at)
    clock = HandClock(now)
    with stage(clock, chance.random) as on:
        for number, coming in enumerate(comings):
            clock.at = coming.at
            coming.visit(Visitor(on, coming.place, coming.habits, f"{_SEED:016x}{number:016x}"), coming.lessons)
    at = now - timedelta(hours=20)
    taken = sum(take_tests(held.code, at=at, clock=clock, chance=chance.random) for held in CLASSES)
    report(f"  {len(CLASSES)} more classes: {len(comings)} visits, {taken} attempts at tests")


def _everybody(chance: Random) -> list[Somebody]:
    enterprise = Organisation.objects.get(name=people.ENTERPRISE_NAME)
    found = crowd(sum(held.size for held in CLASSES), chance=chance)
    at_work = crowd(len(found), chance=chance, employer=enterprise.name, employer_uscc=enterprise.uscc or "")
    in_enterprise = sum(held.size for held in CLASSES if held.taught is not PASTRY)
    return [*found[:in_enterprise], *at_work[in_enterprise:]]


def _open(held: Held, roster: Sequence[Somebody], accounts: Sequence[Account], now: datetime) -> None:
    today, then = learning_day(now), now - timedelta(days=held.began)
    draft = ClassDraft(
        institution_id=Organisation.objects.get(name=held.institution).pk,
        course_id=course_of(held.taught).pk,
        head_teacher_id=Account.objects.get(login_name=held.head_teacher).pk,
        code=held.code,
        name=held.name,
        opens_on=learning_day(then),
        closes_on=today + timedelta(days=held.ends),
    )
    opened = open_class(draft, teacher_ids=[], now=then)
    places = [
        enrol(class_id=opened.pk, learner_id=account.pk, background=each.background, now=then)
        for account, each in zip(accounts, roster, strict=True)
    ]
    append_agreements(places, now=then)


def _comings_to(held: Held, now: datetime, chance: Random) -> Iterator[_Coming]:
    found = Enrolment.objects.filter(training_class__code=held.code).select_related("learner", "training_class")
    places = list(found.order_by("pk"))
    lessons = list(taught_in([places[0].training_class.version_id]).values_list("lesson_id", flat=True))
    for number, place in enumerate(places):
        habits = _habits(number, held, chance)
        for at, visit in _visits(held, number, now, chance):
            yield _Coming(at, place, habits, visit, lessons)


def _habits(number: int, held: Held, chance: Random) -> Habits:
    """Most answer in a few seconds; one in twelve is away when asked; two share a device, one answers like a machine."""
    device = _ADDRESSES[number % len(_ADDRESSES)]
    address = f"10.{held.size}.{number // 8}.{number % 250}"
    if number in (6, 7):
        return Habits(5_000, "电脑 · Chrome", f"10.{held.size}.99.9")
    if number == 9:
        return Habits(300, "电脑 · Chrome", address)
    return Habits(None if number % 12 == 5 else 2_500 + chance.randrange(9_000), device, address)


def _visits(held: Held, number: int, now: datetime, chance: Random) -> Iterator[tuple[datetime, Visit]]:
    """When somebody comes and for what: a few have not begun, most come two or three times, in a class that is over nearly all came to the end."""
    if number % 11 == 10:
        return
    last = max(held.ends, 0) if held.ends > 0 else held.ends - 1
    span = held.began + min(last, 0)
    times = 3 if held.ends < 0 else 1 + number % 3
    for coming in range(times):
        days = held.began - 1 - coming * max(1, span // 4) - number % 3
        at = now - timedelta(days=max(days, 1 - min(held.ends, 0)))
        at = at.replace(hour=(number * 5 + coming) % 14, minute=chance.randrange(60))
        finishing = held.ends < 0 and coming == times - 1
        yield at, to_the_end(0) if finishing else _part(coming, number)


def _part(coming: int, number: int) -> Visit:
    """Learn a part: a lesson to its end, or a few minutes of it, with somebody now and then trying to skip."""

    def visit(visitor: Visitor, lessons: Sequence[int]) -> None:
        if number % 9 == 4 and visitor.open(lessons[coming % len(lessons)]):
            visitor.watch(MINUTE_MS)
            visitor.skip(2 * MINUTE_MS)
            visitor.watch(MINUTE_MS)
            visitor.leave()
        else:
            lesson(coming % len(lessons))(visitor, lessons)

    return visit
