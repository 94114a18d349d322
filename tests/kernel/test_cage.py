"""What runs in the cage reaches no network and writes no endless file. Each attempt is a real one."""

import os
import socket
import subprocess
import sys
import tempfile
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


_VIEW = """
import os, sys
from pathlib import Path
from jiangxue.kernel.cage import Walls, confine
from jiangxue.kernel.view import View
read, written, elsewhere = map(Path, sys.argv[1:4])
confine(Walls(address_space_bytes=1024**3, processor_s=5), View(read=(read,), written=(written,)))
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return a file to read, a folder to write into, and a secret."""
    place = Path(tempfile.mkdtemp(dir=tmp_path))
    (place / "read").write_text("read me")
    (place / "written").mkdir()
    (place / "secret").write_text("a secret")
    return place / "read", place / "written", place / "secret"


_SEEN = {
    "what is to be read is read": ("read.read_text()", 0),
    "what is to be read is not written": ("read.write_text('changed')", 1),
    "the folder for what is made is written": ("(written / 'made').write_text('made')", 0),
    "a secret is not read": ("elsewhere.read_text()", 1),
    "no other process is seen": ("Path('/proc/1/environ').read_bytes()", 1),
    "the programs of the machine are not changed": ("Path('/usr/jiangxue-probe').mkdir()", 1),
    "our own code is not changed": ("(Path(sys.prefix) / 'jiangxue-probe').mkdir()", 1),
    "our own code is loaded": ("import jiangxue.kernel.canonical, PIL.Image", 0),
    "the mounts are not undone": (
        "import ctypes; sys.exit(0 if ctypes.CDLL(None).umount2(b'/usr', 2) == 0 else 1)",
        1,
    ),
}


@pytest.mark.parametrize("case", _SEEN)
def test_with_a_view(places: tuple[Path, Path, Path], case: str) -> None:
    code, status = _SEEN[case]
    assert _python(_VIEW + code, *places).returncode == status


def test_without_a_view_the_secret_is_read(places: tuple[Path, Path, Path]) -> None:
    assert _python("import sys; open(sys.argv[3]).read()", *places).returncode == 0


def test_what_was_written_in_the_view_is_there_afterwards(places: tuple[Path, Path, Path]) -> None:
    _python(_VIEW + "(written / 'made').write_text('made')", *places)
    assert (places[1] / "made").read_text() == "made"
    assert places[0].read_text() == "read me"


def test_what_is_named_by_a_link_is_seen_under_both_names(places: tuple[Path, Path, Path]) -> None:
    read, written, secret = places
    link = read.with_name("link")
    link.symlink_to(read.parent, target_is_directory=True)
    code = _VIEW + "read.read_text(); read.resolve().read_text(); (written / 'made').write_text('made')"
    assert _python(code, link / "read", link / "written", secret).returncode == 0
    assert (written / "made").exists()
