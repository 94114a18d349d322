"""Roles taken and invitations accepted at the same moment, each on a connection of its own (clause M3)."""

from collections import Counter
from functools import partial

import pytest

from jiangxue.accounts.models import Account, Membership, RecoveryCode, SecondFactor
from jiangxue.accounts.rules.second_factor import typed_code
from jiangxue.accounts.rules.staff import Place
from jiangxue.accounts.services import second_factor
from jiangxue.accounts.services.helping import make_password_link, set_password_by_link
from jiangxue.accounts.services.staff import NewColleague, end_role, invite, join_newly
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.viewer import Role
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import institution

pytestmark = [pytest.mark.clause("M3"), pytest.mark.usefixtures("committed_database")]


def administrators(number: int) -> list[Account]:
    of = institution()
    return [people.account((Role.INSTITUTION_ADMINISTRATOR, of.pk), now=MORNING) for _ in range(number)]


def ends(who: Account, by: Account) -> partial[Membership]:
    held = who.memberships.get()
    viewer = people.viewer(by)
    return partial(end_role, held.pk, viewer=viewer, needed_for=[], by=Actor(by.pk), now=MORNING)


def test_two_last_administrators_who_take_each_other_s_role_leave_one() -> None:
    one, other = administrators(2)
    assert Counter(at_once(ends(one, other), ends(other, one))) == {"done": 1, "LastOfRole": 1}
    assert Membership.objects.filter(role=Role.INSTITUTION_ADMINISTRATOR).count() == 1


def test_a_role_taken_twice_is_taken_and_recorded_once() -> None:
    one, _two, third = administrators(3)
    assert Counter(at_once(*[ends(one, third)] * 4)) == {"done": 1, "NoSuchStaff": 3}
    assert AuditEntry.objects.filter(action="role.ended").count() == 1


def test_one_link_makes_one_account() -> None:
    (one,) = administrators(1)
    viewer = people.viewer(one)
    token = invite(Place(Role.TEACHER, viewer.organisation_id), name="张老师", viewer=viewer, by=PROGRAM, now=MORNING)
    joins = [
        partial(join_newly, token, NewColleague(f"zhang{number}", "张老师", "Wintergruen#88"), by=PROGRAM, now=MORNING)
        for number in range(4)
    ]
    assert Counter(at_once(*joins)) == {"done": 1, "InvitationOver": 3}
    assert Membership.objects.filter(role=Role.TEACHER).count() == 1


def test_one_link_sets_one_password() -> None:
    one, other = administrators(2)
    second_factor.begin(other)
    SecondFactor.objects.filter(account=other).update(confirmed_at=MORNING)
    codes = [f"AAAA-BBBB-{number:08d}" for number in range(4)]
    for code in codes:
        RecoveryCode.objects.create(account=other, code_index=blind_index("recovery_code", typed_code(code)))
    held, put = other.memberships.get().pk, {"viewer": people.viewer(one), "by": Actor(one.pk), "now": MORNING}
    token = make_password_link(held, reason="本人当面要求", **put)
    acts = [
        partial(set_password_by_link, token, password=f"Wintergruen#{code}", code=code, by=PROGRAM, now=MORNING)
        for code in codes
    ]
    assert Counter(at_once(*acts)) == {"done": 1, "PasswordLinkOver": 3}
    assert RecoveryCode.objects.filter(used_at=None).count() == 3
