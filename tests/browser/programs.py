"""Programs that a test starts: in a folder of their own, with all that they start in turn, and none of it is left behind."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.browser.player import until

STARTS_WITHIN_S = 60
_LOG_TAIL = 2_000
_SETPRIV = shutil.which("setpriv")
_DIES_WITH_THE_TESTS = (_SETPRIV, "--pdeathsig", "KILL") if _SETPRIV else ()


@dataclass(frozen=True)
class Program:
    """A running program; `home` is its folder, and goes when it ends."""

    name: str
    process: subprocess.Popen[bytes]
    home: Path

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.home / "log").read_text(errors="replace")

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Wait until it is ready; when it ends instead, show what it said."""
        until(lambda: self._has_ended() or is_ready(), f"{self.name} is ready", STARTS_WITHIN_S)
        assert not self._has_ended(), f"{self.name} ended: {self.log[-_LOG_TAIL:]}"

    def _has_ended(self) -> bool:
        return self.process.poll() is not None


@contextmanager
def new_home() -> Iterator[Path]:
    """Make a folder for a program's profile, caches and log."""
    with tempfile.TemporaryDirectory(prefix="jiangxue-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running(command: list[str], home: Path, **environment: str) -> Iterator[Program]:
    """Run a program at home in `home`, and end it with its children afterwards."""
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [*_DIES_WITH_THE_TESTS, *command],
            env={**os.environ, "HOME": str(home), **environment},
            stdout=log,
            stderr=log,
            start_new_session=True,  # a group of its own, so that its children can be ended with it
        )
    try:
        yield Program(Path(command[0]).name, process, home)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def installed(*names: str) -> str:
    """Return where the first of these programs that is installed is: a missing browser fails a test and skips nothing."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, f"none of {', '.join(names)} is installed: scripts/setup.sh test says what to do"
    return found
