"""The commands, as an institution types them; a request by mail is answered as one by HTTP."""

import shutil
from pathlib import Path

import pytest

from jiangxue_verify.keys import WITNESS, parse_key
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, evidence_of, opened, remembered_size
from tests.witness.processes import run, served

LOG = Ledger()


def _signed_by_mail(place: Path, content: bytes) -> tuple[int, bytes, str]:
    path = place.parent / "REQUEST.txt"
    path.write_bytes(content)
    done = run("sign", "--folder", str(place), str(path))
    return done.returncode, done.stdout, done.stderr.decode()


def test_a_witness_is_made_with_two_commands_and_signs_with_a_third(tmp_path: Path, ledger: Ledger) -> None:
    made = run("init", "--folder", str(tmp_path / "f"), "--name", "见证.example")
    key = parse_key(made.stdout.decode().removesuffix("\n"))
    assert (made.returncode, key.name, key.kind) == (0, "见证.example", WITNESS)
    assert run("add-log", "--folder", str(tmp_path / "f"), ledger.log.verifier_key).returncode == 0
    status, answer, said = _signed_by_mail(tmp_path / "f", ledger.of(5).request(0))
    assert (status, said) == (0, "")
    assert answer.startswith("\u2014 见证.example ".encode())
    shown = run("status", "--folder", str(tmp_path / "f")).stdout.decode()
    assert made.stdout.decode() in shown
    assert "大小 5，" in shown


def test_init_never_touches_what_is_there(place: Path) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    done = run("init", "--folder", str(place), "--name", "another")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "已经存在" in done.stderr.decode()
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_mail_and_http_answer_with_the_same_bytes_apart_from_the_time(
    place: Path, ledger: Ledger, tmp_path: Path
) -> None:
    twin = tmp_path / "twin" / "witness"
    shutil.copytree(place, twin)
    requests = [
        ledger.of(5).request(0),
        ledger.of(9).request(5),
        ledger.of(9).request(5),
        ledger.of(8).of(9, "lie").request(9),
        ledger.of(8).of(12, "lie").request(9),
        b"junk",
    ]
    by_mail = [_signed_by_mail(place, content) for content in requests]
    with served(twin) as witness:
        by_http = [witness.post(content) for content in requests]
    assert [answer.status for answer in by_http] == [200, 200, 409, 409, 422, 400]
    assert [status for status, _, _ in by_mail] == [0, 0, 1, 1, 1, 2]
    for size, mailed, answer in zip((5, 9), by_mail, by_http, strict=False):
        assert _without_time(ledger.of(size), mailed[1]) == _without_time(ledger.of(size), answer.body)
    for (_, _, said), answer in list(zip(by_mail, by_http, strict=True))[2:]:
        assert f"（{answer.status}）" in said
        assert answer.body.decode().strip() in said
    assert [path.name[17:] for path in evidence_of(place)] == [path.name[17:] for path in evidence_of(twin)]
    assert [path.read_bytes()[:23] for path in evidence_of(place)] == [
        path.read_bytes()[:23] for path in evidence_of(twin)
    ]


def _without_time(ledger: Ledger, cosignature: bytes) -> tuple[bytes, frozenset[str]]:
    """Return what a line says but for its time; the verifier has found it right."""
    return cosignature.rpartition(b" ")[0], frozenset(opened(ledger, cosignature).cosigned)


@pytest.mark.parametrize(
    ("told", "old", "words"),
    [
        (LOG.of(3).of(5, "lie"), 5, "分叉"),
        (LOG.of(3).of(9, "lie"), 5, "历史可能被改写"),
        (LOG.of(4), 4, "最后签署的大小是 5"),
    ],
)
def test_a_refusal_is_explained_in_plain_words(place: Path, ledger: Ledger, told: Ledger, old: int, words: str) -> None:
    _signed_by_mail(place, ledger.of(5).request(0))
    status, answer, said = _signed_by_mail(place, told.request(old))
    assert (status, answer) == (1, b"")
    assert words in said
    assert remembered_size(place, ledger) == 5


def test_line_ends_that_mail_has_changed_are_explained(place: Path, ledger: Ledger) -> None:
    status, answer, said = _signed_by_mail(place, ledger.of(5).request(0).replace(b"\n", b"\r\n"))
    assert (status, answer) == (2, b"")
    assert "换行符被改动" in said


def test_an_answer_can_be_written_into_a_file_that_is_new(place: Path, ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "REQUEST.txt").write_bytes(ledger.of(5).request(0))
    command = ("sign", "--folder", str(place), str(tmp_path / "REQUEST.txt"), "--answer", str(tmp_path / "ANSWER.txt"))
    done = run(*command)
    assert (done.returncode, done.stdout) == (0, b"")
    assert opened(ledger.of(5), (tmp_path / "ANSWER.txt").read_bytes()).cosigned.keys() == {KEY.name}
    assert run(*command).returncode == 2


def test_a_folder_that_is_being_served_is_not_signed_from_besides(place: Path, ledger: Ledger) -> None:
    with served(place):
        status, answer, said = _signed_by_mail(place, ledger.of(5).request(0))
        assert (status, answer) == (2, b"")
        assert "正在被另一个见证进程使用" in said
        assert run("status", "--folder", str(place)).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["sign", "--folder", "{place}", "nowhere.txt"],
        ["sign", "--folder", "nowhere", "nowhere.txt"],
        ["status", "--folder", "nowhere"],
        ["add-log", "--folder", "{place}", "nonsense"],
        ["serve", "--folder", "{place}", "--listen", "nonsense"],
        ["serve", "--folder", "{place}", "--listen", "203.0.113.1:80"],
        ["init", "--folder", "{place}/a/b", "--name", "x"],
        ["nonsense"],
        [],
    ],
)
def test_a_wrong_call_is_status_2_and_no_traceback(place: Path, arguments: list[str]) -> None:
    done = run(*(one.format(place=place) for one in arguments))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    assert done.stderr
