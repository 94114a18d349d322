"""Applications to open classes: one that waits for the supervisor, one that is being written, and the conditions of subsidy by which their rosters are judged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.audit.services import Actor
from jiangxue.courseware.models import Course
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import ClassOpening, SubsidyTable
from jiangxue.enrolment.queries.opening_facts import application_of, version_for
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.background import Background, Education
from jiangxue.enrolment.rules.promises import VERSIONS, Party
from jiangxue.enrolment.services.openings import (
    ClassFacts,
    change_exams,
    change_meetings,
    start_opening,
    submit_opening,
)
from jiangxue.enrolment.services.rosters import RosterDraft, add_person
from jiangxue.enrolment.services.subsidies import import_subsidy_table
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.acting import acting
from jiangxue.project.demonstration.seed import demonstration_course

WAITING_NAME, DRAFT_NAME = "低压电工安全培训 · 冬季一班", "低压电工安全培训 · 冬季二班"
ROSTER = (
    ("冼建平", PriorityGroup.MIGRANT_WORKERS),
    ("邝慧玲", None),
    ("布永强", PriorityGroup.VETERANS),
    ("植美华", PriorityGroup.UNEMPLOYED),
    ("练志刚", None),
    ("揭晓峰", PriorityGroup.GRADUATES),
)
"""Invented people without accounts, and the groups that they belong to."""

FIRST_SERIAL = 601
SUBSIDIES = """地区代码,重点群体,性别,出生年月起,出生年月止,年龄下限,年龄上限,依据
44,不限,男,,,16,60,演示：男性 16 至 60 周岁
44,不限,女,,,16,55,演示：女性 16 至 55 周岁
44,就业困难人员,不限,,,16,不限,演示：就业困难人员不设年龄上限
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """An application: which class of which course, by whom, in how many days it is to begin, and who stands on its roster from which serial number on."""

    name: str
    course: Course
    administrator: str = "institution"
    head_teacher: str = "headteacher"
    teachers: tuple[str, ...] = ("teacher",)
    begins_in: int = 10
    room: str = "三号楼电工实训室"
    resources: str = "三号楼电工实训室，工位 24 个；心肺复苏模拟人 6 套；教材人手一册"
    examiners: str = "何伟强、谢佩珊"
    first_serial: int = FIRST_SERIAL
    roster: Sequence[tuple[str, PriorityGroup | None]] = ROSTER

    @property
    def viewer(self) -> Viewer:
        """Return the administrator who applies."""
        return acting(self.administrator, Role.INSTITUTION_ADMINISTRATOR)

    @property
    def by(self) -> Actor:
        """Return the same person for the audit."""
        return Actor(self.viewer.account_id, Role.INSTITUTION_ADMINISTRATOR)


@transaction.atomic
def seed_openings(*, now: datetime) -> None:
    """Make the applications and import the conditions, once."""
    if not SubsidyTable.objects.exists():
        viewer = acting("system", Role.SYSTEM_ADMINISTRATOR)
        by = Actor(viewer.account_id, Role.SYSTEM_ADMINISTRATOR)
        content, day = SUBSIDIES.encode(), learning_day(now) - timedelta(days=30)
        import_subsidy_table(
            viewer=viewer, content=content, name="补贴条件（演示）.csv", valid_from=day, by=by, now=now
        )
    if ClassOpening.objects.filter(name=WAITING_NAME).exists():
        return
    start(Applied(DRAFT_NAME, demonstration_course()), now=now)
    hand_in(Applied(WAITING_NAME, demonstration_course()), now=now)


def start(applied: Applied, *, now: datetime) -> ClassOpening:
    """Begin an application."""
    today = learning_day(now)
    head, *teachers = (Account.objects.get(login_name=login).pk for login in (applied.head_teacher, *applied.teachers))
    facts = ClassFacts(
        course_id=applied.course.pk,
        name=applied.name,
        opens_on=today + timedelta(days=applied.begins_in),
        closes_on=today + timedelta(days=applied.begins_in + 60),
        head_teacher_id=head,
        teacher_ids=tuple(teachers),
        resources=applied.resources,
        hours_from_min=6 * 60,
        hours_until_min=23 * 60,
    )
    return start_opening(viewer=applied.viewer, facts=facts, by=applied.by, now=now)


def hand_in(applied: Applied, *, now: datetime) -> ClassOpening:
    """Begin an application, write all of it and hand it in with the institution's promise."""
    opening = start(applied, now=now)
    _complete(opening, applied, now)
    _list_people(opening, applied, now)
    _submit(opening, applied, now)
    return opening


def _complete(opening: ClassOpening, applied: Applied, now: datetime) -> None:
    """Say when each item is held, in half an hour more than it needs, and who examines."""
    draft = Draft.from_values(opening.draft)
    first = opening.opens_on + timedelta(days=20)
    begins = [
        datetime(first.year, first.month, first.day, 9, 0, tzinfo=LEARNING_ZONE) + timedelta(days=row)
        for row, _ in enumerate(draft.meetings)
    ]
    meetings = tuple(
        replace(
            each,
            place=each.place or applied.room,
            teacher_id=opening.head_teacher_id,
            starts_at=begin,
            ends_at=begin + timedelta(minutes=each.hours * 45 // 100 + 30),
        )
        for begin, each in zip(begins, draft.meetings, strict=True)
    )
    exams = tuple(
        replace(each, examiner=applied.examiners, held_on=opening.closes_on - timedelta(days=3), pass_mark=60)
        for each in draft.exams
    )
    change_meetings(viewer=applied.viewer, opening_id=opening.pk, meetings=meetings, by=applied.by, now=now)
    change_exams(viewer=applied.viewer, opening_id=opening.pk, exams=exams, by=applied.by, now=now)


def _list_people(opening: ClassOpening, applied: Applied, now: datetime) -> None:
    for serial, (name, group) in enumerate(applied.roster, applied.first_serial):
        background = Background(group=group, education=Education.SENIOR_MIDDLE, domicile="440104")
        person = RosterDraft(name, IdType.RESIDENT, people.id_number(serial), people.phone(serial), background)
        add_person(viewer=applied.viewer, opening_id=opening.pk, person=person, by=applied.by, now=now)


def _submit(opening: ClassOpening, applied: Applied, now: datetime) -> None:
    fresh = ClassOpening.objects.select_related("institution", "course").get(pk=opening.pk)
    version = version_for(fresh)
    assert version is not None
    submit_opening(
        viewer=applied.viewer,
        opening_id=opening.pk,
        seen_sha256=application_of(fresh, version).sha256,
        promise_version=VERSIONS[Party.INSTITUTION],
        by=applied.by,
        now=now,
    )
