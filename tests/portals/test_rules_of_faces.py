"""The rules of face checks on their form: switches, and values that contradict each other (clauses T3.1, M6)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.policies.rules.reach import Reach
from tests.conftest import MORNING
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule, version
from tests.portals.clients import client_of, main_of, supervisor
from tests.portals.rule_forms import administrator_of, class_rules, filled, posted, saved

pytestmark = pytest.mark.clause("T3.1", "M6")


@pytest.fixture
def administrator(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator_of(room, clock))


def test_a_switch_is_chosen_and_one_that_was_not_is_asked_for(administrator: Client, room: Classroom) -> None:
    address = f"{class_rules(room)}new/"
    page = administrator.get(address).content.decode()
    assert '<option value="开">开</option>' in page
    page = posted(administrator, address, filled({"face_checks": ""}))
    assert "请选择开或关。" in page
    assert saved(administrator, address, filled({"face_checks": "开"})).values == {"face_checks": 1}


def test_a_switch_that_is_locked_where_it_is_stricter_stays_there(administrator: Client, room: Classroom) -> None:
    version(Reach("4401"), {"face_checks": 1}, MORNING, "face_checks")
    address = f"{class_rules(room)}new/"
    assert "上级已定为 开" in administrator.get(address).content.decode()
    page = posted(administrator, address, filled({"face_checks": "关"}))
    assert "上级已规定「学习中人脸抽检」为 开，不能改动" in page


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"face_mean_ms": "40"}, "「两次抽检平均间隔」不能超过「两次抽检最长间隔」（30 分钟）"),
        ({"face_most_ms": "10"}, "「两次抽检最长间隔」不能小于「两次抽检平均间隔」（15 分钟）"),
        ({"face_least_ms": "14"}, "这样抽检时间会被猜到：「两次抽检最短间隔」不能超过「两次抽检平均间隔」的四分之三"),
        ({"face_answer_ms": "120", "face_expiry_ms": "1"}, "「每次尝试限时」不能超过「抽检最长等待」（60 秒）"),
    ],
)
def test_times_that_contradict_each_other_are_said_the_right_way_round(
    administrator: Client, own: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(administrator, "/institution/rules/new/", filled(own))


@pytest.mark.clause("C5")
def test_the_page_of_a_class_says_whether_faces_are_checked_and_how_often(
    administrator: Client, room: Classroom, clock: HandClock
) -> None:
    place = f"classes/{room.training_class.pk}/"
    watching = supervisor(room.institution.region_id, clock)
    for client, address in ((administrator, f"/institution/{place}"), (watching, f"/region/{place}")):
        page = main_of(client, address)
        assert "不进行人脸抽检。" in page
        assert "必有一次抽检" not in page
    set_rule(room, clock.now(), face_checks=1, face_most_ms=1_500_000)
    for client, address in ((administrator, f"/institution/{place}"), (watching, f"/region/{place}")):
        page = main_of(client, address)
        assert "不进行人脸抽检" not in page
        assert "最多学习 25 分钟 必有一次抽检。" in page
