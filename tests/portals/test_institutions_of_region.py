"""A supervisor looks at the institutions of the region: their papers, what they do, and who works there. Clauses C5, C1."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation, Paper, PaperFile
from jiangxue.organisations.rules.papers import PaperKind
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.openings import complete, office, on_file, submitted
from tests.factories.supervising import PDF, issued, supervisor_of
from tests.portals.appealing import picture
from tests.portals.clients import client_of, main_of, supervisor

pytestmark = pytest.mark.clause("C5", "C1")
LIST = "/region/institutions/"
WRITE = "/institution/own/papers/new/"


@pytest.fixture
def city(room: Classroom, clock: HandClock) -> Client:
    return supervisor("4401", clock)


@pytest.fixture
def desk(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator(room, clock))


def page_of(of: Organisation) -> str:
    return f"{LIST}{of.pk}/"


def written(desk: Client, **changed: object) -> int:
    paper = {"kind": "training_licence", "reference": "教民 1440104", "issuer": "区局", "issued_on": "2020-01-01"}
    return desk.post(WRITE, paper | changed).status_code


def test_the_list_says_where_papers_stand_and_is_narrowed_by_it(
    room: Classroom, city: Client, clock: HandClock
) -> None:
    other = classroom(clock.now(), region="440105").institution
    for kind in (PaperKind.BUSINESS_LICENCE, PaperKind.TRAINING_LICENCE):
        on_file(other, kind, clock.now(), days=None if kind is PaperKind.BUSINESS_LICENCE else 30)
    page = main_of(city, LIST)
    assert "1 家机构的必备证照未登记或已到期" in page
    for standing, of in (("lacking", room.institution), ("ending", other)):
        page = main_of(city, f"{LIST}?papers={standing}")
        assert [each.name in page for each in (room.institution, other)] == [of is room.institution, of is other]
    assert "没有符合条件的培训机构" in main_of(city, f"{LIST}?papers=complete")
    assert other.name not in main_of(city, f"{LIST}?region=440104")
    assert other.name in main_of(city, f"{LIST}?q={other.name}&kind=institution")
    assert "没有符合条件的培训机构" in main_of(city, f"{LIST}?kind=enterprise")


def test_a_filter_that_nobody_offers_is_no_fault(city: Client) -> None:
    for asked in ("papers=x", "kind=authority", "region=11", "page=99", "q=%00"):
        assert city.get(f"{LIST}?{asked}").status_code == 200


def test_a_page_tells_facts_figures_and_staff_masked(
    room: Classroom, city: Client, desk: Client, clock: HandClock
) -> None:
    issued(supervisor_of("4401", clock), room, clock)
    desk.post("/institution/own/contact/", {"address": "北京路 1 号", "contact": "教务处", "phone": "020-8333 0000"})
    page = main_of(city, page_of(room.institution))
    assert "北京路 1 号" in page
    assert "020-8333 0000" in page
    assert room.training_class.name in page
    assert f"/region/orders/?institution={room.institution.pk}" in page
    assert "待答复 1" in page
    assert "未登记或已到期：民办学校办学许可证" in page
    assert room.head_teacher.name not in page
    assert room.head_teacher.name[0] in page


def test_what_a_figure_leads_to_lists_that_institution_alone(city: Client, room: Classroom, clock: HandClock) -> None:
    of = office(clock.now())
    submitted(of, complete(of, clock.now()), clock.now())
    page = main_of(city, f"/region/openings/?institution={of.institution.pk}")
    assert "低压电工 12 月班" in page
    assert "低压电工 12 月班" not in main_of(city, f"/region/openings/?institution={room.institution.pk}")
    order = issued(supervisor_of("4401", clock), room, clock)
    assert f"/orders/{order.pk}/" in main_of(city, f"/region/orders/?institution={room.institution.pk}")
    assert f"/orders/{order.pk}/" not in main_of(city, f"/region/orders/?institution={of.institution.pk}")


def test_the_file_of_a_licence_is_opened_by_its_institution_and_the_authority(
    room: Classroom, desk: Client, city: Client, clock: HandClock
) -> None:
    assert written(desk, scan=SimpleUploadedFile("许可证.pdf", PDF)) == 302
    paper, file = Paper.objects.get(), PaperFile.objects.get()
    assert PDF not in bytes(file.sealed)
    addresses = {
        desk: f"/institution/own/papers/{paper.pk}/file/",
        city: f"{page_of(room.institution)}papers/{paper.pk}/file/",
    }
    for client, address in addresses.items():
        answer = client.get(address)
        assert answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert f"papers/{paper.pk}/file/" in main_of(city, page_of(room.institution))
    desk.post(f"/institution/own/papers/{paper.pk}/")
    assert [client.get(address).status_code for client, address in addresses.items()] == [404, 404]


def test_a_picture_is_written_anew_and_what_is_neither_is_refused_with_what_was_typed(desk: Client) -> None:
    assert written(desk, scan=SimpleUploadedFile("照片.png", picture())) == 302
    file = PaperFile.objects.get()
    assert (file.is_picture, file.name.endswith(".webp")) == (True, True)
    answer = desk.post(
        WRITE,
        {
            "kind": "filing",
            "reference": "备 7",
            "issuer": "区局",
            "issued_on": "2020-01-01",
            "scan": SimpleUploadedFile("a.exe", b"MZ"),
        },
    )
    assert answer.status_code == 400
    assert "备 7" in answer.content.decode()
    assert Paper.objects.count() == 1


def test_a_file_that_no_browser_keeps_is_asked_for_again(desk: Client) -> None:
    wrong = {"kind": "filing", "reference": "备 7", "issuer": "区局", "issued_on": "2020-02-30"}
    answer = desk.post(WRITE, {**wrong, "scan": SimpleUploadedFile("备案.pdf", PDF)})
    assert "请重新选择文件后再提交" in answer.content.decode()
    assert "请重新选择文件后再提交" not in desk.post(WRITE, wrong).content.decode()


def test_nothing_of_another_region_or_institution_is_seen(
    room: Classroom, desk: Client, learner: Client, head: Client, clock: HandClock
) -> None:
    written(desk, scan=SimpleUploadedFile("许可证.pdf", PDF))
    paper = Paper.objects.get()
    beyond = supervisor("4403", clock)
    file = f"papers/{paper.pk}/file/"
    assert room.institution.name not in main_of(beyond, LIST)
    assert [beyond.get(f"{page_of(room.institution)}{each}").status_code for each in ("", file)] == [404, 404]
    for client in (desk, learner, head):
        assert [client.get(each).status_code for each in (LIST, page_of(room.institution))] == [403, 403]
    other = classroom(clock.now(), region="440105")
    stranger = client_of(people.account((Role.INSTITUTION_ADMINISTRATOR, other.institution.pk), now=clock.now()))
    assert stranger.get(f"/institution/own/{file}").status_code == 404
    near = supervisor("440105", clock)
    assert near.get(f"{page_of(other.institution)}{file}").status_code == 404
    authority = Organisation.objects.filter(kind="authority").first()
    assert authority is not None
    assert near.get(page_of(authority)).status_code == 404


def test_who_decides_about_an_application_reads_what_the_papers_say(clock: HandClock, db: None) -> None:
    of = office(clock.now())
    opening = submitted(of, complete(of, clock.now()), clock.now())
    licences = Paper.objects.filter(organisation=of.institution, kind="training_licence")
    licences.update(valid_until=clock.now().date() + timedelta(days=20))
    page = main_of(client_of(of.supervisor), f"/region/openings/{opening.pk}/")
    assert "早于班级结束日期" in page
    licences.update(valid_until=clock.now().date() - timedelta(days=2))
    page = main_of(client_of(of.supervisor), f"/region/openings/{opening.pk}/")
    assert "尚未登记新证" in page
    answer = client_of(of.administrator).get(f"/institution/openings/{opening.pk}/").content.decode()
    assert "尚未登记新证" in answer
    licences.update(withdrawn_at=clock.now())
    assert "民办学校办学许可证未登记" in main_of(client_of(of.administrator), f"/institution/openings/{opening.pk}/")


def test_a_telephone_number_is_one(desk: Client) -> None:
    answer = desk.post("/institution/own/contact/", {"address": "北京路", "phone": "call me"})
    assert answer.status_code == 400
    assert "020-8333 0000" in answer.content.decode()
    assert "北京路" in answer.content.decode()
