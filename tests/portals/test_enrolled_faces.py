"""The page on which enrolled faces are held against the identity document (登记核对), and what the learner and the settlement say of it (clauses T3.1, M2, M6)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.models import DocumentComparison, FaceTemplate
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared, waiting
from tests.factories.face_cases import faces_checked, learning
from tests.factories.face_cases import head as head_of
from tests.factories.facing import ENROLLED_PICTURE, enrolled
from tests.factories.policies import set_rule
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("T3.1", "M2", "M6")
WHY = {"why": "check", "detail": ""}
DIFFERENT = "照片与证件上的人五官明显不同。"


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


@pytest.fixture
def address(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/enrolled-faces/"


def shown(client: Client, address: str) -> str:
    """Give a reason, and return the page with the pictures."""
    response = client.post(f"{address}look/", WHY)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return main_in(response.content.decode())


def attempt() -> str:
    return FaceTemplate.objects.get().attempt_id.hex


def said(outcome: str, text: str = "", how: str = "video") -> dict[str, str]:
    """Return what the page sends of the one learner."""
    return {**WHY, "how": how, f"said-{attempt()}": outcome, f"text-{attempt()}": text}


def pictures(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]+/picture/[^"]+)"', page)


def test_a_tab_counts_what_waits_and_the_page_names_nobody_in_full(room: Classroom, address: str, head: Client) -> None:
    tabs = re.sub(r"\s+", " ", main_of(head, f"/institution/classes/{room.training_class.pk}/"))
    assert f'href="{address}">登记核对 <span class="tab-count">1</span>' in tabs
    page = main_of(head, address)
    assert "待核对" in page
    assert room.learner.name not in page
    assert not pictures(page)


def test_names_and_pictures_stand_side_by_side_after_one_reason_for_the_page(
    room: Classroom, address: str, head: Client
) -> None:
    assert head.post(f"{address}look/", {}).status_code == 400
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()
    page = shown(head, address)
    assert room.learner.name in page
    (picture,) = pictures(page)
    response = head.get(picture)
    assert (response.content, response["Content-Type"]) == (ENROLLED_PICTURE, "image/jpeg")
    assert "no-store" in response["Cache-Control"]
    about = AuditEntry.objects.filter(reason="核对学员身份", object_kind="account", object_id=str(room.learner.pk))
    assert {entry.action for entry in about} == {"face.pictures_shown", "identity.revealed"}


def test_who_asks_for_deletion_at_that_moment_is_not_shown(
    room: Classroom, address: str, head: Client, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = waiting(head_of(room), room, clock)
    Account.objects.filter(pk=room.learner.pk).update(restricted_at=clock.now())
    monkeypatch.setattr("jiangxue.portals.institution.enrolled_faces.waiting_faces", lambda *_: found)
    response = head.post(f"{address}look/", WHY)
    assert response.url == address
    refused = AuditEntry.objects.get(action="identity.revealed")
    assert (refused.object_id, refused.result) == (str(room.learner.pk), "refused")
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()
    assert "刚刚申请了删除" in head.get(address).content.decode()


def test_the_identity_number_stays_masked(room: Classroom, address: str, head: Client) -> None:
    number = people.id_number(int(room.learner.login_name.removeprefix("person")))
    page = shown(head, address)
    assert f"44**************{number[-2:]}" in page
    assert number not in page


def test_the_address_of_a_picture_is_for_one_person_five_minutes_and_a_face_that_waits(
    address: str, head: Client, second: Client, learner: Client, clock: HandClock
) -> None:
    (url,) = pictures(shown(head, address))
    shown(second, address)
    assert second.get(url).status_code == 404
    assert learner.get(url).status_code == 403
    assert head.get(f"{url[:-4]}abc/").status_code == 404
    clock.advance(5 * 60_000)
    assert head.get(url).status_code == 200
    clock.advance(1)
    assert head.get(url).status_code == 404
    (url,) = pictures(shown(head, address))
    head.post(f"{address}compare/", said("matches"))
    assert head.get(url).status_code == 404


def test_whoever_loses_the_class_loses_page_and_picture(
    room: Classroom, address: str, head: Client, clock: HandClock
) -> None:
    (url,) = pictures(shown(head, address))
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    room.training_class.head_teacher = colleague
    room.training_class.save(update_fields=["head_teacher"])
    room.training_class.teachers.create(teacher=room.head_teacher)
    for response in (head.get(url), head.get(address), head.post(f"{address}compare/", said("matches"))):
        assert response.status_code == 404
    assert "登记核对" not in main_of(head, f"/institution/classes/{room.training_class.pk}/")
    Membership.objects.filter(account=room.head_teacher).update(role=Role.TEACHER)
    assert head.get(url).status_code == 403
    assert not DocumentComparison.objects.exists()


def test_what_was_chosen_is_saved_and_leads_back_to_what_waits(address: str, head: Client) -> None:
    shown(head, address)
    response = head.post(f"{address}compare/", said("matches"), follow=True)
    page = main_in(response.content.decode())
    assert response.redirect_chain == [(address, 302)]
    assert "没有待核对的登记" in page
    assert DocumentComparison.objects.get().how == "video"


def test_whoever_is_left_open_waits_on(room: Classroom, address: str, head: Client, clock: HandClock) -> None:
    mate = people.account((Role.LEARNER, None), now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=mate.pk, now=clock.now())
    other = enrolled(mate, clock.now() + timedelta(seconds=1)).attempt_id.hex
    page = shown(head, address)
    assert len(pictures(page)) == 2
    first = FaceTemplate.objects.get(pk=room.learner.pk).attempt_id.hex
    chosen = {**WHY, "how": "copy", f"said-{first}": "matches", f"text-{first}": "", f"said-{other}": ""}
    assert head.post(f"{address}compare/", {**chosen, f"text-{other}": ""}).status_code == 302
    assert DocumentComparison.objects.get().account_id == room.learner.pk
    assert main_of(head, address).count("待核对") == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"said": "differs", "text": ""}, "请写明哪里不相符，至少 4 个字。"),
        ({"said": "differs", "text": "…………"}, "请写明哪里不相符，至少 4 个字。"),
        ({"said": "differs", "text": "不像"}, "请写明哪里不相符，至少 4 个字。"),
        ({"said": "differs", "text": "因" * 1_001}, "最多 1000 字。"),
        ({"said": "matches", "how": ""}, "请选择查看证件的方式。"),
        ({"said": "matches", "how": "dream"}, "dream"),
        ({"said": "perhaps"}, "perhaps"),
        ({"said": ""}, "请至少选择一名学员的核对结果。"),
    ],
)
def test_what_is_not_whole_is_asked_for_again_with_the_pictures_and_what_was_typed(
    address: str, head: Client, wrong: dict[str, str], sentence: str
) -> None:
    shown(head, address)
    response = head.post(f"{address}compare/", said(wrong["said"], wrong.get("text", ""), wrong.get("how", "video")))
    page = main_in(response.content.decode())
    assert response.status_code == 400
    assert len(pictures(page)) == 1
    assert wrong.get("text", "") in page
    assert sentence in page
    assert not DocumentComparison.objects.exists()


def test_a_face_that_is_not_the_learners_is_said_to_staff_learner_and_settlement(
    room: Classroom, address: str, head: Client, learner: Client, clock: HandClock
) -> None:
    learning(room, clock)
    shown(head, address)
    assert head.post(f"{address}compare/", said("differs", DIFFERENT)).url == address
    page = main_of(learner, "/learn/face/")
    assert "登记的人脸与证件照片不相符" in page
    assert "请联系班主任，或改用人工核验" in page
    assert "登记人脸" in page
    settlement = main_of(head, address.replace("enrolled-faces", "settlement"))
    assert "工作人员认为登记的人脸与证件不相符" in settlement
    assert "登记的人脸与证件不符" in main_of(head, address.replace("enrolled-faces", "anomalies"))


def test_who_looks_the_learner_up_reads_how_it_stands(room: Classroom, head: Client, clock: HandClock) -> None:
    page = f"classes/{room.training_class.pk}/learners/{room.enrolment.pk}/"
    assert "待核对" in main_of(head, f"/institution/{page}")
    compared(head_of(room), room, clock, DIFFERS)
    watching = supervisor(room.institution.region_id, clock)
    assert "与证件不相符 · 2026-11-24" in main_of(watching, f"/region/{page}")


def test_nothing_is_taken_from_who_has_not_had_the_picture_shown(address: str, head: Client, second: Client) -> None:
    shown(second, address)
    response = head.post(f"{address}compare/", said("matches"))
    assert response.status_code == 409
    assert "请先查看照片" in response.content.decode()
    assert not DocumentComparison.objects.exists()


def test_who_comes_second_is_told_and_what_else_they_chose_is_saved(
    room: Classroom, address: str, head: Client, second: Client, clock: HandClock
) -> None:
    mate = people.account((Role.LEARNER, None), now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=mate.pk, now=clock.now())
    other = enrolled(mate, clock.now() + timedelta(seconds=1)).attempt_id.hex
    first = FaceTemplate.objects.get(pk=room.learner.pk).attempt_id.hex
    for client in (head, second):
        shown(client, address)
    one = {**WHY, "how": "video", f"said-{first}": "matches"}
    assert second.post(f"{address}compare/", one).status_code == 302
    both = {**one, f"said-{first}": "differs", f"text-{first}": DIFFERENT, f"said-{other}": "matches"}
    response = head.post(f"{address}compare/", both)
    assert response.status_code == 409
    assert "已由他人先行核对" in response.content.decode()
    assert set(DocumentComparison.objects.values_list("account", "outcome")) == {
        (room.learner.pk, "matches"),
        (mate.pk, "matches"),
    }


def test_an_enrolment_that_was_made_anew_meanwhile_is_not_meant(
    room: Classroom, address: str, head: Client, clock: HandClock
) -> None:
    shown(head, address)
    before = said("matches")
    compared(head_of(room), room, clock, DIFFERS)
    clock.advance(60_000)
    enrolled(room.learner, clock.now())
    assert head.post(f"{address}compare/", before).status_code == 409
    assert "待核对" in main_of(head, address)


def test_nobody_is_shown_their_own(room: Classroom, address: str) -> None:
    room.learner.memberships.all().delete()
    Membership.objects.create(account=room.learner, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution)
    client = client_of(room.learner)
    assert "本人的登记，由他人核对" in main_of(client, address)
    page = shown(client, address)
    assert "这是您自己的登记，须由他人核对。" in page
    assert not pictures(page)
    assert client.post(f"{address}compare/", said("matches")).status_code == 403
    assert not DocumentComparison.objects.exists()


def test_others_have_no_such_page(room: Classroom, address: str, learner: Client, clock: HandClock) -> None:
    other = client_of(classroom(clock.now()).head_teacher)
    watching = supervisor(room.institution.region_id, clock)
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    for client, status in ((other, 404), (watching, 403), (learner, 403), (client_of(teacher), 403)):
        assert client.get(address).status_code == status
        assert client.post(f"{address}look/", WHY).status_code == status
        assert client.post(f"{address}compare/", said("matches")).status_code == status
    region = f"/region/classes/{room.training_class.pk}/"
    assert "登记核对" not in main_of(watching, region)
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()


def test_a_class_that_checks_no_faces_has_no_such_tab(room: Classroom, clock: HandClock) -> None:
    other = classroom(clock.now())
    client, address = client_of(other.head_teacher), f"/institution/classes/{other.training_class.pk}/"
    assert "登记核对" not in main_of(client, address)
    set_rule(other, clock.now(), face_checks=1)
    assert "登记核对" in main_of(client, address)


def test_twenty_stand_on_a_page_and_a_reason_is_for_these_alone(
    room: Classroom, address: str, head: Client, clock: HandClock
) -> None:
    for number in range(20):
        mate = people.account((Role.LEARNER, None), now=clock.now())
        enrol(class_id=room.training_class.pk, learner_id=mate.pk, now=clock.now())
        enrolled(mate, clock.now() + timedelta(seconds=number + 1))
    assert len(pictures(shown(head, address))) == 20
    response = head.post(f"{address}look/?page=2", WHY)
    assert len(pictures(response.content.decode())) == 1
    assert AuditEntry.objects.filter(action="face.pictures_shown", object_kind="account").count() == 21
