"""The converter is not trusted: it ends at the wall, reaches no network, and its word that all is well is not believed.

Another program stands in for LibreOffice, named by the limits.
"""

import base64
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused
from jiangxue.courseware.paging import PagingLimits, write_pages
from jiangxue.courseware.rules.files import FileFault, FileKind
from tests.domains.courseware import honest


def _stand_in(place: Path, code: str) -> PagingLimits:
    """Return limits that name a Python script, which gets LibreOffice's arguments."""
    program = place / "stand-in"
    program.write_text(f"#!{sys.executable} -I\nimport os, signal, sys\nfrom pathlib import Path\n{code}\n")
    program.chmod(0o755)
    return PagingLimits(office=str(program))


def _convert(place: Path, limits: PagingLimits) -> None:
    (place / "source").write_bytes(honest.word())
    (place / "made").mkdir()
    write_pages(place / "source", FileKind.DOCX, place / "made", limits=limits)


def _fault(place: Path, limits: PagingLimits) -> FileFault:
    with pytest.raises(FileRefused) as refused:
        _convert(place, limits)
    assert list((place / "made").iterdir()) == []
    return refused.value.fault


def _says(place: Path, code: str) -> PagingLimits:
    """Return limits that name a script which makes a PDF of what it has `said`: it sees no folder in which to leave it."""
    pdf = base64.b64encode(honest.pdf("yes")), base64.b64encode(honest.pdf("no"))
    written = (
        f"Path(sys.argv[-1]).with_suffix('.pdf').write_bytes(base64.b64decode({pdf[0]!r} if said else {pdf[1]!r}))"
    )
    return _stand_in(place, f"import base64, socket\nsaid = False\n{code}\n{written}")


def _said(place: Path) -> str:
    return (place / "made" / "pages" / "0001.txt").read_text()


@pytest.fixture
def listening_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("code", ["os.kill(os.getpid(), signal.SIGSTOP)", "signal.pause()"])
def test_a_converter_that_hangs_ends_at_the_wall(tmp_path: Path, code: str) -> None:
    limits = PagingLimits(office=_stand_in(tmp_path, code).office, office_processor_s=1)
    assert _fault(tmp_path, limits) is FileFault.OVER_BUDGET
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it has ended meanwhile


def test_a_converter_that_spins_ends_at_the_wall(tmp_path: Path) -> None:
    limits = _stand_in(tmp_path, "while True: pass")
    assert _fault(tmp_path, PagingLimits(office=limits.office, office_processor_s=1)) is FileFault.OVER_BUDGET


def test_a_converter_that_writes_without_end_ends_at_the_wall(tmp_path: Path) -> None:
    limits = _stand_in(tmp_path, "with open('big', 'wb') as big:\n    while True: big.write(bytes(65536))")
    limits = PagingLimits(office=limits.office, largest_file_bytes=1024**2)
    assert _fault(tmp_path, limits) in (FileFault.OVER_BUDGET, FileFault.CRASHED)


def test_a_converter_that_says_well_done_and_made_nothing_is_not_believed(tmp_path: Path) -> None:
    assert _fault(tmp_path, _stand_in(tmp_path, "sys.exit(0)")) is FileFault.DAMAGED


def test_a_converter_that_fails_is_a_crash(tmp_path: Path) -> None:
    assert _fault(tmp_path, _stand_in(tmp_path, "sys.exit(6)")) is FileFault.CRASHED


def test_a_converter_that_asks_for_ever_to_be_started_again_is_given_up(tmp_path: Path) -> None:
    assert _fault(tmp_path, _stand_in(tmp_path, "sys.exit(81)")) is FileFault.CRASHED


def test_a_converter_that_writes_something_else_is_not_believed(tmp_path: Path) -> None:
    code = "Path(sys.argv[-1]).with_suffix('.pdf').write_bytes(b'no pages')"
    assert _fault(tmp_path, _stand_in(tmp_path, code)) is FileFault.DAMAGED


_REACHES = """
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=5)
    said = True
except OSError:
    pass
"""


def test_a_converter_reaches_no_server_of_this_machine(tmp_path: Path, listening_port: int) -> None:
    _convert(tmp_path, _says(tmp_path, _REACHES.format(port=listening_port)))
    assert _said(tmp_path) == "no"


def test_a_converter_sees_no_variable_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGXUE_SECRET_KEY", "a secret")
    _convert(tmp_path, _says(tmp_path, "said = any('JIANGXUE' in name for name in os.environ)"))
    assert _said(tmp_path) == "no"


_SEES = "said = os.path.exists({path!r})"


@pytest.mark.parametrize("path", ["/proc/self/environ", "/root", "/home", "/etc/shadow", "/run"])
def test_a_converter_sees_no_other_process_and_no_home(tmp_path: Path, path: str) -> None:
    _convert(tmp_path, _says(tmp_path, _SEES.format(path=path)))
    assert _said(tmp_path) == "no"


def test_a_converter_does_not_see_what_lies_beside_its_file(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("a secret")
    _convert(tmp_path, _says(tmp_path, _SEES.format(path=str(tmp_path / "secrets"))))
    assert _said(tmp_path) == "no"


def test_a_converter_sees_its_own_file(tmp_path: Path) -> None:
    _convert(tmp_path, _says(tmp_path, "said = os.path.exists(sys.argv[-1])"))
    assert _said(tmp_path) == "yes"


def test_without_libreoffice_word_files_are_not_ready(tmp_path: Path) -> None:
    assert _fault(tmp_path, PagingLimits(office=str(tmp_path / "no-such-program"))) is FileFault.NOT_READY


@pytest.mark.parametrize("module", ["jiangxue.courseware.intake.cage"])
def test_without_a_way_to_close_the_network_word_files_are_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr(f"{module}.can_close_network", lambda: False)
    assert _fault(tmp_path, PagingLimits()) is FileFault.NOT_READY


def test_without_libreoffice_a_pdf_becomes_pages_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(honest.pdf())
    (tmp_path / "made").mkdir()
    limits = PagingLimits(office=str(tmp_path / "no-such-program"))
    assert len(write_pages(tmp_path / "source", FileKind.PDF, tmp_path / "made", limits=limits).page_sizes) == 1
