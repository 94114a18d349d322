"""The administrator's pages of the conditions of subsidy, and what rosters and classes show by them."""

import base64
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import SubsidyTable
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.services.openings import return_opening
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.openings import Office, actor, approved, complete, office_by, open_now, opened, person, submitted
from tests.portals.clients import client_of, main_of
from tests.worlds import Worlds

PAGE, IMPORT = "/operator/subsidies/", "/operator/subsidies/import/"
TABLE = (
    "地区代码,重点群体,性别,出生年月起,出生年月止,年龄下限,年龄上限,依据\n44,农民工,不限,,,16,60,粤人社〔2026〕1号\n"
)


@pytest.fixture
def system(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))


def sent(client: Client, content: str, day: str = "2026-11-01") -> dict[str, object]:
    file = SimpleUploadedFile("补贴条件.csv", content.encode())
    response = client.post(IMPORT, {"table": file, "valid_from": day})
    return {"status": response.status_code, "page": response.content.decode()}


def imported(client: Client, content: str = TABLE, day: str = "2026-11-01") -> int:
    kept = base64.b64encode(content.encode()).decode()
    values = {"kept": kept, "name": "补贴条件.csv", "valid_from": day, "step": "import"}
    return client.post(IMPORT, values).status_code


def test_a_table_is_looked_through_before_it_is_imported(system: Client) -> None:
    assert "目前没有生效的补贴条件表" in main_of(system, PAGE)
    looked = sent(system, TABLE)
    assert looked["status"] == 200
    assert "粤人社〔2026〕1号" in str(looked["page"])
    assert "确认导入" in str(looked["page"])
    assert not SubsidyTable.objects.exists()
    assert imported(system) == 302
    assert "补贴条件.csv" in main_of(system, PAGE)
    assert "农民工" in system.get(f"{PAGE}table.csv").content.decode()


def test_every_line_that_is_wrong_is_named_and_nothing_is_saved(system: Client) -> None:
    wrong = sent(system, TABLE + "4401,学生,中,,,,,\n")
    assert wrong["status"] == 400
    assert "第 3 行，重点群体：「学生」无法识别" in str(wrong["page"])
    assert "第 3 行，性别：「中」无法识别" in str(wrong["page"])
    assert not SubsidyTable.objects.exists()


@pytest.mark.parametrize("values", [{}, {"kept": "%%%"}, {"kept": "", "step": "import"}])
def test_a_broken_form_asks_for_a_file(system: Client, values: dict[str, str]) -> None:
    response = system.post(IMPORT, values | {"valid_from": "2026-11-01"})
    assert response.status_code == 400
    assert "文件" in response.content.decode()


def test_a_day_that_is_taken_or_missing_is_said_at_the_field(system: Client) -> None:
    imported(system)
    assert imported(system) == 409
    assert imported(system, day="") == 400
    assert SubsidyTable.objects.count() == 1


def test_what_the_second_step_sends_back_is_judged_again(system: Client) -> None:
    assert imported(system, content="something else") == 400
    assert not SubsidyTable.objects.exists()


@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.LEARNER])
def test_nobody_else_opens_these_pages(db: None, clock: HandClock, role: Role) -> None:
    client = client_of(people.account((role, None), now=clock.now()))
    assert client.get(PAGE).status_code == 403
    assert client.post(IMPORT, {}).status_code == 403


@pytest.fixture
def of(worlds: Worlds, clock: HandClock) -> Iterator[Office]:
    with worlds.rolled_back(office_by, clock) as made:
        yield made


@pytest.mark.clause("C6")
def test_the_roster_says_who_pays_and_apart_from_it_whether_the_conditions_fit(
    of: Office, system: Client, clock: HandClock
) -> None:
    opening = complete(of, clock.now(), person(1, group=PriorityGroup.MIGRANT_WORKERS), person(2))
    roster = f"/institution/openings/{opening.pk}/roster/"
    head = client_of(of.head_teacher)
    assert "资料不足（没有生效的补贴条件表）" in main_of(head, roster)
    imported(system)
    page = main_of(head, roster)
    assert "符合（粤人社〔2026〕1号）" in page
    assert "不符合（所属群体不在范围内）" in page
    assert "不符合的学员同样可以学习" in page
    assert "自费" in page


@pytest.mark.clause("C1", "C6")
def test_the_class_shows_its_approval_its_promises_and_who_pays(of: Office, system: Client, clock: HandClock) -> None:
    imported(system)
    opened_class = opened(of, clock.now(), person(1, group=PriorityGroup.MIGRANT_WORKERS), person(2))
    for client, address in (
        (client_of(of.head_teacher), f"/institution/classes/{opened_class.pk}/"),
        (client_of(of.administrator), f"/institution/classes/{opened_class.pk}/"),
        (client_of(of.supervisor), f"/region/classes/{opened_class.pk}/"),
    ):
        page = main_of(client, address)
        assert "穗人社培〔2026〕118号" in page
        assert "培训机构承诺书" in page
        assert "查看开班申请" in page
    page = main_of(client_of(of.head_teacher), f"/institution/classes/{opened_class.pk}/")
    assert "补贴条件：符合（粤人社〔2026〕1号）" in page


def test_a_class_without_an_application_says_nothing_of_one(room, head: Client) -> None:
    page = main_of(head, f"/institution/classes/{room.training_class.pk}/")
    assert "承诺书" not in page
    assert "补贴条件" not in page


def test_the_class_shows_the_approval_that_was_given_last(of: Office, clock: HandClock) -> None:
    opening = complete(of, clock.now(), person(1))
    submitted(of, opening, clock.now())
    approved(of, opening, clock.now(), approval_no="穗人社培〔2026〕7号")
    kept = last_handed_in(opening.pk)
    assert kept is not None
    return_opening(
        viewer=people.viewer(of.supervisor),
        opening_id=opening.pk,
        seen_sha256=kept.sha256,
        words="补充场地",
        by=actor(of.supervisor),
        now=clock.now(),
    )
    submitted(of, opening, clock.now())
    approved(of, opening, clock.now())
    opened_class = open_now(of, opening, clock.now())
    page = main_of(client_of(of.administrator), f"/institution/classes/{opened_class.pk}/")
    assert "穗人社培〔2026〕118号" in page
    assert "7号" not in page
