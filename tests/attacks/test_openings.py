"""Forged forms and lost roles around the opening of a class: what no page offers is refused by the service."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jiangxue.accounts.models import Membership
from jiangxue.courseware.errors import NotPublished
from jiangxue.enrolment.errors import ApplicationChanged, NoSuchOpening, NotTheirs, UnfitApplication
from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries.opening_facts import findings_of
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.opening_findings import Flaw
from jiangxue.enrolment.services.openings import (
    approve_opening,
    change_class,
    change_meetings,
    start_opening,
)
from jiangxue.enrolment.services.rosters import remove_person
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.openings import (
    Office,
    actor,
    approved,
    complete,
    facts,
    office,
    office_by,
    open_now,
    sha256_now,
    started,
    submitted,
)
from tests.refusals import refusal_of
from tests.worlds import Worlds


@pytest.fixture
def of(worlds: Worlds) -> Iterator[Office]:
    with worlds.rolled_back(office_by, HandClock(MORNING)) as made:
        yield made


@pytest.fixture
def other(db: None) -> Office:
    return office(MORNING)


def test_a_course_or_a_person_of_another_institution_is_refused(of: Office, other: Office) -> None:
    fit = facts(of, MORNING)
    put = {"viewer": people.viewer(of.administrator), "by": actor(of.administrator), "now": MORNING}
    for forged in (
        replace(fit, course_id=other.course.pk),
        replace(fit, head_teacher_id=other.head_teacher.pk),
        replace(fit, teacher_ids=(other.head_teacher.pk,)),
    ):
        assert refusal_of(lambda forged=forged: start_opening(facts=forged, **put)) is NotTheirs
        own = started(of, MORNING).pk
        assert refusal_of(lambda own=own, forged=forged: change_class(opening_id=own, facts=forged, **put)) is NotTheirs
    with pytest.raises(NotPublished):
        start_opening(facts=replace(fit, course_id=0), **put)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.COURSE_EDITOR, Role.SUPERVISOR, Role.LEARNER])
def test_other_roles_begin_no_application(of: Office, role: Role) -> None:
    viewer = Viewer(of.head_teacher.pk, role, of.institution.pk)
    with pytest.raises(NotTheirs):
        start_opening(viewer=viewer, facts=facts(of, MORNING), by=actor(of.head_teacher), now=MORNING)


def test_an_institution_approves_nothing_of_its_own(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    for account in (of.administrator, of.head_teacher):
        with pytest.raises(NotTheirs):
            approve_opening(
                viewer=people.viewer(account),
                opening_id=opening.pk,
                seen_sha256=sha256_now(opening),
                approval_no="1",
                words="",
                by=actor(account),
                now=MORNING,
            )


def test_a_teacher_of_another_institution_in_a_plan_stops_it(of: Office, other: Office) -> None:
    opening = complete(of, MORNING)
    draft = Draft.from_values(opening.draft)
    forged = tuple(replace(each, teacher_id=other.head_teacher.pk) for each in draft.meetings)
    put = {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}
    change_meetings(meetings=forged, now=MORNING, **put)
    with pytest.raises(UnfitApplication):
        submitted(of, opening, MORNING)


def test_a_head_teacher_who_lost_the_role_opens_no_class(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    approved(of, opening, MORNING)
    Membership.objects.filter(account=of.head_teacher).delete()
    assert Flaw.HEAD_NOT_MEMBER in {finding.what for finding in findings_of(opening, MORNING)}
    with pytest.raises(UnfitApplication):
        open_now(of, opening, MORNING)


def test_a_line_of_another_roster_is_not_taken_out(of: Office, other: Office) -> None:
    own, foreign = complete(of, MORNING), complete(other, MORNING)
    entry = RosterEntry.objects.filter(opening=foreign)[0]
    with pytest.raises(NoSuchOpening):
        remove_person(
            viewer=people.viewer(of.administrator),
            opening_id=own.pk,
            entry_id=entry.pk,
            by=actor(of.administrator),
            now=MORNING,
        )
    assert RosterEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("what", ["name", "plan", "roster"])
def test_what_is_changed_in_the_database_after_the_handing_in_opens_no_class(of: Office, what: str) -> None:
    """What was handed in stands in its step, which nobody can change: the class must be that one."""
    opening = submitted(of, complete(of, MORNING), MORNING)
    approved(of, opening, MORNING)
    match what:
        case "name":
            ClassOpening.objects.filter(pk=opening.pk).update(name="另一个班")
        case "plan":
            draft = Draft.from_values(opening.draft)
            ClassOpening.objects.filter(pk=opening.pk).update(draft=replace(draft, resources="别处").to_values())
        case "roster":
            RosterEntry.objects.filter(opening=opening)[0].delete()
    assert refusal_of(lambda: open_now(of, opening, MORNING)) is ApplicationChanged
