"""Who a learner is: masked for staff, in full for a reason and once (clauses M2, C5)."""

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("M2")


def _page(room: Classroom, portal: str = "institution") -> str:
    return f"/{portal}/classes/{room.training_class.pk}/learners/{room.enrolment.pk}/"


def _number(room: Classroom) -> str:
    serial = int(room.learner.login_name.removeprefix("person"))
    return people.id_number(serial)


def _keepers(room: Classroom, clock: HandClock) -> dict[str, tuple[Client, str]]:
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())
    return {
        "head teacher": (client_of(room.head_teacher), _page(room)),
        "administrator": (client_of(administrator), _page(room)),
        "supervisor": (supervisor("4401", clock), _page(room, "region")),
    }


def test_a_learner_stands_masked_on_the_page(room: Classroom, head: Client) -> None:
    page = main_of(head, _page(room))
    number = _number(room)
    assert "李**" in page
    assert f"44**************{number[-2:]}" in page
    for hidden in ("李小明", number, room.learner.login_name):
        assert hidden not in page
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()


@pytest.mark.clause("C5")
def test_those_who_answer_for_a_class_see_who_a_learner_is_for_a_reason(room: Classroom, clock: HandClock) -> None:
    for name, (client, page) in _keepers(room, clock).items():
        shown = client.post(f"{page}reveal/", {"why": "check", "detail": "核对承诺书"})
        assert shown.status_code == 200, name
        for said in ("李小明", _number(room), room.learner.login_name, "本次完整显示"):
            assert said in main_in(shown.content.decode()), name
        assert "no-store" in shown["Cache-Control"]
        assert _number(room) not in main_of(client, page), "shown once"
    entries = AuditEntry.objects.filter(action="identity.revealed", result="done").order_by("pk")
    assert {entry.reason for entry in entries} == {"核对学员身份：核对承诺书"}
    assert {entry.object_id for entry in entries} == {str(room.learner.pk)}
    assert [entry.role for entry in entries] == ["head_teacher", "institution_administrator", "supervisor"]
    assert entries[0].actor_id == room.head_teacher.pk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"detail": "核对承诺书"}, "请选择查看原因。"),
        ({"why": "curiosity", "detail": "核对承诺书"}, "请选择查看原因。"),
        ({"why": "other"}, "请写明查看原因。"),
        ({"why": "other", "detail": " 。—… "}, "请写明查看原因。"),
        ({"why": "check", "detail": "长" * 161}, "最多 160 个字。"),
    ],
)
def test_without_a_reason_nothing_is_shown_and_nothing_typed_is_lost(
    room: Classroom, head: Client, typed: dict[str, str], said: str
) -> None:
    answer = head.post(f"{_page(room)}reveal/", typed)
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert said in page
    assert typed.get("detail", "").strip() in page
    assert _number(room) not in page
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()


def test_a_teacher_who_does_not_answer_for_the_class_is_shown_nobody(room: Classroom, clock: HandClock) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    client = client_of(teacher)
    assert client.get(_page(room)).status_code == 403
    assert client.post(f"{_page(room)}reveal/", {"why": "check"}).status_code == 403
    assert f"/classes/{room.training_class.pk}/learners/" not in main_of(
        client, f"/institution/classes/{room.training_class.pk}/"
    )


def test_nobody_reveals_learners_of_others(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now(), region="440304")
    for client, portal in ((client_of(elsewhere.head_teacher), "institution"), (supervisor("4403", clock), "region")):
        assert client.get(_page(room, portal)).status_code == 404
        assert client.post(f"{_page(room, portal)}reveal/", {"why": "check"}).status_code == 404
    mixed = f"/institution/classes/{elsewhere.training_class.pk}/learners/{room.enrolment.pk}/reveal/"
    assert client_of(elsewhere.head_teacher).post(mixed, {"why": "check"}).status_code == 404
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()


def test_a_look_is_no_link_that_somebody_can_be_led_to(room: Classroom, head: Client) -> None:
    assert head.get(f"{_page(room)}reveal/", {"why": "check"}).status_code == 405


def test_the_pages_of_a_class_lead_to_its_learners(room: Classroom, head: Client) -> None:
    for address in ("", "days/"):
        assert _page(room) in main_of(head, f"/institution/classes/{room.training_class.pk}/{address}")


def test_the_audit_administrator_reads_the_reason(room: Classroom, head: Client, clock: HandClock) -> None:
    head.post(f"{_page(room)}reveal/", {"why": "other", "detail": "<b>家属来电</b>"})
    auditor = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))
    page = main_of(auditor, "/operator/audit/?action=identity.revealed")
    assert "查看学员完整信息" in page
    assert "理由：&lt;b&gt;家属来电&lt;/b&gt;" in page
