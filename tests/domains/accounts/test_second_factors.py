"""What is kept of second factors, and what months of birth are. Clauses M3, M2."""

from datetime import date

import pytest
from django.db import IntegrityError

from jiangxue.accounts.models import Account, Identity, RecoveryCode, SecondFactor
from jiangxue.accounts.services import second_factor
from jiangxue.accounts.services.erasing import erase_account
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.kernel.totp import code_at, step_at
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import institution

pytestmark = pytest.mark.clause("M3")


@pytest.fixture
def teacher(db: None) -> Account:
    return people.account((Role.TEACHER, institution().pk), now=MORNING)


def test_the_secret_waits_unchanged_until_it_is_set_up(teacher: Account) -> None:
    secret = second_factor.begin(teacher)
    assert second_factor.begin(teacher) == secret == reveal_bytes(SecondFactor.objects.get(), "secret")
    assert secret not in bytes(SecondFactor.objects.get().secret)


def test_nothing_of_it_outlives_the_account(teacher: Account) -> None:
    secret = second_factor.begin(teacher)
    second_factor.set_up(teacher, code=code_at(secret, step_at(MORNING)), by=Actor(teacher.pk), now=MORNING)
    erase_account(teacher.pk, by=PROGRAM, now=MORNING)
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_a_recovery_code_is_kept_once(teacher: Account) -> None:
    RecoveryCode.objects.create(account=teacher, code_index=b"1" * 16)
    with pytest.raises(IntegrityError, match="accounts_recovery_code_once"):
        RecoveryCode.objects.create(account=teacher, code_index=b"1" * 16)


@pytest.mark.clause("M2")
def test_of_a_birth_only_the_month_is_kept_open(db: None) -> None:
    identity = Identity.objects.get(account=people.account(now=MORNING))
    assert identity.born_in is not None
    assert identity.born_in.day == 1
    with pytest.raises(IntegrityError, match="accounts_born_in_is_a_month"):
        Identity.objects.filter(pk=identity.pk).update(born_in=date(1990, 1, 2))
