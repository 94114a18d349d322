"""Makes the demonstration, once: organisations, people, the course and its four classes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import viewer_for
from jiangxue.accounts.queries.second_factor import set_up_at
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.services import Person, create_account, second_factor
from jiangxue.accounts.services.consents import give_consent
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.courseware.services import add_question, create_course
from jiangxue.enrolment.evidence import append_agreements, append_verifications, verify_learner
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.rules.background import Background
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.totp import code_at, step_at
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from jiangxue.organisations.rules.uscc import check_character
from jiangxue.organisations.services import PaperDraft, add_paper
from jiangxue.policies.services import set_class_time_policy
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.questions import QUESTIONS
from jiangxue.project.demonstration.test_questions import TEST_QUESTIONS

CLASS_CODE, QUICK_CODE, FACE_CODE, EXPIRED_CODE = "YC-2026-001", "YC-2026-002", "YC-2026-003", "YC-2026-000"
EXPIRED_LEARNERS = range(23, 31)
"""Who was in the class that is over, by the numbers of their login names."""

CLASS_NAME = "低压电工安全培训 · 演示班一"
QUICK_NAME = "低压电工安全培训 · 演示班二（演示规则）"
FACE_NAME = "低压电工安全培训 · 演示班三（人脸抽检）"
EXPIRED_NAME = "低压电工安全培训 · 秋季班（待结班）"
QUICK_RULE = {
    "beat_ms": 10_000,
    "max_gap_ms": 60_000,
    "silent_close_ms": 60_000,
    "check_least_ms": 60_000,
    "check_mean_ms": 85_000,
    "check_most_ms": 120_000,
    "check_answer_ms": 30_000,
    "check_expiry_ms": 60_000,
    "class_day_cap_ms": 12 * 60_000,
}
"""Checks after 60 to 120 s of counted time and a day of 12 minutes, so that everything can be shown within a quarter of an hour."""
FACE_RULE = {
    "face_checks": 1,
    "face_least_ms": 60_000,
    "face_mean_ms": 90_000,
    "face_most_ms": 2 * 60_000,
}
"""A face check at the first lesson of a day and then after one to two minutes of counted time."""
CLASS_DAYS = 180
HISTORY_DAYS = 21


def is_seeded() -> bool:
    """Say whether the demonstration's people are there already."""
    return Account.objects.filter(login_name=people.STAFF[0].login_name).exists()


@transaction.atomic
def seed(*, now: datetime) -> None:
    """Make people and the course without its lessons, in one transaction."""
    seed_organisations()
    institution = Organisation.objects.get(name=people.INSTITUTION_NAME)
    seed_staff(now=now)
    _learners(now)
    create_course(institution_id=institution.pk, title=COURSE.title, summary=COURSE.summary, modules=[])


@transaction.atomic
def seed_staff(*, now: datetime) -> None:
    """Let everybody of the staff have an account; those that are there stay as they are."""
    there = set(Account.objects.values_list("login_name", flat=True))
    organisations = dict(Organisation.objects.values_list("name", "pk"))
    for member in people.STAFF:
        if member.login_name not in there:
            place = organisations[member.organisation] if member.organisation else None
            roles = [(role, place) for role in member.roles]
            create_account(Person(member.login_name, member.name, people.PASSWORD), roles=roles, now=now)


@transaction.atomic
def seed_organisations() -> None:
    """Let there be the regions, the authorities, the institutions and the enterprise; those that are there get their codes."""
    for code, name in people.REGIONS.items():
        Region.objects.get_or_create(code=code, defaults={"name": name})
    for each in people.ORGANISATIONS:
        uscc = each.uscc + check_character(each.uscc) if each.uscc else None
        known = {"kind": each.kind, "region_id": each.region, "uscc": uscc}
        Organisation.objects.update_or_create(name=each.name, defaults=known)


def seed_papers(*, now: datetime) -> None:
    """Let the institutions have licences: one that runs out soon, one that has run out, and an enterprise that lacks one."""
    today = learning_day(now)
    for login, papers in people.PAPERS.items():
        account = Account.objects.get(login_name=login)
        held = account.memberships.get(role=Role.INSTITUTION_ADMINISTRATOR)
        viewer = viewer_for(held)
        if held.organisation is None or held.organisation.papers.exists():
            continue
        for kind, number, issuer, days in papers:
            ends = None if days is None else today + timedelta(days=days)
            draft = PaperDraft(kind, number, issuer, today - timedelta(days=1_000), ends)
            by = Actor(account.pk, viewer.role)
            add_paper(draft, organisation_id=held.organisation.pk, viewer=viewer, by=by, now=now)


def demonstration_course() -> Course:
    """Return the course of the demonstration."""
    return Course.objects.get(institution__name=people.INSTITUTION_NAME, title=COURSE.title)


def seed_second_factors(*, now: datetime) -> None:
    """Let the staff of the demonstration have set up a second factor; the page that asks for it stands for their phones."""
    staff = Account.objects.filter(login_name__in=[member.login_name for member in people.STAFF])
    for account in staff:
        if set_up_at(account.pk) is None:
            code = code_at(second_factor.begin(account), step_at(now))
            second_factor.set_up(account, code=code, by=Actor(account.pk), now=now)


@transaction.atomic
def seed_questions(titles: Mapping[str, str], *, now: datetime) -> None:
    """Let the demonstration's course editor add the questions of each lesson that never had one of their purpose; `titles` are the lessons', by slug."""
    institution = Organisation.objects.get(name=people.INSTITUTION_NAME)
    editor = Account.objects.get(login_name="editor")
    viewer = Viewer(editor.pk, Role.COURSE_EDITOR, institution.pk)
    lessons = Lesson.objects.filter(module__course=demonstration_course())
    for slug, drafts in (*QUESTIONS.items(), *TEST_QUESTIONS.items()):
        purposes = {draft.purpose for draft in drafts}
        for lesson in lessons.filter(title=titles[slug]).exclude(questions__purpose__in=purposes):
            for draft in drafts:
                add_question(viewer=viewer, lesson_id=lesson.pk, draft=draft, by=PROGRAM, now=now)


@transaction.atomic
def seed_classes(*, now: datetime) -> None:
    """Open four classes of the published course, once: the usual rule with everybody, the quick rule and checks of faces with half of them, and one whose last day has passed."""
    if TrainingClass.objects.filter(code=CLASS_CODE).exists():
        return
    course = demonstration_course()
    staff = {member.login_name: Account.objects.get(login_name=member.login_name) for member in people.STAFF}
    today = learning_day(now)
    began = today - timedelta(days=HISTORY_DAYS)
    coming = today + timedelta(days=CLASS_DAYS)
    logins = [people.learner_login(serial) for serial, _ in enumerate(people.LEARNER_NAMES, 1)]
    learners = list(Account.objects.filter(login_name__in=logins).order_by("login_name"))
    drafts = (
        (CLASS_CODE, CLASS_NAME, coming, learners),
        (QUICK_CODE, QUICK_NAME, coming, learners[:15]),
        (FACE_CODE, FACE_NAME, coming, learners[:15]),
        (EXPIRED_CODE, EXPIRED_NAME, today - timedelta(days=1), learners[EXPIRED_LEARNERS.start - 1 :]),
    )
    for code, name, closes_on, roster in drafts:
        draft = ClassDraft(
            institution_id=course.institution_id,
            course_id=course.pk,
            head_teacher_id=staff["headteacher"].pk,
            code=code,
            name=name,
            opens_on=began,
            closes_on=closes_on,
        )
        then = now - timedelta(days=HISTORY_DAYS)
        opened = open_class(draft, teacher_ids=[staff["teacher"].pk], now=then)
        places = [
            enrol(class_id=opened.pk, learner_id=learner.pk, background=_background(learner), now=then)
            for learner in roster
        ]
        append_agreements(places, now=then)
        append_verifications(places, now=then)
        if code in RULES:
            _set_rule(opened, *RULES[code], now=now)


def _background(learner: Account) -> Background:
    """Return which group somebody belongs to: most learners come from the country, some from each other group, some tell none."""
    groups = [*[PriorityGroup.MIGRANT_WORKERS] * 3, *PriorityGroup, None]
    return Background(group=groups[learner.pk % len(groups)])


RULES = {
    QUICK_CODE: (QUICK_RULE, "演示规则：几分钟内看完打卡、签退和每日上限"),
    FACE_CODE: (FACE_RULE, "演示规则：每天首次学习核验人脸，之后一两分钟抽检一次"),
}


def _set_rule(opened: TrainingClass, values: Mapping[str, int], reason: str, *, now: datetime) -> None:
    set_class_time_policy(
        training_class_id=opened.pk,
        values=values,
        valid_from=now - timedelta(days=HISTORY_DAYS),
        author_id=None,
        reason=reason,
        for_demonstration=True,
    )


def _learners(now: datetime) -> None:
    for serial, name in enumerate(people.LEARNER_NAMES, 1):
        person = Person(
            people.learner_login(serial), name, people.PASSWORD, people.id_number(serial), people.phone(serial)
        )
        account = create_account(person, roles=[(Role.LEARNER, None)], now=now)
        if serial != people.UNDECIDED_LEARNER:
            _agree(account, now)
            verify_learner(account.pk, by=PROGRAM, now=now)


def _agree(learner: Account, now: datetime) -> None:
    """Let a learner have agreed to everything that is asked for, as they do before their first lesson."""
    for purpose, asked in PURPOSES.items():
        if asked.is_apart:
            continue
        give_consent(account_id=learner.pk, purpose=purpose, version=asked.version, by=Actor(learner.pk), now=now)
