"""People are invited to work somewhere and stop working there; nobody is beyond their own place. Clause M3; decision 0044."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, Invitation, Membership, SecondFactor
from jiangxue.accounts.services import second_factor
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, INSTITUTION_ROLES, Role
from jiangxue.organisations.models import Organisation
from tests.factories import people
from tests.factories.classes import Classroom, institution
from tests.portals.clients import client_of, main_of, text_of

pytestmark = pytest.mark.clause("M3")

STAFF = "/institution/staff/"
NEW = {
    "name": "张老师",
    "login_name": "zhang.laoshi",
    "new_password": "Wintergruen#88",
    "new_password_again": "Wintergruen#88",
}


@pytest.fixture
def desk(principal: Account) -> Client:
    return client_of(principal)


def invited(desk: Client, role: str = "teacher", address: str = STAFF) -> str:
    """Return the path of the link by which somebody joins."""
    page = desk.post(address, {"name": "张老师", "role": role}).content.decode()
    found = re.search(r'href="http://testserver(/join/[A-Z0-9]+/)"', page)
    assert found, page
    return found[1]


def role_of(account: Account, role: Role) -> int:
    return account.memberships.get(role=role).pk


def test_somebody_new_joins_by_the_link_once(room: Classroom, desk: Client, principal: Account) -> None:
    link = invited(desk)
    newcomer = Client()
    assert "教师" in newcomer.get(link).content.decode()
    assert newcomer.post(link, NEW).url == "/"
    joined = Account.objects.get(login_name="zhang.laoshi")
    held = joined.memberships.get()
    assert (held.role, held.organisation_id) == (Role.TEACHER, room.institution.pk)
    assert newcomer.get("/institution/classes/").status_code == 200
    assert Client().get(link).status_code == 404
    assert "邀请已失效" in Client().post(link, {**NEW, "login_name": "other"}).content.decode()
    assert AuditEntry.objects.filter(action="invitation.accepted", actor_id=joined.pk).exists()


def test_the_link_is_shown_once_and_kept_nowhere(desk: Client) -> None:
    link = invited(desk)
    token = link.split("/")[2]
    assert token not in text_of(desk, STAFF)
    assert token.encode() not in bytes(Invitation.objects.get().token_index)


def test_somebody_who_has_an_account_gets_the_role_beside_their_own(desk: Client, room: Classroom) -> None:
    client = client_of(room.learner)
    link = invited(desk)
    assert "您正以" in client.get(link).content.decode()
    assert client.post(link).url == "/"
    assert client.get("/").url == "/institution/classes/"
    assert room.learner.memberships.count() == 2


def test_who_has_stopped_working_everywhere_comes_back_with_their_account(
    desk: Client, room: Classroom, clock: HandClock
) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    client = client_of(teacher)
    desk.post(f"{STAFF}roles/{role_of(teacher, Role.TEACHER)}/")
    link = invited(desk)
    assert "您正以" in client.get(link).content.decode()
    assert client.post(link).url == "/"
    assert client.get("/").url == "/institution/classes/"
    assert AuditEntry.objects.filter(action="invitation.accepted", actor_id=teacher.pk).exists()


def test_a_role_that_is_held_already_is_said(desk: Client, room: Classroom) -> None:
    answer = client_of(room.head_teacher).post(invited(desk, "head_teacher"))
    assert answer.status_code == 409
    assert "已有这个身份" in answer.content.decode()
    assert Invitation.objects.get().ended_at is None


def test_who_has_asked_for_deletion_takes_that_back_first(desk: Client, room: Classroom, clock: HandClock) -> None:
    Account.objects.filter(pk=room.learner.pk).update(restricted_at=clock.now())
    answer = client_of(room.learner).post(invited(desk))
    assert answer.status_code == 409
    assert "请先在“我的个人信息”中撤回" in answer.content.decode()
    assert room.learner.memberships.count() == 1
    assert Invitation.objects.get().ended_at is None


def test_a_taken_account_keeps_what_was_typed(desk: Client, room: Classroom) -> None:
    answer = Client().post(invited(desk), {**NEW, "login_name": room.learner.login_name})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "这个账号已被使用" in page
    assert "张老师" in page
    assert "Wintergruen" not in page


def test_an_invitation_ends_after_three_days(desk: Client, clock: HandClock) -> None:
    link = invited(desk)
    clock.at += timedelta(days=3)
    assert Client().get(link).status_code == 404


def test_an_invitation_can_be_taken_back(desk: Client) -> None:
    link = invited(desk)
    assert desk.post(f"{STAFF}invitations/{Invitation.objects.get().pk}/").status_code == 302
    assert Client().get(link).status_code == 404


def test_an_invitation_falls_with_the_right_of_who_made_it(desk: Client, principal: Account, room: Classroom) -> None:
    link = invited(desk, "institution_administrator")
    Membership.objects.filter(account=principal).delete()
    assert Client().post(link, NEW).status_code == 404


@pytest.mark.parametrize("role", sorted({*Role} - INSTITUTION_ROLES - {Role.REVIEWER}))
def test_an_institution_makes_nobody_what_it_may_not(desk: Client, role: Role) -> None:
    answer = desk.post(STAFF, {"name": "张老师", "role": role.value})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_a_role_taken_is_gone_at_once_on_every_device(desk: Client, room: Classroom, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    client = client_of(teacher)
    address = f"{STAFF}roles/{role_of(teacher, Role.TEACHER)}/"
    assert "不能再以这个身份工作" in main_of(desk, address)
    assert client.get("/institution/classes/").status_code == 200
    assert desk.post(address).url == STAFF
    assert client.get("/institution/classes/").status_code == 403
    assert AuditEntry.objects.get(action="role.ended").object_id == str(teacher.pk)


def test_who_leads_a_running_class_stays_until_somebody_else_does(desk: Client, room: Classroom) -> None:
    answer = desk.post(f"{STAFF}roles/{role_of(room.head_teacher, Role.HEAD_TEACHER)}/")
    assert answer.status_code == 409
    assert room.training_class.name in answer.content.decode()
    assert room.head_teacher.memberships.filter(role=Role.HEAD_TEACHER).exists()


def test_the_last_administrator_stays(desk: Client, principal: Account, room: Classroom, clock: HandClock) -> None:
    address = f"{STAFF}roles/{role_of(principal, Role.INSTITUTION_ADMINISTRATOR)}/"
    assert desk.post(address).status_code == 409
    people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())
    assert desk.post(address).status_code == 302


def test_a_colleague_sets_the_second_factor_up_anew_for_a_reason(desk: Client, room: Classroom) -> None:
    second_factor.begin(room.head_teacher)
    address = f"{STAFF}roles/{role_of(room.head_teacher, Role.HEAD_TEACHER)}/second-factor/"
    assert desk.post(address, {"reason": " "}).status_code == 400
    assert desk.post(address, {"reason": "手机丢失，已电话核实"}).status_code == 302
    assert not SecondFactor.objects.exists()
    assert AuditEntry.objects.get(action="second_factor.reset").reason == "手机丢失，已电话核实"


def test_not_of_oneself_nor_of_who_works_elsewhere_too(
    desk: Client, principal: Account, room: Classroom, clock: HandClock
) -> None:
    own = f"{STAFF}roles/{role_of(principal, Role.INSTITUTION_ADMINISTRATOR)}/second-factor/"
    assert desk.post(own, {"reason": "换了手机"}).status_code == 400
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    both = people.account((Role.TEACHER, room.institution.pk), (Role.TEACHER, other.pk), now=clock.now())
    second_factor.begin(both)
    held = both.memberships.get(organisation=room.institution)
    answer = desk.post(f"{STAFF}roles/{held.pk}/second-factor/", {"reason": "换了手机"})
    assert answer.status_code == 400
    assert "其他单位" in answer.content.decode()
    assert SecondFactor.objects.filter(account=both).exists()


def test_of_who_works_in_several_places_the_system_administrator_does_it(
    system: Client, room: Classroom, clock: HandClock
) -> None:
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    both = people.account((Role.TEACHER, room.institution.pk), (Role.TEACHER, other.pk), now=clock.now(), name="张远")
    second_factor.begin(both)
    held = both.memberships.get(organisation=room.institution)
    there = f"/operator/organisations/{room.institution.pk}/staff/"
    assert "张*" in main_of(system, there)
    assert f'{there}roles/{held.pk}/"' not in main_of(system, there)
    assert system.post(f"{there}roles/{held.pk}/second-factor/", {"reason": "换了手机"}).status_code == 302
    assert not SecondFactor.objects.filter(account=both).exists()
    assert system.post(f"{there}roles/{held.pk}/").status_code == 404
    assert both.memberships.count() == 2


@pytest.mark.clause("C5")
def test_nothing_of_another_institution_can_be_seen_or_changed(desk: Client, room: Classroom, clock: HandClock) -> None:
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    stranger = people.account((Role.TEACHER, other.pk), now=clock.now(), name="外校教师")
    held = stranger.memberships.get()
    assert "外**" not in main_of(desk, STAFF)
    for address in (f"{STAFF}roles/{held.pk}/", f"{STAFF}roles/{held.pk}/second-factor/"):
        assert desk.get(address).status_code == 404
        assert desk.post(address, {"reason": "换了手机"}).status_code == 404
    assert stranger.memberships.exists()


def test_a_supervisor_invites_colleagues_of_their_own_authority(supervisor_desk: Client) -> None:
    link = invited(supervisor_desk, "supervisor", "/region/staff/")
    assert Client().post(link, NEW).status_code == 302
    held = Membership.objects.get(account__login_name="zhang.laoshi")
    assert held.role == Role.SUPERVISOR


@pytest.fixture
def supervisor_desk(db: None, clock: HandClock) -> Client:
    authority = Organisation.objects.create(kind="authority", name="人社局", region=institution().region)
    return client_of(people.account((Role.SUPERVISOR, authority.pk), now=clock.now()))


@pytest.fixture
def system(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))


@pytest.mark.parametrize("role", sorted({*EXCLUSIVE_ROLES, Role.REVIEWER}))
def test_the_system_administrator_invites_those_of_the_platform(system: Client, role: Role) -> None:
    assert Client().post(invited(system, role.value, "/operator/platform/staff/"), NEW).status_code == 302
    held = Membership.objects.get(account__login_name="zhang.laoshi")
    assert (held.role, held.organisation_id) == (role, None)


@pytest.mark.clause("C5")
@pytest.mark.parametrize(
    ("kind", "role", "other"),
    [
        ("institution", "institution_administrator", "supervisor"),
        ("enterprise", "institution_administrator", "supervisor"),
        ("authority", "supervisor", "institution_administrator"),
    ],
)
def test_an_organisation_has_the_roles_of_its_kind(
    system: Client, room: Classroom, kind: str, role: str, other: str
) -> None:
    """Whoever supervised from within an institution would see the whole region around it."""
    made = Organisation.objects.create(kind=kind, name="某单位", region=room.institution.region)
    there = f"/operator/organisations/{made.pk}/staff/"
    assert f'value="{role}"' in main_of(system, there)
    assert f'value="{other}"' not in main_of(system, there)
    assert system.post(there, {"name": "张老师", "role": other}).status_code == 400
    assert not Invitation.objects.exists()


def test_nobody_holds_two_of_the_exclusive_roles(system: Client, clock: HandClock) -> None:
    auditor = people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now())
    link = invited(system, "security_administrator", "/operator/platform/staff/")
    assert client_of(auditor).post(link).status_code == 409


@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR])
def test_the_last_of_an_exclusive_role_stays(system: Client, clock: HandClock, role: Role) -> None:
    if role is not Role.SYSTEM_ADMINISTRATOR:
        people.account((role, None), now=clock.now())
    held = Membership.objects.get(role=role)
    assert system.post(f"/operator/platform/staff/roles/{held.pk}/").status_code == 409
