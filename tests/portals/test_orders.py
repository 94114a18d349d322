"""Pages of rectification orders: the authority writes and issues, the institution sees and answers (clause C5)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.organisations.models import Organisation
from jiangxue.supervision.models import OrderFile, OrderStep, RectificationOrder
from tests.factories.classes import Classroom, classroom
from tests.factories.supervising import PDF, issued, supervisor_account, supervisor_of
from tests.portals.appealing import picture
from tests.portals.clients import client_of, main_of, supervisor, text_of

pytestmark = pytest.mark.clause("C5")
ABOVE, BELOW = "/region/orders/", "/institution/orders/"
DAY_MS = 86_400_000


@pytest.fixture
def district(room: Classroom, clock: HandClock) -> Client:
    return client_of(supervisor_account("440104", clock))


@pytest.fixture
def order(room: Classroom, clock: HandClock) -> RectificationOrder:
    return issued(supervisor_of("440104", clock), room, clock)


def written(room: Classroom, clock: HandClock, **facts: object) -> dict[str, object]:
    due_on = (clock.now() + timedelta(days=10)).date().isoformat()
    said = {"title": "补齐实操考勤", "text": "十一月的实操课没有考勤记录。", "due_on": due_on, "after": 0}
    return {"institution": room.institution.pk, "training_class": room.training_class.pk, **said, **facts}


def pdf(name: str = "签到表.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_an_order_goes_all_the_way_in_the_browser(
    room: Classroom, district: Client, second: Client, clock: HandClock
) -> None:
    assert "还没有整改通知" in main_of(district, ABOVE)
    address = district.post(f"{ABOVE}new/", written(room, clock))["Location"]
    theirs = address.replace("/region/", "/institution/")
    assert second.get(theirs).status_code == 404
    assert district.post(f"{address}drafted/", written(room, clock, after=1, title="补齐十一月考勤")).status_code == 302
    assert district.post(f"{address}issued/", {"after": 2, "attached": [pdf("依据.pdf")]}).status_code == 302
    assert "440104-2026-0001" in text_of(second, "/institution/classes/")
    page = main_of(second, theirs)
    assert "补齐十一月考勤" in page
    assert "依据.pdf" in page
    assert (
        second.post(
            f"{theirs}answered/", {"after": 3, "text": "已补齐。附表。", "attached": [pdf(), pdf("b.pdf")]}
        ).status_code
        == 302
    )
    assert "440104-2026-0001" not in text_of(second, "/institution/classes/")
    due_on = (clock.now() + timedelta(days=20)).date().isoformat()
    assert (
        district.post(f"{address}demanded/", {"after": 4, "text": "请说明原因。", "due_on": due_on}).status_code == 302
    )
    assert second.post(f"{theirs}answered/", {"after": 5, "text": "原因是停电。"}).status_code == 302
    assert district.post(f"{address}accepted/", {"after": 6, "text": ""}).status_code == 302
    assert "已认可" in main_of(second, theirs)
    paper = second.get(f"{theirs}order.pdf")
    assert paper.content.startswith(b"%PDF")
    assert main_of(district, f"{ABOVE}?state=accepted").count("440104-2026-0001") == 1
    assert "没有符合条件的整改通知" in main_of(district, f"{ABOVE}?state=overdue")


def test_an_overdue_order_stands_out_on_both_sides_and_above(
    order: RectificationOrder, second: Client, district: Client, clock: HandClock
) -> None:
    clock.advance(11 * DAY_MS)
    assert "已逾期" in main_of(second, "/institution/classes/")
    for client in (district, supervisor("4401", clock), supervisor("44", clock)):
        assert "1 份整改通知逾期未答复" in main_of(client, ABOVE)
        assert f"{order.pk}" in main_of(client, f"{ABOVE}?state=overdue")
    late = {"after": 2, "text": "迟复，抱歉，已补齐。"}
    assert second.post(f"{BELOW}{order.pk}/answered/", late).status_code == 302
    assert "超过期限" in main_of(district, f"{ABOVE}{order.pk}/")


def test_an_institution_that_moved_leaves_its_order_with_who_issued_it(
    order: RectificationOrder, district: Client, clock: HandClock
) -> None:
    classroom(clock.now(), region="440303")
    Organisation.objects.filter(pk=order.institution_id).update(region_id="440303")
    assert f"{order.pk}" in main_of(district, ABOVE)
    assert district.get(f"{ABOVE}{order.pk}/").status_code == 200
    assert supervisor("440303", clock).get(f"{ABOVE}{order.pk}/").status_code == 200
    assert supervisor("5301", clock).get(f"{ABOVE}{order.pk}/").status_code == 404


def test_others_find_no_order_and_change_none(
    order: RectificationOrder, learner: Client, second: Client, clock: HandClock
) -> None:
    row = OrderFile.objects.get()
    for client, base, status in (
        (supervisor("4403", clock), ABOVE, 404),
        (second, ABOVE, 403),
        (client_of(classroom(clock.now()).head_teacher), BELOW, 404),
        (learner, BELOW, 403),
    ):
        for part in ("", f"files/{row.pk}/", "order.pdf"):
            assert client.get(f"{base}{order.pk}/{part}").status_code == status
    assert second.post(f"{ABOVE}{order.pk}/withdrawn/", {"after": 2, "text": "请予撤回"}).status_code == 403
    city = supervisor("4401", clock)
    assert city.get(f"{ABOVE}{order.pk}/").status_code == 200
    assert "撤回" not in main_of(city, f"{ABOVE}{order.pk}/")
    assert city.post(f"{ABOVE}{order.pk}/withdrawn/", {"after": 2, "text": "请予撤回"}).status_code == 403
    assert OrderStep.objects.count() == 2


def test_a_forged_scope_is_refused_and_what_was_typed_stays(
    room: Classroom, district: Client, clock: HandClock
) -> None:
    other = classroom(clock.now(), region="440305")
    for forged in ({"institution": other.institution.pk}, {"training_class": other.training_class.pk}):
        response = district.post(f"{ABOVE}new/", written(room, clock, **forged))
        assert response.status_code == 400
        assert "十一月的实操课没有考勤记录。" in response.content.decode()
    assert not RectificationOrder.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": "短"},
        {"due_on": "2026-11-01"},
        {"due_on": "明天"},
        {"due_on": "2028-01-01"},
        {"text": "\x00补齐考勤"},
        {"case": "x"},
    ],
)
def test_bad_input_is_said_at_its_place(
    room: Classroom, district: Client, clock: HandClock, wrong: dict[str, str]
) -> None:
    response = district.post(f"{ABOVE}new/", written(room, clock, **wrong))
    assert response.status_code == 400
    assert not RectificationOrder.objects.exists()


def test_a_stale_answer_is_told_so_and_its_words_stay(order: RectificationOrder, second: Client) -> None:
    answer = {"after": 2, "text": "第一份答复。"}
    assert second.post(f"{BELOW}{order.pk}/answered/", answer).status_code == 302
    stale = second.post(f"{BELOW}{order.pk}/answered/", {"after": 2, "text": "第二份答复，不要丢。"})
    assert stale.status_code == 409
    assert "第二份答复，不要丢。" in stale.content.decode()
    assert OrderStep.objects.filter(kind="answered").count() == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([pdf("a.exe", b"MZ....")], "无法识别"),
        ([pdf("a.pdf", b"%PDF-1.7 cut")], "无法识别"),
        ([pdf("a.pdf", b"")], "为空"),
        ([pdf()] * 4, "最多 3 个"),
    ],
)
def test_what_is_no_pdf_and_no_picture_is_refused(
    order: RectificationOrder, second: Client, files: list[SimpleUploadedFile], said: str
) -> None:
    answer = {"after": 2, "text": "已补齐，见附件。", "attached": files}
    response = second.post(f"{BELOW}{order.pk}/answered/", answer)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "已补齐，见附件。" in response.content.decode()


def test_a_picture_is_written_anew_and_every_file_is_to_be_saved(order: RectificationOrder, second: Client) -> None:
    sent = SimpleUploadedFile("../../现场<b>.png", picture(), content_type="image/png")
    assert (
        second.post(
            f"{BELOW}{order.pk}/answered/", {"after": 2, "text": "见现场照片。", "attached": [sent]}
        ).status_code
        == 302
    )
    row = OrderFile.objects.get(is_picture=True)
    response = second.get(f"{BELOW}{order.pk}/files/{row.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content[8:12] == b"WEBP"
    assert row.name == "现场<b>.webp"
    assert "现场<b>" not in text_of(second, f"{BELOW}{order.pk}/")
