"""An application to open a class, from the first page to the places of everybody on its roster."""

from collections.abc import Iterator

import pytest

from jiangxue.accounts.models import Account
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.errors import ApplicationChanged, NoSuchOpening, NotNow, NotTheirs, UnfitApplication
from jiangxue.enrolment.models import ClassOpening, Enrolment, OpeningStep, PlanItem
from jiangxue.enrolment.queries.opening_facts import findings_of
from jiangxue.enrolment.queries.openings import last_handed_in, openings, waiting_for
from jiangxue.enrolment.rules.opening_findings import Flaw
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.services.openings import (
    change_exams,
    open_approved,
    return_opening,
    submit_opening,
    take_back_opening,
    withdraw_opening,
)
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.policies.rules.reach import Reach
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.openings import (
    Office,
    actor,
    approved,
    complete,
    office,
    office_by,
    open_now,
    opened,
    person,
    sha256_now,
    started,
    submitted,
    written,
)
from tests.factories.policies import version
from tests.refusals import refusal_of
from tests.worlds import Worlds


@pytest.fixture
def of(worlds: Worlds) -> Iterator[Office]:
    with worlds.rolled_back(office_by, HandClock(MORNING)) as made:
        yield made


def test_an_application_begins_with_the_plan_of_the_course(of: Office) -> None:
    opening = started(of, MORNING)
    assert opening.state == OpeningState.DRAFT
    assert opening.draft["meetings"][0]["title"] == "停电、验电、装设接地线"
    assert [each["name"] for each in opening.draft["exams"]] == ["理论考试", "实操考核"]


def test_what_is_missing_is_named_part_by_part(of: Office) -> None:
    found = {finding.what for finding in findings_of(started(of, MORNING), MORNING)}
    assert {Flaw.ROSTER_EMPTY, Flaw.MEETING_WITHOUT_TIME, Flaw.EXAM_WITHOUT_EXAMINER} <= found
    assert {finding.what for finding in findings_of(written(of, MORNING), MORNING)} == {Flaw.ROSTER_EMPTY}


@pytest.mark.clause("T7", "C5")
def test_an_approved_application_becomes_a_class_with_everybody_in_it(of: Office) -> None:
    training_class = opened(of, MORNING)
    opening = ClassOpening.objects.get(training_class=training_class)
    assert opening.state == OpeningState.OPENED
    assert [step.kind for step in opening.steps.order_by("pk")] == ["started", "submitted", "approved", "opened"]
    assert PlanItem.objects.get(training_class=training_class).teacher == of.head_teacher
    places = Enrolment.objects.filter(training_class=training_class).order_by("pk")
    assert [place.group for place in places] == ["", PriorityGroup.MIGRANT_WORKERS]
    assert [place.learner.name for place in places] == ["钱学员", "孙学员"]


def test_who_has_no_account_gets_one_without_a_password(of: Office) -> None:
    training_class = opened(of, MORNING)
    learner = Account.objects.get(pk=training_class.enrolments.order_by("pk")[0].learner_id)
    assert not learner.has_usable_password()
    assert [held.role for held in learner.memberships.all()] == [Role.LEARNER]
    assert learner.identity.phone_index is not None


def test_who_has_an_account_keeps_it(of: Office) -> None:
    first = opened(of, MORNING, person(7))
    again = complete(of, MORNING, person(7))
    assert Flaw.LEARNS_ELSEWHERE in {finding.what for finding in findings_of(again, MORNING)}
    first.closed_at = MORNING
    first.save()
    submitted(of, again, MORNING)
    approved(of, again, MORNING)
    second = open_now(of, again, MORNING)
    assert first.enrolments.get().learner_id == second.enrolments.get().learner_id


def test_a_lesson_of_another_class_that_was_cancelled_stands_in_nobodys_way(of: Office) -> None:
    opened(of, MORNING, person(7))
    again = complete(of, MORNING, person(7))
    in_the_way = {Flaw.TEACHER_ELSEWHERE, Flaw.LEARNER_BUSY}
    assert {finding.what for finding in findings_of(again, MORNING)} >= in_the_way
    PlanItem.objects.update(cancelled_at=MORNING)
    assert not {finding.what for finding in findings_of(again, MORNING)} & in_the_way


@pytest.mark.clause("T8.1")
def test_each_archive_holds_the_whole_application(of: Office) -> None:
    place = opened(of, MORNING).enrolments.order_by("pk")[1]
    records, dossier = records_and_dossier(place.aid)
    assert dossier.described["background"]["group"] == "migrant_workers"
    assert dossier.described["opening"]["approval_no"] == "穗人社培〔2026〕118号"
    assert dossier.described["opening"]["application"]["name"] == "低压电工 12 月班"
    assert [record.kind for record in records].count("promise.signed") == 1


def test_opening_twice_makes_one_class(of: Office) -> None:
    training_class = opened(of, MORNING)
    opening = ClassOpening.objects.get(training_class=training_class)
    assert open_now(of, opening, MORNING) == training_class
    assert Enrolment.objects.filter(training_class__institution=of.institution).count() == 2


def test_where_nobody_has_to_approve_handing_in_opens_the_class(of: Office) -> None:
    version(Reach("4401"), {"class_approval": 0}, MORNING)
    opening = submitted(of, complete(of, MORNING), MORNING)
    assert opening.state == OpeningState.OPENED
    assert opening.training_class is not None
    assert [step.kind for step in opening.steps.order_by("pk")] == ["started", "submitted", "opened"]


def test_an_application_with_flaws_is_not_handed_in(of: Office) -> None:
    assert refusal_of(lambda: submitted(of, written(of, MORNING), MORNING)) is UnfitApplication


def test_a_head_teacher_writes_and_the_administrator_hands_in(of: Office) -> None:
    opening = complete(of, MORNING)
    with pytest.raises(NotTheirs):
        submit_opening(
            viewer=people.viewer(of.head_teacher),
            opening_id=opening.pk,
            seen_sha256=sha256_now(opening),
            promise_version=1,
            by=actor(of.head_teacher),
            now=MORNING,
        )


def test_what_is_handed_in_is_what_was_shown(of: Office) -> None:
    opening = complete(of, MORNING)
    with pytest.raises(ApplicationChanged):
        submit_opening(
            viewer=people.viewer(of.administrator),
            opening_id=opening.pk,
            seen_sha256="0" * 64,
            promise_version=1,
            by=actor(of.administrator),
            now=MORNING,
        )


def test_what_is_handed_in_cannot_be_changed_until_it_comes_back(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    change = {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}
    assert refusal_of(lambda: change_exams(exams=(), now=MORNING, **change)) is NotNow
    before = last_handed_in(opening.pk)
    assert before is not None
    returned(of, opening, before.sha256)
    change_exams(exams=(), now=MORNING, **change)
    assert last_handed_in(opening.pk) == before
    assert OpeningStep.objects.get(opening=opening, kind="returned").words == "请补充考评员"


def returned(of: Office, opening: ClassOpening, sha256: str) -> None:
    return_opening(
        viewer=people.viewer(of.supervisor),
        opening_id=opening.pk,
        seen_sha256=sha256,
        words="请补充考评员",
        by=actor(of.supervisor),
        now=MORNING,
    )


def test_a_decision_on_what_has_changed_since_is_refused(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    assert refusal_of(lambda: returned(of, opening, "0" * 64)) is ApplicationChanged


def test_an_approval_can_be_taken_away_until_the_class_is_open(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    approved(of, opening, MORNING)
    kept = last_handed_in(opening.pk)
    assert kept is not None
    returned(of, opening, kept.sha256)
    with pytest.raises(NotNow):
        open_now(of, opening, MORNING)


def test_an_application_that_was_taken_back_can_be_handed_in_again(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    put = {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}
    assert take_back_opening(now=MORNING, **put).state == OpeningState.DRAFT
    assert submitted(of, opening, MORNING).state == OpeningState.SUBMITTED


def test_a_withdrawn_application_stays_withdrawn(of: Office) -> None:
    opening = complete(of, MORNING)
    put = {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}
    withdraw_opening(words="", now=MORNING, **put)
    with pytest.raises(NotNow):
        submitted(of, opening, MORNING)
    with pytest.raises(NotNow):
        open_approved(now=MORNING, **put)


def test_a_course_taken_down_after_the_approval_opens_no_class(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    approved(of, opening, MORNING)
    opening.refresh_from_db()
    assert opening.version is not None
    opening.version.taken_down_at = MORNING
    opening.version.save(update_fields=["taken_down_at"])
    with pytest.raises(UnfitApplication):
        open_now(of, opening, MORNING)


def test_nobody_else_sees_an_application(of: Office) -> None:
    opening = submitted(of, complete(of, MORNING), MORNING)
    other = office(MORNING)
    for account in (other.administrator, other.head_teacher, people.account(now=MORNING)):
        assert not openings(people.viewer(account)).exists()
    with pytest.raises(NoSuchOpening):
        open_approved(
            viewer=people.viewer(other.administrator), opening_id=opening.pk, by=actor(other.administrator), now=MORNING
        )
    assert openings(people.viewer(other.supervisor)).get() == opening  # both authorities are the city's
    assert waiting_for(people.viewer(other.supervisor)) == 1


def test_a_draft_is_nobodys_but_the_institutions(of: Office) -> None:
    complete(of, MORNING)
    assert not openings(people.viewer(of.supervisor)).exists()
