"""The table of occupations in the administrator's pages: looked through, downloaded, imported after a look."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.occupations.errors import What
from jiangxue.occupations.models import TableDraft
from jiangxue.occupations.queries import last_table, occupations
from jiangxue.occupations.rules.table import MOST_BYTES, OccupationRow, read_table
from jiangxue.portals.operator.occupation_changes import MOST_SHOWN
from jiangxue.portals.operator.table_faults import SENTENCES
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.occupations import ELECTRICIAN, ROWS, SELLER, WELDER, content_of, imported
from tests.portals.clients import client_of, text_of

LIST, IMPORT, CHANGES, CSV = (f"/operator/occupations/{rest}" for rest in ("", "import/", "changes/", "table.csv"))


@pytest.fixture
def administrator(db: None, clock: HandClock) -> Account:
    return people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())


@pytest.fixture
def system(administrator: Account) -> Client:
    return client_of(administrator)


def send(client: Client, content: bytes, name: str = "职业目录.csv") -> HttpResponse:
    return client.post(IMPORT, {"table": SimpleUploadedFile(name, content, "text/csv")})


def confirm(client: Client, step: str = "import", **fields: object) -> HttpResponse:
    table = last_table()
    known = {"draft": TableDraft.objects.get().pk, "based_on": table.pk if table else 0}
    return client.post(CHANGES, {"step": step, **known, **fields})


def test_without_a_table_the_page_says_what_to_do(system: Client) -> None:
    page = text_of(system, LIST)
    assert "还没有职业目录" in page
    assert IMPORT in page


def test_the_list_is_searched_by_name_and_code_and_says_where_it_came_from(system: Client, clock: HandClock) -> None:
    imported(clock.now(), *ROWS)
    page = text_of(system, LIST)
    assert "职业目录.csv" in page
    assert "五级、四级" in page
    assert "焊工" not in text_of(system, f"{LIST}?q=电工")
    assert "焊工" in text_of(system, f"{LIST}?q=618")
    assert "没有符合的职业" in text_of(system, f"{LIST}?q=没有这个")


def test_retired_occupations_are_shown_on_demand(system: Client, clock: HandClock) -> None:
    imported(clock.now(), SELLER, WELDER)
    imported(clock.now(), WELDER)
    assert "电子商务师" not in text_of(system, LIST)
    page = text_of(system, f"{LIST}?retired=on")
    assert "电子商务师" in page
    assert "停用" in page


def test_what_is_downloaded_can_be_imported_again(system: Client, clock: HandClock) -> None:
    imported(clock.now(), *ROWS)
    response = system.get(CSV)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert read_table(response.content) == ROWS


def test_a_file_is_looked_at_before_it_is_imported(system: Client, clock: HandClock) -> None:
    renamed = OccupationRow(WELDER.code, "电焊工", WELDER.levels, is_practical=False)
    imported(clock.now(), SELLER, WELDER)
    response = send(system, content_of(renamed, ELECTRICIAN))
    assert (response.status_code, response.url) == (302, CHANGES)
    page = text_of(system, CHANGES)
    for said in ("电工", "电子商务师", "焊工 → 电焊工", "是 → 否"):
        assert said in page
    assert {each.name for each in occupations()} == {"电子商务师", "焊工"}
    response = confirm(system)
    assert (response.status_code, response.url) == (302, LIST)
    assert "新增 1 个，修改 1 个，停用 1 个" in text_of(system, LIST)
    assert {each.name for each in occupations()} == {"电焊工", "电工"}


def test_a_file_that_changes_nothing_says_so(system: Client, clock: HandClock) -> None:
    imported(clock.now(), *ROWS)
    send(system, content_of(*ROWS))
    assert "没有任何变化" in text_of(system, CHANGES)


def test_of_many_changes_the_first_are_shown_and_all_are_counted(system: Client) -> None:
    rows = [OccupationRow(f"6-01-{n // 100:02d}-{n % 100:02d}", f"工种{n}") for n in range(MOST_SHOWN + 20)]
    send(system, content_of(*rows))
    page = text_of(system, CHANGES)
    assert "120" in page
    assert f"只列出前 {MOST_SHOWN} 个" in page
    assert f"工种{MOST_SHOWN + 1}<" not in page


def test_every_fault_is_told_with_its_line_and_nothing_is_saved(system: Client) -> None:
    content = content_of(WELDER) + "9-1,<b>电工</b>,十级,也许\n6-18-02-04,电焊工,,是\n".encode()
    response = send(system, content)
    page = response.content.decode()
    assert response.status_code == 400
    assert "有 4 处需要修改" in page
    for said in ("6-31-01-03", "没有这个等级", "“是”或“否”", "第 2 行已有这个编码"):
        assert said in page
    assert "<b>" not in page
    assert not TableDraft.objects.exists()
    assert not occupations().exists()


def test_a_file_that_is_too_large_or_missing_is_told_so(system: Client) -> None:
    assert "4 MB" in send(system, b"x" * (MOST_BYTES + 10)).content.decode()
    response = system.post(IMPORT)
    assert response.status_code == 400
    assert "请先选择文件" in response.content.decode()
    assert send(system, b"").status_code == 400


def test_every_fault_has_its_words() -> None:
    assert set(SENTENCES) == set(What)


def test_when_the_table_has_changed_meanwhile_the_changes_are_shown_anew(system: Client, clock: HandClock) -> None:
    send(system, content_of(*ROWS))
    imported(clock.now(), WELDER)
    response = confirm(system, based_on=0)
    assert response.status_code == 409
    assert "期间已导入另一份职业目录" in response.content.decode()
    assert confirm(system).status_code == 302
    assert occupations().count() == 3


@pytest.mark.parametrize("draft", ["0", "x", "９", "9" * 40, ""])
def test_a_file_that_is_gone_is_told_so(system: Client, draft: str) -> None:
    send(system, content_of(*ROWS))
    response = confirm(system, draft=draft)
    assert response.status_code == 409
    assert IMPORT in response.content.decode()
    assert not occupations().exists()


def test_a_file_can_be_given_up(system: Client) -> None:
    send(system, content_of(*ROWS))
    assert confirm(system, "discard").url == LIST
    assert not TableDraft.objects.exists()
    assert system.get(CHANGES).url == IMPORT
    assert not occupations().exists()


@pytest.mark.clause("M3")
@pytest.mark.parametrize("address", [LIST, IMPORT, CHANGES, CSV])
def test_the_pages_are_the_system_administrators_alone(room: Classroom, clock: HandClock, address: str) -> None:
    for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.REVIEWER):
        other = client_of(people.account((role, None), now=clock.now()))
        assert other.get(address).status_code == 403
    assert client_of(room.head_teacher).get(address).status_code == 403


def test_the_way_there_stands_in_the_navigation(system: Client) -> None:
    assert f'href="{LIST}"' in text_of(system, "/operator/state/")
