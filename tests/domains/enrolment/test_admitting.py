"""Accounts of people on a roster: one for each number, nobody's password, and in by their own phone (clauses C3, M1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.accounts.errors import (
    AccountRefusal,
    NumberTaken,
    NumberUnderOtherName,
    NumberUnfit,
    Restricted,
    WrongCredentials,
)
from jiangxue.accounts.models import Account, Consent
from jiangxue.accounts.queries import account_by_identifier, memberships
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services import sign_in
from jiangxue.accounts.services.admitting import WrittenDown
from jiangxue.accounts.services.recovering import Claim, recognise, recover
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.enrolment.services import enrol
from jiangxue.enrolment.services.admitting import learners_written_down
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom, institution, training_class
from tests.factories.people import looking
from tests.factories.registering import FROM, code_for, registered
from tests.refusals import refusal_of

NUMBER = "11010519491231002X"
PHONE = "13900002222"
WANG = WrittenDown("王建国", IdType.RESIDENT, NUMBER, PHONE)
AGAIN = MORNING + timedelta(minutes=2)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def written_down(who: WrittenDown, institution_id: int, by: Actor = FROM) -> int:
    """Return the account of one person as a page of the institution makes it, or raise the refusal."""
    with looking(Viewer(by.account_id or 0, Role.INSTITUTION_ADMINISTRATOR, institution_id)):
        (come,) = learners_written_down([who], institution_id=institution_id, by=by, now=MORNING)
    if isinstance(come, AccountRefusal):
        raise come
    return come.account_id


def _learner(room: Classroom, who: WrittenDown = WANG) -> int:
    return written_down(who, room.institution.pk, Actor(room.head_teacher.pk, Role.HEAD_TEACHER))


@pytest.mark.clause("C3", "M1")
def test_who_is_written_down_has_an_account_and_has_agreed_to_nothing(room: Classroom) -> None:
    account_id = _learner(
        room, replace(WANG, name="王 建国", id_number="１１０１０５ 19491231002x", phone="139-0000-2222")
    )
    person = person_in_full(account_id)
    assert (person.name, person.id_number, person.phone) == ("王建国", NUMBER, PHONE)
    assert [each.role for each in memberships(account_id)] == [Role.LEARNER]
    assert not Consent.objects.filter(account_id=account_id).exists()
    assert AuditEntry.objects.filter(action="account.written_down", actor_id=room.head_teacher.pk).count() == 1


@pytest.mark.parametrize("password", ["", "!", people.PASSWORD])
def test_nobody_signs_in_before_a_password_is_set(room: Classroom, password: str) -> None:
    _learner(room)
    with pytest.raises(WrongCredentials):
        sign_in(identifier=PHONE, password=password, address=None, now=MORNING)


def test_its_owner_gets_in_by_a_code_to_the_phone_that_was_written_down(room: Classroom) -> None:
    account_id = _learner(room)
    code = code_for(PHONE, MORNING, CodePurpose.RECOVER)
    account, proved = recognise(Claim(PHONE, code, "31002x"), by=FROM, now=MORNING)
    recover(account, proved, password=people.PASSWORD, by=FROM, now=MORNING)
    signed = sign_in(identifier=NUMBER, password=people.PASSWORD, address=None, now=MORNING)
    assert signed.pk == account_id == account.pk


def test_one_number_is_one_account_however_often_and_by_whom_it_is_written_down(room: Classroom) -> None:
    first = _learner(room)
    other = written_down(WANG, institution().pk)
    assert first == other == _learner(room)


def test_who_has_an_account_keeps_it_as_it_is(room: Classroom) -> None:
    account = registered(MORNING)
    assert _learner(room, replace(WANG, phone="13711112222")) == account.pk
    assert person_in_full(account.pk).phone == PHONE
    assert sign_in(identifier=NUMBER, password=people.PASSWORD, address=None, now=MORNING).pk == account.pk


def test_a_number_of_another_name_is_refused(room: Classroom) -> None:
    _learner(room)
    assert refusal_of(lambda: _learner(room, replace(WANG, name="王建军"))) is NumberUnderOtherName
    assert refusal_of(lambda: _learner(room, replace(WANG, id_number="110105194912310021"))) is NumberUnfit


def test_who_has_asked_for_deletion_is_not_written_down_again(room: Classroom) -> None:
    Account.objects.filter(pk=_learner(room)).update(restricted_at=MORNING)
    assert refusal_of(lambda: _learner(room)) is Restricted


def test_staff_who_learn_hold_the_role_of_a_learner_beside_their_own(room: Classroom) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=MORNING, name="何老师")
    number = person_in_full(teacher.pk).id_number
    assert _learner(room, WrittenDown("何老师", IdType.RESIDENT, number)) == teacher.pk
    assert {each.role for each in memberships(teacher.pk)} == {Role.TEACHER, Role.LEARNER}


def test_a_phone_of_somebody_else_is_left_out(room: Classroom) -> None:
    taken = person_in_full(room.learner.pk).phone
    account_id = _learner(room, replace(WANG, phone=taken))
    assert person_in_full(account_id).phone == ""
    assert person_in_full(room.learner.pk).phone == taken


def test_a_mistyped_phone_is_mended_until_the_account_is_its_owners(room: Classroom) -> None:
    account_id = _learner(room, replace(WANG, phone="13711112222"))
    assert _learner(room) == account_id
    assert person_in_full(account_id).phone == PHONE
    assert account_by_identifier("13711112222") is None


def test_another_institution_does_not_turn_the_phone_to_its_own_desk(room: Classroom) -> None:
    account_id = _learner(room)
    enrol(class_id=room.training_class.pk, learner_id=account_id, now=MORNING)
    other = training_class(institution(), now=MORNING)
    wanted = replace(WANG, phone="13711112222")
    written_down(wanted, other.institution_id)
    assert person_in_full(account_id).phone == PHONE


@pytest.mark.parametrize("phone", ["", PHONE])
def test_who_registers_is_given_the_account_that_waits_for_them(room: Classroom, phone: str) -> None:
    account_id = _learner(room, replace(WANG, phone=phone))
    place = enrol(class_id=room.training_class.pk, learner_id=account_id, now=MORNING)
    assert registered(AGAIN).pk == account_id == place.learner_id
    assert person_in_full(account_id).phone == PHONE
    assert Consent.objects.filter(account_id=account_id, purpose=Purpose.PROCESSING.value, is_given=True).exists()


def test_who_knows_name_and_number_but_has_not_the_phone_is_not_given_it(room: Classroom) -> None:
    account_id = _learner(room, replace(WANG, phone="13711112222"))
    assert refusal_of(lambda: registered(AGAIN)) is NumberTaken
    assert not Account.objects.get(pk=account_id).has_usable_password()


def test_an_account_that_is_somebodys_is_given_to_nobody(room: Classroom) -> None:
    account = registered(MORNING)
    assert refusal_of(lambda: registered(AGAIN, phone="13900003333")) is NumberTaken
    assert Account.objects.get(pk=account.pk).password == account.password
