"""A new password by mobile number: for whom both numbers are, and a stranger learns nothing (clauses M1, M3)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.errors import (
    CodeOver,
    CodeWrong,
    NotRecoverable,
    SignInLocked,
    TooManyAttempts,
    WrongCredentials,
)
from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services import sign_in
from jiangxue.accounts.services.recovering import Claim, recognise, recover
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories.registering import FROM, NUMBER, PHONE, code_for, registered
from tests.refusals import refusal_of

NEW = "Anders-2027"
LATER = MORNING + timedelta(minutes=2)


@pytest.fixture
def account(db: None) -> Account:
    return registered(MORNING)


def _claim(number_end: str = NUMBER[-6:], phone: str = PHONE) -> Claim:
    return Claim(phone, code_for(phone, LATER, CodePurpose.RECOVER), number_end)


def _recovered(claim: Claim) -> None:
    found, proved = recognise(claim, by=FROM, now=LATER)
    recover(found, proved, password=NEW, by=FROM, now=LATER)


@pytest.mark.clause("M3")
def test_who_holds_the_mobile_and_knows_the_document_sets_a_new_password(account: Account) -> None:
    _recovered(_claim(" 1002 x".rjust(8, "3")))
    assert sign_in(identifier=NUMBER, password=NEW, address=None, now=LATER) == account
    entry = AuditEntry.objects.get(action="password.recovered")
    assert (entry.result, entry.object_id, entry.address) == ("done", str(account.pk), FROM.address)


def test_a_locked_sign_in_is_open_again(account: Account) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            sign_in(identifier=PHONE, password="wrong-password-1", address=None, now=LATER)
    with pytest.raises(SignInLocked):
        sign_in(identifier=PHONE, password=NEW, address=None, now=LATER)
    _recovered(_claim())
    assert sign_in(identifier=PHONE, password=NEW, address=None, now=LATER) == account


@pytest.mark.clause("M3")
@pytest.mark.parametrize("claim", [{"number_end": "310020"}, {"number_end": ""}, {"phone": "13900003333"}])
def test_a_number_that_changed_hands_opens_nothing(account: Account, claim: dict[str, str]) -> None:
    assert refusal_of(lambda: recognise(_claim(**claim), by=FROM, now=LATER)) is NotRecoverable
    assert AuditEntry.objects.get(action="password.recovered").result == "refused"


def test_without_the_code_nothing_is_recovered(account: Account) -> None:
    claim = _claim()
    with pytest.raises(CodeWrong):
        recognise(Claim(PHONE, "000000", claim.number_end), by=FROM, now=LATER)
    with pytest.raises(CodeOver):
        recognise(Claim("13900003333", claim.code, claim.number_end), by=FROM, now=LATER)


def test_a_code_recovers_once(account: Account) -> None:
    claim = _claim()
    _recovered(claim)
    with pytest.raises(CodeOver):
        recognise(claim, by=FROM, now=LATER)


@pytest.mark.clause("M3")
def test_staff_are_not_recovered_by_whoever_holds_their_mobile(account: Account) -> None:
    Membership.objects.create(account=account, role=Role.AUDIT_ADMINISTRATOR)
    assert refusal_of(lambda: recognise(_claim(), by=FROM, now=LATER)) is NotRecoverable


def test_the_end_of_a_number_is_not_tried_without_end(account: Account) -> None:
    claim = _claim("000000")
    heard = [refusal_of(lambda: recognise(claim, by=FROM, now=LATER)) for _ in range(11)]
    assert heard == [NotRecoverable] * 10 + [TooManyAttempts]
