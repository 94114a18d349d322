"""Pages of rules: who sees and sets which, and that a version is made only after it was looked at (clauses T2.5, M6, M3, C5)."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Lease
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import time_policies_for
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS, RANGES, TimePolicy
from jiangxue.policies.services import set_class_time_policy
from jiangxue.portals.rulebook.effects import BRIEF, EFFECTS, effect
from jiangxue.portals.rulebook.parameters import PARAMETERS
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.learning import opened
from tests.factories.policies import version
from tests.portals.clients import client_of, supervisor
from tests.portals.rule_forms import CAPS, administrator_of, class_rules, filled, posted, saved

TAG = "仅供演示，不可用于补贴班"
CITY = Reach("4401")


@pytest.fixture
def system(room: Classroom, clock: HandClock) -> Client:
    return client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))


@pytest.fixture
def official(room: Classroom, clock: HandClock) -> Client:
    return supervisor("4401", clock)


@pytest.fixture
def administrator(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator_of(room, clock))


@pytest.mark.clause("T2.5", "M6")
def test_the_administrator_of_the_platform_reads_the_rules_in_words_with_their_history(system: Client) -> None:
    page = system.get("/operator/rules/").content.decode()
    assert "平均每学 12 分钟打卡一次，最晚 25 分钟；6 小时约 30 次。" in page
    assert "6 小时（8.00 学时）" in page
    assert "增加随机打卡" in page
    assert "可设 1 至 1440 分钟" in page


@pytest.mark.parametrize(
    ("fixture", "address"),
    [("system", "/operator/rules/"), ("official", "/region/rules/"), ("administrator", "/institution/rules/")],
)
def test_rules_are_in_the_navigation_of_those_who_set_them(
    request: pytest.FixtureRequest, fixture: str, address: str
) -> None:
    client: Client = request.getfixturevalue(fixture)
    page = client.get("/", follow=True).content.decode()
    assert f'<a href="{address}">规则</a>' in page
    assert client.get(f"{address}new/").status_code == 200


@pytest.mark.clause("M6", "C5")
def test_a_supervisor_sets_and_locks_the_rules_of_the_own_region(official: Client, room: Classroom) -> None:
    data = filled(CAPS, "day_cap_ms")
    looked_at = posted(official, "/region/rules/new/", data)
    assert "每人每天最多计入 4 小时（5.33 学时）" in looked_at
    assert "沿用上级" in looked_at
    assert not PolicyVersion.objects.filter(scope="region").exists()
    made = saved(official, "/region/rules/new/", data)
    assert (made.scope, made.scope_id, made.locks) == ("region", 4401, ["day_cap_ms"])
    assert made.values == {"day_cap_ms": 240 * MINUTE_MS, "class_day_cap_ms": 240 * MINUTE_MS}
    assert AuditEntry.objects.filter(action="policy.set", object_id=str(made.pk)).exists()
    page = official.get("/region/rules/").content.decode()
    assert "4 小时（下级只能从严）" in page
    locked, free = (page.split(label)[1].split("可设")[0] for label in ("每人每日上限", "中断最多计入"))
    assert "由地区 4401规定" in locked
    assert "由全平台规定" in free
    assert "按文件要求" in page
    assert "每人每天最多计入 4 小时" in client_of(room.head_teacher).get(class_rules(room)).content.decode()


def test_the_platforms_form_holds_every_value_and_changes_what_is_changed(system: Client) -> None:
    data = {name: PARAMETERS[name].written(value) for name, value in TimePolicy().to_values().items()}
    data |= {"day_cap_ms": "３００", "class_day_cap_ms": "300", "begins": "now", "reason": "缩短"}
    looked_at = posted(system, "/operator/rules/new/", data)
    assert "每人每日上限" in looked_at
    assert "课节学完标准" not in looked_at
    made = saved(system, "/operator/rules/new/", data)
    assert made.values == TimePolicy(day_cap_ms=18_000_000, class_day_cap_ms=18_000_000).to_values()


@pytest.mark.clause("M6")
def test_a_class_cannot_be_set_looser_than_what_is_locked(administrator: Client, room: Classroom) -> None:
    version(CITY, {"day_cap_ms": 240 * MINUTE_MS, "class_day_cap_ms": 240 * MINUTE_MS}, MORNING, "day_cap_ms")
    page = posted(administrator, f"{class_rules(room)}new/", filled({"day_cap_ms": "300"}))
    assert "上级规定只能从严：「每人每日上限」最多 4 小时。" in page
    assert 'value="300"' in page
    assert "按文件要求" in page
    assert (
        saved(administrator, f"{class_rules(room)}new/", filled(CAPS | {"day_cap_ms": "240"})).scope == "training_class"
    )


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"day_cap_ms": "0"}, "「每人每日上限」只能填 1 至 1440 分钟"),
        ({"day_cap_ms": "很多"}, "请填一个数，例如 360。"),
        ({"day_cap_ms": "0.00001"}, "「每人每日上限」只能填 1 至 1440 分钟"),
        ({"day_cap_ms": "NaN"}, "请填一个数"),
        ({"day_cap_ms": "1e999999"}, "请填一个数"),
        ({"day_cap_ms": ""}, "请填一个数"),
        ({"check_mean_ms": "30"}, "「两次打卡平均间隔」不能超过「两次打卡最长间隔」（25 分钟）"),
        ({"check_most_ms": "10"}, "「两次打卡最长间隔」不能小于「两次打卡平均间隔」（15 分钟）"),
        ({"check_expiry_ms": "30"}, "「打卡最长等待」不能小于「打卡限时」（60 秒）"),
        ({"class_day_cap_ms": "400"}, "「单个班级每日上限」不能超过「每人每日上限」（6 小时）"),
        ({"max_gap_ms": "20"}, "正常学习也会少计"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    administrator: Client, own: dict[str, str], sentence: str
) -> None:
    page = posted(administrator, "/institution/rules/new/", filled(own))
    assert sentence in page
    assert "您填写的内容都还在" in page
    assert "按文件要求" in page
    assert not PolicyVersion.objects.filter(scope="institution").exists()


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"reason": " "}, "请写明修改原因。"),
        ({"begins": "later"}, "请选择生效的日期和时间。"),
        ({"begins": "later", "begins_at": "明天"}, "请按 2026-12-01 08:00 的样子填写"),
        ({"begins": "later", "begins_at": "2026-11-24T08:59"}, "这个时间已经过去"),
        ({"begins": "later", "begins_at": "2026-12-01T08:00"}, "已有一个版本在同一时间生效"),
    ],
)
def test_when_and_why_are_asked_for(
    administrator: Client, room: Classroom, otherwise: dict[str, str], sentence: str
) -> None:
    version(Reach("440104", room.institution.pk), {}, MORNING + timedelta(days=6, hours=23))
    assert sentence in posted(administrator, "/institution/rules/new/", filled(CAPS, **otherwise))


def test_a_number_without_its_choice_is_asked_about(administrator: Client) -> None:
    page = posted(administrator, "/institution/rules/new/", filled({}) | {"day_cap_ms": "100"})
    assert "请改选「自定」，或清空数值" in page


def test_a_version_that_says_nothing_new_is_not_made(administrator: Client) -> None:
    assert "完全一样" in posted(administrator, "/institution/rules/new/", filled({}))


@pytest.mark.clause("T2.5")
def test_a_version_for_later_is_announced_and_rules_from_then_on(
    administrator: Client, room: Classroom, clock: HandClock
) -> None:
    address = f"{class_rules(room)}new/"
    data = filled(CAPS, begins="later", begins_at="2026-11-25T08:00")
    assert "2026-11-25 08:00 起" in posted(administrator, address, data)
    begins_at = saved(administrator, address, data).valid_from
    assert begins_at == MORNING + timedelta(hours=23)
    assert "即将生效" in administrator.get(class_rules(room)).content.decode()
    learner = client_of(room.learner).get(f"/learn/classes/{room.training_class.pk}/").content.decode()
    assert "规则将于 2026-11-25 08:00 变更" in learner
    assert "最多计入 6 小时" in learner
    clock.at = begins_at
    assert (
        "最多计入 4 小时" in client_of(room.learner).get(f"/learn/classes/{room.training_class.pk}/").content.decode()
    )


def test_the_way_back_from_the_preview_keeps_everything(administrator: Client) -> None:
    page = posted(administrator, "/institution/rules/new/", filled(CAPS), "edit")
    assert 'value="240"' in page
    assert "按文件要求" in page
    assert "已在下面标出" not in page


def test_rules_for_showing_are_marked_wherever_a_classs_rules_are_shown(
    administrator: Client, official: Client, room: Classroom
) -> None:
    address = f"{class_rules(room)}new/"
    data = filled({}, for_demonstration="on")
    assert TAG in posted(administrator, address, data)
    assert saved(administrator, address, data).for_demonstration
    number = room.training_class.pk
    for client, page in (
        (administrator, class_rules(room)),
        (client_of(room.head_teacher), f"/institution/classes/{number}/"),
        (official, f"/region/classes/{number}/"),
        (client_of(room.learner), f"/learn/classes/{number}/"),
    ):
        assert TAG in client.get(page).content.decode()
    assert TAG not in administrator.get("/institution/rules/").content.decode()


def test_what_the_program_set_for_a_class_outlives_a_version_of_people(
    administrator: Client, room: Classroom, clock: HandClock
) -> None:
    set_class_time_policy(
        training_class_id=room.training_class.pk,
        values={"beat_ms": 10_000, "class_day_cap_ms": 720_000},
        valid_from=clock.now() - timedelta(days=1),
        author_id=None,
        reason="演示",
        for_demonstration=True,
    )
    address = f"{class_rules(room)}new/"
    data = filled({"class_day_cap_ms": "10"})
    page = posted(administrator, address, data)
    assert "计时信号间隔" not in page
    assert "不再注明“仅供演示”" in page
    assert saved(administrator, address, data).values == {"beat_ms": 10_000, "class_day_cap_ms": 600_000}
    assert TAG in administrator.get(class_rules(room)).content.decode()


def test_a_version_after_a_coming_one_says_what_it_undoes(administrator: Client, clock: HandClock) -> None:
    address = "/institution/rules/new/"
    coming = saved(administrator, address, filled(CAPS, begins="later", begins_at="2026-11-25T08:00"))
    after = filled({"check_answer_ms": "30"}, begins="later", begins_at="2026-11-26T08:00")
    page = posted(administrator, address, after)
    assert f"版本 {coming.pk} 会先生效（2026-11-25 08:00 起）" in page
    assert f"版本 {coming.pk} 会先生效" not in posted(administrator, address, filled({"check_answer_ms": "30"}))


def test_authors_are_masked(administrator: Client) -> None:
    saved(administrator, "/institution/rules/new/", filled(CAPS))
    page = administrator.get("/institution/rules/").content.decode()
    assert "制定人 李**" in page


def test_every_parameter_has_a_label_a_unit_and_a_sentence() -> None:
    assert set(PARAMETERS) == set(EFFECTS) == set(RANGES)
    assert set(BRIEF) <= set(PARAMETERS)
    lowest = TimePolicy(**{name: low for name, (low, _high) in RANGES.items() if not name.startswith("check_expiry")})
    for name in PARAMETERS:
        for policy in (TimePolicy(), lowest):
            sentence = effect(name, policy)
            assert sentence.endswith("。")
            assert "%(" not in sentence


@pytest.mark.parametrize("name", sorted(RANGES))
def test_what_is_written_is_read_again(name: str) -> None:
    parameter = PARAMETERS[name]
    for value in (*RANGES[name], getattr(TimePolicy(), name)):
        assert parameter.stored(parameter.written(value)) == value


@pytest.mark.clause("T2.5")
def test_the_learners_day_is_shown_against_the_cap_of_the_class(room: Classroom, clock: HandClock) -> None:
    version(CITY, {"day_cap_ms": 240 * MINUTE_MS}, MORNING)
    learner = client_of(room.learner)
    assert "每日上限 4 小时" in learner.get("/learn/").content.decode()
    clock.at = room.training_class.term.closes_at
    assert "每日上限 6 小时" in learner.get("/learn/").content.decode()


def test_several_policies_are_one_query(room: Classroom, django_assert_num_queries) -> None:
    version(CITY, {"day_cap_ms": 240 * MINUTE_MS}, MORNING)
    reaches = [Reach("440104", 1, 1), Reach("440305", 2, 2)]
    with django_assert_num_queries(1):
        caps = [policy.day_cap_ms // MINUTE_MS for policy in time_policies_for(reaches, MORNING).values()]
    assert caps == [240, 360]


@pytest.mark.clause("T2.5")
def test_saving_a_version_leads_over_who_is_learning(administrator: Client, room: Classroom, clock: HandClock) -> None:
    running = opened(room, clock)
    clock.advance(5_000)
    saved(administrator, "/institution/rules/new/", filled(CAPS))
    assert Lease.objects.get(session=running).renew_at_ms == to_ms(clock.now())


@pytest.mark.parametrize("name", sorted(RANGES))
@given(data=st.data())
def test_what_stands_in_a_form_comes_back_as_the_same_value(name: str, data: st.DataObject) -> None:
    low, high = RANGES[name]
    seconds = name.endswith("_ms")
    value = (
        data.draw(st.integers(-(-low // 1_000), high // 1_000)) * 1_000
        if seconds
        else data.draw(st.integers(low, high))
    )
    parameter = PARAMETERS[name]
    assert len(parameter.written(value)) <= 20
    assert parameter.stored(parameter.written(value)) == value
