"""Who saves over what another editor has saved meanwhile is asked first, and loses nothing (clause C2)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.factories.courses import Desk, submitted
from tests.portals.clients import client_of
from tests.portals.courses import SECTIONS, SENT, course_url, kept, rows, section_url

MINE: dict[str, dict[str, object]] = {
    "facts": {**SENT["facts"], "summary": "我的简介"},
    "plan": {"online_hours": "3.75", **rows({"mode": "live", "title": "我的答疑", "hours": "1"})},
    "assessment": rows({"name": "我的考核", "method": "闭卷", "weight": "100"}),
    "lecturers": rows({"ref": "", "name": "钱我的", "qualification": "技师"}),
    "licences": {**SENT["licences"], "supplier": "我的单位"},
}
UNFIT: dict[str, dict[str, object]] = {
    "facts": {**SENT["facts"], "title": ""},
    "plan": {"online_hours": "很多", "rows": 0},
    "assessment": rows({"name": "理论", "method": "闭卷", "weight": "101"}),
    "lecturers": rows({"ref": "", "name": "", "qualification": "技师"}),
    "licences": {**SENT["licences"], **rows({"title": "", "holder": "出版社"})},
}


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


@pytest.mark.parametrize("name", SECTIONS)
def test_who_saves_over_another_is_asked_first_and_loses_nothing(at: Desk, client: Client, name: str) -> None:
    seen = client.get(section_url(at, name)).context["seen"]
    assert client.post(section_url(at, name), {**SENT[name], "seen": seen}).status_code == 302
    after = kept(at)
    mine = {**MINE[name], "seen": seen}
    response = client.post(section_url(at, name), mine)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "没有保存" in shown
    assert "别人或您的另一个窗口保存过" in shown
    assert "与现在保存的内容不同" in shown
    assert "用我填写的内容覆盖" in shown
    assert "我的" in shown
    assert kept(at) == after
    assert client.post(section_url(at, name), {**mine, "seen": response.context["seen"]}).status_code == 302
    assert kept(at) != after


@pytest.mark.parametrize("name", SECTIONS)
def test_a_refusal_does_not_count_as_having_seen(at: Desk, client: Client, name: str) -> None:
    seen = client.get(section_url(at, name)).context["seen"]
    client.post(section_url(at, name), SENT[name])
    response = client.post(section_url(at, name), {**UNFIT[name], "seen": seen})
    assert (response.status_code, response.context["seen"]) == (400, seen)


def test_only_the_fields_that_differ_from_what_is_kept_now_are_marked(at: Desk, client: Client) -> None:
    seen = client.get(section_url(at, "plan")).context["seen"]
    client.post(section_url(at, "plan"), SENT["plan"])
    mine = {"online_hours": "2.50", **rows({"mode": "live", "title": "我的答疑", "hours": "1.00"}), "seen": seen}
    response = client.post(section_url(at, "plan"), mine)
    assert response.context["differing"] == {"row-0-title"}
    assert response.content.decode().count("field-differs") == 1


def test_rows_that_saving_would_take_out_are_counted(at: Desk, client: Client) -> None:
    seen = client.get(section_url(at, "lecturers")).context["seen"]
    client.post(section_url(at, "lecturers"), rows({"name": "甲"}, {"name": "乙"}, {"name": "丙"}))
    response = client.post(section_url(at, "lecturers"), {**rows({"name": "甲"}), "seen": seen})
    assert "另有 2 行" in response.content.decode()


def test_who_renames_a_module_over_another_is_asked_first(at: Desk, client: Client) -> None:
    address = course_url(at, f"modules/{at.course.modules.get().pk}/")
    seen = client.get(address).context["seen"]
    assert client.post(address, {"title": "别人的章名", "seen": seen}).status_code == 302
    response = client.post(address, {"title": "我的章名", "seen": seen})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "我的章名" in shown
    assert "用我填写的内容覆盖" in shown
    assert at.course.modules.get().title == "别人的章名"
    client.post(address, {"title": "我的章名", "seen": response.context["seen"]})
    assert at.course.modules.get().title == "我的章名"


def test_a_step_of_the_outline_in_review_speaks_of_nothing_that_was_typed(
    at: Desk, client: Client, clock: HandClock
) -> None:
    submitted(at, clock.now())
    response = client.post(course_url(at, "outline/order/"), {"move": f"up-lesson-{at.lessons[0].pk}"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "没有移动：课程正在审核" in shown
    assert "您填写的内容" not in shown
    assert "从文件添加课节" not in shown
