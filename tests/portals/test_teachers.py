"""An administrator lets others lead and teach a class; nobody else does, and nobody from outside teaches. Clause C3."""

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.factories import people
from tests.factories.classes import Classroom
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("C3")


@pytest.fixture
def address(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/teachers/"


@pytest.fixture
def successor(room: Classroom, clock: HandClock) -> Account:
    return people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now(), name="接任")


def test_another_leads_the_class_and_the_one_before_sees_it_no_more(
    second: Client, head: Client, room: Classroom, address: str, successor: Account
) -> None:
    assert "接" in main_of(second, address)
    assert second.post(address, {"head_teacher": successor.pk}).status_code == 302
    room.training_class.refresh_from_db()
    assert room.training_class.head_teacher_id == successor.pk
    assert head.get(f"/institution/classes/{room.training_class.pk}/").status_code == 404
    assert client_of(successor).get(f"/institution/classes/{room.training_class.pk}/").status_code == 200
    assert AuditEntry.objects.filter(action="class.teachers_changed").count() == 1


def test_teachers_beside_come_and_go(second: Client, room: Classroom, address: str, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    kept = {"head_teacher": room.head_teacher.pk}
    second.post(address, {**kept, "teachers": [teacher.pk]})
    assert list(room.training_class.teachers.values_list("teacher_id", flat=True)) == [teacher.pk]
    second.post(address, kept)
    assert not room.training_class.teachers.exists()


def test_nobody_from_outside_teaches(second: Client, room: Classroom, address: str, clock: HandClock) -> None:
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    stranger = people.account((Role.HEAD_TEACHER, other.pk), now=clock.now())
    assert second.post(address, {"head_teacher": stranger.pk}).status_code == 400
    outsider = {"head_teacher": room.head_teacher.pk, "teachers": [stranger.pk]}
    assert second.post(address, outsider).status_code == 400
    assert second.post(address, {"head_teacher": room.learner.pk}).status_code == 400


def test_who_taught_a_closed_class_stays_on_record(
    second: Client, room: Classroom, address: str, successor: Account, clock: HandClock
) -> None:
    room.training_class.closed_at = clock.now()
    room.training_class.save(update_fields=["closed_at"])
    answer = second.post(address, {"head_teacher": successor.pk})
    assert answer.status_code == 409
    assert "班级已结班" in answer.content.decode()


def test_only_an_administrator_of_the_institution_decides_it(
    head: Client, room: Classroom, address: str, successor: Account, clock: HandClock
) -> None:
    assert head.post(address, {"head_teacher": successor.pk}).status_code == 403
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    foreign = people.account((Role.INSTITUTION_ADMINISTRATOR, other.pk), now=clock.now())
    assert client_of(foreign).post(address, {"head_teacher": successor.pk}).status_code == 404
