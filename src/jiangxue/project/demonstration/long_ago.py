"""A class of 2020 that is over its time of retention: its archives open, verify, and stand in the next list of what may be erased. Clause T8.1."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.consents import give_consent
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.evidence import append_agreements, append_verifications, verify_learner
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.history import to_the_end
from jiangxue.project.demonstration.seed import demonstration_course
from jiangxue.project.demonstration.tests_taken import take_tests
from jiangxue.project.demonstration.visitor import Habits, Visitor, stage

PAST_CODE = "YC-2020-001"
PAST_NAME = "低压电工安全培训 · 2020 年班（已过保存期限）"
PAST_LEARNERS = (("past01", "叶志明", 201), ("past02", "邓丽珍", 202))
OPENED, CLOSED = date(2020, 5, 11), date(2020, 6, 12)
_LESSONS = 4


def seed_long_ago(*, report: Callable[[str], object]) -> None:
    """Make the class once, let two people have learned in it, and settle it."""
    if TrainingClass.objects.filter(code=PAST_CODE).exists():
        return
    clock = HandClock(_at(OPENED, 9))
    opened, places = _class(clock.now())
    lessons = list(taught_in([opened.version_id]).values_list("lesson_id", flat=True))[:_LESSONS]
    with stage(clock, Random(2020).random) as on:  # noqa: S311 (people who learned, not secrets)
        for number, place in enumerate(places):
            habits = Habits(5_000 + 900 * number, "电脑 · Chrome", f"10.20.20.{number + 1}")
            visitor = Visitor(on, place, habits, f"{0x2020 + number:032x}")
            for day, lesson in enumerate(lessons):
                clock.at = _at(OPENED + timedelta(days=2 + day), 19 + number)
                to_the_end(0, 1)(visitor, [lesson])
    take_tests(PAST_CODE, at=_at(OPENED + timedelta(days=10), 20), clock=clock, chance=Random(2021).random)  # noqa: S311
    _settle(opened, clock)
    report(f"  a class of 2020 with {len(places)} archives over their time")


def _class(now: datetime) -> tuple[TrainingClass, Sequence[Enrolment]]:
    course = demonstration_course()
    draft = ClassDraft(
        institution_id=course.institution_id,
        course_id=course.pk,
        head_teacher_id=_account("headteacher").pk,
        code=PAST_CODE,
        name=PAST_NAME,
        opens_on=OPENED,
        closes_on=CLOSED,
    )
    opened = open_class(draft, teacher_ids=[_account("teacher").pk], now=now)
    places = [enrol(class_id=opened.pk, learner_id=_learner(*each, now).pk, now=now) for each in PAST_LEARNERS]
    append_agreements(places, now=now)
    append_verifications(places, now=now)
    return opened, places


def _learner(login_name: str, name: str, serial: int, now: datetime) -> Account:
    person = Person(login_name, name, people.PASSWORD, people.id_number(serial), people.phone(serial))
    learner = create_account(person, roles=[(Role.LEARNER, None)], now=now)
    for purpose, asked in PURPOSES.items():
        give_consent(account_id=learner.pk, purpose=purpose, version=asked.version, by=Actor(learner.pk), now=now)
    verify_learner(learner.pk, by=PROGRAM, now=now)
    return learner


def _settle(opened: TrainingClass, clock: HandClock) -> None:
    clock.at = _at(CLOSED + timedelta(days=8), 10)
    head, second = _account("headteacher"), _account("institution")
    found = propose(
        Viewer(head.pk, Role.HEAD_TEACHER, opened.institution_id), opened.pk, by=Actor(head.pk), clock=clock
    )
    said = Review(found.ordinal, confirms=True, text="")
    administrator = Viewer(second.pk, Role.INSTITUTION_ADMINISTRATOR, opened.institution_id)
    review(administrator, opened.pk, said, by=Actor(second.pk), clock=clock)


def _account(login_name: str) -> Account:
    return Account.objects.get(login_name=login_name)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LEARNING_ZONE)
