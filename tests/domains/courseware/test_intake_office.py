"""Every hostile Word or PPT file is refused for what is wrong with it; its honest twin, the same without the bad part, is taken."""

import struct
from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, recognise
from tests.domains.courseware import honest, hostile
from tests.domains.courseware.hostile import Bad

_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATION = hostile.word_with_relationship

BAD = {
    "docx cut in half": Bad(lambda: honest.word()[:9000], "a.docx", "truncated"),
    "docx with broken xml": Bad(
        lambda: hostile.changed_zip(honest.word(), {"word/styles.xml": b"<a>"}), "a.docx", "damaged"
    ),
    "docx with a locked part": Bad(hostile.word_with_encrypted_part, "a.docx", "encrypted"),
    "docx with macros": Bad(
        lambda: hostile.changed_zip(honest.word(), {"word/vbaProject.bin": b"code"}), "a.docx", "macro"
    ),
    "docm called docx": Bad(lambda: hostile.word_with_main_type(_MAIN), "a.docx", "macro"),
    "docm": Bad(lambda: hostile.word_with_main_type(_MAIN), "a.docm", "macro"),
    "docx called docm": Bad(honest.word, "a.docm", "macro"),
    "pptx called pptm": Bad(honest.slides, "a.pptm", "macro"),
    "docx with a control": Bad(
        lambda: hostile.changed_zip(honest.word(), {"word/activeX/activeX1.xml": b"<a/>"}), "a.docx", "macro"
    ),
    "docx with macros under another name": Bad(lambda: _RELATION("vbaProject", "x.bin", "Internal"), "a.docx", "macro"),
    "pptx with a macro on a click": Bad(
        lambda: hostile.slides_with_action("ppaction://macro?name=x"), "a.pptx", "macro"
    ),
    "pptx that starts a program": Bad(lambda: hostile.slides_with_action("ppaction://program"), "a.pptx", "script"),
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
    "docx with an object": Bad(lambda: _RELATION("oleObject", "embeddings/o.bin", "Internal"), "a.docx", "attachment"),
    "docx with a package": Bad(lambda: _RELATION("package", "embeddings/o.xlsx", "Internal"), "a.docx", "attachment"),
    "docx with a foreign part": Bad(lambda: _RELATION("aFChunk", "chunk.html", "Internal"), "a.docx", "attachment"),
    "docx with a zip inside": Bad(
        lambda: hostile.changed_zip(honest.word(), {"word/media/i.png": hostile.plain_zip()}), "a.docx", "attachment"
    ),
    "docx with a compound file inside": Bad(
        lambda: hostile.changed_zip(honest.word(), {"word/o.xml": bytes.fromhex("d0cf11e0a1b11ae1")}),
        "a.docx",
        "attachment",
    ),
    "chart with a zip for a workbook": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(honest.word(), {})), "a.pptx", "attachment"
    ),
    "chart whose workbook holds a zip": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(honest.workbook(), {"xl/z": hostile.plain_zip()})),
        "a.pptx",
        "attachment",
    ),
    "chart whose workbook holds macros": Bad(
        lambda: hostile.chart_with_workbook(hostile.changed_zip(honest.workbook(), {"xl/vbaProject.bin": b"x"})),
        "a.pptx",
        "macro",
    ),
    "zip with something before it": Bad(lambda: b"\0\1\2\3" + honest.word(), "a.docx", "polyglot"),
    "two zips": Bad(lambda: hostile.plain_zip() + honest.word(), "a.docx", "polyglot"),
    "zip with a remark": Bad(lambda: honest.word()[:-2] + struct.pack("<H", 4) + b"rem!", "a.docx", "polyglot"),
    "docx with a doubled part": Bad(hostile.word_with_doubled_part, "a.docx", "polyglot"),
    "docx with a part elsewhere by name": Bad(
        lambda: hostile.changed_zip(honest.word(), {"../../etc/x": b""}), "a.docx", "polyglot"
    ),
    "docx of zeros": Bad(lambda: hostile.word_of_zeros(64 * 1024**2), "a.docx", "bomb"),
    "docx of very many parts": Bad(lambda: hostile.word_with_many_parts(10_001), "a.docx", "bomb"),
    "docx with growing entities": Bad(hostile.word_with_doctype, "a.docx", "bomb"),
    "docx nested deep": Bad(lambda: hostile.word_with_deep_xml(300), "a.docx", "bomb"),
    "docx that lies about a length": Bad(hostile.word_with_lying_length, "a.docx", "damaged"),
}

HONEST = {
    "docx zipped anew": (lambda: hostile.changed_zip(honest.word(), {}), "a.docx"),
    "docx with a link": (lambda: hostile.word_with_relationship("hyperlink", "https://example.org/"), "a.docx"),
    "docx with a picture of its own": (lambda: _RELATION("image", "media/i.png", "Internal"), "a.docx"),
    "docx with a page number": (lambda: hostile.word_with_body(hostile.field("PA", "GE")), "a.docx"),
    "docx that speaks of DDE": (lambda: honest.word("DDEAUTO is a field"), "a.docx"),
    "docx with nested xml": (lambda: hostile.word_with_deep_xml(100), "a.docx"),
    "docx with many parts": (lambda: hostile.word_with_many_parts(1000), "a.docx"),
    "docx with a large blank picture": (lambda: hostile.word_of_zeros(8 * 1024**2), "a.docx"),
    "pptx with a chart": (honest.slides_with_chart, "a.pptx"),
    "pptx with a click to the next slide": (
        lambda: hostile.slides_with_action("ppaction://hlinkshowjump?jump=nextslide"),
        "a.pptx",
    ),
}


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
