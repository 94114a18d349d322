"""Cases in each state: one just opened after a face check that failed, one proposed, one sent back, two decided, one overdue in another region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jiangxue.archive.rules.freezes import Days as Span
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import CLASS_CODE, FACE_CODE, QUICK_CODE
from jiangxue.project.demonstration.wider.classes import CLASSES, OVER, RUNNING, places_of
from jiangxue.project.demonstration.wider.weeks import AT_MACHINE_SPEED
from jiangxue.supervision.models import Case
from jiangxue.supervision.queries.cases import case_for, learned_days
from jiangxue.supervision.rules.cases import Reason, Source, StepKind
from jiangxue.supervision.services.cases import CaseDraft, Said, ask_on, explain, open_case
from jiangxue.supervision.services.cases_deciding import Proposal, Review, propose, review

_LATEST = timedelta(hours=3)
_ASKS = "请说明当天学习的情况，有材料的请附上；请机构说明当天是否了解、如何管理。"
_FROM_LEARNER = {
    "shared": "我和工友合住，他的手机坏了，当天用我的电脑，我学完他接着学，各学各的。",
    "machine": "打卡弹出来我马上就点了，没有用什么软件。",
    "plain": "当天在家学习，中途接了几次电话，其他时间都在看课件。",
}
_FROM_SCHOOL = "已与学员本人电话核实，班主任当天在线，未收到学员反映异常；已提醒全班一人一机学习。"


@dataclass(frozen=True, slots=True)
class Story:
    """A case: about whom, why, opened how many days ago, what both sides said, and which steps the authority has taken since."""

    whom: tuple[str, int]
    draft: CaseDraft
    ago: int
    learner: str = ""
    school: str = ""
    steps: Sequence[StepKind] = ()
    withholds: bool = False
    school_by: str = "headteacher"
    officer: str = "supervisor"


_FACE = "首次核验通过后，下一次人脸核验画面静止不变，摄像头没有设备编号。"
_SHARED = "与同班学员在同一台设备上先后学习，相隔不到一分钟。"
_MACHINE = "多次打卡在 0.5 秒内答完，快于看清题目所需的时间。"
_PLAIN = "群众来信反映该学员由他人代为登录，请说明。"
_PROPOSED, _BACK, _DECIDED = StepKind.PROPOSED, StepKind.SENT_BACK, StepKind.DECIDED


def _draft(reason: Reason, grounds: str, source: Source = Source.LEARNER, about: str = "") -> CaseDraft:
    return CaseDraft(reason, grounds, _ASKS, Span(), source, about)


STORIES = (
    Story((FACE_CODE, 12), _draft(Reason.IDENTITY, _FACE, Source.FACE_REVIEW), 0),
    Story(
        (QUICK_CODE, 13),
        _draft(Reason.IDENTITY, _SHARED, Source.ANOMALY, "shared_device"),
        1,
        _FROM_LEARNER["shared"],
        _FROM_SCHOOL,
        (_PROPOSED,),
    ),
    Story(
        (QUICK_CODE, 15),
        _draft(Reason.TIME, _MACHINE, Source.ANOMALY, "quick_answers"),
        1,
        _FROM_LEARNER["machine"],
        _FROM_SCHOOL,
        (StepKind.ASKED, _PROPOSED, _DECIDED),
        withholds=True,
    ),
    Story(
        (CLASS_CODE, 21),
        _draft(Reason.REPORTED, _PLAIN),
        6,
        _FROM_LEARNER["plain"],
        _FROM_SCHOOL,
        (_PROPOSED, _BACK),
    ),
    Story(
        (CLASS_CODE, 20),
        _draft(Reason.REPORTED, _PLAIN),
        8,
        _FROM_LEARNER["plain"],
        _FROM_SCHOOL,
        (_PROPOSED, _DECIDED),
    ),
    Story(
        (OVER.code, 3),
        _draft(Reason.REPORTED, _PLAIN),
        23,
        learner=_FROM_LEARNER["plain"],
        school_by="lingnan.head",
        officer="foshan",
    ),
    Story(
        (RUNNING.code, AT_MACHINE_SPEED),
        _draft(Reason.TIME, _MACHINE, Source.ANOMALY, "quick_answers"),
        0,
        school_by="lingnan.head",
        officer="foshan",
    ),
)


def seed_cases(*, days: Days) -> None:
    """Let the cases be, once."""
    for story in STORIES:
        place = _place_of(story)
        if not Case.objects.filter(enrolment=place).exists():
            _tell(story, place, days)


def _place_of(story: Story) -> Enrolment:
    """Return the place of a learner who is known by the login name's number, or in a wider class by the order of its places."""
    code, number = story.whom
    wider = {held.code: held for held in CLASSES}
    if code in wider:
        return places_of(wider[code])[number]
    places = Enrolment.objects.select_related("learner", "training_class")
    return places.get(training_class__code=code, learner__login_name=learner_login(number))


def _tell(story: Story, place: Enrolment, days: Days) -> None:
    clock = HandClock(min(days.ago(story.ago, 9), days.now - _LATEST))
    officer = acting(story.officer, Role.SUPERVISOR)
    case = open_case(officer, (place.training_class_id, place.pk), story.draft, by=PROGRAM, clock=clock)
    said = 0
    for text, viewer in ((story.learner, Viewer(place.learner_id, Role.LEARNER)), (story.school, _school(story))):
        if text:
            clock.advance(int(timedelta(hours=2).total_seconds() * 1_000))
            explain(viewer, case.pk, Said(said, text), by=PROGRAM, clock=clock)
            said += 1
    for number, step in enumerate(story.steps, said):
        clock.advance(int(timedelta(minutes=50).total_seconds() * 1_000))
        _STEPS[step](case, number, story, clock)


def _school(story: Story) -> Viewer:
    return acting(story.school_by, Role.HEAD_TEACHER)


def _ask(case: Case, after: int, story: Story, clock: HandClock) -> None:
    said = Said(after, "请机构补充：当天的学习地点，以及同一地点还有哪些学员。")
    ask_on(acting(story.officer, Role.SUPERVISOR), case.pk, said, by=PROGRAM, clock=clock)


def _propose(case: Case, after: int, story: Story, clock: HandClock) -> None:
    officer = acting(story.officer, Role.SUPERVISOR)
    learned = [day for day in learned_days(case_for(officer, case.pk)) if day <= learning_day(clock.now())]
    withheld = frozenset(learned if story.withholds else ())
    text = "双方说明不能解释记录，这些天的学时建议不予认定。" if withheld else "说明与记录相符，建议学时照常认定。"
    propose(officer, case.pk, Proposal(after, withheld, text), by=PROGRAM, clock=clock)


def _send_back(case: Case, after: int, _story: Story, clock: HandClock) -> None:
    said = Review(after, approves=False, text="来信人提到的具体日期还没有逐日核对，请补充核对情况后再报。")
    review(acting("supervisor2", Role.SUPERVISOR), case.pk, said, by=PROGRAM, clock=clock)


def _decide(case: Case, after: int, _story: Story, clock: HandClock) -> None:
    said = Review(after, approves=True, text="同意。")
    review(acting("supervisor2", Role.SUPERVISOR), case.pk, said, by=PROGRAM, clock=clock)


_STEPS = {
    StepKind.ASKED: _ask,
    StepKind.PROPOSED: _propose,
    StepKind.SENT_BACK: _send_back,
    StepKind.DECIDED: _decide,
}
