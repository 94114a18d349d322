"""The security administrator adds, changes, asks and retires witnesses; whatever is wrong is said in words (clauses M3, T1.3)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Cosignature, Witness, WitnessRule
from tests.conftest import MORNING
from tests.domains.ledger.answering import OTHER, signature
from tests.domains.ledger.test_keeping_witnesses import key_of
from tests.factories import people
from tests.factories.logs import Log
from tests.factories.witnesses import witness
from tests.portals.clients import client_of, main_in, main_of

pytestmark = [pytest.mark.clause("M3"), pytest.mark.clause("T1.3")]
PAGE, NEW = "/operator/ledger/", "/operator/ledger/witnesses/new/"
LONG = "省级人力资源和社会保障行政主管部门职业能力建设处与各市相关单位共同指定的学习记录存证见证联合办公室" + "组" * 33


@pytest.fixture
def keeper(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.SECURITY_ADMINISTRATOR, None), now=clock.now()))


@pytest.fixture
def keeper_of(log: Log, clock: HandClock) -> Client:
    """Return the security administrator of a committed log with three signed entries."""
    log.grow(events=3)
    log.sign()
    return client_of(people.account((Role.SECURITY_ADMINISTRATOR, None), now=clock.now()))


def page_of(found: Witness, act: str = "") -> str:
    return f"{PAGE}witnesses/{found.pk}/{act}"


def acts() -> list[str]:
    return list(AuditEntry.objects.filter(action__startswith="witness").order_by("id").values_list("action", flat=True))


def said_by(answer: HttpResponse, status: int) -> str:
    assert answer.status_code == status
    return main_in(answer.content.decode())


def test_a_witness_is_added_with_a_name_of_80_characters(keeper: Client) -> None:
    assert len(LONG[:80]) == 80
    sent = {"title": LONG[:80], "verifier_key": f" {key_of()}\n", "address": "http://jianzheng:8071/a"}
    page = said_by(keeper.post(NEW, sent, follow=True), 200)
    for said in (LONG[:80], "http://jianzheng:8071/a", key_of(), "已添加"):
        assert said in page
    assert Witness.objects.get().added_at == MORNING
    assert acts() == ["witness.added"]
    assert LONG[:80] in main_of(keeper, PAGE)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "请填写大家熟悉的名称"),
        ({"title": LONG + "多"}, "超过 80 个字符"),
        ({"title": "a\0"}, "无法显示"),
        ({"verifier_key": ""}, "请粘贴见证方给您的那一行公钥"),
        ({"verifier_key": "见证方"}, "这不是见证方公钥"),
        ({"verifier_key": "x" * 301}, "超过 300 个字符"),
        ({"verifier_key": key_of(kind=1)}, "这是存证日志的公钥"),
        ({"verifier_key": key_of(7)}, "已在列表中"),
        ({"verifier_key": key_of(7, name="other.example")}, "已经以另一个名称登记"),
        ({"address": "witness.example"}, "请填写以 https:// 或 http:// 开头的完整网址"),
        ({"address": "ftp://witness.example"}, "请填写以 https://"),
        ({"address": "https://"}, "请填写以 https://"),
        ({"address": "https://w.example:99999"}, "请填写以 https://"),
        ({"address": "https://w.example/ a"}, "请填写以 https://"),
        ({"address": "https://w.example/?a=1"}, "请填写以 https://"),
        ({"address": "https://user:pass@w.example/"}, "请填写以 https://"),
        ({"address": "https://[::1"}, "请填写以 https://"),
        ({"address": "javascript:alert(1)"}, "请填写以 https://"),
        ({"address": "https://w.example/" + "a" * 300}, "超过 300 个字符"),
    ],
)
def test_what_is_wrong_with_a_new_witness_is_said_and_what_was_typed_is_kept(
    keeper: Client, changed: dict[str, str], said: str
) -> None:
    known = witness()
    Witness.objects.filter(pk=known.pk).update(verifier_key=key_of(7))
    sent = {"title": "市人社局", "verifier_key": key_of(), "address": "https://w.example", **changed}
    page = said_by(keeper.post(NEW, sent), 400)
    assert said in page
    assert changed.get("title", "市人社局").replace("\0", "") in page
    assert (Witness.objects.count(), acts()) == (1, [])


@pytest.mark.parametrize("address", ["", "https://w.example", "http://127.0.0.1:8071/jiangxue/", "http://[::1]:8071"])
def test_addresses_that_can_be_asked_are_taken(keeper: Client, address: str) -> None:
    keeper.post(NEW, {"title": "市人社局", "verifier_key": key_of(), "address": address})
    assert Witness.objects.get().address == address


def test_title_and_address_are_changed_and_the_key_is_not(keeper: Client) -> None:
    found = witness()
    sent = {"title": "新名称", "address": "https://w.example", "verifier_key": key_of(9)}
    assert "已保存" in said_by(keeper.post(page_of(found, "change/"), sent, follow=True), 200)
    renewed = Witness.objects.get()
    assert (renewed.title, renewed.address, renewed.verifier_key) == ("新名称", "https://w.example", found.verifier_key)
    assert acts() == ["witness.changed"]
    page = said_by(keeper.post(page_of(found, "change/"), {"title": "", "address": "x"}), 400)
    assert "请填写大家熟悉的名称" in page
    assert 'value="x"' in page
    assert Witness.objects.get().title == "新名称"


def test_retiring_asks_first_and_is_refused_while_the_rule_demands_the_witness(keeper: Client) -> None:
    found = witness()
    assert "要停用该见证方吗" in main_of(keeper, page_of(found, "retire/"))
    page = said_by(keeper.post(page_of(found, "retire/")), 409)
    assert "一个也不能少" in page
    assert Witness.objects.get().retired_at is None
    WitnessRule.objects.create(need=0, at=MORNING, reason="试运行")
    assert "已停用" in said_by(keeper.post(page_of(found, "retire/"), follow=True), 200)
    assert Witness.objects.get().retired_at == MORNING
    assert acts() == ["witness.retired"]
    assert "<form" not in main_of(keeper, page_of(found))
    assert "1 个已停用的见证方" in main_of(keeper, PAGE)


@pytest.mark.parametrize("act", ["", "change/", "retire/", "request/", "answer/"])
@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_a_witness_that_does_not_exist_is_not_found(keeper: Client, act: str, number: int) -> None:
    address = f"{PAGE}witnesses/{number}/{act}"
    assert keeper.post(address, {"title": "x"}).status_code in (404, 405)
    assert keeper.get(address).status_code in (404, 405)


def test_a_witness_is_asked_by_mail_and_its_answer_is_kept_once(log: Log, keeper_of: Client) -> None:
    found = witness()
    answer = keeper_of.post(page_of(found, "request/"), {"remembered": ""})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="REQUEST.txt"'
    assert answer.content.decode().startswith("old 0\n\ntest.example/log1\n3\n")
    assert "最近一次请求的大小是 3" in main_of(keeper_of, page_of(found))
    for _ in range(2):
        page = said_by(keeper_of.post(page_of(found, "answer/"), {"answer": signature(3)}, follow=True), 200)
        assert "已保存大小 3 的见证签名" in page
    assert Cosignature.objects.count() == 1
    assert acts() == ["witness.asked", "witness.answered", "witness.answered"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_an_answer_file_is_read_however_it_was_written(log: Log, keeper_of: Client, coding: str) -> None:
    found = witness()
    keeper_of.post(page_of(found, "request/"))
    file = SimpleUploadedFile("ANSWER.txt", signature(3).replace("\n", "\r\n").encode(coding))
    assert "已保存" in said_by(keeper_of.post(page_of(found, "answer/"), {"file": file}, follow=True), 200)


def test_answers_that_are_none_are_refused_in_words(log: Log, keeper_of: Client) -> None:
    found = witness()
    asked_nothing = keeper_of.post(page_of(found, "answer/"), {"answer": signature(3)})
    assert "还没有向该见证方发过请求" in said_by(asked_nothing, 400)
    before = signature(3)
    log.grow()
    log.sign()
    keeper_of.post(page_of(found, "request/"))
    for sent, said in (
        ({"answer": ""}, "请选择答复文件"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "请选择答复文件"),
        ({"answer": before}, "不是对最近一次请求的检查点所签"),
        ({"answer": signature(4, private=OTHER)}, "没有该见证方的签名"),
        ({"answer": "x" * 4097}, "超过 4096 个字符"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 100_000)}, "内容太长"),
        ({"file": SimpleUploadedFile("a.txt", bytes(range(256)))}, "没有该见证方的签名"),
        ({"answer": "a\0"}, "无法显示"),
    ):
        assert said in said_by(keeper_of.post(page_of(found, "answer/"), sent), 400)
    assert not Cosignature.objects.exists()
    assert acts() == ["witness.asked"]


@pytest.mark.parametrize(
    ("remembered", "said"),
    [
        ("4", "存证日志没有这么大"),
        ("-1", "请填见证方所说的数"),
        ("x", "请填见证方所说的数"),
        ("9" * 40, "请填见证方所说的数"),
    ],
)
def test_a_size_that_cannot_be_asked_from_is_refused_in_words(
    log: Log, keeper_of: Client, remembered: str, said: str
) -> None:
    found = witness()
    assert said in said_by(keeper_of.post(page_of(found, "request/"), {"remembered": remembered}), 400)
    assert Witness.objects.get().requested_size is None
    assert acts() == []


def test_before_anything_is_signed_nothing_can_be_asked(keeper: Client) -> None:
    found = witness()
    assert "还没有签署过" in said_by(keeper.post(page_of(found, "request/")), 400)
    assert acts() == []
