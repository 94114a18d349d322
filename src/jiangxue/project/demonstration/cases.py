"""A case of the demonstration: a supervisor asks about a day, the learner has explained, the institution has not yet."""

from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.archive.rules.freezes import Days
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.queries.days_of_places import days_of_places
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import CLASS_CODE
from jiangxue.supervision.models import Case
from jiangxue.supervision.rules.cases import Reason, Source
from jiangxue.supervision.services.cases import CaseDraft, Said, explain, open_case

LEARNER = 9
GROUNDS = "当天在两个网络地址之间多次切换，设备也有变化，需要了解学习时的情况。"
QUESTION = "请说明当天在哪里、用什么设备学习，有没有能说明情况的材料；请机构说明当天是否组织集中学习。"
ANSWER = "上午在店里用电脑学，下午去送货，在车上用手机接着学的，店长可以证明。"


def seed_case(*, now: datetime) -> None:
    """Let a case be open about the last day of one learner, once."""
    place = Enrolment.objects.select_related("learner").get(
        training_class__code=CLASS_CODE, learner__login_name=learner_login(LEARNER)
    )
    before = learning_day(now - timedelta(days=3))
    days = sorted(day for day in days_of_places([place.pk]).get(place.pk, {}) if day <= before)
    if not days or Case.objects.exists():
        return
    officer = Account.objects.get(login_name="supervisor")
    clock = HandClock(now - timedelta(days=2))
    draft = CaseDraft(Reason.PLACE, GROUNDS, QUESTION, Days(days[-1], days[-1]), Source.ANOMALY, "shared_device")
    at = place.training_class_id, place.pk
    case = open_case(viewer_for(memberships(officer.pk)[0]), at, draft, by=PROGRAM, clock=clock)
    clock.at = now - timedelta(hours=20)
    explain(viewer_for(memberships(place.learner_id)[0]), case.pk, Said(0, ANSWER), by=PROGRAM, clock=clock)
