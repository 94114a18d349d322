"""Every hostile file is refused for what is wrong with it; its honest twin, the same without the bad part, is taken."""

import struct
from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, IntakeLimits, recognise
from jiangxue.courseware.rules.files import FileFault
from tests.domains.courseware import hostile
from tests.domains.courseware.hostile import Bad

_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATION = hostile.word_with_relationship

BAD = {
    # cut short or broken
    "docx cut in half": Bad(lambda: hostile.word()[:9000], "a.docx", "truncated"),
    "pdf cut in half": Bad(lambda: hostile.pdf()[: len(hostile.pdf()) // 2], "a.pdf", "truncated"),
    "jpeg cut in half": Bad(lambda: hostile.picture(quality=95)[:3000], "a.jpg", "truncated"),
    "jpeg without its end": Bad(lambda: hostile.picture()[:-2], "a.jpg", "truncated"),
    "png cut in half": Bad(lambda: hostile.picture("PNG")[:1000], "a.png", "truncated"),
    "png without its end": Bad(lambda: hostile.picture("PNG")[:-12], "a.png", "truncated"),
    "gif without its end": Bad(lambda: hostile.picture("GIF")[:-500], "a.gif", "truncated"),
    "webp cut in half": Bad(lambda: hostile.picture("WEBP")[:500], "a.webp", "truncated"),
    "bmp cut in half": Bad(lambda: hostile.picture("BMP")[:5000], "a.bmp", "truncated"),
    "docx with broken xml": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"word/styles.xml": b"<a>"}), "a.docx", "damaged"
    ),
    # locked
    "docx with a locked part": Bad(hostile.word_with_encrypted_part, "a.docx", "encrypted"),
    "pdf with a password": Bad(lambda: hostile.pdf_with_password("secret"), "a.pdf", "encrypted"),
    # macros
    "docx with macros": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"word/vbaProject.bin": b"code"}), "a.docx", "macro"
    ),
    "docm called docx": Bad(lambda: hostile.word_with_main_type(_MAIN), "a.docx", "macro"),
    "docm": Bad(lambda: hostile.word_with_main_type(_MAIN), "a.docm", "macro"),
    "docx called docm": Bad(hostile.word, "a.docm", "macro"),
    "pptx called pptm": Bad(hostile.slides, "a.pptm", "macro"),
    "docx with a control": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"word/activeX/activeX1.xml": b"<a/>"}), "a.docx", "macro"
    ),
    "docx with macros under another name": Bad(lambda: _RELATION("vbaProject", "x.bin", "Internal"), "a.docx", "macro"),
    "pptx with a macro on a click": Bad(
        lambda: hostile.slides_with_action("ppaction://macro?name=x"), "a.pptx", "macro"
    ),
    # scripts
    "pptx that starts a program": Bad(lambda: hostile.slides_with_action("ppaction://program"), "a.pptx", "script"),
    "pdf with a script": Bad(hostile.pdf_with_script, "a.pdf", "script"),
    "pdf with a hidden script": Bad(hostile.pdf_with_hidden_script, "a.pdf", "script"),
    "pdf that starts a program": Bad(hostile.pdf_with_launch, "a.pdf", "script"),
    "pdf with an XFA form": Bad(hostile.pdf_with_xfa, "a.pdf", "script"),
    # the outside
    "docx with a template elsewhere": Bad(
        lambda: _RELATION("attachedTemplate", "http://192.0.2.1/t.dotm"), "a.docx", "outside_reference"
    ),
    "docx with a picture elsewhere": Bad(
        lambda: _RELATION("image", "http://192.0.2.1/i.png"), "a.docx", "outside_reference"
    ),
    "docx with an object elsewhere": Bad(
        lambda: _RELATION("oleObject", "file://192.0.2.1/o"), "a.docx", "outside_reference"
    ),
    "docx with a frame elsewhere": Bad(lambda: _RELATION("frame", "http://192.0.2.1/"), "a.docx", "outside_reference"),
    "docx with a part elsewhere": Bad(
        lambda: _RELATION("subDocument", "http://192.0.2.1/"), "a.docx", "outside_reference"
    ),
    "docx whose inner target leads outside": Bad(
        lambda: _RELATION("image", "http://192.0.2.1/i.png", "Internal"), "a.docx", "outside_reference"
    ),
    "docx with DDE": Bad(
        lambda: hostile.word_with_body(hostile.field("DDEAUTO c:\\\\cmd.exe")), "a.docx", "outside_reference"
    ),
    "docx with strewn DDE": Bad(
        lambda: hostile.word_with_body(hostile.field(" D", "DE", " c:\\\\cmd.exe")), "a.docx", "outside_reference"
    ),
    "docx with simple DDE": Bad(
        lambda: hostile.word_with_body('<w:fldSimple w:instr="DDE cmd"/>'), "a.docx", "outside_reference"
    ),
    "docx with a text elsewhere": Bad(
        lambda: hostile.word_with_body(hostile.field("INCLUDETEXT x")), "a.docx", "outside_reference"
    ),
    "pdf with content elsewhere": Bad(hostile.pdf_with_outside_stream, "a.pdf", "outside_reference"),
    # files in files
    "docx with an object": Bad(lambda: _RELATION("oleObject", "embeddings/o.bin", "Internal"), "a.docx", "attachment"),
    "docx with a package": Bad(lambda: _RELATION("package", "embeddings/o.xlsx", "Internal"), "a.docx", "attachment"),
    "docx with a foreign part": Bad(lambda: _RELATION("aFChunk", "chunk.html", "Internal"), "a.docx", "attachment"),
    "docx with a zip inside": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"word/media/i.png": hostile.plain_zip()}), "a.docx", "attachment"
    ),
    "docx with a compound file inside": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"word/o.xml": bytes.fromhex("d0cf11e0a1b11ae1")}),
        "a.docx",
        "attachment",
    ),
    "chart with a zip for a workbook": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(hostile.word(), {})), "a.pptx", "attachment"
    ),
    "chart whose workbook holds a zip": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(hostile.workbook(), {"xl/z": hostile.plain_zip()})),
        "a.pptx",
        "attachment",
    ),
    "chart whose workbook holds macros": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(hostile.workbook(), {"xl/vbaProject.bin": b"x"})),
        "a.pptx",
        "macro",
    ),
    "pdf with an attachment": Bad(hostile.pdf_with_attachment, "a.pdf", "attachment"),
    # two things at once
    "pdf that is a zip": Bad(lambda: hostile.pdf() + hostile.plain_zip(), "a.pdf", "polyglot"),
    "pdf with a page behind it": Bad(lambda: hostile.pdf() + b"<html><script>", "a.pdf", "polyglot"),
    "pdf with a page before it": Bad(lambda: b"<html><!--" + hostile.pdf(), "a.pdf", "polyglot"),
    "pdf with a page in its first lines": Bad(
        lambda: hostile.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), "a.pdf", "polyglot"
    ),
    "script before a pdf": Bad(lambda: b"alert(1)//" + hostile.pdf(), "a.pdf", "polyglot"),
    "zip with something before it": Bad(lambda: b"\0\1\2\3" + hostile.word(), "a.docx", "polyglot"),
    "two zips": Bad(lambda: hostile.plain_zip() + hostile.word(), "a.docx", "polyglot"),
    "zip with a remark": Bad(lambda: hostile.word()[:-2] + struct.pack("<H", 4) + b"rem!", "a.docx", "polyglot"),
    "docx with a doubled part": Bad(hostile.word_with_doubled_part, "a.docx", "polyglot"),
    "docx with a part elsewhere by name": Bad(
        lambda: hostile.changed_zip(hostile.word(), {"../../etc/x": b""}), "a.docx", "polyglot"
    ),
    "jpeg that is a zip": Bad(lambda: hostile.picture() + hostile.plain_zip(), "a.jpg", "polyglot"),
    "jpeg with a page behind it": Bad(lambda: hostile.picture() + b"<script>alert(1)</script>", "a.jpg", "polyglot"),
    "gif that is a script": Bad(
        lambda: hostile.picture("GIF", size=(0x2A2F, 1200)) + b"*/=1;alert(1);;", "a.gif", "polyglot"
    ),
    # bombs
    "docx of zeros": Bad(lambda: hostile.word_of_zeros(64 * 1024**2), "a.docx", "bomb"),
    "docx of very many parts": Bad(lambda: hostile.word_with_many_parts(10_001), "a.docx", "bomb"),
    "docx with growing entities": Bad(hostile.word_with_doctype, "a.docx", "bomb"),
    "docx nested deep": Bad(lambda: hostile.word_with_deep_xml(300), "a.docx", "bomb"),
    "docx that lies about a length": Bad(hostile.word_with_lying_length, "a.docx", "damaged"),
    "pdf with a growing stream": Bad(lambda: hostile.pdf_with_flate_bomb(300 * 1024**2), "a.pdf", "bomb"),
    # absurd sizes
    "pdf with a huge picture": Bad(hostile.pdf_with_huge_picture, "a.pdf", "too_large_picture"),
    "pdf with a page of six metres": Bad(lambda: hostile.pdf(size=(1000, 6000)), "a.pdf", "too_large_picture"),
    "pdf with a page like a ribbon": Bad(lambda: hostile.pdf(size=(100, 2100)), "a.pdf", "too_large_picture"),
    "pdf with 501 pages": Bad(lambda: hostile.pdf(*["x"] * 501), "a.pdf", "too_many_pages"),
    "pdf without pages": Bad(hostile.pdf_without_pages, "a.pdf", "no_pages"),
    "png of 400 megapixels": Bad(lambda: hostile.png_of(20_000, 20_000), "a.png", "too_large_picture"),
    "png like a ribbon": Bad(lambda: hostile.picture("PNG", size=(2100, 100)), "a.png", "too_large_picture"),
    "png of one dot": Bad(lambda: hostile.picture("PNG", size=(1, 1)), "a.png", "damaged"),
    "tiff of two pages": Bad(lambda: hostile.tiff_of_pages(2), "a.tif", "too_many_pages"),
}

HONEST = {
    "jpeg": (hostile.picture, "a.jpg"),
    "jpeg with a preview inside": (lambda: hostile.picture(exif=_exif_with_preview()), "a.jpg"),
    "pdf": (hostile.pdf, "a.pdf"),
    "pdf that asks not to be copied": (lambda: hostile.pdf_with_password(""), "a.pdf"),
    "pdf that opens at a page": (hostile.pdf_that_goes_to_a_page, "a.pdf"),
    "pdf with blanks behind it": (lambda: hostile.pdf() + b"\r\n\0\0", "a.pdf"),
    "pdf of four metres": (lambda: hostile.pdf(size=(1000, 4000)), "a.pdf"),
    "pdf of 500 pages": (lambda: hostile.pdf(*["x"] * 500), "a.pdf"),
    "pdf with a stream that grows within reason": (lambda: hostile.pdf_with_flate_bomb(1024**2), "a.pdf"),
    "docx zipped anew": (lambda: hostile.changed_zip(hostile.word(), {}), "a.docx"),
    "docx with a link": (lambda: hostile.word_with_relationship("hyperlink", "https://example.org/"), "a.docx"),
    "docx with a picture of its own": (lambda: _RELATION("image", "media/i.png", "Internal"), "a.docx"),
    "docx with a page number": (lambda: hostile.word_with_body(hostile.field("PA", "GE")), "a.docx"),
    "docx that speaks of DDE": (lambda: hostile.word("DDEAUTO is a field"), "a.docx"),
    "docx with nested xml": (lambda: hostile.word_with_deep_xml(100), "a.docx"),
    "docx with many parts": (lambda: hostile.word_with_many_parts(1000), "a.docx"),
    "docx with a large blank picture": (lambda: hostile.word_of_zeros(8 * 1024**2), "a.docx"),
    "pptx with a chart": (hostile.slides_with_chart, "a.pptx"),
    "pptx with a click to the next slide": (
        lambda: hostile.slides_with_action("ppaction://hlinkshowjump?jump=nextslide"),
        "a.pptx",
    ),
    "gif": (lambda: hostile.picture("GIF"), "a.gif"),
    "png of 20 to 1": (lambda: hostile.picture("PNG", size=(2000, 100)), "a.png"),
    "tiff of one page": (lambda: hostile.tiff_of_pages(1), "a.tif"),
}


def _exif_with_preview() -> bytes:
    return b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + hostile.picture(size=(64, 64))


@pytest.mark.parametrize("case", BAD)
def test_a_hostile_file_is_refused_for_what_is_wrong_with_it(tmp_path: Path, case: str) -> None:
    bad = BAD[case]
    (tmp_path / "sent").write_bytes(bad.make())
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", bad.name)
    assert refused.value.fault == bad.fault, refused.value.detail


@pytest.mark.parametrize("case", HONEST)
def test_an_honest_file_is_taken(tmp_path: Path, case: str) -> None:
    make, name = HONEST[case]
    (tmp_path / "sent").write_bytes(make())
    recognise(tmp_path / "sent", name)


# --- old Office files: by name, what is done to which ending, and the fault ---

_ENCRYPTED_SLIDES = struct.pack("<I", 0xF3D1C4DF)
OLD = {
    "doc cut in half": ("doc", lambda old: old[: len(old) // 2], "truncated"),
    "doc with a locked text": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", 0x0B, bytes([old[_fib(old) + 0x0B] | 1])),
        "encrypted",
    ),
    "ppt with a locked user": (
        "ppt",
        lambda old: hostile.with_stream_patched(old, "Current User", 12, _ENCRYPTED_SLIDES),
        "encrypted",
    ),
    "docx locked into a compound file": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "WordDocument", "EncryptedPackage"),
        "encrypted",
    ),
    "doc with a storage of macros": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "\x01CompObj", "Macros"),
        "macro",
    ),
    "ppt with a storage of macros": (
        "ppt",
        lambda old: hostile.with_entry_renamed(old, "\x05SummaryInformation", "_VBA_PROJECT"),
        "macro",
    ),
    "doc with a foreign object": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "\x01CompObj", "\x01Ole10Native"),
        "attachment",
    ),
    "ppt with an embedded object": ("ppt", lambda old: _with_record(old, 0x0FCC), "attachment"),
    "ppt with a linked object": ("ppt", lambda old: _with_record(old, 0x0FCE), "outside_reference"),
    "ppt with a control": ("ppt", lambda old: _with_record(old, 0x0FEE), "macro"),
    "doc with DDE": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", -40, b"\x13 DDEAUTO cmd \x15"),
        "outside_reference",
    ),
    "doc with wide DDE": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", -60, "\x13 DDEAUTO cmd \x15".encode("utf-16-le")),
        "outside_reference",
    ),
    "some other compound file": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "WordDocument", "Workbook"),
        "unknown",
    ),
}


def _fib(content: bytes) -> int:
    return content.index(struct.pack("<H", 0xA5EC), 512)


def _with_record(content: bytes, kind: int) -> bytes:
    """Put an empty container in the place of the container of environment settings (0x03F2), which any PPT file has."""
    at = content.index(struct.pack("<HH", 0x000F, 0x03F2), 512)
    return content[: at + 2] + struct.pack("<H", kind) + content[at + 4 :]


@pytest.mark.parametrize("case", OLD)
def test_a_hostile_old_office_file_is_refused_for_what_is_wrong_with_it(
    tmp_path: Path, old_files: dict[str, bytes], case: str
) -> None:
    ending, change, fault = OLD[case]
    (tmp_path / "sent").write_bytes(change(old_files[ending]))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", f"a.{ending}")
    assert refused.value.fault == fault, refused.value.detail


def test_an_old_word_file_with_a_page_number_is_taken(tmp_path: Path, old_files: dict[str, bytes]) -> None:
    content = hostile.with_stream_patched(old_files["doc"], "WordDocument", -40, b"\x13 PAGE \x15")
    (tmp_path / "sent").write_bytes(content)
    recognise(tmp_path / "sent", "a.doc")


# --- the limits are where they say ---


def test_a_limit_of_pages_may_be_narrower(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(hostile.pdf("a", "b"))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.pdf", limits=IntakeLimits(most_pages=1))
    assert (refused.value.fault, refused.value.detail) == (FileFault.TOO_MANY_PAGES, "2 > 1")


def test_a_pdf_of_too_many_objects_is_a_bomb(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(hostile.pdf("a", "b"))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.pdf", limits=IntakeLimits(most_objects=3))
    assert refused.value.fault is FileFault.BOMB


def test_a_picture_may_be_as_large_as_the_limit(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(hostile.picture("PNG", size=(300, 200)))
    recognise(tmp_path / "sent", "a.png", limits=IntakeLimits(most_pixels=60_000))
    with pytest.raises(FileRefused):
        recognise(tmp_path / "sent", "a.png", limits=IntakeLimits(most_pixels=59_999))
