"""The verifier as one file: the same bytes from the same sources, and every Python from 3.9 on runs it, with nothing else."""

import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from scripts import verifier
from tests.verify.world import TRUST, world

_VERSION = "import sys; print(*sys.version_info[:2])"


@cache
def _interpreters() -> dict[str, tuple[int, ...]]:
    """Return the Pythons of this machine, one for each version, and their versions."""
    named = [shutil.which(f"python3.{minor}") for minor in range(6, 16)]
    kept = sorted((Path.home() / ".pyenv" / "versions").glob("*/bin/python3"))
    candidates = [sys.executable, "/usr/bin/python3", "/usr/bin/python3.11", *map(str, kept), *filter(None, named)]
    found: dict[tuple[int, ...], str] = {}
    for program in candidates:
        if Path(program).exists():
            done = subprocess.run([program, "-I", "-S", "-c", _VERSION], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                found.setdefault(tuple(map(int, done.stdout.split())), program)
    return {program: version for version, program in found.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the verifier, a good archive, an altered one and a trust list."""
    verifier.write(tmp_path / "verify.pyz")
    parts = world("sm3").parts()
    (tmp_path / "good.zip").write_bytes(parts.packed())
    parts.entries[2]["data"] = parts.entries[2]["data"].replace('"minutes":5', '"minutes":50')
    (tmp_path / "altered.zip").write_bytes(parts.packed())
    (tmp_path / "trust.txt").write_text(TRUST)
    return tmp_path


def _run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with an empty environment but for the encoding, as on a machine that knows nothing of us."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment, check=False, timeout=60
    )


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        verifier.write(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    with zipfile.ZipFile(tmp_path / "first") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.namelist() == sorted(archive.namelist())


def test_it_is_one_file_of_less_than_150_kb(tmp_path: Path) -> None:
    verifier.write(tmp_path / "verify.pyz")
    assert (tmp_path / "verify.pyz").stat().st_size < 150_000


def test_every_python_from_3_9_on_runs_it_without_any_package(folder: Path) -> None:
    new_enough = [program for program, version in _interpreters().items() if version >= (3, 9)]
    assert sys.executable in new_enough
    for program in new_enough:
        for archive, status in (("good.zip", 0), ("altered.zip", 1), ("trust.txt", 2)):
            done = _run(folder, program, "-I", "-S", "verify.pyz", archive, "--trust", "trust.txt")
            assert (done.returncode, done.stderr) == (status, ""), f"{program}: {done.stdout}{done.stderr}"


def test_an_older_python_says_what_is_needed(folder: Path) -> None:
    for program, version in _interpreters().items():
        if version < (3, 9):
            done = _run(folder, program, "-I", "-S", "verify.pyz", "good.zip", "--trust", "trust.txt")
            assert (done.returncode, done.stderr) == (
                2,
                "需要 Python 3.9 或更高版本。 Python 3.9 or later is needed.\n",
            )


def test_it_runs_as_a_program_of_its_own(folder: Path) -> None:
    done = _run(folder, "./verify.pyz", "good.zip", "--trust", "trust.txt")
    assert done.returncode == 0
    assert done.stdout.startswith("验证通过")


def test_it_loads_neither_network_nor_database_nor_anything_of_ours(folder: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'verify.pyz'); sys.argv = ['verify', 'good.zip', '--trust', 'trust.txt']\n"
        "from jiangxue_verify.__main__ import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        "print(*sorted(name.partition('.')[0] for name in sys.modules))"
    )
    done = _run(folder, sys.executable, "-I", "-S", "-c", code)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "jiangxue_verify" in loaded
    assert not loaded & {
        "jiangxue",
        "socket",
        "ssl",
        "http",
        "sqlite3",
        "ctypes",
        "subprocess",
        "django",
        "cryptography",
    }
