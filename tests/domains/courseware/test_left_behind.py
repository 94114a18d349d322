"""What a caged process leaves behind is not believed: links and pipes among its pages lead nowhere."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jiangxue.courseware.intake import FileRefused, recognise
from jiangxue.courseware.packaging import PackagingRefused, report_of_film, write_package
from jiangxue.courseware.paging import write_pages
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.services.processing import _permille
from jiangxue.kernel import caged_answer

_PAGE = {"width": 10, "height": 10, "has_text": True, "missing_fonts": [], "shown_size": None}


def _taken_over(monkeypatch: pytest.MonkeyPatch, place: Path, leave: Callable[[Path], object]) -> Path:
    """Let a process that was taken over answer with one page, whose text `leave` makes."""

    def run(module: str, source: str, kind: str, folder: str, *rest: str, **_: object) -> CompletedProcess[bytes]:
        Path(folder, "0001.webp").write_bytes(b"RIFF")
        leave(Path(folder, "0001.txt"))
        return CompletedProcess([], 0, json.dumps({"pages": [_PAGE]}).encode(), b"")

    monkeypatch.setattr(caged_answer, "run_caged", run)
    (place / "secret").write_text("the master key")
    (place / "source").write_bytes(b"%PDF-1.7")
    (place / "made").mkdir()
    write_pages(place / "source", FileKind.PDF, place / "made")
    return place / "made" / "pages" / "0001.txt"


@pytest.mark.parametrize(
    "leave",
    [
        lambda text: text.symlink_to(text.parents[2] / "secret"),
        os.mkfifo,
        Path.mkdir,
        lambda text: text.write_bytes(b"x" * (4 * 1024**2 + 1)),
    ],
    ids=["link", "pipe", "folder", "flood"],
)
def test_a_page_that_is_no_plain_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, leave: Callable[[Path], object]
) -> None:
    with pytest.raises(FileRefused) as refused:
        _taken_over(monkeypatch, tmp_path, leave)
    assert refused.value.fault is FileFault.CRASHED
    assert list((tmp_path / "made").iterdir()) == []


def test_an_honest_page_is_taken_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _taken_over(monkeypatch, tmp_path, lambda text: text.write_text("第一页")).read_text() == "第一页"


def test_a_pipe_or_link_in_place_of_the_progress_says_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    (tmp_path / "honest").write_text("430")
    assert [_permille(tmp_path / name) for name in ("pipe", "link", "honest")] == [0, 0, 430]


_NO_SENSE = [
    (3, b""),
    (3, b"no JSON"),
    (3, b"[" * 100_000),
    (3, b"[]"),
    (3, b'{"fault": "none of ours", "detail": ""}'),
    (0, b"[]"),
    (0, b"{}"),
    (0, b'{"pages": [{"width": 1e999}]}'),
    (0, json.dumps({"pages": [{**_PAGE, "width": -1}]}).encode()),
    (0, json.dumps({"pages": [{**_PAGE, "shown_size": [1]}]}).encode()),
    (0, b'{"kind": "unheard of", "length_ms": 1e999, "renditions": [], "more": false}'),
    (139, b""),
]


@pytest.mark.parametrize(("status", "said"), _NO_SENSE)
def test_an_answer_that_makes_no_sense_is_a_crash_and_no_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int, said: bytes
) -> None:
    monkeypatch.setattr(caged_answer, "run_caged", lambda *_, **__: CompletedProcess([], status, said, b""))
    (tmp_path / "source").write_bytes(b"%PDF-1.7")
    folder = tmp_path / "made"
    folder.mkdir()
    with pytest.raises(FileRefused) as refused:
        write_pages(tmp_path / "source", FileKind.PDF, folder)
    with pytest.raises(FileRefused) as unrecognised:
        recognise(tmp_path / "source", "讲义.pdf")
    with pytest.raises(PackagingRefused) as unmeasured:
        report_of_film(tmp_path / "source")
    with pytest.raises(PackagingRefused) as unpackaged:
        write_package(tmp_path / "source", folder, key_name="0" * 32, key=b"key")
    found = {refused.value.fault, unrecognised.value.fault, unmeasured.value.fault, unpackaged.value.fault}
    assert found == {FileFault.CRASHED}


def test_a_length_without_end_is_no_length(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = b'{"kind": "video", "length_ms": 1e999, "renditions": [], "more": false}'
    monkeypatch.setattr(caged_answer, "run_caged", lambda *_, **__: CompletedProcess([], 0, said, b""))
    (tmp_path / "source").write_bytes(b"film")
    (tmp_path / "made").mkdir()
    with pytest.raises(PackagingRefused) as unpackaged:
        write_package(tmp_path / "source", tmp_path / "made", key_name="0" * 32, key=b"key")
    assert unpackaged.value.fault is FileFault.CRASHED
