"""Who saves over what another editor has saved meanwhile is asked first, and loses nothing (clause C2)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.factories.courses import Desk, desk
from tests.portals.clients import client_of
from tests.portals.courses import SECTIONS, SENT, kept, rows, section_url

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
def at(db: None, clock: HandClock) -> Desk:
    return desk(clock.now())


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
