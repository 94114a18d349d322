"""The one file that witnesses get: the same from the same sources, and working where the repository is not."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import witness
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, opened


@pytest.fixture
def program(tmp_path: Path) -> Path:
    witness.write(tmp_path / "witness.pyz")
    return tmp_path / "witness.pyz"


def _run(program: Path, *arguments: str, blocked: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the file elsewhere, without the packages of this repository, or even without one more."""
    block = f"import sys; sys.modules[{blocked!r}] = None; " if blocked else "import sys; "
    start = (
        f"{block}sys.path = [p for p in sys.path if not p.endswith('src')]; sys.argv = {[str(program), *arguments]!r}; "
    )
    command = [sys.executable, "-c", f"{start}import runpy; runpy.run_path({str(program)!r}, run_name='__main__')"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=program.parent, timeout=60)


def test_the_same_sources_give_the_same_bytes(program: Path, tmp_path: Path) -> None:
    witness.write(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == program.read_bytes()


def test_it_holds_the_witness_and_the_verifier_and_nothing_of_the_platform(program: Path) -> None:
    with zipfile.ZipFile(program) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert tops == {"__main__.py", "LICENSE", "jiangxue_verify", "jiangxue_witness"}


def test_it_works_as_a_witness_where_the_repository_is_not(program: Path, tmp_path: Path) -> None:
    ledger = Ledger()
    assert _run(program, "init", "--folder", "f", "--name", KEY.name).returncode == 0
    assert _run(program, "add-log", "--folder", "f", ledger.log.verifier_key).returncode == 0
    (tmp_path / "f" / "key").write_text(f"{KEY.seed.hex()}\n")
    (tmp_path / "REQUEST.txt").write_bytes(ledger.of(5).request(0))
    done = _run(program, "sign", "--folder", "f", "REQUEST.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert opened(ledger.of(5), done.stdout.encode()).cosigned.keys() == {KEY.name}


def test_a_missing_package_is_said_in_one_sentence(program: Path) -> None:
    done = _run(program, "status", "--folder", "f", blocked="cryptography")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "缺少 Python 软件包 cryptography：请先运行 python -m pip install cryptography"
