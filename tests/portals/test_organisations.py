"""Organisations are founded with a code that is checked, and warned before their papers run out. Clauses C1, C5."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation, Paper
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, institution
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("C1", "C5")

USCC = "914403001922038216"
OWN = "/institution/own/"


@pytest.fixture
def system(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))


@pytest.fixture
def desk(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator(room, clock))


def entered(**changed: str) -> dict[str, str]:
    region = institution().region_id
    return {"kind": "enterprise", "name": "广州某某有限公司", "uscc": USCC, "region": region, **changed}


def paper(clock: HandClock, **changed: str) -> dict[str, str]:
    today = learning_day(clock.now())
    return {
        "kind": "training_licence",
        "reference": "教民 144010470000001",
        "issuer": "广州市人力资源和社会保障局",
        "issued_on": str(today - timedelta(days=900)),
        "valid_until": str(today + timedelta(days=30)),
        "note": "",
        **changed,
    }


def test_an_enterprise_is_founded_and_its_first_person_invited(system: Client) -> None:
    answer = system.post("/operator/organisations/new/", entered(uscc="９１４４０３００ 1922038216"))
    made = Organisation.objects.get(name="广州某某有限公司")
    assert answer.url == f"/operator/organisations/{made.pk}/staff/"
    assert (made.kind, made.uscc) == ("enterprise", USCC)
    assert "企业" in main_of(system, f"/operator/organisations/{made.pk}/")
    assert "广州某某有限公司" in main_of(system, f"/operator/organisations/?q={USCC}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("914403001922038217", "最后一位校验不符"),
        ("91440300192203821", "输入了 17 位"),
        ("91440300192203821O", "第 18 位不符"),
        ("", "请输入统一社会信用代码"),
    ],
)
def test_a_wrong_code_is_said_and_nothing_is_lost(system: Client, typed: str, said: str) -> None:
    answer = system.post("/operator/organisations/new/", entered(uscc=typed))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert "广州某某有限公司" in page
    assert not Organisation.objects.filter(name="广州某某有限公司").exists()


def test_an_authority_needs_no_code(system: Client) -> None:
    answer = system.post("/operator/organisations/new/", entered(kind="authority", uscc="", name="越秀区人社局"))
    assert answer.status_code == 302


def test_one_code_and_one_name_are_of_one_organisation(system: Client) -> None:
    system.post("/operator/organisations/new/", entered())
    assert (
        "已使用这个统一社会信用代码"
        in system.post("/operator/organisations/new/", entered(name="另一家")).content.decode()
    )
    again = system.post("/operator/organisations/new/", entered(uscc="91350100M000100Y43"))
    assert "已使用这个名称" in again.content.decode()


def test_name_code_and_region_change_and_the_kind_does_not(system: Client) -> None:
    system.post("/operator/organisations/new/", entered())
    made = Organisation.objects.get(uscc=USCC)
    address = f"/operator/organisations/{made.pk}/change/"
    assert system.post(address, entered(kind="authority", name="改名有限公司")).status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.name) == ("enterprise", "改名有限公司")


def test_papers_are_warned_of_before_they_run_out(desk: Client, room: Classroom, clock: HandClock) -> None:
    page = main_of(desk, OWN)
    assert "未登记或已到期：民办学校办学许可证" in page
    assert desk.post(f"{OWN}papers/new/", paper(clock)).url == OWN
    page = main_of(desk, OWN)
    assert "未登记或已到期：民办学校办学许可证" not in page
    assert "将于" in page
    assert "即将到期" in page
    clock.at += timedelta(days=31)
    assert "未登记或已到期：民办学校办学许可证" in main_of(desk, OWN)


def test_a_paper_ends_after_it_was_issued(desk: Client, clock: HandClock) -> None:
    answer = desk.post(f"{OWN}papers/new/", paper(clock, valid_until="2001-01-01"))
    assert answer.status_code == 400
    assert "有效期早于发证日期" in answer.content.decode()
    assert "教民 144010470000001" in answer.content.decode()


def test_a_wrong_paper_is_taken_off_and_stays_on_record(desk: Client, clock: HandClock) -> None:
    desk.post(f"{OWN}papers/new/", paper(clock))
    written = Paper.objects.get()
    assert f"{OWN}papers/{written.pk}/" in main_of(desk, OWN)
    assert "教民 144010470000001" in main_of(desk, f"{OWN}papers/{written.pk}/")
    assert desk.post(f"{OWN}papers/{written.pk}/").status_code == 302
    assert desk.get(f"{OWN}papers/{written.pk}/").status_code == 404
    assert "教民" not in main_of(desk, OWN)
    assert Paper.objects.get().withdrawn_at is not None
    assert desk.post(f"{OWN}papers/{written.pk}/", follow=True).content.decode().count("证照已被移除") == 1


def test_papers_of_others_are_out_of_reach(desk: Client, room: Classroom, clock: HandClock, system: Client) -> None:
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    system.post(f"/operator/organisations/{other.pk}/papers/new/", paper(clock))
    foreign = Paper.objects.get()
    desk.post(f"{OWN}papers/{foreign.pk}/")
    foreign.refresh_from_db()
    assert foreign.withdrawn_at is None
    assert desk.get(f"/operator/organisations/{other.pk}/").status_code == 403
    assert client_of(room.head_teacher).get(OWN).status_code == 403


def test_regions_are_pasted_as_a_list(system: Client) -> None:
    answer = system.post("/operator/regions/", {"regions": "４４０５００ 汕头市\n440507,龙湖区\n\n"})
    assert answer.status_code == 302
    page = main_of(system, "/operator/regions/")
    assert "4405</span> 汕头市" in page
    assert "440507</span> 龙湖区" in page
    wrong = system.post("/operator/regions/", {"regions": "4405 汕头\n龙湖区\n99999999 某地"})
    assert wrong.status_code == 400
    assert "第 2、3 行" in wrong.content.decode()
    assert "汕头市" in main_of(system, "/operator/regions/")
