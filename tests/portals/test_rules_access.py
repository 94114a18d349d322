"""Everybody reads and sets the rules that are theirs, and nobody else's (clauses M3, C5, M6)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import time_policy_for
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of, supervisor
from tests.portals.rule_forms import CAPS, administrator_of, class_rules, filled, saved


@pytest.fixture
def administrator(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator_of(room, clock))


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.TEACHER, Role.COURSE_EDITOR])
@pytest.mark.clause("M3")
def test_staff_read_the_rules_of_their_classes_and_set_none(role: Role, room: Classroom, clock: HandClock) -> None:
    reader = room.head_teacher
    if role is Role.COURSE_EDITOR:
        reader = people.account((role, room.institution.pk), now=clock.now())
    elif role is Role.TEACHER:
        reader = people.account((role, room.institution.pk), now=clock.now())
        room.training_class.teachers.create(teacher=reader)
    client = client_of(reader)
    page = client.get(class_rules(room)).content.decode()
    assert "每人每天最多计入" in page
    assert "制定新版本" not in page
    assert "本班规则" in client.get(f"/institution/classes/{room.training_class.pk}/").content.decode()
    for address in ("/institution/rules/", "/institution/rules/new/", f"{class_rules(room)}new/"):
        assert client.get(address).status_code == 403
        assert client.post(address, filled(CAPS) | {"step": "save"}).status_code in {403, 405}
    assert not PolicyVersion.objects.exclude(scope="platform").exists()


@pytest.mark.clause("M3", "C5")
def test_classes_of_others_are_not_found(administrator: Client, room: Classroom, clock: HandClock) -> None:
    elsewhere = class_rules(classroom(clock.now(), region="440305"))
    for client in (administrator, client_of(room.head_teacher)):
        assert client.get(elsewhere).status_code == 404
    assert administrator.get(f"{elsewhere}new/").status_code == 404
    assert administrator.post(f"{elsewhere}new/", filled(CAPS) | {"step": "save"}).status_code == 404
    assert not PolicyVersion.objects.exclude(scope="platform").exists()


@pytest.mark.clause("M3", "C5")
def test_everybody_sets_the_own_rules_alone(room: Classroom, clock: HandClock) -> None:
    """No address or field names an institution or region: it is always the viewer's own."""
    elsewhere = classroom(clock.now(), region="440305")
    other = client_of(administrator_of(elsewhere, clock))
    saved(other, "/institution/rules/new/", filled(CAPS, scope_id=str(room.institution.pk)))
    saved(supervisor("4403", clock), "/region/rules/new/", filled(CAPS, region="4401"))
    mine = time_policy_for(Reach("440104", room.institution.pk, room.training_class.pk), clock.now())
    assert mine.policy == TimePolicy()
    kept = PolicyVersion.objects.exclude(scope="platform").values_list("scope", "scope_id")
    assert set(kept) == {("institution", elsewhere.institution.pk), ("region", 4403)}


@pytest.mark.clause("M3")
def test_pages_of_rules_are_for_their_roles(room: Classroom, clock: HandClock) -> None:
    system = client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))
    official = supervisor("4401", clock)
    learner = client_of(room.learner)
    for client in (learner, official):
        assert client.get("/operator/rules/").status_code == 403
    for client in (learner, system):
        assert client.get("/region/rules/new/").status_code == 403
        assert client.get(class_rules(room)).status_code == 403


@pytest.mark.clause("M3")
def test_a_version_needs_the_forms_token(room: Classroom, clock: HandClock) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator_of(room, clock))
    assert client.post("/institution/rules/new/", filled(CAPS) | {"step": "save"}).status_code == 403
    assert not PolicyVersion.objects.exclude(scope="platform").exists()
