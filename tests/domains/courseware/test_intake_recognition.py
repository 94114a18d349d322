"""A file is what its content says, whatever it is called."""

from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, IntakeLimits, recognise
from jiangxue.courseware.rules.files import FileFault, FileKind
from tests.domains.courseware import honest, hostile
from tests.domains.courseware.films import Film

_HONEST = {
    "a.docx": (honest.word, FileKind.DOCX),
    "a.wps": (honest.word, FileKind.DOCX),
    "a.pptx": (honest.slides, FileKind.PPTX),
    "A.PPTX": (honest.slides, FileKind.PPTX),
    "chart.pptx": (honest.slides_with_chart, FileKind.PPTX),
    "a.pdf": (honest.pdf, FileKind.PDF),
    "a.jpg": (honest.picture, FileKind.IMAGE),
    "a.jpeg": (honest.picture, FileKind.IMAGE),
    "a.png": (lambda: honest.picture("PNG"), FileKind.IMAGE),
    "a.webp": (lambda: honest.picture("WEBP"), FileKind.IMAGE),
    "a.gif": (lambda: honest.picture("GIF"), FileKind.IMAGE),
    "a.bmp": (lambda: honest.picture("BMP"), FileKind.IMAGE),
    "a.tif": (lambda: honest.picture("TIFF"), FileKind.IMAGE),
    "a.mp3": (lambda: b"ID3\x04" + bytes(2000), FileKind.AUDIO),
    "a.wav": (lambda: b"RIFF\0\0\0\0WAVEfmt " + bytes(2000), FileKind.AUDIO),
    "a.m4a": (lambda: b"\0\0\0\x20ftypM4A " + bytes(2000), FileKind.AUDIO),
    "a.wma": (lambda: bytes.fromhex("3026b2758e66cf11") + bytes(2000), FileKind.AUDIO),
    "a.wmv": (lambda: bytes.fromhex("3026b2758e66cf11") + bytes(2000), FileKind.VIDEO),
    "a.webm": (lambda: bytes.fromhex("1a45dfa3") + bytes(2000), FileKind.VIDEO),
    "a.avi": (lambda: b"RIFF\0\0\0\0AVI LIST" + bytes(2000), FileKind.VIDEO),
    "a.ts": (lambda: (b"\x47" + bytes(187)) * 10, FileKind.VIDEO),
    "a.flv": (lambda: b"FLV\x01\x05" + bytes(2000), FileKind.VIDEO),
}


@pytest.mark.parametrize("name", _HONEST)
def test_an_honest_file_is_taken_for_what_it_is(tmp_path: Path, name: str) -> None:
    make, kind = _HONEST[name]
    (tmp_path / "sent").write_bytes(make())
    assert recognise(tmp_path / "sent", name) is kind


@pytest.mark.parametrize("name", ["film.mp4", "film.m4v", "film.mov"])
def test_a_film_is_a_film(tmp_path: Path, name: str) -> None:
    source = Film(frames=10, width=640, height=360).write(tmp_path / "film.mp4")
    assert recognise(source, name) is FileKind.VIDEO


@pytest.mark.parametrize(("ending", "kind"), [("doc", FileKind.DOC), ("ppt", FileKind.PPT)])
def test_an_old_office_file_is_taken_for_what_it_is(
    tmp_path: Path, old_files: dict[str, bytes], ending: str, kind: FileKind
) -> None:
    (tmp_path / "sent").write_bytes(old_files[ending])
    assert recognise(tmp_path / "sent", f"lesson.{ending}") is kind
    assert recognise(tmp_path / "sent", f"lesson.{'wps' if kind is FileKind.DOC else 'dps'}") is kind


_MISNAMED = {
    "pdf as docx": (honest.pdf, "a.docx", "pdf"),
    "docx as pdf": (honest.word, "a.pdf", "docx"),
    "docx as pptx": (honest.word, "a.pptx", "docx"),
    "docx as doc": (honest.word, "a.doc", "docx"),
    "pptx as ppt": (honest.slides, "a.ppt", "pptx"),
    "png as jpg": (lambda: honest.picture("PNG"), "a.jpg", "png"),
    "pdf without an ending": (honest.pdf, "lesson", "pdf"),
    "pdf with two endings": (honest.pdf, "lesson.pdf.exe", "pdf"),
    "picture as film": (honest.picture, "a.mp4", "jpg"),
    "sound as film": (lambda: b"ID3\x04" + bytes(2000), "a.mp4", "mp3"),
}


@pytest.mark.parametrize("case", _MISNAMED)
def test_a_wrong_name_is_refused_and_told_what_the_file_really_is(tmp_path: Path, case: str) -> None:
    make, name, content = _MISNAMED[case]
    (tmp_path / "sent").write_bytes(make())
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", name)
    assert (refused.value.fault, refused.value.detail) == (FileFault.WRONG_NAME, content)


_UNKNOWN = {
    "html": b"<!DOCTYPE html><html><body>hello</body></html>",
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "xml": b'<?xml version="1.0"?><letter/>',
    "exe": b"MZ\x90\0" + bytes(1000),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(1000),
    "7z": bytes.fromhex("377abcaf271c") + bytes(1000),
    "rtf": b"{\\rtf1 hello}",
    "txt": "安全生产".encode(),
    "heic": b"\0\0\0\x20ftypheic" + bytes(100),
}


@pytest.mark.parametrize("content", _UNKNOWN)
@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.jpg"])
def test_what_is_no_courseware_is_refused_whatever_its_name(tmp_path: Path, content: str, name: str) -> None:
    (tmp_path / "sent").write_bytes(_UNKNOWN[content])
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", name)
    assert (refused.value.fault, refused.value.detail) == (FileFault.UNKNOWN, content)


def test_a_plain_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(hostile.plain_zip())
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.docx")
    assert (refused.value.fault, refused.value.detail) == (FileFault.UNKNOWN, "zip")


def test_a_workbook_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.workbook())
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.docx")
    assert (refused.value.fault, refused.value.detail) == (FileFault.UNKNOWN, "xlsx")


def test_noise_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(bytes(range(255, -1, -1)) * 100)
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.docx")
    assert refused.value.fault in (FileFault.UNKNOWN, FileFault.WRONG_NAME)


@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b""), lambda path: None], ids=["empty", "missing"])
def test_nothing_is_refused_as_nothing(tmp_path: Path, make: object) -> None:
    make(tmp_path / "sent")
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.pdf")
    assert refused.value.fault is FileFault.EMPTY


@pytest.mark.parametrize(("make", "name"), [(honest.word, "a.docx"), (honest.slides, "a.pptx")])
def test_without_libreoffice_word_and_ppt_files_are_refused_as_not_ready(
    tmp_path: Path, make: object, name: str
) -> None:
    (tmp_path / "sent").write_bytes(make())
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", name, office=tmp_path / "no-such-program")
    assert (refused.value.fault, refused.value.detail) == (FileFault.NOT_READY, "LibreOffice")


def test_without_libreoffice_a_pdf_is_taken_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.pdf())
    assert recognise(tmp_path / "sent", "a.pdf", office=tmp_path / "no-such-program") is FileKind.PDF


def test_looking_ends_at_the_wall_of_memory(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.picture("PNG", size=(4000, 4000)))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.png", limits=IntakeLimits(address_space_bytes=100 * 1024**2))
    assert refused.value.fault in (FileFault.OVER_BUDGET, FileFault.CRASHED)
