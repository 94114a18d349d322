"""What the database keeps of accounts, whatever the code above it does."""

from itertools import permutations

import pytest

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, INSTITUTION_ROLES, Role
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import classes, people


@pytest.fixture
def learner(db: None) -> Account:
    return people.account(now=MORNING)


@pytest.mark.parametrize("login_name", ["", "ab", "Learner", "1learner", "learner 1", "学员一"])
def test_a_login_name_is_short_small_and_latin(learner: Account, login_name: str) -> None:
    with broken("accounts_login_name_shape"):
        Account.objects.filter(pk=learner.pk).update(login_name=login_name)


def test_one_identity_number_has_one_account(learner: Account) -> None:
    other = people.account(now=MORNING)
    with broken("accounts_one_account_per_id_number"):
        Identity.objects.filter(pk=other.pk).update(id_number_index=learner.identity.id_number_index)


def test_one_phone_has_one_account(learner: Account) -> None:
    other = people.account(now=MORNING)
    with broken("accounts_one_account_per_phone"):
        Identity.objects.filter(pk=other.pk).update(phone_index=learner.identity.phone_index)


@pytest.mark.parametrize("missing", ["phone", "phone_index"])
def test_a_phone_and_its_index_come_and_go_together(learner: Account, missing: str) -> None:
    with broken("accounts_phone_and_its_index"):
        Identity.objects.filter(pk=learner.pk).update(**{missing: None})


def test_a_role_is_held_once(learner: Account) -> None:
    with broken("accounts_role_held_once"):
        Membership.objects.create(account=learner, role=Role.LEARNER)


def test_a_role_at_one_institution_is_held_once(learner: Account) -> None:
    first, second = classes.institution(), classes.institution()
    Membership.objects.create(account=learner, role=Role.TEACHER, organisation=first)
    Membership.objects.create(account=learner, role=Role.TEACHER, organisation=second)
    with broken("accounts_role_held_once"):
        Membership.objects.create(account=learner, role=Role.TEACHER, organisation=first)


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("held", "wanted"), list(permutations(sorted(EXCLUSIVE_ROLES), 2)))
def test_no_administrator_can_do_the_work_of_another(learner: Account, held: Role, wanted: Role) -> None:
    Membership.objects.create(account=learner, role=held)
    with broken("accounts_administrators_are_exclusive"):
        Membership.objects.create(account=learner, role=wanted)


@pytest.mark.parametrize("role", sorted({*INSTITUTION_ROLES, Role.SUPERVISOR}))
def test_a_role_that_belongs_to_an_organisation_names_it(learner: Account, role: Role) -> None:
    with broken("accounts_role_has_its_organisation"):
        Membership.objects.create(account=learner, role=role)


@pytest.mark.parametrize("role", sorted({Role.LEARNER, *EXCLUSIVE_ROLES}))
def test_a_role_that_belongs_to_none_names_none(db: None, role: Role) -> None:
    nobody = Account.objects.create(
        login_name="nobody", name="无", password="!", created_at=MORNING, password_changed_at=MORNING
    )
    with broken("accounts_role_has_its_organisation"):
        Membership.objects.create(account=nobody, role=role, organisation=classes.institution())


def test_a_reviewer_belongs_to_an_institution_or_to_none(learner: Account) -> None:
    Membership.objects.create(account=learner, role=Role.REVIEWER)
    Membership.objects.create(account=learner, role=Role.REVIEWER, organisation=classes.institution())
    assert learner.memberships.filter(role=Role.REVIEWER).count() == 2


def test_a_role_that_is_none_of_ours_cannot_be_held(learner: Account) -> None:
    with broken("accounts_role_has_its_organisation"):
        Membership.objects.create(account=learner, role="emperor")
