"""The class that the bench fills: one institution, one course of films of an hour and a half, and as many learners as are asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.consents import give_consent
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.models import Lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.courseware.services import LessonDraft, MediaDraft, ModuleDraft, add_question, create_course
from jiangxue.courseware.services.versions import freeze, publish
from jiangxue.enrolment.evidence import append_agreements
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region

CLASS_CODE = "BENCH-2026-001"
LESSON_MS = 90 * 60_000
LESSONS_A_DAY = 2
QUESTIONS = 10
"""In the lesson's test, and as many for check-ins."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The class, who teaches it and who confirms what its head teacher proposes."""

    training_class: TrainingClass
    head_teacher: Viewer
    administrator: Viewer


def make_class(now: datetime, lessons: int) -> Staff:
    """Make everything but learners, for a class that begins now and takes as many days as its lessons need."""
    region = Region.objects.create(code="440104", name="越秀区")
    place = Organisation.objects.create(
        kind=Organisation.Kind.INSTITUTION, name="羊城职业技能培训学校", region_id=region.pk
    )
    head, administrator, editor = (
        _staff(name, role, place.pk, now)
        for name, role in (
            ("陈敏仪", Role.HEAD_TEACHER),
            ("梁国栋", Role.INSTITUTION_ADMINISTRATOR),
            ("林晓彤", Role.COURSE_EDITOR),
        )
    )
    course_id = _course(place.pk, lessons, viewer_of(editor), now)
    today = learning_day(now)
    draft = ClassDraft(
        institution_id=place.pk,
        course_id=course_id,
        head_teacher_id=head.pk,
        code=CLASS_CODE,
        name="低压电工安全培训 · 秋季一班",
        opens_on=today,
        closes_on=today + timedelta(days=days_of(lessons) - 1),
    )
    opened = open_class(draft, teacher_ids=[], now=now)
    return Staff(opened, viewer_of(head), viewer_of(administrator))


def days_of(lessons: int) -> int:
    """Return on how many days so many lessons are learned."""
    return -(-lessons // LESSONS_A_DAY)


def make_learners(now: datetime, count: int) -> list[Account]:
    """Make learners with numbers who have agreed to what is asked for."""
    found = []
    for serial in range(1, count + 1):
        first_17 = f"440104{1968 + serial % 38}0{serial % 9 + 1}{serial % 28 + 1:02d}{serial % 1000:03d}"
        person = Person(f"bench{serial}", "王小明", str(new_id()), first_17 + check_digit(first_17), f"138{serial:08d}")
        found.append(create_account(person, roles=[(Role.LEARNER, None)], now=now))
        for purpose, asked in PURPOSES.items():
            give_consent(
                account_id=found[-1].pk, purpose=purpose, version=asked.version, by=Actor(found[-1].pk), now=now
            )
    return found


def take_in(staff: Staff, learners: list[Account], now: datetime) -> list[Enrolment]:
    """Give learners their places."""
    places = [enrol(class_id=staff.training_class.pk, learner_id=learner.pk, now=now) for learner in learners]
    append_agreements(places, now=now)
    return places


def viewer_of(account: Account) -> Viewer:
    """Return an account's viewer in its only role."""
    return viewer_for(memberships(account.pk)[0])


def _staff(name: str, role: Role, institution_id: int, now: datetime) -> Account:
    return create_account(Person(role.value, name, str(new_id())), roles=[(role, institution_id)], now=now)


def _course(institution_id: int, lessons: int, editor: Viewer, now: datetime) -> int:
    drafts = [
        LessonDraft(f"第 {number} 课 低压电工安全操作", MediaDraft(f"bench/{number}", "0" * 64, length_ms=LESSON_MS))
        for number in range(1, lessons + 1)
    ]
    modules = [ModuleDraft("低压电工安全基础", drafts)]
    course = create_course(institution_id=institution_id, title="低压电工安全操作基础", summary="", modules=modules)
    for lesson in Lesson.objects.filter(module__course=course).order_by("position")[:1]:
        for number in range(QUESTIONS):
            for purpose in (Purpose.TEST, Purpose.CHECK_IN):
                draft = QuestionDraft(
                    f"第 {number + 1} 步：停电检修以前先做什么？", ("验电", "挂标示牌", "停电", "接地"), 2, purpose
                )
                add_question(viewer=editor, lesson_id=lesson.pk, draft=draft, by=PROGRAM, now=now)
    publish(version_id=freeze(course_id=course.pk, author_id=None, now=now).pk, now=now)
    return course.pk
