"""The pages of exports: from a list to a file in one's hands, and what others find at the same addresses."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, Membership
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from jiangxue.reporting.models import Export
from jiangxue.reporting.rules.exports import KEPT, MOST_ROWS, Format
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import administrator, asked, made
from tests.factories.tables import NAME, ManyRows, registered
from tests.portals.clients import client_of, main_in, main_of

pytestmark = pytest.mark.clause("T7")
_LIST = "/institution/exports/"
_NEW = f"{_LIST}new/{NAME}/"
_WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"


@pytest.fixture
def room(lasting_database: str, own_storage: Path, clock: HandClock) -> Classroom:
    clock.at = MORNING
    return classroom(MORNING)


@pytest.fixture
def head(room: Classroom) -> Client:
    return client_of(room.head_teacher)


@pytest.fixture(autouse=True)
def table() -> Iterator[ManyRows]:
    with registered(ManyRows(5)) as made_table:
        yield made_table


def _asked_by(client: Client, **chosen: str) -> Export:
    response = client.post(_NEW, {"format": "csv", **chosen})
    assert response.status_code == 302, main_in(response.content.decode())
    return Export.objects.get(pk=response["Location"].split("/")[-2])


def _page(export: Export, *below: str) -> str:
    return "/".join([f"{_LIST}{export.pk}", *below]) + "/"


def test_a_list_becomes_a_file_in_ones_hands(room: Classroom, head: Client, clock: HandClock) -> None:
    page = main_of(head, f"{_NEW}?group=migrant_workers")
    assert "学员明细" in page
    assert "农民工" in page
    assert ">5<" in page
    export = _asked_by(head)
    assert "正在排队" in main_of(head, _page(export))
    export = made(export, clock)
    state = head.get(_page(export, "state")).content.decode()
    assert "文件已生成" in state
    assert export.sha256 in state
    response = head.get(_page(export, "file"))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(list(csv.reader(content.decode("utf-8-sig").splitlines()))) == 6
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_workbook_is_sent_as_one(room: Classroom, head: Client, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING, kind=Format.XLSX), clock)
    response = head.get(_page(export, "file"))
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"".join(response.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_filter_of_the_list_goes_with_the_form(room: Classroom, head: Client) -> None:
    response = head.post(f"{_LIST}new/learners/?sex=male&page=4", {"format": "csv"})
    assert response.status_code == 302
    assert Export.objects.get(pk=response["Location"].split("/")[-2]).filter == "sex=male"


def test_others_find_no_such_page(room: Classroom, head: Client, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    others = (administrator(room, MORNING), classroom(MORNING).head_teacher)
    for address in (_page(export), _page(export, "file"), _page(export, "state")):
        assert Client().get(address).status_code == 302
        assert [client_of(each).get(address).status_code for each in others] == [404, 404]
        assert client_of(room.learner).get(address).status_code == 403
    assert client_of(others[0]).post(_page(export, "again")).status_code == 404
    Membership.objects.filter(account=room.head_teacher).update(role=Role.TEACHER)
    assert head.get(_page(export, "file")).status_code == 404


def test_a_file_over_its_time_is_said_to_be_so(room: Classroom, head: Client, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    clock.at = MORNING + KEPT
    page = main_of(head, _page(export, "file"), 410)
    assert "文件已过期" in page
    assert 'href="{}"'.format(_page(export, "file")) not in page
    assert "已过期" in main_of(head, _LIST)


def test_what_is_not_made_yet_leads_to_its_page(room: Classroom, head: Client) -> None:
    export = asked(room.head_teacher, MORNING)
    assert head.get(_page(export, "file"))["Location"] == _page(export)


def test_wechat_keeps_no_files_and_is_told_where_to_go(room: Classroom, head: Client, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    assert head.get(_page(export, "file"), headers={"user-agent": _WECHAT})["Location"] == _page(export)
    page = head.get(_page(export), headers={"user-agent": _WECHAT}).content.decode()
    assert "在浏览器打开" in page
    assert f'value="http://testserver{_page(export)}"' in page
    assert "下载</a>" not in page


def test_a_look_ahead_at_the_file_is_no_download(room: Classroom, head: Client, clock: HandClock) -> None:
    export = made(asked(room.head_teacher, MORNING), clock)
    assert head.head(_page(export, "file")).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("x=1", "无法识别"),
        ("class=999999999", "不在您的可见范围内"),
        ("from=2026-02-02&until=2026-01-01", "结束早于开始"),
    ],
)
def test_a_condition_that_does_not_hold_exports_nothing(room: Classroom, head: Client, query: str, said: str) -> None:
    assert said in main_of(head, f"{_LIST}new/learners/?{query}", 400)
    assert head.post(f"{_LIST}new/learners/?{query}", {"format": "csv"}).status_code == 400


def test_a_list_that_is_not_there_is_not_found(room: Classroom, head: Client) -> None:
    assert head.get(f"{_LIST}new/nothing/").status_code == 404


@pytest.mark.parametrize("form", [{}, {"format": "pdf"}, {"format": "csv", "masking": "naked"}])
def test_a_forged_form_is_answered_with_words(room: Classroom, head: Client, form: dict[str, str]) -> None:
    response = head.post(_NEW, form)
    assert response.status_code == 400
    assert "请选择" in response.content.decode()
    assert not Export.objects.filter(account=room.head_teacher).exists()


def test_too_many_at_once_and_too_many_rows_keep_the_form(room: Classroom, head: Client, table: ManyRows) -> None:
    for _ in range(3):
        _asked_by(head)
    response = head.post(_NEW, {"format": "csv"})
    assert response.status_code == 409
    assert "您已有 3 个导出" in response.content.decode()
    table.size = MOST_ROWS + 1
    Export.objects.filter(account=room.head_teacher).update(state="failed", fault="role_lost", finished_at=MORNING)
    response = head.post(_NEW, {"format": "csv"})
    assert response.status_code == 409
    assert re.search(r'value="csv"[^>]*checked', response.content.decode())


def test_a_failed_one_says_why_and_has_a_button(room: Classroom, head: Client, clock: HandClock) -> None:
    export = asked(room.head_teacher, MORNING)
    Export.objects.filter(pk=export.pk).update(state="failed", fault="worker_lost", finished_at=MORNING)
    page = main_of(head, _page(export))
    assert "不是您的问题" in page
    assert f'action="{_page(export, "again")}"' in page
    head.post(_page(export, "again"))
    assert made(export, clock).state == "ready"


def test_the_list_is_chosen_by_state_in_the_address(room: Classroom, head: Client, clock: HandClock) -> None:
    made(asked(room.head_teacher, MORNING), clock)
    asked(room.head_teacher, MORNING)
    assert main_of(head, f"{_LIST}?state=ready").count("学员明细") == 1
    assert main_of(head, f"{_LIST}?state=nonsense").count("学员明细") == 2
    assert "没有符合条件的导出" in main_of(head, f"{_LIST}?state=failed")
    assert head.get(f"{_LIST}list/?state=ready").content.decode().count("学员明细") == 1


def test_whoever_has_exported_nothing_is_told_what_to_do(room: Classroom, head: Client) -> None:
    assert "导出本列表" in main_of(head, _LIST)


def test_a_supervisor_has_the_same_pages_in_their_own_portal(room: Classroom, clock: HandClock) -> None:
    who = _supervisor(room)
    client = client_of(who)
    response = client.post(f"/region/exports/new/{NAME}/", {"format": "csv"})
    assert response.status_code == 302
    assert "正在排队" in main_of(client, response["Location"])
    assert client.get(_LIST).status_code == 403


def _supervisor(room: Classroom) -> Account:
    authority = Organisation.objects.create(kind="authority", name=f"人社局{room.institution.pk}", region_id="440104")
    return people.account((Role.SUPERVISOR, authority.pk), now=MORNING)


def test_a_class_page_leads_to_what_can_be_exported_of_it(room: Classroom, head: Client, clock: HandClock) -> None:
    page = main_of(head, f"/institution/classes/{room.training_class.pk}/")
    ways = re.findall(r'href="(/institution/exports/new/[^"]+)"', page)
    assert len(ways) == 3
    for way in ways:
        export = made(_exported(head, way), clock)
        assert (export.state, export.filter) == ("ready", f"class={room.training_class.pk}")
        assert f"{export.rows_done}<" in main_of(head, way)


def test_a_class_page_of_the_region_leads_there_too(room: Classroom) -> None:
    page = main_of(client_of(_supervisor(room)), f"/region/classes/{room.training_class.pk}/")
    assert len(re.findall(r'href="/region/exports/new/[a-z]+/\?class=[0-9]+"', page)) == 3


def test_who_exports_nothing_is_shown_no_way_there(room: Classroom) -> None:
    editor = client_of(people.account((Role.COURSE_EDITOR, room.institution.pk), now=MORNING))
    assert "exports/new" not in main_of(editor, f"/institution/classes/{room.training_class.pk}/")


def _exported(client: Client, way: str) -> Export:
    response = client.post(way, {"format": "csv"})
    return Export.objects.get(pk=response["Location"].split("/")[-2])
