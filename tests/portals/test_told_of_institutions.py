"""Institutions and their supervisors are told of papers that run out; who invited somebody, that they have come. Clauses C1, M3, C5."""

from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.staff import Place
from jiangxue.accounts.services.staff import NewColleague, invite, join_newly
from jiangxue.accounts.services.telling import tell_of_papers
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Paper
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.organisations.services import PaperDraft, add_paper, withdraw_paper
from tests.factories import people
from tests.factories.classes import Classroom, institution
from tests.factories.supervising import supervisor_account
from tests.portals.told import open_all, sentences, unread

pytestmark = pytest.mark.clause("C5")


def licence(room: Classroom, principal: Account, clock: HandClock, *, days: int) -> Paper:
    """Write down a licence that ends in so many days."""
    today = learning_day(clock.now())
    draft = PaperDraft(
        PaperKind.TRAINING_LICENCE, "4401001", "市人社局", today - timedelta(days=300), today + timedelta(days=days)
    )
    viewer = people.viewer(principal)
    return add_paper(draft, organisation_id=room.institution.pk, viewer=viewer, by=PROGRAM, now=clock.now())


@pytest.mark.clause("C1")
def test_a_paper_is_told_of_once_sixty_days_before_its_end_and_once_after_it(
    room: Classroom, principal: Account, clock: HandClock
) -> None:
    near, stranger = supervisor_account("440104", clock), supervisor_account("440300", clock)
    other = people.account((Role.INSTITUTION_ADMINISTRATOR, institution().pk), now=clock.now())
    licence(room, principal, clock, days=60)
    tell_of_papers(clock.now())
    assert unread(principal) == [], "sixty days are left after today"
    clock.at += timedelta(days=1)
    for _ in range(2):
        tell_of_papers(clock.now())
    assert "2027-01-23 到期" in sentences(principal)
    assert open_all(principal) == {"paper.expiring": "/institution/own/"}
    assert open_all(near) == {"paper.expiring_watched": "/region/"}
    assert unread(stranger) == unread(other) == []
    clock.at += timedelta(days=60)
    for _ in range(2):
        tell_of_papers(clock.now())
    assert (unread(principal), unread(near)) == (["paper.expired"], ["paper.expired_watched"])


@pytest.mark.clause("C1")
def test_a_new_paper_or_one_that_is_taken_off_ends_the_telling(
    room: Classroom, principal: Account, clock: HandClock
) -> None:
    near = supervisor_account("440104", clock)
    licence(room, principal, clock, days=20)
    tell_of_papers(clock.now())
    assert (unread(principal), unread(near)) == (["paper.expiring"], ["paper.expiring_watched"])
    newer = licence(room, principal, clock, days=40)
    assert (unread(principal), unread(near)) == ([], [])
    tell_of_papers(clock.now())
    assert unread(principal) == ["paper.expiring"], "the newer one runs out too"
    viewer = people.viewer(principal)
    withdraw_paper(newer.pk, organisation_id=room.institution.pk, viewer=viewer, by=PROGRAM, now=clock.now())
    assert unread(principal) == []


def test_a_paper_that_ran_out_long_ago_is_told_of_no_more(
    room: Classroom, principal: Account, clock: HandClock
) -> None:
    licence(room, principal, clock, days=-181)
    tell_of_papers(clock.now())
    assert unread(principal) == []


def joined(inviter: Account, place: Place, clock: HandClock, login_name: str) -> None:
    """Let somebody new accept an invitation."""
    token = invite(place, name="张老师", viewer=people.viewer(inviter), by=PROGRAM, now=clock.now())
    join_newly(token, NewColleague(login_name, "张老师", "Wintergruen#88"), by=PROGRAM, now=clock.now())


@pytest.mark.clause("M3")
def test_who_invited_somebody_is_told_without_a_name_that_they_have_come(
    room: Classroom, principal: Account, clock: HandClock
) -> None:
    officer = supervisor_account("440104", clock)
    system = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())
    authority_id = people.viewer(officer).organisation_id
    joined(principal, Place(Role.TEACHER, room.institution.pk), clock, "one")
    joined(officer, Place(Role.SUPERVISOR, authority_id), clock, "two")
    joined(system, Place(Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), clock, "three")
    joined(system, Place(Role.AUDIT_ADMINISTRATOR, None), clock, "four")
    assert "张老师" not in sentences(principal)
    assert open_all(principal) == {"staff.joined": "/institution/staff/"}
    assert open_all(officer) == {"staff.joined_authority": "/region/staff/"}
    assert open_all(system) == {
        "staff.joined_first": "/operator/organisations/N/staff/",
        "staff.joined_platform": "/operator/platform/staff/",
    }
