"""What the authority of the demonstration has done: a sample with first words, an order that waits for its answer, and one that is answered."""

from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.queries.periods import Period
from jiangxue.project.demonstration.seed import CLASS_CODE, EXPIRED_CODE
from jiangxue.supervision.errors.sampling import NobodyToDraw
from jiangxue.supervision.models import Draw, RectificationOrder
from jiangxue.supervision.queries.sampling import Scope
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.supervision.services.orders import Concern, OrderDraft, OrderWord, answer_order, begin_order, issue_order
from jiangxue.supervision.services.sampling import Said, Wish, draw_sample, say_word

SEED, NAMED_BY = "20261125", "省厅检查组"
OPEN = (
    "补充线上课程的答疑安排",
    "抽查发现学员提问没有固定的答疑时间。请明确每周答疑时间和负责教师，在班级公告中告知学员，并说明安排情况。",
)
ANSWERED = ("核对学员联系电话", "部分学员登记的手机号无法接通。请逐一核对并更正，说明核对人数和结果。")
ANSWER = "已逐一电话核对，3 名学员换号，均由本人在平台更正，其余学员号码无误。"


def seed_supervision(*, now: datetime) -> None:
    """Let the supervisor have drawn a sample and issued two orders, once."""
    if RectificationOrder.objects.exists() or Draw.objects.exists():
        return
    officer, school = _viewer("supervisor"), _viewer("institution")
    _sample(officer, now)
    _order(officer, CLASS_CODE, OPEN, HandClock(now - timedelta(days=2)))
    clock = HandClock(now - timedelta(days=6))
    order = _order(officer, EXPIRED_CODE, ANSWERED, clock)
    clock.at = now - timedelta(days=1)
    answer_order(school, order.pk, OrderWord(2, ANSWER), by=PROGRAM, clock=clock)


def _viewer(login_name: str) -> Viewer:
    return viewer_for(memberships(Account.objects.get(login_name=login_name).pk)[0])


def _sample(officer: Viewer, now: datetime) -> None:
    last = learning_day(now) - timedelta(days=1)
    scope = Scope(officer.region or "", Period(last - timedelta(days=6), last))
    try:
        draw = draw_sample(officer, Wish(scope, 5, SEED, NAMED_BY), by=PROGRAM, now=now - timedelta(hours=5))
    except NobodyToDraw:
        return
    say_word(officer, Said(draw.pk, 1, SampleWord.FINE, 0), by=PROGRAM, now=now - timedelta(hours=4))


def _order(officer: Viewer, code: str, says: tuple[str, str], clock: HandClock) -> RectificationOrder:
    of = TrainingClass.objects.get(code=code)
    draft = OrderDraft(*says, learning_day(clock.now()) + timedelta(days=7))
    order = begin_order(officer, Concern(of.institution_id, of.pk), draft, by=PROGRAM, clock=clock)
    issue_order(officer, order.pk, OrderWord(1), by=PROGRAM, clock=clock)
    return order
