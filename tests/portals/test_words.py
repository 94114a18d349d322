"""The security administrator looks at the list of sensitive words, tries it and replaces it (clauses T1.4, M3)."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.operator.word_faults import MOST_SHOWN, SENTENCES
from jiangxue.portals.operator.words import MOST_CHANGES_SHOWN
from jiangxue.screening.errors import Fault
from jiangxue.screening.models import Screening, WordList
from jiangxue.screening.rules.word_file import MOST_BYTES
from jiangxue.screening.services import agreement_on
from tests.factories import people, words
from tests.factories.words import WORDS, word_file, word_list
from tests.portals.clients import client_of, text_of

pytestmark = pytest.mark.clause("T1.4")
HOME, TRY, IMPORT = "/operator/words/", "/operator/words/try/", "/operator/words/import/"
LONG = "由省级主管部门与各培训机构共同编制的敏感词库（含广告、违法、封建迷信等类别）第三次修订稿.csv"


@pytest.fixture
def keeper(db: None, clock: HandClock) -> Account:
    return words.keeper(clock.now())


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


@pytest.fixture
def listed(keeper: Account, clock: HandClock) -> WordList:
    return word_list(clock.now(), author=keeper)


def sent(client: Client, content: bytes, name: str = LONG, **more: str) -> HttpResponse:
    return client.post(IMPORT, {"words": SimpleUploadedFile(name, content), **more}, follow=True)


def test_the_list_stands_in_the_navigation_of_whoever_keeps_it(client: Client) -> None:
    assert f'<a href="{HOME}"' in text_of(client, "/operator/state/")


def test_without_a_list_the_pages_say_what_to_do(client: Client) -> None:
    for address in (HOME, TRY, IMPORT):
        page = text_of(client, address)
        assert "还没有词库" in page
        assert IMPORT in page


def test_the_list_in_force_is_shown_with_its_source_and_categories(client: Client, listed: WordList) -> None:
    page = text_of(client, HOME)
    for said in ("词库.csv", "2026-11-24 09:00", "郑*", "加微信", "封建迷信", f"/operator/words/lists/{listed.pk}.csv"):
        assert said in page
    assert "广告（2）" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("q=加 微", {"加微信"}),
        ("category=广告", {"加微信", "包过"}),
        ("q=包過&category=广告", {"包过"}),
        ("q=包过&category=违法", set()),
        ("q=★", set()),
        ("category=没有", set(WORDS)),
        ("q=%00", set(WORDS)),
        ("page=99", set(WORDS)),
    ],
)
def test_words_are_searched_however_they_are_written(
    client: Client, listed: WordList, asked: str, shown: set[str]
) -> None:
    page = text_of(client, f"{HOME}?{asked}")
    assert {word for word in WORDS if f'scope="row" class="break">{word}<' in page} == shown
    assert ("没有符合的词语" in page) == (not shown)


def test_a_long_list_has_pages(client: Client, keeper: Account, clock: HandClock) -> None:
    word_list(clock.now(), {f"词语{serial}": "其他" for serial in range(51)}, author=keeper)
    assert "page=2" in text_of(client, HOME)
    assert text_of(client, f"{HOME}?page=2").count('scope="row"') == 1


def test_a_text_is_tried_and_not_kept(client: Client, listed: WordList) -> None:
    page = client.post(TRY, {"text": "<b>请加 微-信</b>"}).content.decode()
    assert "查出 1 处" in page
    assert "&lt;b&gt;请<mark>加 微-信</mark>&lt;/b&gt;" in page
    assert "这段文字里没有词库中的词语" in client.post(TRY, {"text": "安全用电"}).content.decode()
    assert not Screening.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "请先输入"), (" \n", "没有词库中的词语"), ("字" * 5001, "超过 5,000 字"), ("加\0", "无法显示的字符")],
)
def test_a_text_that_cannot_be_tried_is_refused_in_words(
    client: Client, listed: WordList, text: str, said: str
) -> None:
    answer = client.post(TRY, {"text": text})
    assert answer.status_code == (200 if text.isspace() else 400)
    assert said in answer.content.decode()


def test_an_imported_file_is_in_force_and_says_what_it_changed(
    client: Client, listed: WordList, clock: HandClock
) -> None:
    clock.at += timedelta(hours=1)
    content = word_file({"加微信": "违法", "代考": "违法", "挂证": "违法"})
    answer = sent(client, content, agreed=agreement_on(content, listed))
    assert answer.redirect_chain == [(HOME, 302)]
    page = answer.content.decode()
    assert "共 3 个词语：新增 1 个，删去 2 个，改类别 1 个" in page
    assert LONG in page
    history = text_of(client, IMPORT)
    assert history.count('.csv">CSV</a>') == 2
    assert "新增 1，删去 2，改类别 1" in history


def test_before_words_are_removed_they_are_shown_and_somebody_agrees(client: Client, listed: WordList) -> None:
    content = word_file({"加微信": "违法", "挂证": "违法"})
    answer = sent(client, content, "新.csv")
    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("尚未导入：“新.csv”中没有现有的 3 个词语", "包过", "代考", "算命", "确认删去 3 个词语"):
        assert said in page
    assert WordList.objects.get() == listed
    agreed = re.search(r'name="agreed" type="checkbox" value="(\w+)"', page)
    assert agreed is not None
    other = sent(client, word_file({"挂证": "违法"}), agreed=agreed[1])
    assert (other.status_code, "与您刚才核对的不同" in other.content.decode()) == (409, True)
    assert sent(client, content, agreed=agreed[1]).redirect_chain == [(HOME, 302)]
    again = sent(client, word_file({"挂证": "其他"}), agreed=agreed[1])
    assert again.status_code == 409


def test_words_that_are_only_added_need_no_agreement(client: Client, listed: WordList) -> None:
    assert sent(client, word_file(WORDS | {"挂证": "违法"})).redirect_chain == [(HOME, 302)]


def test_of_very_many_words_that_would_go_the_first_are_listed(
    client: Client, keeper: Account, clock: HandClock
) -> None:
    word_list(clock.now(), {f"词语{serial}": "其他" for serial in range(MOST_CHANGES_SHOWN + 8)}, author=keeper)
    page = sent(client, word_file({"挂证": "违法"})).content.decode()
    assert len(re.findall(r"<strong>词语\d+</strong>", page)) == MOST_CHANGES_SHOWN
    assert "另有 8 处没有列出" in page


def test_every_fault_of_a_file_is_named_by_its_line_and_nothing_is_imported(client: Client, listed: WordList) -> None:
    answer = sent(client, "词语,类别\n挂证,违法\n★★,违法\n挂·证,违法\n,广告\n".encode())
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "没有导入" in page
    assert "有 3 处问题" in page
    for said in ("第 3 行", "词语只有符号", "第 4 行", "与第 2 行的词语相同", "第 5 行", "缺少词语"):
        assert said in page
    assert WordList.objects.get() == listed


def test_of_very_many_faults_the_first_are_listed(client: Client) -> None:
    page = sent(client, "词语,类别\n".encode() + "★,其他\n".encode() * (MOST_SHOWN + 7)).content.decode()
    assert page.count("词语只有符号") == MOST_SHOWN
    assert "另有 7 处没有列出" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (MOST_BYTES + 1), "文件超过 2 MB"),
        (b"\xff\xfe\x00\x01", "这不是 CSV 文件"),
        ("加微信,广告\n".encode(), "第一行必须是"),
        ("词语,类别\n".encode(), "没有词语"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client: Client, content: bytes, said: str) -> None:
    answer = sent(client, content)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not WordList.objects.exists()


def test_every_fault_has_a_sentence() -> None:
    assert set(SENTENCES) | {Fault.REPEATED} == set(Fault)


def test_a_file_must_be_chosen_and_must_change_something(client: Client, listed: WordList) -> None:
    answer = client.post(IMPORT)
    assert (answer.status_code, "请先选择文件" in answer.content.decode()) == (400, True)
    answer = sent(client, word_file(WORDS))
    assert (answer.status_code, "无需导入" in answer.content.decode()) == (409, True)


def test_a_list_is_handed_out_as_the_file_that_would_bring_it_again(client: Client, listed: WordList) -> None:
    answer = client.get(f"/operator/words/lists/{listed.pk}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="words-{listed.pk}.csv"'
    assert answer.content.decode("utf-8-sig").replace("\r\n", "\n").encode() == word_file(WORDS)
    assert client.get("/operator/words/lists/999999.csv").status_code == 404
    assert client.get(f"/operator/words/lists/{10**30}.csv").status_code == 404


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.LEARNER, Role.REVIEWER])
def test_the_list_is_for_nobody_else(listed: WordList, clock: HandClock, role: Role) -> None:
    other = client_of(people.account((role, None), now=clock.now()))
    for address in (HOME, TRY, IMPORT, f"/operator/words/lists/{listed.pk}.csv"):
        assert other.get(address).status_code == 403
    assert other.post(TRY, {"text": "加微信"}).status_code == 403
    assert sent(other, word_file({"挂证": "违法"})).status_code == 403
    assert WordList.objects.count() == 1


def test_the_audit_names_an_import(listed: WordList, clock: HandClock) -> None:
    auditor = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))
    page = text_of(auditor, "/operator/audit/")
    assert "导入敏感词库" in page
    assert f"敏感词库 {listed.pk}" in page
