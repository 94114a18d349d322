"""The administrators see how the ledger stands; only the security administrator says who countersigns it (clause M3)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.ledger.errors import AnswerFault, KeyFault
from jiangxue.ledger.models import Alarm, Witness, WitnessRule
from jiangxue.ledger.services import append, open_archive
from jiangxue.operations import services
from jiangxue.operations.errors import NotTheirsToChange
from jiangxue.operations.services import By
from jiangxue.portals.operator.ledger_words import ALARMS, ANSWER_FAULTS, KEY_FAULTS, OUTCOMES, UNKNOWN
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import institution
from tests.factories.logs import MORNING_MS, Log
from tests.factories.witnesses import countersign, witness
from tests.portals.clients import client_of, main_in, main_of, supervisor, text_of

pytestmark = pytest.mark.clause("M3")
PAGE, NEW, NEEDED = "/operator/ledger/", "/operator/ledger/witnesses/new/", "/operator/ledger/needed/"
LOOKERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
OTHERS = [Role.LEARNER, Role.REVIEWER, *sorted(INSTITUTION_ROLES)]


def as_role(role: Role, clock: HandClock) -> Client:
    return client_of(people.account((role, None), now=clock.now(), name="欧阳慧敏"))


@pytest.fixture
def keeper(db: None, clock: HandClock) -> Client:
    return as_role(Role.SECURITY_ADMINISTRATOR, clock)


@pytest.fixture
def keeper_of(log: Log, clock: HandClock) -> Client:
    """Return the security administrator of a committed log."""
    return as_role(Role.SECURITY_ADMINISTRATOR, clock)


@pytest.mark.parametrize("role", LOOKERS)
def test_each_administrator_looks_and_one_of_them_changes(db: None, clock: HandClock, role: Role) -> None:
    client, found = as_role(role, clock), witness()
    one = f"{PAGE}witnesses/{found.pk}/"
    assert f'<a href="{PAGE}"' in text_of(client, PAGE)
    pages = [main_of(client, address) for address in (PAGE, one, NEEDED)]
    is_keeper = role is Role.SECURITY_ADMINISTRATOR
    assert [NEW in pages[0], "<form" in pages[1], "<form" in pages[2]] == [is_keeper] * 3
    before = Witness.objects.get()
    if not is_keeper:
        for address in (NEW, f"{one}retire/"):
            assert client.get(address).status_code == 403
            assert client.post(address).status_code == 403
        for address in (f"{one}change/", f"{one}request/", f"{one}answer/"):
            assert client.post(address, {"title": "x"}).status_code == 403
    assert Witness.objects.get() == before


def test_whoever_only_looks_sets_no_rule(db: None, clock: HandClock) -> None:
    witness()
    client = as_role(Role.AUDIT_ADMINISTRATOR, clock)
    assert client.post(NEEDED, {"need": "0", "reason": "x"}).status_code == 403
    assert not WitnessRule.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_the_ledger_is_for_nobody_else(db: None, clock: HandClock, role: Role) -> None:
    of = institution().pk if role in INSTITUTION_ROLES else None
    client, found = client_of(people.account((role, of), now=clock.now())), witness()
    for address in (PAGE, NEW, NEEDED, f"{PAGE}witnesses/{found.pk}/", f"{PAGE}witnesses/{found.pk}/retire/"):
        assert client.get(address).status_code == 403


def test_the_ledger_is_not_for_supervisors_nor_for_those_not_signed_in(db: None, clock: HandClock) -> None:
    assert supervisor("4401", clock).get(PAGE).status_code == 403
    assert Client().get(PAGE).headers["Location"].startswith("/sign-in/")


def test_services_ask_who_acts_for_themselves(db: None) -> None:
    by = By(Viewer(1, Role.SYSTEM_ADMINISTRATOR), Actor(1), MORNING)
    found = witness()
    for act in (
        lambda: services.add_witness(by, title="x", verifier_key="x", address=""),
        lambda: services.change_witness(by, found.pk, title="x", address=""),
        lambda: services.retire_witness(by, found.pk),
        lambda: services.demand_witnesses(by, 0, "x"),
        lambda: services.request_by_mail(by, found.pk),
        lambda: services.take_answer(by, found.pk, "x"),
    ):
        with pytest.raises(NotTheirsToChange):
            act()
    assert not AuditEntry.objects.exists()


def test_an_empty_ledger_says_what_to_do(keeper: Client) -> None:
    page = main_of(keeper, PAGE)
    for said in ("所有记录均已及时封存和签名", "还没有见证方", "没有告警", NEW):
        assert said in page


def test_the_page_shows_what_is_sealed_signed_and_countersigned(log: Log, keeper_of: Client, clock: HandClock) -> None:
    found = witness(address="https://witness.example")
    log.grow(events=3)
    log.heads()
    log.sign()
    countersign(found, MORNING)
    log.grow(events=2)
    log.sign()
    page = main_of(keeper_of, PAGE)
    for said in ("已有足够的见证方签到第 4 条", "第 6 条", "1 份档案", "https://witness.example", "还没有请求过"):
        assert said in page
    assert "2 条" in page


def test_what_waits_for_more_than_a_minute_is_a_warning(log: Log, keeper_of: Client, clock: HandClock) -> None:
    append(open_archive(), "segment.sealed", {}, at=MORNING)
    clock.at = MORNING + timedelta(minutes=1)
    assert "2026-11-24 09:00:00 起" in main_of(keeper_of, PAGE)
    assert "等待封存超过一分钟" not in main_of(keeper_of, PAGE)
    clock.at += timedelta(seconds=1)
    assert "等待封存超过一分钟" in main_of(keeper_of, PAGE)
    assert "等待封存超过一分钟" in main_of(keeper_of, "/operator/state/")
    log.seal()
    page = main_of(keeper_of, PAGE)
    assert "等待封存超过一分钟" not in page
    assert "封存后超过一分钟没有签名" in page
    log.sign()
    assert "所有记录均已及时封存和签名" in main_of(keeper_of, PAGE)


def test_rows_that_were_set_aside_are_counted(log: Log, keeper_of: Client) -> None:
    append(open_archive(), "segment.sealed", {}, at=MORNING)
    log.tamper("UPDATE ledger_inboxentry SET kind = 'check.settled'")
    log.seal()
    assert "1 条被改动的记录" in main_of(keeper_of, PAGE)


@pytest.mark.parametrize("kind", [*ALARMS, "of.later"])
def test_each_alarm_says_what_it_means_and_what_to_do(keeper: Client, clock: HandClock, kind: str) -> None:
    Alarm.objects.create(kind=kind, detail="<b>见证方</b>: 4", at_ms=MORNING_MS)
    page = main_of(keeper, PAGE)
    assert f"{kind}: &lt;b&gt;见证方&lt;/b&gt;: 4" in page
    assert str(ALARMS.get(kind, UNKNOWN).advice) in page
    assert "最近 7 天有告警" in page
    assert "最近 7 天有告警" in main_of(keeper, "/operator/state/")
    clock.at += timedelta(days=7, seconds=1)
    assert "最近 7 天有告警" not in main_of(keeper, PAGE)


def test_a_witness_that_remembers_more_is_explained(keeper: Client) -> None:
    found = witness()
    Witness.objects.update(outcome="ahead", outcome_detail="9", asked_at=MORNING)
    Alarm.objects.create(kind="witness.ahead", detail="9", at_ms=to_ms(MORNING))
    page = main_of(keeper, PAGE)
    assert "见证方记得的规模比本库大：数据库可能被恢复到了旧备份" in page
    assert "有见证方不认可本存证日志" in page
    assert "见证方记得的规模比本库大" in main_of(keeper, f"{PAGE}witnesses/{found.pk}/")


@pytest.mark.parametrize("outcome", [*OUTCOMES, "of_later"])
def test_each_outcome_of_asking_has_words(keeper: Client, outcome: str) -> None:
    found = witness(address="https://w.example")
    Witness.objects.update(outcome=outcome, outcome_detail="500 <i>x</i>", asked_at=MORNING)
    for address in (PAGE, f"{PAGE}witnesses/{found.pk}/"):
        page = main_of(keeper, address)
        assert str(OUTCOMES.get(outcome, OUTCOMES["odd"])) in page
        assert "<i>" not in page


def test_every_fault_has_a_sentence() -> None:
    assert set(KEY_FAULTS) == set(KeyFault)
    assert set(ANSWER_FAULTS) == set(AnswerFault)


@pytest.mark.parametrize(
    ("need", "reason", "said"),
    [
        ("2", "补贴班", "在用的见证方只有 1 个"),
        ("-1", "补贴班", "0 到 15 之间"),
        ("16", "补贴班", "0 到 15 之间"),
        ("一", "补贴班", "0 到 15 之间"),
        ("9" * 5000, "补贴班", "0 到 15 之间"),
        ("", "补贴班", "0 到 15 之间"),
        ("1", " ", "请写明理由"),
        ("1", "理" * 201, "超过 200 个字符"),
        ("1", "a\0b", "无法显示"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words_and_kept_in_the_form(
    keeper: Client, need: str, reason: str, said: str
) -> None:
    witness()
    answer = keeper.post(NEEDED, {"need": need, "reason": reason})
    assert (answer.status_code, said in main_in(answer.content.decode())) == (400, True)
    assert not WitnessRule.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="witness").exists()


def test_a_rule_stands_in_the_history_and_in_the_audit(keeper: Client) -> None:
    witness()
    assert "出厂时，导出须有 1 方见证" in main_of(keeper, NEEDED)
    answer = keeper.post(NEEDED, {"need": "0", "reason": "<b>试运行</b>"}, follow=True)
    page = main_in(answer.content.decode())
    for said in ("规则已生效", "&lt;b&gt;试运行", "欧**"):
        assert said in page
    rule = WitnessRule.objects.get()
    entry = AuditEntry.objects.get(action="witness_rule.set")
    assert (entry.object_kind, entry.object_id, entry.role) == ("witness_rule", str(rule.pk), "security_administrator")


def test_of_several_troubles_the_state_names_the_first_and_counts_the_rest(keeper: Client) -> None:
    witness()
    Witness.objects.update(outcome="refused")
    Alarm.objects.create(kind="witness.refused", detail="", at_ms=MORNING_MS)
    assert "有见证方不认可本存证日志。另有 1 件事。" in main_of(keeper, "/operator/state/")


def test_a_silent_witness_is_said_on_both_pages_before_exports_go_stale(
    log: Log, keeper_of: Client, clock: HandClock
) -> None:
    found = witness(address="https://witness.example")
    log.grow()
    log.sign()
    countersign(found, MORNING)
    clock.advance(3_600_000)
    pages = (PAGE, "/operator/state/")
    assert not any("还缺少导出须有的见证签名" in main_of(keeper_of, page) for page in pages)
    log.grow()
    log.sign()
    assert all("2026-11-24 09:00 以来签署的内容还缺少导出须有的见证签名" in main_of(keeper_of, page) for page in pages)
