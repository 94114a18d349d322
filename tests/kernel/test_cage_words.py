"""What a caged process says is heard to a limit, and it ends with whatever it has started."""

from pathlib import Path

import pytest

from jiangxue.kernel import cage
from jiangxue.kernel.cage import BeyondWalls, Walls, run_caged
from tests.processes import wait_until_gone

WALLS = Walls(address_space_bytes=1024**3, processor_s=1)


def caged(code: str, sent: bytes = b"") -> bytes:
    """Run some code as a process of its own; `timeit` is a module that everybody has, and says a line at the end."""
    done = run_caged("timeit", "-n", "1", "-r", "1", code, walls=WALLS, sent=sent)
    assert done.returncode == 0, done.stderr
    return done.stdout.rpartition(b"1 loop")[0]


def test_what_it_says_and_what_it_is_told_is_heard() -> None:
    words = "学时".encode() * 300_000
    assert caged("import sys; sys.stdout.write(sys.stdin.read())", words) == words


def test_it_may_end_without_having_heard_us_out() -> None:
    assert caged("pass", b"x" * 1_000_000) == b""


@pytest.mark.parametrize("output", ["stdout", "stderr"])
def test_one_that_never_stops_talking_is_ended(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.setattr(cage, "_MOST_TOLD_BYTES", 100_000)
    with pytest.raises(BeyondWalls, match="words"):
        caged(f"import sys\nwhile True: sys.{output}.write('x' * 10_000)")


def test_what_it_has_started_ends_with_it(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    code = f"import subprocess; open({str(started)!r}, 'w').write(str(subprocess.Popen(['sleep', '300']).pid))"
    with pytest.raises(BeyondWalls, match="time"):
        caged(code)
    wait_until_gone(int(started.read_text()))
