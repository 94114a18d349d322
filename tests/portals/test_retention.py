"""保存与删除: how long archives are kept, the list of those over their time, and two administrators who let them go (clauses T8.1, M2, M3)."""

import pytest
from django.test import Client

from jiangxue.archive.models import Erasure, RetentionRule, RetentionRun
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, prove
from tests.factories import people, retention
from tests.factories.classes import Classroom
from tests.factories.lives import Life, life
from tests.factories.logs import Log
from tests.portals.clients import client_of, main_in, main_of, supervisor
from tests.portals.test_navigation import nav_of

pytestmark = pytest.mark.clause("T8.1", "M2")
HERE, RULE, REPORT = "/operator/retention/", "/operator/retention/rule/", "/operator/retention/report/"
LONG = "由省级人力资源和社会保障行政主管部门与各地级以上市共同举办的职业技能提升行动低压电工安全操作技能培训二〇一九年度第十二期"


def _admin(role: Role, name: str = "欧阳慧敏") -> Client:
    return client_of(people.account((role, None), now=MORNING, name=name))


@pytest.fixture
def system(db: None, clock: HandClock) -> Client:
    return _admin(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def security(db: None, clock: HandClock) -> Client:
    return _admin(Role.SECURITY_ADMINISTRATOR, "司马光")


@pytest.fixture
def old(log: Log, clock: HandClock) -> Life:
    """Return an archive that has been over its time for long."""
    clock.at = LONG_AGO
    lived = life(clock)
    clock.at = MORNING
    prove(log)
    return lived


def _run(room: Classroom, clock: HandClock, **facts: object) -> RetentionRun:
    made = retention.run(clock.now(), **facts)
    retention.listed(made, room, clock.now())
    return made


def _of(run: RetentionRun, act: str = "") -> str:
    return f"{HERE}{run.pk}/{act}"


def test_two_administrators_let_an_archive_go(old: Life, log: Log, clock: HandClock) -> None:
    system, security = _admin(Role.SYSTEM_ADMINISTRATOR), _admin(Role.SECURITY_ADMINISTRATOR, "司马光")
    assert "生成清单" in main_of(system, HERE)
    assert "由系统管理员生成清单" in main_of(security, HERE)
    listed = main_in(system.post(REPORT, follow=True).content.decode())
    for words in (
        "没有删除任何档案",
        "李**",
        "已列入",
        old.room.training_class.name,
        "待安全管理员确认",
        "由安全管理员",
    ):
        assert words in listed
    assert "李小明" not in listed
    run = RetentionRun.objects.get()
    assert not Erasure.objects.exclude(announced_at=None).exists()
    page = main_of(security, _of(run))
    for words in ("我确认永久删除这 1 份档案", "不删除", "删除意味着什么", "任何人都不能恢复"):
        assert words in page
    assert security.post(_of(run, "confirm/"), {"understood": "on"}).status_code == 302
    assert "正在删除" in main_of(system, _of(run))
    go_on_erasing(clock=clock)
    assert "已记入存证日志，签名后删除" in main_of(system, _of(run))
    prove(log)
    go_on_erasing(clock=clock)
    page = main_of(system, _of(run))
    assert "已删除" in page
    assert "李" not in page, "the name is gone with the account"
    assert "已处理完毕" in main_of(_admin(Role.AUDIT_ADMINISTRATOR), HERE)


def test_the_box_must_be_ticked_before_anything_is_confirmed(
    security: Client, room: Classroom, clock: HandClock
) -> None:
    run = _run(room, clock)
    answer = security.post(_of(run, "confirm/"))
    assert answer.status_code == 400
    assert "请先勾选这一项" in main_in(answer.content.decode())
    run.refresh_from_db()
    assert run.confirmed_at is None


def test_a_list_can_be_dropped_and_then_not_confirmed(
    security: Client, system: Client, room: Classroom, clock: HandClock
) -> None:
    run = _run(room, clock)
    said = main_in(security.post(_of(run, "drop/"), follow=True).content.decode())
    assert "清单已撤销" in said
    assert "未删除" in said
    for act in ("confirm/", "drop/"):
        answer = security.post(_of(run, act), {"understood": "on"})
        assert answer.status_code == 409
        assert "刚刚已被确认或撤销" in main_in(answer.content.decode())
    run.refresh_from_db()
    assert run.confirmed_at is None


def test_who_made_the_list_does_not_confirm_it(db: None, room: Classroom, clock: HandClock) -> None:
    both = people.account((Role.SECURITY_ADMINISTRATOR, None), now=MORNING)
    run = _run(room, clock, reported_by=both)
    client = client_of(both)
    page = main_of(client, _of(run))
    assert "须由另一人确认" in page
    assert "确认删除" not in page
    answer = client.post(_of(run, "confirm/"), {"understood": "on"})
    assert answer.status_code == 403
    assert "须由另一人确认" in main_in(answer.content.decode())


def test_there_is_one_list_at_a_time_and_none_of_nothing(system: Client, room: Classroom, clock: HandClock) -> None:
    answer = system.post(REPORT)
    assert answer.status_code == 409
    assert "目前没有保存期满的档案" in main_in(answer.content.decode())
    _run(room, clock)
    answer = system.post(REPORT)
    assert answer.status_code == 409
    assert "已有一份清单" in main_in(answer.content.decode())
    assert RetentionRun.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kept_because": "held"}, "保留：已设依法保留"),
        ({"kept_because": "not_due"}, "保留：保存期限未满"),
        ({"kept_because": "tied"}, "保留：有记录等待封存"),
    ],
)
def test_why_an_archive_was_kept_after_all_is_said(
    system: Client, room: Classroom, clock: HandClock, facts: dict[str, object], said: str
) -> None:
    run = retention.run(
        clock.now(), finished_at=clock.now(), confirmed_at=clock.now(), confirmed_by=people.account(now=MORNING)
    )
    retention.listed(run, room, clock.now(), **facts)
    assert said in main_of(system, _of(run))


def test_long_names_stand_whole_and_learners_masked(system: Client, room: Classroom, clock: HandClock) -> None:
    TrainingClass.objects.update(name=LONG)
    type(room.learner).objects.filter(pk=room.learner.pk).update(name="阿卜杜拉" * 15)
    page = main_of(system, _of(_run(room, clock)))
    assert LONG in page
    assert "阿**" in page
    assert "阿卜" not in page


def test_whose_processing_is_restricted_is_not_named(system: Client, room: Classroom, clock: HandClock) -> None:
    type(room.learner).objects.filter(pk=room.learner.pk).update(restricted_at=clock.now())
    by = people.account(now=MORNING, name="欧阳慧敏")
    page = main_of(system, _of(_run(room, clock, reported_by=by)))
    assert "已限制处理" in page
    assert "李**" not in page


def test_the_security_administrator_changes_the_term_for_a_reason(security: Client, system: Client) -> None:
    assert "系统默认保存 5 年" in main_of(security, RULE)
    said = main_in(security.post(RULE, {"years": "8", "reason": "省里要求保存八年"}, follow=True).content.decode())
    for words in ("8 年", "省里要求保存八年", "司**", "2026-11-24"):
        assert words in said
    assert "8 年" in main_of(system, HERE)
    assert AuditEntry.objects.get(action="retention.set").object_id == str(RetentionRule.objects.get().pk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"years": "4", "reason": "少存一点"}, "5 到 99"),
        ({"years": "100", "reason": "多存一点"}, "5 到 99"),
        ({"years": "许多", "reason": "多存一点"}, "5 到 99"),
        ({"years": "", "reason": "多存一点"}, "5 到 99"),
        ({"years": "9", "reason": "   "}, "请填写理由"),
        ({"years": "9", "reason": "长" * 201}, "最多"),
    ],
)
def test_an_unfit_term_is_refused_and_what_was_typed_stays(security: Client, typed: dict[str, str], said: str) -> None:
    answer = security.post(RULE, typed)
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert said in page
    assert typed["reason"].strip() in page
    assert f'value="{typed["years"]}"' in page or not typed["years"]
    assert not RetentionRule.objects.exists()


@pytest.mark.clause("M3")
def test_each_administrator_has_their_own_step_and_the_auditor_only_looks(
    system: Client, security: Client, room: Classroom, clock: HandClock
) -> None:
    auditor, run = _admin(Role.AUDIT_ADMINISTRATOR), _run(room, clock)
    for client in (system, security, auditor):
        for page in (HERE, RULE, _of(run)):
            assert client.get(page).status_code == 200
    typed = {"years": "9", "reason": "多存几年", "understood": "on"}
    refused = {
        system: (RULE, _of(run, "confirm/"), _of(run, "drop/")),
        security: (REPORT,),
        auditor: (RULE, REPORT, _of(run, "confirm/"), _of(run, "drop/")),
    }
    for client, addresses in refused.items():
        for address in addresses:
            assert client.post(address, typed).status_code == 403, address
    for client in (system, auditor):
        assert "确认删除</button>" not in main_of(client, _of(run))
        assert "<textarea" not in main_of(client, RULE)
    run.refresh_from_db()
    assert (run.confirmed_at, run.finished_at, RetentionRule.objects.count()) == (None, None, 0)


def test_others_see_none_of_it(room: Classroom, clock: HandClock, head: Client, second: Client) -> None:
    run = _run(room, clock)
    for client in (client_of(room.learner), head, second, supervisor("4401", clock), _admin(Role.REVIEWER)):
        for page in (HERE, RULE, _of(run)):
            assert client.get(page).status_code == 403
    assert Client().get(HERE).status_code == 302


def test_a_list_that_is_none_is_not_found(security: Client) -> None:
    for address in (f"{HERE}7/", f"{HERE}99999999999999999999999/"):
        assert security.get(address).status_code == 404
    assert security.post(f"{HERE}7/confirm/", {"understood": "on"}).status_code == 404


def test_the_navigation_says_that_a_list_waits(
    system: Client, security: Client, room: Classroom, clock: HandClock
) -> None:
    _run(room, clock)
    assert '保存与删除<span class="nav-count">(1)</span>' in nav_of(security, HERE)
    assert "保存与删除</a>" in nav_of(system, HERE)
    assert "保存与删除</a>" in nav_of(_admin(Role.AUDIT_ADMINISTRATOR), HERE)
