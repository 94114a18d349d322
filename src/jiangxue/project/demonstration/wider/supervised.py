"""What authorities have asked of institutions: orders in each state, one of them overdue, and a sample of the other region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.periods import Period
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.seed import CLASS_CODE, QUICK_CODE
from jiangxue.project.demonstration.wider.classes import AT_WORK, OVER, RUNNING
from jiangxue.supervision.models import Draw, OrderStep, RectificationOrder
from jiangxue.supervision.queries.sampling import Scope
from jiangxue.supervision.rules.orders import OrderStepKind
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.supervision.services.orders import (
    Concern,
    OrderDraft,
    OrderWord,
    accept_order,
    answer_order,
    begin_order,
    demand_again,
    issue_order,
    withdraw_order,
)
from jiangxue.supervision.services.sampling import Said, Wish, draw_sample, say_word

_TURN = int(timedelta(hours=20).total_seconds() * 1_000)
_ANSWER = "已按要求整改：逐人核对、通知到位，留有记录，班主任每周复查一次。"


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order: about which class, by which officer to whose administrator, what it says, when it was begun, and its steps after the draft."""

    code: str
    says: tuple[str, str]
    ago: int
    steps: Sequence[OrderStepKind]
    officer: str = "supervisor"
    administrator: str = "institution"


_ISSUED, _ANSWERED = OrderStepKind.ISSUED, OrderStepKind.ANSWERED
ORDERS = (
    Ordered(
        AT_WORK.code,
        ("补报实操课安排", "开班两周仍未排实操课。请排定时间、地点、带教老师，并在平台班级计划中登记。"),
        12,
        (_ISSUED,),
        administrator="zhujiang",
    ),
    Ordered(
        CLASS_CODE,
        ("规范人工核验", "抽查发现人工核验只写“已核对”。请写明核对方式、时间和核对的证件。"),
        10,
        (_ISSUED, _ANSWERED, OrderStepKind.DEMANDED),
    ),
    Ordered(
        QUICK_CODE,
        ("张贴监督举报电话", "班级公告没有监督举报电话。请补充，并在开班时向学员说明。"),
        15,
        (_ISSUED, _ANSWERED, OrderStepKind.ACCEPTED),
    ),
    Ordered(QUICK_CODE, ("说明夜间学习情况", "请说明班级夜间学习的组织情况。"), 5, (_ISSUED, OrderStepKind.WITHDRAWN)),
    Ordered(CLASS_CODE, ("核对退役军人学员材料", "请核对退役军人学员的证明材料，说明核对人数和结果。"), 1, ()),
    Ordered(
        RUNNING.code,
        ("了解夜间学习", "有学员连续多日在凌晨三点学习。请了解原因，提醒注意休息，并说明情况。"),
        3,
        (_ISSUED,),
        officer="foshan",
        administrator="lingnan",
    ),
    Ordered(
        OVER.code,
        ("办学许可证到期", "办学许可证已到期。请说明换证进度，换证前不得开新班。"),
        2,
        (_ISSUED, _ANSWERED),
        officer="foshan",
        administrator="lingnan",
    ),
)


def seed_supervised(*, days: Days) -> None:
    """Let the orders and the sample be, each once."""
    there = set(OrderStep.objects.values_list("title", flat=True))
    for ordered in ORDERS:
        if ordered.says[0] not in there:
            _order(ordered, days)
    if not Draw.objects.filter(region=acting("foshan", Role.SUPERVISOR).region).exists():
        _sample(days)


def _order(ordered: Ordered, days: Days) -> None:
    clock = HandClock(days.ago(ordered.ago, 10))
    officer = acting(ordered.officer, Role.SUPERVISOR)
    of = TrainingClass.objects.get(code=ordered.code)
    draft = OrderDraft(*ordered.says, learning_day(clock.now()) + timedelta(days=7))
    order = begin_order(officer, Concern(of.institution_id, of.pk), draft, by=PROGRAM, clock=clock)
    for after, step in enumerate(ordered.steps, 1):
        _step(step, order, after, ordered, clock)
        clock.advance(_TURN)


def _step(step: OrderStepKind, order: RectificationOrder, after: int, ordered: Ordered, clock: HandClock) -> None:
    officer = acting(ordered.officer, Role.SUPERVISOR)
    school = acting(ordered.administrator, Role.INSTITUTION_ADMINISTRATOR)
    match step:
        case OrderStepKind.ISSUED:
            issue_order(officer, order.pk, OrderWord(after), by=PROGRAM, clock=clock)
        case OrderStepKind.ANSWERED:
            answer_order(school, order.pk, OrderWord(after, _ANSWER), by=PROGRAM, clock=clock)
        case OrderStepKind.DEMANDED:
            due_on = learning_day(clock.now()) + timedelta(days=10)
            said = OrderWord(after, "请附上一周内人工核验的登记样表。", due_on=due_on)
            demand_again(officer, order.pk, said, by=PROGRAM, clock=clock)
        case OrderStepKind.ACCEPTED:
            accept_order(officer, order.pk, OrderWord(after, "整改到位，予以办结。"), by=PROGRAM, clock=clock)
        case _:
            said = OrderWord(after, "情况已由班主任当面说明，不再需要书面答复。")
            withdraw_order(officer, order.pk, said, by=PROGRAM, clock=clock)


def _sample(days: Days) -> None:
    """Let the officer of the other region have drawn from the running class, and looked at half of it."""
    officer = acting("foshan", Role.SUPERVISOR)
    of = TrainingClass.objects.select_related("institution").get(code=RUNNING.code)
    last = learning_day(days.now) - timedelta(days=1)
    scope = Scope(of.institution.region_id, Period(last - timedelta(days=13), last), of.institution_id, of.pk)
    draw = draw_sample(officer, Wish(scope, 8, "3301", "市局检查组"), by=PROGRAM, now=days.now - timedelta(hours=5))
    words = (SampleWord.FINE, SampleWord.FINE, SampleWord.LOOK_CLOSER, SampleWord.FINE)
    for ordinal, word in enumerate(words, 1):
        said = Said(draw.pk, ordinal, word, 0)
        say_word(officer, said, by=PROGRAM, now=days.now - timedelta(hours=4, minutes=-ordinal))
