"""Unmasked data: a reason, a proof, another person; each word of it in the audit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import REASON, administrator, asked, made
from tests.factories.phones import code_of
from tests.factories.tables import NAME, ManyRows, registered
from tests.portals.clients import client_of, main_in, main_of

pytestmark = pytest.mark.clause("M2")
_LIST = "/institution/exports/"
_NEW = f"{_LIST}new/{NAME}/"
_WHOLE = {"format": "csv", "masking": "whole", "reason": REASON}


@pytest.fixture
def room(lasting_database: str, own_storage: Path, clock: HandClock) -> Classroom:
    clock.at = MORNING
    return classroom(MORNING)


@pytest.fixture
def head(room: Classroom) -> Client:
    return client_of(room.head_teacher)


@pytest.fixture
def second(room: Classroom) -> Client:
    return client_of(administrator(room, MORNING))


@pytest.fixture(autouse=True)
def table() -> Iterator[ManyRows]:
    with registered(ManyRows(5)) as made_table:
        yield made_table


def _request(export: Export, *below: str) -> str:
    return "/".join([f"{_LIST}requests/{export.pk}", *below]) + "/"


def _own(room: Classroom) -> Export:
    return Export.objects.get(account=room.head_teacher)


def test_two_persons_let_unmasked_data_leave(room: Classroom, head: Client, second: Client, clock: HandClock) -> None:
    assert head.post(_NEW, {**_WHOLE, "proof": code_of(head)}).status_code == 302
    export = _own(room)
    assert "等待本单位另一位有权放行的人员放行" in main_of(head, f"{_LIST}{export.pk}/")
    waiting = main_of(second, f"{_LIST}requests/")
    assert REASON in waiting
    assert "王**" in waiting
    assert "王老师" not in waiting
    assert "农民工" in main_of(second, _request(export))
    assert "(1)" in second.get("/institution/classes/").content.decode()
    assert second.post(_request(export, "release"), {"proof": code_of(second)}).status_code == 302
    export = made(export, clock)
    response = head.get(f"{_LIST}{export.pk}/file/")
    assert b"4401041990" in b"".join(response.streaming_content)  # type: ignore[attr-defined]
    acts = AuditEntry.objects.filter(object_kind="export", object_id=str(export.pk)).order_by("pk")
    assert [act.action.removeprefix("export.") for act in acts] == ["asked", "released", "made", "downloaded"]
    assert acts[0].reason == REASON


def test_who_asks_where_nobody_may_release_is_told_what_to_do(room: Classroom, clock: HandClock) -> None:
    lonely = administrator(room, MORNING)
    export = asked(lonely, MORNING, masked=False)
    own = client_of(lonely)
    assert "本单位没有其他人可以放行" in main_of(own, f"{_LIST}{export.pk}/")
    administrator(room, MORNING)
    page = main_of(own, f"{_LIST}{export.pk}/")
    assert "本单位没有其他人可以放行" not in page
    assert "等待本单位另一位有权放行的人员放行" in page


def test_the_second_person_cannot_fetch_what_they_released(room: Classroom, second: Client, clock: HandClock) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    second.post(_request(export, "release"), {"proof": code_of(second)})
    made(export, clock)
    assert second.get(f"{_LIST}{export.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"proof": "000000"}, "验证码不对"),
        ({"proof": ""}, "请输入手机应用显示的六位数字"),
        ({"reason": ""}, "请写明用途"),
        ({"reason": "。。。"}, "请写明用途"),
    ],
)
def test_without_reason_or_proof_nothing_is_asked_and_what_was_typed_stays(
    room: Classroom, head: Client, changed: dict[str, str], said: str
) -> None:
    response = head.post(_NEW, {**_WHOLE, "proof": code_of(head), **changed})
    page = main_in(response.content.decode())
    assert response.status_code == 400
    assert said in page
    assert (REASON in page) == ("reason" not in changed)
    assert not Export.objects.filter(account=room.head_teacher).exists()


def test_who_asked_finds_no_way_to_release_it(room: Classroom, head: Client) -> None:
    head.post(_NEW, {**_WHOLE, "proof": code_of(head)})
    export = _own(room)
    assert head.get(f"{_LIST}requests/").status_code == 403
    assert head.get(_request(export)).status_code == 404
    assert head.post(_request(export, "release"), {"proof": code_of(head)}).status_code == 404


def test_an_administrator_does_not_release_their_own(room: Classroom, clock: HandClock) -> None:
    own = administrator(room, MORNING)
    export = asked(own, MORNING, masked=False)
    client = client_of(own)
    assert "没有人申请" in main_of(client, f"{_LIST}requests/")
    assert client.post(_request(export, "release"), {"proof": code_of(client)}).status_code == 404
    assert made(export, clock).state == "asked"


def test_another_institutions_administrator_finds_no_such_request(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    stranger = client_of(administrator(classroom(MORNING), MORNING))
    assert stranger.get(_request(export)).status_code == 404
    assert stranger.post(_request(export, "release"), {"proof": code_of(stranger)}).status_code == 404
    assert stranger.post(_request(export, "refuse"), {"reason": "不"}).status_code == 404


def test_a_release_needs_a_code_of_the_second_persons_phone(room: Classroom, second: Client) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    response = second.post(_request(export, "release"), {"proof": "000000"})
    assert response.status_code == 400
    assert "验证码不对" in response.content.decode()
    assert Export.objects.get(pk=export.pk).state == "asked"


def test_a_request_is_refused_with_words_that_who_asked_reads(room: Classroom, head: Client, second: Client) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    assert second.post(_request(export, "refuse"), {"reason": "。"}).status_code == 400
    assert second.post(_request(export, "refuse"), {"reason": "请改用脱敏数据"}).status_code == 302
    page = main_of(head, f"{_LIST}{export.pk}/")
    assert "请改用脱敏数据" in page
    assert "没有放行" in page


def test_two_who_decide_at_once_decide_once(room: Classroom, second: Client) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    third = client_of(administrator(room, MORNING))
    assert third.post(_request(export, "refuse"), {"reason": "用途不明"}).status_code == 302
    late = second.post(_request(export, "release"), {"proof": code_of(second)})
    assert late.status_code == 409
    assert "已处理或已失效" in late.content.decode()
    assert Export.objects.get(pk=export.pk).state == "refused"


def test_a_teacher_is_offered_masked_data_alone_and_a_forged_form_gets_no_more(
    room: Classroom, table: ManyRows
) -> None:
    teacher = client_of(people.account((Role.TEACHER, room.institution.pk), now=MORNING))
    assert "未脱敏" not in main_of(teacher, _NEW)
    response = teacher.post(_NEW, {**_WHOLE, "proof": code_of(teacher)})
    export = Export.objects.get(pk=response["Location"].split("/")[-2])
    assert (export.masked, export.state) == (True, "waiting")
