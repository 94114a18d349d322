"""Learns the bench's hours by the pages' own ways, seals and signs them daily, and settles the class. Needs Django to be set up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from jiangxue.archive.services.settling import Review as SettlementReview
from jiangxue.archive.services.settling import propose as propose_settlement
from jiangxue.archive.services.settling import review as review_settlement
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import learning_day, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Check, DayTotal
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.services.appealing import AppealDraft, open_appeal
from jiangxue.learning.services.deciding import Proposal, Review, propose, review
from jiangxue.ledger.log.daily import enter_heads
from jiangxue.project.demonstration.tests_taken import take_tests
from jiangxue.project.demonstration.visitor import Habits, Stage, Visitor
from scripts.bench_ledger.measuring import Log
from scripts.bench_storage.people import CLASS_CODE, LESSON_MS, LESSONS_A_DAY, Staff

HOUR_MS = 3_600_000
_AWAY_EVERY = 3
"""In one visit of so many the first check is missed, and the learner comes back: some 5 % of all checks."""
_APPEAL_EVERY = 5
"""One learner of so many appeals once."""


@dataclass
class Bench:
    """What learns and what seals."""

    stage: Stage
    log: Log
    staff: Staff
    places: list[Enrolment]

    def learn(self, lessons: int) -> None:
        """Let everybody learn so many lessons, two a day, each day sealed, headed and signed; then test and appeals."""
        taught = list(
            taught_in([self.staff.training_class.version_id])
            .order_by("module_position", "position")
            .values_list("lesson_id", flat=True)
        )
        began = self.stage.clock.now()
        for number, lesson_id in enumerate(taught[:lessons]):
            day, turn = divmod(number, LESSONS_A_DAY)
            for serial, place in enumerate(self.places):
                self.stage.clock.at = began + timedelta(days=day, hours=4 * turn, minutes=serial % 60)
                self._visit(place, lesson_id, serial + number)
            self.close_day()
        at = began + timedelta(days=(lessons - 1) // LESSONS_A_DAY, hours=9)
        take_tests(CLASS_CODE, at=at, clock=self.stage.clock, chance=self.stage.chance)
        self._appeal()
        self.close_day()

    def _visit(self, place: Enrolment, lesson_id: int, number: int) -> None:
        for habits in _visits(number):
            visitor = Visitor(self.stage, place, habits, f"{number:032x}")
            if visitor.open(lesson_id):
                visitor.watch(2 * LESSON_MS)
                visitor.leave()

    def _appeal(self) -> None:
        asked = Check.objects.filter(outcome=CheckOutcome.MISSED).order_by("learner", "asked_at").distinct("learner")
        most = -(-len(self.places) // _APPEAL_EVERY)
        for check in list(asked.select_related("session"))[:most]:
            viewer, day = Viewer(check.learner_id, Role.LEARNER), learning_day(check.asked_at)
            taken = next(
                stretch
                for part in day_of_learner(viewer, day).parts
                if part.session.pk == check.session_id
                for stretch in part.share.stretches
                if stretch.reason is Reason.MISSED_CHECK
            )
            text = "打卡出现时正好有客户来取货，离开了两分钟，前面的内容都认真看了。"
            draft = AppealDraft(day, check.session_id, taken.start_ms, text, None)
            clock, staff = self.stage.clock, self.staff
            appeal = open_appeal(viewer, draft, clock=clock)
            proposal = Proposal(0, min(60_000, appeal.ms), "已核对送货单。")
            propose(staff.head_teacher, appeal.pk, proposal, by=PROGRAM, clock=clock)
            review(staff.administrator, appeal.pk, Review(1, approves=True, text=""), by=PROGRAM, clock=clock)

    def close_day(self) -> None:
        """Seal what waits, enter heads and sign."""
        now_ms = to_ms(self.stage.clock.now())
        while self.log.sealer.seal(now_ms).entries:
            pass
        enter_heads(self.log.sealer, now_ms)
        self.log.signer.sign(now_ms)

    def settle(self) -> None:
        """Let the class be over and be settled by two persons."""
        clock, staff = self.stage.clock, self.staff
        clock.at = staff.training_class.term.closes_at + timedelta(hours=1)
        found = propose_settlement(staff.head_teacher, staff.training_class.pk, by=PROGRAM, clock=clock)
        said = SettlementReview(found.ordinal, confirms=True, text="")
        review_settlement(staff.administrator, staff.training_class.pk, said, by=PROGRAM, clock=clock)
        self.close_day()


def _visits(number: int) -> Iterator[Habits]:
    if number % _AWAY_EVERY == 0:
        yield Habits(None)
    yield Habits(3_000 + 900 * (number % 9))


def credited_hours() -> float:
    """Return how many hours have been credited to all learners together."""
    found: int = DayTotal.objects.aggregate(ms=Sum("credited_ms"))["ms"] or 0
    return found / HOUR_MS


def missed_share() -> float:
    """Return which share of all checks was missed."""
    every = Check.objects.exclude(outcome="")
    return every.filter(outcome=CheckOutcome.MISSED).count() / (every.count() or 1)


def first_moment(now: datetime, days: int) -> datetime:
    """Return a morning so long ago that so many days of learning, and the settlement after them, are over now."""
    began = now - timedelta(days=days + 2)
    return began.replace(hour=0, minute=0, second=0, microsecond=0)  # 08:00 in Beijing
