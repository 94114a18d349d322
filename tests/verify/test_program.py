"""The verifier as a program: its statuses, and that nothing makes it stumble or pass."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jiangxue_verify.__main__ import main
from tests.repository.sources import REPOSITORY
from tests.verify.notary import STRANGER, b64
from tests.verify.world import SIZE, TRUST, world

_AS_MODULE = (sys.executable, "-m", "jiangxue_verify")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a good archive, an altered one, a trust list, and what the reader may know besides."""
    parts = world().parts()
    (tmp_path / "good.zip").write_bytes(parts.packed())
    parts.entries[2]["data"] = parts.entries[2]["data"].replace('"minutes":5', '"minutes":50')
    (tmp_path / "altered.zip").write_bytes(parts.packed())
    (tmp_path / "trust.txt").write_text(TRUST, encoding="utf-8", newline="\r\n")
    log = world().log
    (tmp_path / "note.txt").write_text(log.note(6), encoding="utf-8")
    way = "".join(f"{b64(one)}\n" for one in log.proof(6, SIZE))
    (tmp_path / "way.txt").write_text(f"old 6\n{way}\n{log.note(SIZE)}", encoding="utf-8")
    return tmp_path


def _call(folder: Path, archive: str, *more: str) -> list[str]:
    return [str(folder / archive), "--trust", str(folder / "trust.txt"), *more]


def _run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        command, capture_output=True, cwd=REPOSITORY, text=True, encoding="utf-8", timeout=60, check=False, **options
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("archive", "status", "verdict"),
    [
        ("good.zip", 0, "验证通过：档案完整，未被改动"),
        ("altered.zip", 1, "验证不通过：第 3 条记录与存证不符"),
        ("trust.txt", 2, "无法验证："),
    ],
)
def test_the_first_line_and_the_status_say_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str], archive: str, status: int, verdict: str
) -> None:
    assert main(_call(folder, archive)) == status
    assert capsys.readouterr().out.startswith(verdict)


def test_in_english(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_call(folder, "altered.zip", "--english")) == 1
    assert capsys.readouterr().out.startswith("NOT verified: record 3 is not what the ledger was given\n")


def test_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(_call(folder, "good.zip", "--json"))
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["findings"], said["facts"]["entries"]) == (0, [], 8)
    main(_call(folder, "altered.zip", "--json"))
    said = json.loads(capsys.readouterr().out)
    finding = {"code": "payloads.commitment", "sentence": "第 3 条记录与存证不符", "number": 3}
    assert (said["status"], said["findings"], said["facts"]) == (1, [finding], None)
    main(_call(folder, "missing.zip", "--json"))
    assert json.loads(capsys.readouterr().out)["status"] == 2


def test_with_a_checkpoint_from_elsewhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = ["--known", str(folder / "note.txt")]
    assert main(_call(folder, "good.zip", *known)) == 2
    assert main(_call(folder, "good.zip", *known, "--consistency", str(folder / "way.txt"))) == 0
    assert main(_call(folder, "altered.zip", *known)) == 1
    capsys.readouterr()


def test_days_within_which_entries_must_have_been_recorded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The learner's entries of the first day were seen within 15 hours."""
    assert main(_call(folder, "good.zip", "--late-days", "1")) == 0
    assert main(_call(folder, "good.zip", "--late-days", "0")) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith("验证通过")


_WRONG_CALLS = [
    [],
    ["good.zip"],
    ["--trust"],
    ["good.zip", "--trust"],
    ["good.zip", "--trust", "trust.txt", "--unknown"],
    ["good.zip", "good.zip", "--trust", "trust.txt"],
    ["good.zip", "--trust", "missing.txt"],
    ["good.zip", "--trust", "good.zip"],
    ["missing.zip", "--trust", "trust.txt"],
    ["good.zip", "--tru", "trust.txt"],
    ["good.zip", "--trust", "trust.txt", "--known", "missing.txt"],
    ["good.zip", "--trust", "trust.txt", "--known", "trust.txt"],
    ["good.zip", "--trust", "trust.txt", "--known", "note.txt", "--consistency", "note.txt"],
    ["good.zip", "--trust", "trust.txt", "--consistency", "way.txt"],
    *(["good.zip", "--trust", "trust.txt", "--late-days", days] for days in ("-1", "1.5", "x", "", "９", "99999999")),
]


@pytest.mark.parametrize("call", _WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_told_and_is_no_judgement(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], call: list[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(call) == 2
    assert capsys.readouterr().out.startswith("无法验证：")


def test_who_has_unpacked_the_archive_is_told_and_so_is_who_forgets_the_list(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_call(folder, "")) == 2
    assert "不要解压" in capsys.readouterr().out
    assert main([str(folder / "good.zip")]) == 2
    assert "写法：python3 verify.pyz 档案.zip --trust trust.txt" in capsys.readouterr().out


def test_an_unknown_signer_is_no_judgement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trust = (folder / "trust.txt").read_text()
    (folder / "trust.txt").write_text(trust.replace("need 2", "need 1").replace("regulator", "x"), newline="\n")
    assert main(_call(folder, "good.zip")) == 2
    parts = world().parts()
    parts.checkpoint += STRANGER.line(parts.checkpoint.partition("\n\n")[0] + "\n", 1_795_700_000)
    (folder / "strange.zip").write_bytes(parts.packed())
    (folder / "trust.txt").write_text(TRUST)
    assert main(_call(folder, "strange.zip")) == 2
    assert "请向主管部门或见证方取得最新的信任名单" in capsys.readouterr().out


@pytest.mark.parametrize(
    "error", ["MemoryError", "RecursionError", "KeyboardInterrupt", "ValueError", "ZeroDivisionError"]
)
def test_whatever_nobody_has_thought_of_ends_with_2_and_one_sentence(folder: Path, error: str) -> None:
    code = (
        "import sys; from jiangxue_verify import __main__ as program\n"
        f"def judge(*_): raise {error}\n"
        "program.judge = judge; program.program()"
    )
    done = _run([sys.executable, "-c", code, *_call(folder, "good.zip")])
    assert done.returncode == 2
    assert done.stderr == ""
    line, empty, advice = done.stdout.splitlines()
    assert line.startswith("无法验证：")
    assert (empty, "再验证一次" in advice) == ("", True)


def test_an_answer_that_cannot_be_written_is_no_good_one(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*_AS_MODULE, *_call(folder, "good.zip")],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=REPOSITORY,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936", "utf-16"])
def test_a_console_that_knows_no_chinese_does_not_crash_it(folder: Path, encoding: str) -> None:
    done = subprocess.run(
        [*_AS_MODULE, *_call(folder, "good.zip")],
        capture_output=True,
        cwd=REPOSITORY,
        env={"PYTHONIOENCODING": encoding, "PYTHONPATH": str(REPOSITORY / "src")},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("验证通过" in done.stdout.decode(encoding)) == (encoding in {"cp936", "utf-16"})
