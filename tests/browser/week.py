"""A class with a week behind it, learned through the real services by hands that the calendar moves, for pictures of what staff see."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from jiangxue.courseware.models import Lesson
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.models import Check, Lease, StudySession
from jiangxue.learning.rules.shapes import Claim, Flag
from jiangxue.learning.services.answering import CheckAnswer, answer_check, show_check
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.opening import OpeningRequest, open_session
from jiangxue.organisations.models import Organisation
from tests.factories import people
from tests.factories.classes import Classroom, course, in_force
from tests.factories.learning import heard

NAMES = (
    "李小明",
    "王秀英",
    "张伟",
    "刘洋",
    "欧阳慧敏",
    "司徒伟明",
    "阿依古丽·买买提江",
    "陈杰",
    "杨丽华",
    "赵强",
    "黄志勇",
    "周婷",
)
BEAT_MS = 60_000
TOGETHER = (7, 8, 9)
WEEKEND = (5, 6)
SOON = 0.26
"""Draws a check after some four and a half minutes."""
DEVICES = ("手机 · 微信", "电脑 · Chrome", "手机 · Chrome Mobile", "电脑 · Edge")


def class_with_a_week(school: Organisation) -> list[Classroom]:
    """Make a class of the school and return it as each of its learners sees it."""
    begun = MachineClock().now() - timedelta(days=20)
    taught = in_force(course(school, lesson_ms=45 * 60_000, lessons=12), begun)
    teacher = people.account((Role.HEAD_TEACHER, school.pk), now=begun, name="陈敏仪")
    draft = ClassDraft(
        institution_id=school.pk,
        course_id=taught.pk,
        head_teacher_id=teacher.pk,
        code=f"WEEK-{teacher.pk}",
        name="低压电工安全操作（初级）适岗培训 · 越秀区第三期",
        opens_on=begun.date(),
        closes_on=(begun + timedelta(days=90)).date(),
    )
    opened = open_class(draft, teacher_ids=[], now=begun)
    lessons = list(Lesson.objects.filter(module__course=taught).order_by("position"))
    seats = []
    for name in NAMES:
        learner = people.account(now=begun, name=name)
        place = enrol(class_id=opened.pk, learner_id=learner.pk, now=begun)
        seats.append(Classroom(school, opened, teacher, learner, place, lessons))
    return seats


class Hand:
    """One learner at one time: opens a lesson, watches, answers checks, or does not."""

    def __init__(self, seat: Classroom, at: datetime, luck: random.Random) -> None:
        self.seat, self.clock, self.luck = seat, HandClock(at), luck

    def open(self, lesson: int, device: str, address: str) -> StudySession:
        wanted = OpeningRequest(
            class_id=self.seat.training_class.pk,
            lesson_id=self.seat.lessons[lesson].pk,
            window=f"{self.luck.getrandbits(128):032x}",
            device=device,
            address=address,
            take_over=True,
            signed_in_since=self.seat.learner.password_changed_at,
        )
        opened = open_session(self.seat.viewer, wanted, clock=self.clock, chance=self.luck.random)
        return StudySession.objects.get(pk=opened.session)

    def watch(self, session: StudySession, minutes: int, *, reacts_ms: int | None, idle_ms: int = 0) -> bool:
        """Watch on; answer checks after so long, or let them pass. Say whether the session still runs."""
        for minute in range(minutes):
            self.clock.advance(BEAT_MS)
            idle = idle_ms if minute % 7 == 3 else 0
            reached_ms = Lease.objects.get(session=session).reached_ms
            heard(session.pk, self.clock, Claim(reached_ms + BEAT_MS - idle, idle, Flag.PAUSED if idle else Flag(0)))
            if not self._passes(session, reacts_ms):
                return False
        return True

    def _passes(self, session: StudySession, reacts_ms: int | None) -> bool:
        lease = Lease.objects.get(session=session)
        if lease.asked_at_ms is None:
            return True
        if reacts_ms is None:
            self.clock.advance(200_000)
            end_overdue(clock=self.clock)
            return False
        prompt = show_check(self.seat.viewer, clock=self.clock, chance=self.luck.random)
        assert prompt is not None
        self.clock.advance(reacts_ms)
        right = Check.objects.get(pk=prompt.check).prompt["right"]
        said = CheckAnswer(prompt.check, prompt.nonce, right, reacts_ms - 120)
        answer_check(self.seat.viewer, said, clock=self.clock, chance=self.luck.random)
        return True

    def leave(self, session: StudySession) -> None:
        self.clock.advance(5_000)
        heard(session.pk, self.clock, Claim(Lease.objects.get(session=session).reached_ms, 0, Flag.LEAVE))
        end_overdue(clock=self.clock)


@transaction.atomic  # or the site's worker would end at once what lies in the past
def live_a_week(seats: list[Classroom]) -> None:
    """Let six days pass: most learn an hour or so, one misses checks, two share a phone, three begin at once, one never comes."""
    luck = random.Random(7)
    today = MachineClock().now().astimezone(LEARNING_ZONE).replace(hour=19, minute=0, second=0, microsecond=0)
    for back in range(6, 0, -1):
        evening = today - timedelta(days=back)
        for number, seat in enumerate(seats[:-2]):
            if luck.random() < 0.75 or number in (1, 4) or (number in TOGETHER and evening.weekday() in WEEKEND):
                _learn_an_evening(seat, number, evening, luck)


def _learn_an_evening(seat: Classroom, number: int, evening: datetime, luck: random.Random) -> None:
    together = number in TOGETHER and evening.weekday() in WEEKEND
    at = evening + (timedelta(milliseconds=120 * number) if together else timedelta(seconds=luck.randrange(5_000)))
    device, address = DEVICES[number % 4], f"113.65.{number}.{luck.randrange(9)}"
    if number in (5, 6):
        at, device, address = evening + timedelta(seconds=40 * number), "手机 · 微信", "120.230.8.61"
    hand = Hand(seat, at, luck)
    session = hand.open(evening.toordinal() % 9, device, address)
    reacts_ms = {1: 3_000 + luck.randrange(90), 2: 520}.get(number, 2_500 + luck.randrange(9_000))
    misses = number == 4 and luck.random() < 0.8
    goes_on = hand.watch(
        session, luck.randrange(20, 44), reacts_ms=None if misses else reacts_ms, idle_ms=luck.choice((0, 0, 25_000))
    )
    if goes_on and Lease.objects.filter(session=session).exists():
        if luck.random() < 0.3:
            hand.clock.advance(600_000)
            end_overdue(clock=hand.clock)
        else:
            hand.leave(session)


def _miss_a_check(seat: Classroom, at: datetime) -> None:
    luck = random.Random(3)
    luck.random = lambda: SOON  # type: ignore[method-assign]
    hand = Hand(seat, at, luck)
    hand.watch(hand.open(11, DEVICES[0], "14.23.99.9"), 20, reacts_ms=None)


@transaction.atomic
def learn_now(seats: list[Classroom]) -> None:
    """Let some learn at this moment: most play, one has paused, one has a check open."""
    now = MachineClock().now()
    _miss_a_check(seats[0], now - timedelta(minutes=25))
    for number, seat in enumerate([*seats[2:7], seats[-2]]):
        luck = random.Random(number)
        hand = Hand(seat, now - timedelta(minutes=6, seconds=7 * number), luck)
        if seat is seats[-2]:
            luck.random = lambda: SOON  # type: ignore[method-assign]
        session = hand.open(11, DEVICES[number % 4], f"14.23.{number}.9")
        hand.watch(session, 4, reacts_ms=4_000)
        hand.clock.advance(BEAT_MS)
        reached_ms = Lease.objects.get(session=session).reached_ms
        paused = number == 1
        heard(
            session.pk, hand.clock, Claim(reached_ms + (0 if paused else BEAT_MS), BEAT_MS * paused, Flag(2 * paused))
        )
