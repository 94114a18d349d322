"""Applications to open a class, from the first page to the class, by the hands of an institution and its authority."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.audit.services import Actor
from jiangxue.courseware.models import Course
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import ClassOpening, SubsidyTable, TrainingClass
from jiangxue.enrolment.queries.opening_facts import application_of, version_for
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.background import Background
from jiangxue.enrolment.services import openings
from jiangxue.enrolment.services.rosters import RosterDraft, add_person
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.organisations.models import Organisation, Paper, Region
from jiangxue.organisations.rules.papers import DEMANDED, PaperKind
from tests.factories import courses, people
from tests.factories.people import looking


@dataclass(frozen=True)
class Office:
    """An institution with a published course, those who apply for classes there, and who decides about them."""

    institution: Organisation
    course: Course
    administrator: Account
    head_teacher: Account
    supervisor: Account


def office(now: datetime) -> Office:
    """Make an institution of 天河 with its licences and a course that was reviewed and published."""
    return office_at(courses.desk(now), now)


def office_at(at: courses.Desk, now: datetime) -> Office:
    """Publish a course that is fit for review, and let there be who applies for classes of it and who decides."""
    courses.published(at, now)
    for kind in DEMANDED:
        on_file(at.institution, kind, now)
    city, _ = Region.objects.get_or_create(code="4401", defaults={"name": "广州市"})
    authority = Organisation.objects.create(
        kind=Organisation.Kind.AUTHORITY, name=f"市人社局 {at.institution.pk}", region=city
    )
    return Office(
        institution=at.institution,
        course=at.course,
        administrator=people.account((Role.INSTITUTION_ADMINISTRATOR, at.institution.pk), now=now, name="郑校长"),
        head_teacher=people.account((Role.HEAD_TEACHER, at.institution.pk), now=now, name="王老师"),
        supervisor=people.account((Role.SUPERVISOR, authority.pk), now=now, name="陈科长"),
    )


def on_file(of: Organisation, kind: PaperKind, now: datetime, *, days: int | None = None) -> Paper:
    """Let an institution have a paper that holds for so many days from today on, without end where that is None."""
    today = learning_day(now)
    return Paper.objects.create(
        organisation=of,
        kind=kind.value,
        reference=f"{kind.value} {of.pk}",
        issuer="天河区人力资源和社会保障局",
        issued_on=today - timedelta(days=900),
        valid_until=None if days is None else today + timedelta(days=days),
        added_by=0,
        added_at=now,
    )


def actor(account: Account) -> Actor:
    return Actor(account.pk, people.viewer(account).role)


def office_by(clock: HandClock) -> Office:
    """Make the same by a clock, as worlds are made."""
    return office(clock.now())


def facts(of: Office, now: datetime) -> openings.ClassFacts:
    """Return the first page of an application, as a person fills it in."""
    today = learning_day(now)
    return openings.ClassFacts(
        course_id=of.course.pk,
        name="低压电工 12 月班",
        opens_on=today + timedelta(days=7),
        closes_on=today + timedelta(days=60),
        head_teacher_id=of.head_teacher.pk,
        resources="三号楼电工实训室，工位 20 个",
    )


def started(of: Office, now: datetime) -> ClassOpening:
    """Begin an application and leave it as it begins."""
    with looking(people.viewer(of.administrator)):
        return openings.start_opening(
            viewer=people.viewer(of.administrator), facts=facts(of, now), by=actor(of.administrator), now=now
        )


def written(of: Office, now: datetime) -> ClassOpening:
    """Write an application in which nothing is missing but people on its roster."""
    opening = started(of, now)
    put: dict[str, Any] = {
        "viewer": people.viewer(of.administrator),
        "opening_id": opening.pk,
        "by": actor(of.administrator),
        "now": now,
    }
    draft = Draft.from_values(opening.draft)
    day = opening.opens_on + timedelta(days=14)
    begin = datetime(day.year, day.month, day.day, 9, 0, tzinfo=LEARNING_ZONE)
    meetings = tuple(
        replace(
            each,
            teacher_id=of.head_teacher.pk,
            starts_at=begin + timedelta(days=row),
            ends_at=begin + timedelta(days=row, hours=3),
        )
        for row, each in enumerate(draft.meetings)
    )
    openings.change_meetings(meetings=meetings, **put)
    exams = tuple(replace(each, examiner="考评组", held_on=opening.closes_on, pass_mark=60) for each in draft.exams)
    return openings.change_exams(exams=exams, **put)


def person(serial: int, name: str = "", *, group: PriorityGroup | None = None) -> RosterDraft:
    """Return somebody for a roster; whoever has the same serial number is the same person."""
    names = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
    return RosterDraft(
        name or f"{names[serial % len(names)]}学员",
        IdType.RESIDENT,
        people.id_number(500_000 + serial),
        f"139{serial:08d}",
        Background(group=group, domicile="440106"),
    )


def listed(of: Office, opening: ClassOpening, *drafts: RosterDraft, now: datetime) -> None:
    """Put people on the roster."""
    for each in drafts:
        with looking(people.viewer(of.administrator)):
            add_person(
                viewer=people.viewer(of.administrator),
                opening_id=opening.pk,
                person=each,
                by=actor(of.administrator),
                now=now,
            )


def complete(of: Office, now: datetime, *drafts: RosterDraft) -> ClassOpening:
    """Write an application that may be handed in, with two people unless others are named."""
    opening = written(of, now)
    listed(of, opening, *(drafts or (person(1), person(2, group=PriorityGroup.MIGRANT_WORKERS))), now=now)
    return ClassOpening.objects.get(pk=opening.pk)


def sha256_now(opening: ClassOpening) -> str:
    """Return the hash of an application as its page shows it now."""
    fresh = ClassOpening.objects.get(pk=opening.pk)
    version = version_for(fresh)
    assert version is not None
    return application_of(fresh, version).sha256


def submitted(of: Office, opening: ClassOpening, now: datetime) -> ClassOpening:
    with looking(people.viewer(of.administrator)):
        return openings.submit_opening(
            viewer=people.viewer(of.administrator),
            opening_id=opening.pk,
            seen_sha256=sha256_now(opening),
            promise_version=1,
            by=actor(of.administrator),
            now=now,
        )


def approved(
    of: Office, opening: ClassOpening, now: datetime, approval_no: str = "穗人社培〔2026〕118号"
) -> ClassOpening:
    kept = last_handed_in(opening.pk)
    assert kept is not None
    with looking(people.viewer(of.supervisor)):
        return openings.approve_opening(
            viewer=people.viewer(of.supervisor),
            opening_id=opening.pk,
            seen_sha256=kept.sha256,
            approval_no=approval_no,
            words="",
            by=actor(of.supervisor),
            now=now,
        )


def opened(of: Office, now: datetime, *drafts: RosterDraft) -> TrainingClass:
    """Lead an application through all its steps and return the class."""
    opening = complete(of, now, *drafts)
    submitted(of, opening, now)
    approved(of, opening, now)
    return open_now(of, opening, now)


def open_now(of: Office, opening: ClassOpening, now: datetime, viewer: Viewer | None = None) -> TrainingClass:
    by = actor(of.administrator)
    with looking(viewer or people.viewer(of.administrator)):
        found = openings.open_approved(
            viewer=viewer or people.viewer(of.administrator), opening_id=opening.pk, by=by, now=now
        )
    assert found.training_class is not None
    return found.training_class


def evidence(now: datetime) -> None:
    """Leave a row in each table of evidence that openings have."""
    of = office(now)
    submitted(of, complete(of, now), now)
    table = SubsidyTable(valid_from=learning_day(now), imported_at=now, author=of.administrator, source="补贴条件.csv")
    table.sha256, table.rows = "0" * 64, []
    table.save()
