"""Whoever waits for an application, a promise or a roster is told, and their message leads to the page where they act. Clauses T7, C1, C3, C5."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.services.consents import give_consent
from jiangxue.enrolment.jobs import tell_archives
from jiangxue.enrolment.models import RosterFile, TrainingClass
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.queries.roster_files import Place, shown
from jiangxue.enrolment.services import openings
from jiangxue.enrolment.services.roster_files import confirm
from jiangxue.enrolment.services.taking_in import take_in
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.notices.models import Notice
from jiangxue.policies.rules.reach import Reach
from tests.factories import openings as factory
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.openings import Office, actor
from tests.factories.policies import version
from tests.factories.rosters import HEADER, kept, person_row, plain_csv
from tests.factories.supervising import supervisor_account
from tests.portals.clients import client_of, main_of
from tests.portals.told import open_all, sentences, unread

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def of(db: None, clock: HandClock) -> Office:
    return factory.office(clock.now())


def test_an_application_goes_from_institution_to_supervisor_and_back(of: Office, clock: HandClock) -> None:
    opening = factory.complete(of, clock.now())
    assert unread(of.supervisor) == [], "a draft is the institution's own"
    factory.submitted(of, opening, clock.now())
    assert open_all(of.supervisor) == {"opening.submitted": "/region/openings/N/"}
    factory.approved(of, opening, clock.now())
    assert open_all(of.head_teacher) == {"opening.approved": "/institution/openings/N/"}
    assert unread(of.administrator) == ["opening.approved"]
    factory.open_now(of, opening, clock.now())
    assert (unread(of.administrator), unread(of.supervisor)) == ([], []), "nothing waits any more"
    assert open_all(of.head_teacher) == {"class.opened": "/institution/classes/N/"}


def test_what_comes_back_is_told_with_the_way_to_the_reasons_and_is_over_once_it_is_handed_in_again(
    of: Office, clock: HandClock
) -> None:
    opening = factory.complete(of, clock.now())
    factory.submitted(of, opening, clock.now())
    kept_as = last_handed_in(opening.pk)
    assert kept_as is not None
    openings.return_opening(
        viewer=people.viewer(of.supervisor),
        opening_id=opening.pk,
        seen_sha256=kept_as.sha256,
        words="请补充考核安排的具体日期。",
        by=actor(of.supervisor),
        now=clock.now(),
    )
    assert unread(of.supervisor) == []
    assert unread(of.administrator) == unread(of.head_teacher) == ["opening.returned"]
    assert "请补充考核安排" not in sentences(of.administrator), "what people say is read on the page"
    factory.submitted(of, opening, clock.now())
    assert unread(of.administrator) == unread(of.head_teacher) == []


def test_where_nobody_has_to_approve_nobody_is_asked_to(of: Office, clock: HandClock) -> None:
    version(Reach("4401"), {"class_approval": 0}, clock.now())
    factory.submitted(of, factory.complete(of, clock.now()), clock.now())
    assert not Notice.objects.filter(account_id=of.supervisor.pk).exists()
    assert unread(of.head_teacher) == ["class.opened"]


def test_who_takes_an_application_back_lets_the_supervisor_wait_no_longer(of: Office, clock: HandClock) -> None:
    opening = factory.complete(of, clock.now())
    factory.submitted(of, opening, clock.now())
    viewer, by = people.viewer(of.administrator), actor(of.administrator)
    openings.take_back_opening(viewer=viewer, opening_id=opening.pk, by=by, now=clock.now())
    assert unread(of.supervisor) == []


def test_the_nearest_supervisors_are_told_and_no_other_region(of: Office, clock: HandClock) -> None:
    near = supervisor_account(of.institution.region_id, clock)
    elsewhere, above = supervisor_account("440300", clock), supervisor_account("44", clock)
    factory.submitted(of, factory.complete(of, clock.now()), clock.now())
    assert unread(near) == ["opening.submitted"]
    assert unread(of.supervisor) == unread(above) == unread(elsewhere) == []


@pytest.mark.clause("C1")
def test_each_learner_is_told_of_their_place_until_they_have_signed_their_own_promise(
    of: Office, clock: HandClock
) -> None:
    training_class = factory.opened(of, clock.now())
    one, other = (place.learner for place in training_class.enrolments.order_by("pk"))
    assert unread(one) == unread(other) == ["promise.due"]
    page = sentences(one)
    assert "低压电工 12 月班" in page
    assert "签署承诺书" in page
    for purpose, asked in PURPOSES.items():
        if not asked.is_apart:
            give_consent(
                account_id=one.pk, purpose=purpose, version=asked.version, by=factory.actor(one), now=clock.now()
            )
    Notice.objects.filter(account_id=one.pk).update(read_at=None)
    assert open_all(one) == {"promise.due": "/learn/classes/N/promise/"}
    Notice.objects.filter(account_id=one.pk).update(read_at=None)
    signed = client_of(one).post(f"/learn/classes/{training_class.pk}/promise/", {"version": 1})
    assert signed.status_code == 302
    assert (unread(one), unread(other)) == ([], ["promise.due"])


@pytest.mark.clause("C3")
def test_who_sent_a_roster_is_told_what_came_of_it_when_the_worker_is_done(room: Classroom, clock: HandClock) -> None:
    place, now = Place(training_class=room.training_class), clock.now()
    rows = [HEADER, *(person_row(serial) for serial in range(1, 4)), ("王建国", "12", "")]
    file = kept(room.head_teacher, place, plain_csv(rows), now)
    viewer = people.viewer(room.head_teacher)
    confirm(
        viewer=viewer, place=place, mark=shown(file, place, now=now).verdict.mark, by=actor(room.head_teacher), now=now
    )
    assert unread(room.head_teacher) == []
    for _ in range(2):
        take_in(RosterFile.objects.get().pk, tell_archives=tell_archives, clock=HandClock(now + timedelta(minutes=1)))
    assert "新增 3 人，1 行没有导入" in sentences(room.head_teacher)
    assert "王建国" not in sentences(room.head_teacher)
    assert open_all(room.head_teacher) == {"roster.taken_in": "/institution/classes/N/roster-file/"}


@pytest.mark.clause("C6")
def test_supervisors_are_told_how_many_come_into_a_class_after_the_opening_that_they_approved(
    of: Office, clock: HandClock
) -> None:
    training_class = factory.opened(of, clock.now())
    page = f"/region/classes/{training_class.pk}/"
    assert "开班后加入" not in main_of(client_of(of.supervisor), page)
    _come_by_file(of.administrator, training_class, range(11, 14), clock)
    assert unread(of.supervisor) == ["class.joined"]
    _come_by_file(of.administrator, training_class, range(11, 16), clock)
    assert "开班后又加入 5 人" in sentences(of.supervisor)
    assert re.search(r"开班后加入</dt>\s*<dd[^>]*>5<", main_of(client_of(of.supervisor), page))
    assert open_all(of.supervisor) == {"class.joined": "/region/classes/N/"}


def test_supervisors_are_not_told_who_comes_into_a_class_that_needed_no_approval(of: Office, clock: HandClock) -> None:
    version(Reach("4401"), {"class_approval": 0}, clock.now())
    opening = factory.submitted(of, factory.complete(of, clock.now()), clock.now())
    assert opening.training_class is not None
    _come_by_file(of.administrator, opening.training_class, range(11, 14), clock)
    assert opening.training_class.enrolments.count() == 5
    assert unread(of.supervisor) == []


def _come_by_file(by: Account, into: TrainingClass, serials: range, clock: HandClock) -> None:
    now, place, viewer = clock.advance(60_000), Place(training_class=into), people.viewer(by)
    file = kept(by, place, plain_csv([HEADER, *(person_row(serial) for serial in serials)]), now)
    confirm(viewer=viewer, place=place, mark=shown(file, place, now=now).verdict.mark, by=actor(by), now=now)
    take_in(file.pk, tell_archives=tell_archives, clock=clock)


def test_a_class_without_an_application_asks_for_no_promise(room: Classroom) -> None:
    assert unread(room.learner) == []
    assert Client().get("/messages/").status_code == 302


def test_who_holds_no_role_any_more_is_told_so_and_shown_nothing(of: Office, clock: HandClock) -> None:
    factory.submitted(of, factory.complete(of, clock.now()), clock.now())
    of.supervisor.memberships.filter(role=Role.SUPERVISOR).delete()
    of.supervisor.memberships.create(role=Role.LEARNER)
    notice = Notice.objects.get(account_id=of.supervisor.pk)
    page = client_of(of.supervisor).post(f"/messages/{notice.pk}/open/", follow=True)
    assert page.redirect_chain[-1][0] == "/messages/"
