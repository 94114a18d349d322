"""Makes the demonstration, once: organisations, people, the course and its class."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.accounts.services import Person, create_account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.services import ModuleDraft, add_question, create_course
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.course import FOLDER
from jiangxue.project.demonstration.questions import QUESTIONS

CLASS_NAME = "低压电工安全培训 · 演示班一"
CLASS_DAYS = 180


def is_seeded() -> bool:
    """Say whether the demonstration's people are there already."""
    return Organisation.objects.filter(name=people.INSTITUTION_NAME).exists()


@transaction.atomic
def seed(*, title: str, summary: str, modules: Sequence[ModuleDraft], now: datetime) -> None:
    """Make everything in one transaction: the whole demonstration or nothing."""
    institution, authority = _organisations()
    staff = {member.login_name: _staff(member, institution, authority, now) for member in people.STAFF}
    course = create_course(institution_id=institution.pk, title=title, summary=summary, modules=modules)
    _class(institution, course, staff, now)


@transaction.atomic
def seed_questions(*, now: datetime) -> None:
    """Let the demonstration's course editor add the questions of each lesson that never had one, also where the course is older."""
    institution = Organisation.objects.get(name=people.INSTITUTION_NAME)
    editor = Account.objects.get(login_name="editor")
    viewer = Viewer(editor.pk, Role.COURSE_EDITOR, institution.pk)
    for slug, drafts in QUESTIONS.items():
        for lesson in Lesson.objects.filter(media__folder=f"{FOLDER}/{slug}", questions=None):
            for draft in drafts:
                add_question(viewer=viewer, lesson_id=lesson.pk, draft=draft, by=PROGRAM, now=now)


def _organisations() -> tuple[Organisation, Organisation]:
    for code, name in people.REGIONS.items():
        Region.objects.create(code=code, name=name)
    institution = Organisation.objects.create(
        kind=Organisation.Kind.INSTITUTION, name=people.INSTITUTION_NAME, region_id=people.INSTITUTION_REGION
    )
    authority = Organisation.objects.create(
        kind=Organisation.Kind.AUTHORITY, name=people.AUTHORITY_NAME, region_id=people.AUTHORITY_REGION
    )
    return institution, authority


def _staff(member: people.StaffMember, institution: Organisation, authority: Organisation, now: datetime) -> Account:
    places = {**dict.fromkeys(INSTITUTION_ROLES, institution.pk), Role.SUPERVISOR: authority.pk}
    person = Person(member.login_name, member.name, people.PASSWORD)
    return create_account(person, roles=[(role, places.get(role)) for role in member.roles], now=now)


def _class(institution: Organisation, course: Course, staff: dict[str, Account], now: datetime) -> None:
    today = learning_day(now)
    draft = ClassDraft(
        institution_id=institution.pk,
        course_id=course.pk,
        head_teacher_id=staff["headteacher"].pk,
        code="YC-2026-001",
        name=CLASS_NAME,
        opens_on=today - timedelta(days=7),
        closes_on=today + timedelta(days=CLASS_DAYS),
    )
    opened = open_class(draft, teacher_ids=[staff["teacher"].pk], now=now)
    for serial, name in enumerate(people.LEARNER_NAMES, 1):
        person = Person(
            people.learner_login(serial), name, people.PASSWORD, people.id_number(serial), people.phone(serial)
        )
        learner = create_account(person, roles=[(Role.LEARNER, None)], now=now)
        enrol(class_id=opened.pk, learner_id=learner.pk, now=now)
