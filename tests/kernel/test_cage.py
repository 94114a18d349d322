"""What runs in the cage reaches no network and writes no endless file. Each attempt is a real one."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxue.kernel.cage import Walls, can_close_network

_NOBODY = 65534
_REACH = """
import socket, sys
{confine}
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
except OSError as refused:
    sys.exit(f"refused {{refused.errno}}")
"""
_WRITE = """
import sys
from collections.abc import Iterator
from pathlib import Path
from jiangxue.kernel.cage import Walls, confine
confine(Walls(address_space_bytes=1024**3, processor_s=5, file_bytes=1000))
Path(sys.argv[1]).write_bytes(bytes(int(sys.argv[2])))
"""
_CONFINE = """
from jiangxue.kernel.cage import Walls, confine
assert confine(Walls(address_space_bytes=1024**3, processor_s=5))
"""


@pytest.fixture
def listening_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def _python(code: str, *arguments: object, user: int | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def test_from_within_the_cage_no_server_of_this_machine_is_reached(listening_port: int) -> None:
    assert can_close_network()
    assert "refused" in _python(_REACH.format(confine=_CONFINE), listening_port).stderr


def test_from_outside_the_cage_the_same_server_is_reached(listening_port: int) -> None:
    assert _python(_REACH.format(confine=""), listening_port).returncode == 0


def test_who_is_not_root_gives_up_the_network_as_well(listening_port: int) -> None:
    if os.getuid() != 0 or _python("", user=_NOBODY).returncode != 0:
        pytest.skip("the first test was this one, or nobody else may read this folder")
    assert "refused" in _python(_REACH.format(confine=_CONFINE), listening_port, user=_NOBODY).stderr


def test_a_file_beyond_the_wall_is_not_written(tmp_path: Path) -> None:
    assert _python(_WRITE, tmp_path / "file", 1001).returncode != 0
    assert (tmp_path / "file").stat().st_size <= 1000


def test_a_file_within_the_wall_is_written(tmp_path: Path) -> None:
    assert _python(_WRITE, tmp_path / "file", 1000).returncode == 0


def test_a_cage_has_walls_for_files_unless_told_otherwise() -> None:
    assert Walls(address_space_bytes=1, processor_s=1).file_bytes > 0
