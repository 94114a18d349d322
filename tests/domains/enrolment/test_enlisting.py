"""People of a roster who have no account: how they get one, sign in for the first time, and are never two."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from jiangxue.accounts.errors import WrongCredentials
from jiangxue.accounts.models import Account, Identity
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services import sign_in
from jiangxue.accounts.services.admitting import Outcome, WrittenDown
from jiangxue.accounts.services.codes import send_code
from jiangxue.accounts.services.numbers import write_number
from jiangxue.accounts.services.recovering import Claim, recognise, recover
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.errors import RosterMoved, UnfitApplication
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries.opening_facts import findings_of
from jiangxue.enrolment.rules.opening_findings import Flaw
from jiangxue.enrolment.services import opened as opened_service
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.openings import Office, approved, complete, office_by, open_now, opened, person, submitted
from tests.worlds import Worlds


@pytest.fixture
def of(worlds: Worlds) -> Iterator[Office]:
    with worlds.rolled_back(office_by, HandClock(MORNING)) as made:
        yield made


def give_number(account: Account, number: str) -> None:
    """Let an account be registered with a number."""
    identity = Identity.objects.get(account=account)
    write_number(identity, number)
    identity.save()


@pytest.mark.clause("M1")
def test_a_newcomer_signs_in_by_a_code_and_the_end_of_the_number(of: Office) -> None:
    opened(of, MORNING, person(3))
    number, phone = people.id_number(500_003), "13900000003"
    with pytest.raises(WrongCredentials):
        sign_in(identifier=number, password="", address=None, now=MORNING)
    sent = send_code(purpose=CodePurpose.RECOVER, phone=phone, by=PROGRAM, now=MORNING, chance=lambda: 0.5)
    account, proved = recognise(Claim(phone, sent.shown, number[-6:]), by=PROGRAM, now=MORNING)
    recover(account, proved, password=people.PASSWORD, by=PROGRAM, now=MORNING)
    assert sign_in(identifier=number, password=people.PASSWORD, address=None, now=MORNING) == account


def test_who_registered_meanwhile_under_the_same_name_keeps_the_account(of: Office) -> None:
    opening = complete(of, MORNING, person(4))
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    held = people.account(now=MORNING, name="周学员")
    give_number(held, people.id_number(500_004))
    place = open_now(of, opening, MORNING).enrolments.get()
    assert place.learner_id == held.pk


@pytest.mark.clause("M1")
def test_a_number_under_another_name_makes_no_second_account(of: Office) -> None:
    opened(of, MORNING, person(5))
    again = complete(of, MORNING, person(5, "冒名者"))
    before = Account.objects.count()
    found = [finding.what for finding in findings_of(again, MORNING)]
    assert Flaw.OTHER_NAME in found
    with pytest.raises(UnfitApplication):
        submitted(of, again, MORNING)
    assert Account.objects.count() == before


def test_a_teacher_may_learn_and_keeps_both_roles(of: Office) -> None:
    opening = complete(of, MORNING, person(6))
    held = people.account((Role.TEACHER, of.institution.pk), now=MORNING, name="郑学员")
    give_number(held, people.id_number(500_006))
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    open_now(of, opening, MORNING)
    assert sorted(each.role for each in held.memberships.all()) == [Role.LEARNER, Role.TEACHER]


def test_a_number_registered_at_the_very_moment_undoes_the_whole_opening(
    of: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other registration is made between looking and writing, where only the database can see it."""
    opening = complete(of, MORNING, person(8))
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    real = opened_service.learners_written_down

    def late(those: Sequence[WrittenDown], **kwargs: Any) -> list[Outcome]:
        with as_program():  # somebody else registers, who asks for nobody's leave
            give_number(people.account(now=MORNING, name="另一人"), people.id_number(500_008))
        return real(those, **kwargs)

    monkeypatch.setattr(opened_service, "learners_written_down", late)
    with pytest.raises(RosterMoved):
        open_now(of, opening, MORNING)
    assert not Enrolment.objects.exists()
    opening.refresh_from_db()
    assert opening.state == "approved"


def test_each_registration_is_audited(of: Office) -> None:
    opened(of, MORNING, person(9), person(10))
    assert AuditEntry.objects.filter(action="account.written_down", actor_id=of.administrator.pk).count() == 2


def test_many_people_take_as_many_statements_as_few(of: Office, django_assert_max_num_queries) -> None:
    opening = complete(of, MORNING, *(person(serial) for serial in range(20, 60)))
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    with django_assert_max_num_queries(200):
        assert open_now(of, opening, MORNING).enrolments.count() == 40
