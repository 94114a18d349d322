"""Cases: as rows, for what the database keeps; and as they happen, by the services that pages use."""

from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from jiangxue.accounts.models import Account
from jiangxue.archive.models import Freeze, FreezeEnd
from jiangxue.archive.rules.freezes import Days
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from jiangxue.supervision.models import Case, CasePicture, CaseStep
from jiangxue.supervision.rules.cases import Reason
from jiangxue.supervision.services.cases import CaseDraft, Said, ask_on, explain, open_case
from jiangxue.supervision.services.cases_deciding import Proposal, Review, propose, review
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.people import looking

GROUNDS = "抽查时发现当日人脸核验与登记不一致，需要了解情况。"
QUESTION = "请说明 11 月 24 日是谁在学习，当时使用什么设备。"
ANSWER = "当天是我本人在单位电脑上学习，同事可以证明。"
_numbers = count(1_000_000)


def frozen(room: Classroom, now: datetime, **facts: object) -> Freeze:
    """Add a freeze of all of the room's place; `facts` replace fields."""
    values = {"id": new_id(), "placed_at": now, "until": (now + timedelta(days=42)).date()}
    return Freeze.objects.create(**{"enrolment": room.enrolment, **values, **facts})


def ended(of: Freeze, now: datetime, **facts: object) -> FreezeEnd:
    """Add a decision that takes nothing; `facts` replace fields."""
    return FreezeEnd.objects.create(freeze=of, **{"kind": "decided", "days": [], "at": now, **facts})


def case(room: Classroom, now: datetime, **facts: object) -> Case:
    """Add a case with its freeze; `facts` replace fields."""
    values = {
        "serial": next(_numbers),
        "region": "440104",
        "reason": "identity",
        "source": "learner",
        "grounds": GROUNDS,
        "question": QUESTION,
        "opened_at": now,
        "answer_by": now.date(),
        "due_on": now.date(),
    }
    if "opened_by" not in facts:
        facts["opened_by"] = people.account(now=now)
    place = facts.pop("enrolment", room.enrolment)
    return Case.objects.create(freeze=frozen(room, now, enrolment=place), enrolment=place, **{**values, **facts})


def step(of: Case, now: datetime, **facts: object) -> CaseStep:
    """Add a proposal that all hours stand; `facts` replace fields."""
    values = {"ordinal": 1, "kind": "proposed", "result": "stands", "role": "supervisor", "at": now, "text": ANSWER}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return CaseStep.objects.create(case=of, **{**values, **facts})


def picture(of: CaseStep, **facts: object) -> CasePicture:
    """Add a picture of an explanation; `facts` replace fields."""
    values = {"id": new_id(), "ordinal": 1, "sealed": b"sealed", "digest": "0" * 64}
    return CasePicture.objects.create(step=of, **{**values, **facts})


def officer(now: datetime, region: str = "440104", *, name: str = "陈科员") -> Account:
    """Make a supervisor of a region."""
    Region.objects.get_or_create(code=region, defaults={"name": f"地区 {region}"})
    authority, _made = Organisation.objects.get_or_create(
        kind=Organisation.Kind.AUTHORITY, name=f"人社局 {region}", region_id=region
    )
    return people.account((Role.SUPERVISOR, authority.pk), now=now, name=name)


def opened_case(viewer: Viewer, room: Classroom, clock: Clock, days: Days = Days()) -> Case:  # noqa: B008
    """Open a case about the room's place."""
    draft = CaseDraft(Reason.IDENTITY, GROUNDS, QUESTION, days)
    with looking(viewer):
        return open_case(viewer, (room.training_class.pk, room.enrolment.pk), draft, by=PROGRAM, clock=clock)


def explained(viewer: Viewer, case_id: UUID, clock: Clock, *, pictures: tuple[bytes, ...] = ()) -> CaseStep:
    """Let a side explain."""
    with looking(viewer):
        return explain(viewer, case_id, Said(0, ANSWER, pictures), by=PROGRAM, clock=clock)


def asks_on(viewer: Viewer, case_id: UUID, clock: Clock) -> CaseStep:
    """Let an officer ask a further question, on the case as it stands."""
    after = CaseStep.objects.filter(case=case_id).count()
    with looking(viewer):
        return ask_on(viewer, case_id, Said(after, "请补充当天的考勤记录。"), by=PROGRAM, clock=clock)


def both_explained(room: Classroom, case_id: UUID, clock: Clock) -> None:
    """Let the learner and the head teacher explain."""
    explained(room.viewer, case_id, clock)
    explained(people.viewer(room.head_teacher), case_id, clock)


def proposes(viewer: Viewer, case_id: UUID, clock: Clock, *withheld: date) -> CaseStep:
    """Let an officer propose, on the case as it stands."""
    after = CaseStep.objects.filter(case=case_id).count()
    said = Proposal(after, frozenset(withheld), "经核对记录，提出如下处理意见。")
    with looking(viewer):
        return propose(viewer, case_id, said, by=PROGRAM, clock=clock)


def decides(viewer: Viewer, case_id: UUID, clock: Clock, *, approves: bool = True) -> CaseStep:
    """Let an officer decide or send back, on the case as it stands."""
    after = CaseStep.objects.filter(case=case_id).count()
    said = Review(after, approves, "" if approves else "请补充依据。")
    with looking(viewer):
        return review(viewer, case_id, said, by=PROGRAM, clock=clock)


def one_of_each(room: Classroom, now: datetime) -> CasePicture:
    """Add a row to each table of cases and freezes."""
    made = case(room, now)
    ended(made.freeze, now)
    return picture(step(made, now))
