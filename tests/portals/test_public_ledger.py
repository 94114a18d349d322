"""What everybody may see of the ledger, and take away to verify an archive without trusting us (clauses T1.3, T8.2)."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.archive.services.giving import give_out
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.ledger.models import Checkpoint, Witness, WitnessRule
from jiangxue.ledger.services import append
from jiangxue.portals.public import ledger_files
from jiangxue.portals.public.ledger_files import VERIFIER, WITNESS, download
from jiangxue.portals.public.ledger_guides import html_of
from jiangxue.project.env import REPOSITORY
from jiangxue_verify.keys import parse_key
from jiangxue_verify.notes import open_checkpoint
from jiangxue_verify.trust import parse_trust
from tests.conftest import MORNING
from tests.factories.classes import classroom
from tests.factories.logs import Log
from tests.factories.witnesses import countersign, witness
from tests.portals.clients import main_of, text_of

pytestmark = pytest.mark.clause("T1.3")
PAGE = "/ledger/"
LONG = "由省级人力资源和社会保障行政主管部门职业能力建设处与各地级以上市相关单位共同指定的职业技能培训学习记录存证见证工作联合办公室（试行）第一见证组以及其备用组"


@pytest.fixture
def anybody() -> Client:
    return Client()


@pytest.fixture
def signed(log: Log) -> Log:
    """Return a log of three entries, signed and countersigned."""
    log.grow(events=3)
    log.sign()
    countersign(witness(), MORNING)
    return log


def test_before_the_first_checkpoint_the_page_says_so(db: None, anybody: Client) -> None:
    page = main_of(anybody, PAGE)
    for said in ("还没有存证检查点", "还没有见证方", "还没有签署任何内容", "四步验证一份档案"):
        assert said in page
    assert "区块链" not in page


def test_the_newest_checkpoint_and_who_has_seen_it_are_shown(signed: Log, anybody: Client) -> None:
    page = main_of(anybody, PAGE)
    root = Checkpoint.objects.get().note.split("\n")[2]
    for said in ("test.example/log1", "2026-11-24 09:00:00", f'value="{root}"', f"{root[:12]}…", "第 3 条"):
        assert said in page
    assert "档案导出前，须有 1 方见证。 目前已满足到第 3 条" in page
    assert "省人力资源和社会保障厅" in page
    signed.grow(events=2)
    signed.sign()
    page = main_of(anybody, PAGE)
    assert "第 3 条" in page
    assert "2 条" in page


def test_the_page_says_what_is_demanded_and_when_it_cannot_be_had(signed: Log, anybody: Client) -> None:
    WitnessRule.objects.create(need=2, at=MORNING, reason="补贴班")
    assert "现有的见证方少于导出须有的数量" in main_of(anybody, PAGE)
    WitnessRule.objects.create(need=0, at=MORNING, reason="试运行")
    assert "只有平台自己的签名" in main_of(anybody, PAGE)


def test_nothing_that_a_witness_or_the_network_said_is_public(signed: Log, anybody: Client) -> None:
    Witness.objects.update(address="http://10.0.0.7:8071", outcome="odd", outcome_detail="500 <b>secret</b>")
    page = main_of(anybody, PAGE)
    assert "10.0.0.7" not in page
    assert "secret" not in page


def test_a_retired_witness_is_shown_only_if_it_ever_signed(signed: Log, anybody: Client) -> None:
    Witness.objects.update(title=LONG[:80], retired_at=MORNING)
    mute = witness("mute.example")
    mute.title, mute.retired_at = "从未签名的见证方", MORNING
    mute.save()
    page = main_of(anybody, PAGE)
    assert LONG[:80] in page
    assert "2026-11-24 起停用" in page
    assert "从未签名" not in page


def test_the_page_may_be_shared_and_leads_from_every_page(db: None, anybody: Client, clock: HandClock) -> None:
    response = anybody.get(PAGE)
    assert "max-age=60" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert anybody.get(PAGE, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    for address in ("/sign-in/", "/courses/"):
        assert f'href="{PAGE}"' in text_of(anybody, address)
    assert anybody.post(PAGE).status_code == 405


@pytest.mark.clause("T8.2")
def test_what_is_downloaded_here_verifies_an_archive_and_notices_a_changed_byte(
    log: Log, anybody: Client, tmp_path: Path
) -> None:
    """The four steps of the page, done by the very files and texts that it leads to."""
    room = classroom(MORNING)
    append(room.enrolment.aid, "segment.sealed", {"title": "低压电工"}, at=MORNING)
    log.seal()
    log.heads()
    log.sign()
    countersign(witness(), MORNING)
    content = give_out(room.enrolment, by=PROGRAM, now=MORNING)
    (tmp_path / "trust.txt").write_text(text_of(anybody, "/ledger/trust.txt"))
    found = download(VERIFIER)
    assert found is not None
    program = ledger_files.staticfiles_storage.path(found.url.removeprefix("/static/"))
    for archive, passes in ((content, True), (content.replace("低压".encode(), "高压".encode(), 1), False)):
        (tmp_path / "ARCHIVE.zip").write_bytes(archive)
        command = [sys.executable, program, "ARCHIVE.zip", "--trust", "trust.txt"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == passes == ("未被改动" in done.stdout.split("\n")[0]), done.stdout


@pytest.mark.clause("T8.2")
@pytest.mark.parametrize("name", [VERIFIER, WITNESS])
def test_the_hash_shown_is_that_of_the_very_file_that_is_served(db: None, anybody: Client, name: str) -> None:
    found = download(name)
    assert found is not None, "make setup builds it"
    page = main_of(anybody, PAGE)
    assert f'href="{found.url}" download="{name}"' in page
    path = ledger_files.staticfiles_storage.path(found.url.removeprefix("/static/"))
    with open(path, "rb") as file:  # noqa: PTH123  (the storage's own path)
        assert hashlib.sha256(file.read()).hexdigest() == found.sha256
    assert found.sha256 in page


def test_an_installation_without_the_files_says_so(db: None, anybody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_files, "_FOLDER", "not-there")
    page = main_of(anybody, PAGE)
    assert "本站安装时没有附带 verify.pyz" in page
    assert "本站安装时没有附带 witness.pyz" in page


def test_the_checkpoint_is_a_note_that_the_verifier_opens(signed: Log, anybody: Client) -> None:
    response = anybody.get("/ledger/checkpoint")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    trusted = parse_trust(text_of(anybody, "/ledger/trust.txt"))
    opened = open_checkpoint(response.content.decode(), trusted.keys)
    assert (opened.size, set(opened.cosigned)) == (3, {"witness.example"})
    assert parse_key(Witness.objects.get().verifier_key) in trusted.keys


@pytest.mark.parametrize("address", ["/ledger/checkpoint", "/ledger/trust.txt"])
def test_before_the_first_checkpoint_the_texts_say_so_and_are_not_kept(db: None, anybody: Client, address: str) -> None:
    response = anybody.get(address)
    assert response.status_code == 404
    assert response.content.decode().startswith("还没有签署任何内容")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_proof_between_two_checkpoints_may_be_kept_for_ever(signed: Log, anybody: Client) -> None:
    signed.grow(events=4)
    signed.sign()
    response = anybody.get("/ledger/consistency/3-7.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    text = response.content.decode()
    assert text.startswith("old 3\n")
    assert "\n\ntest.example/log1\n7\n" in text
    assert "witness.example" not in text, "cosignatures come later, and what is kept for ever must not change"


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ("3-4", "没有大小为 4 的存证检查点"),
        ("2-3", "没有大小为 2 的存证检查点"),
        ("0-3", "没有大小为 0 的存证检查点"),
        (f"3-{10**18 - 1}", f"没有大小为 {10**18 - 1} 的存证检查点"),
        ("4-3", "前一个大小不能超过后一个大小"),
    ],
)
def test_sizes_without_a_checkpoint_are_answered_in_words(signed: Log, anybody: Client, sizes: str, said: str) -> None:
    response = anybody.get(f"/ledger/consistency/{sizes}.txt")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert said in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_a_log_that_does_not_lead_to_what_was_signed_gives_no_proof(signed: Log, anybody: Client) -> None:
    signed.tamper("UPDATE ledger_checkpoint SET root = sha256('other')")
    response = anybody.get("/ledger/consistency/3-3.txt")
    assert (response.status_code, "与签署过的内容不符" in response.content.decode()) == (500, True)


def test_full_tiles_are_given_by_their_address_in_tlog_tiles(log: Log, anybody: Client) -> None:
    log.grow(events=260)
    response = anybody.get("/ledger/tile/0/000")
    assert (len(response.content), response.headers["Content-Type"]) == (8192, "application/octet-stream")
    assert "immutable" in response.headers["Cache-Control"]
    leaf_hash = bytes(log.one("SELECT leaf_hash FROM ledger_entry WHERE index = 255"))  # type: ignore[arg-type]
    assert response.content.endswith(leaf_hash)


@pytest.mark.parametrize(
    "address",
    ["tile/0/001", "tile/1/000", "tile/7/x999/x999/x999/x999/x999/999", "tile/0/x000/000", "tile/0/x001/x234/067"],
)
def test_tiles_that_are_not_full_or_not_there_are_not_given(log: Log, anybody: Client, address: str) -> None:
    log.grow(events=260)
    response = anybody.get(f"/ledger/{address}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert re.search("[一-鿿]", response.content.decode())


@pytest.mark.parametrize(
    "address",
    [
        *("tile/8/000", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/0/001.p/5", "tile/-1/000", "tile/0/１２３"),
        *(
            "consistency/03-4.txt",
            "consistency/3-.txt",
            "consistency/-3-4.txt",
            "consistency/３-４.txt",
            "consistency/3-4",
        ),
        *(f"consistency/3-{10**18}.txt", f"tile/0/{'x001/' * 6}001", "checkpoint/", "consistency/3-4.txt%00"),
    ],
)
def test_addresses_of_another_form_lead_nowhere(db: None, anybody: Client, address: str) -> None:
    assert anybody.get(f"/ledger/{address}").status_code == 404


@pytest.mark.parametrize(("name", "says"), [("verify", "结果是什么意思，接下来怎么做"), ("witness", "签名意味着什么")])
def test_a_guide_is_a_page_that_can_be_read_on_a_phone(db: None, anybody: Client, name: str, says: str) -> None:
    address = f"/ledger/guides/{name}/"
    assert f'href="{address}"' in main_of(anybody, PAGE)
    page = main_of(anybody, address)
    assert f"<h2>{says}</h2>" in page
    assert "<pre>" in page
    assert page.count("<h1>") == 1
    prose = re.sub(r"<pre>.*?</pre>", "", page.split("guide", 1)[1].split("quiet")[0], flags=re.DOTALL)
    assert not re.search(r"\]\(|\*\*|English|href=\"(?!/static/)[^\"]*\.md\"", prose)


def test_a_guide_leads_to_the_other_to_the_format_and_to_nothing_that_is_not_here() -> None:
    text = "# 题\n\n[English](verify.md)\n\n见[见证方](witness.zh.md)、[格式](formats/archive.md)、[决定](decisions/0020.md)，\n不用<script>联网。\n"
    html = html_of(text)
    text_of_format = download("formats/archive.md")
    assert text_of_format is not None
    assert Path(text_of_format.path).read_bytes() == (Path(REPOSITORY) / "docs/formats/archive.md").read_bytes()
    links = f'<a href="/ledger/guides/witness/">见证方</a>、<a href="{text_of_format.url}">格式</a>'
    assert html == f"<p>见{links}、决定，不用&lt;script&gt;联网。</p>\n"


def test_there_is_no_guide_by_another_name(db: None, anybody: Client) -> None:
    for name in ("trust", "verify.zh.md"):
        assert anybody.get(f"/ledger/guides/{name}/").status_code == 404
