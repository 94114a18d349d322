"""What the tests of the scripts share: a data folder of their own, and programs that may be killed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.layout import REPOSITORY, DataFolder

STAND_INS = Path(__file__).parent / "stand_ins"

type Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder that another account may pass through; pytest's own is closed to others and its name is long."""
    made = Path(tempfile.mkdtemp(prefix="jx-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def data(folder: Path) -> DataFolder:
    data = DataFolder(folder / "data")
    data.make()
    return data


@pytest.fixture
def start_program() -> Iterator[Starter]:
    """Start a stand-in program; whatever still runs at the end of the test is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(name: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, str(STAND_INS / name), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        program = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(program)
        return program

    yield start
    for program in started:
        program.terminate()
        program.communicate(timeout=30)


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait for something to become true, for half a minute at most."""

    def wait(holds: Callable[[], bool]) -> None:
        until_s = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < until_s, "it did not become true within half a minute"
            time.sleep(0.05)

    return wait


@pytest.fixture
def lives() -> Callable[[int], bool]:
    """Tell whether a process runs; one that only waits to be reaped does not."""

    def check(pid: int) -> bool:
        shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return bool(shown.stdout.strip()) and not shown.stdout.startswith("Z")

    return check
