"""Every hostile PDF or picture is refused for what is wrong with it; its honest twin, the same without the bad part, is taken."""

from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, IntakeLimits, recognise
from jiangxue.courseware.rules.files import FileFault
from tests.domains.courseware import honest, hostile, hostile_pages
from tests.domains.courseware.hostile import Bad

_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATION = hostile.word_with_relationship

BAD = {
    "pdf cut in half": Bad(lambda: honest.pdf()[: len(honest.pdf()) // 2], "a.pdf", "truncated"),
    "jpeg cut in half": Bad(lambda: honest.picture(quality=95)[:3000], "a.jpg", "truncated"),
    "jpeg without its end": Bad(lambda: honest.picture()[:-2], "a.jpg", "truncated"),
    "png cut in half": Bad(lambda: honest.picture("PNG")[:1000], "a.png", "truncated"),
    "png without its end": Bad(lambda: honest.picture("PNG")[:-12], "a.png", "truncated"),
    "gif without its end": Bad(lambda: honest.picture("GIF")[:-500], "a.gif", "truncated"),
    "webp cut in half": Bad(lambda: honest.picture("WEBP")[:500], "a.webp", "truncated"),
    "bmp cut in half": Bad(lambda: honest.picture("BMP")[:5000], "a.bmp", "truncated"),
    "pdf with a password": Bad(lambda: hostile_pages.pdf_with_password("secret"), "a.pdf", "encrypted"),
    "pdf with a script": Bad(hostile_pages.pdf_with_script, "a.pdf", "script"),
    "pdf with a hidden script": Bad(hostile_pages.pdf_with_hidden_script, "a.pdf", "script"),
    "pdf that starts a program": Bad(hostile_pages.pdf_with_launch, "a.pdf", "script"),
    "pdf with an XFA form": Bad(hostile_pages.pdf_with_xfa, "a.pdf", "script"),
    "pdf with content elsewhere": Bad(hostile_pages.pdf_with_outside_stream, "a.pdf", "outside_reference"),
    "pdf with an attachment": Bad(hostile_pages.pdf_with_attachment, "a.pdf", "attachment"),
    "pdf that is a zip": Bad(lambda: honest.pdf() + hostile.plain_zip(), "a.pdf", "polyglot"),
    "pdf with a page behind it": Bad(lambda: honest.pdf() + b"<html><script>", "a.pdf", "polyglot"),
    "pdf with a page before it": Bad(lambda: b"<html><!--" + honest.pdf(), "a.pdf", "polyglot"),
    "pdf with a page in its first lines": Bad(
        lambda: honest.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), "a.pdf", "polyglot"
    ),
    "script before a pdf": Bad(lambda: b"alert(1)//" + honest.pdf(), "a.pdf", "polyglot"),
    "jpeg that is a zip": Bad(lambda: honest.picture() + hostile.plain_zip(), "a.jpg", "polyglot"),
    "jpeg with a page behind it": Bad(lambda: honest.picture() + b"<script>alert(1)</script>", "a.jpg", "polyglot"),
    "gif that is a script": Bad(
        lambda: honest.picture("GIF", size=(0x2A2F, 1200)) + b"*/=1;alert(1);;", "a.gif", "polyglot"
    ),
    "pdf with a growing stream": Bad(lambda: hostile_pages.pdf_with_flate_bomb(300 * 1024**2), "a.pdf", "bomb"),
    "pdf with a huge picture": Bad(hostile_pages.pdf_with_huge_picture, "a.pdf", "too_large_picture"),
    "pdf with a page of six metres": Bad(lambda: honest.pdf(size=(1000, 6000)), "a.pdf", "too_large_picture"),
    "pdf with a page like a ribbon": Bad(lambda: honest.pdf(size=(100, 2100)), "a.pdf", "too_large_picture"),
    "pdf with 501 pages": Bad(lambda: honest.pdf(*["x"] * 501), "a.pdf", "too_many_pages"),
    "pdf without pages": Bad(hostile_pages.pdf_without_pages, "a.pdf", "no_pages"),
    "png of 400 megapixels": Bad(lambda: hostile_pages.png_of(20_000, 20_000), "a.png", "too_large_picture"),
    "png like a ribbon": Bad(lambda: honest.picture("PNG", size=(2100, 100)), "a.png", "too_large_picture"),
    "png of one dot": Bad(lambda: honest.picture("PNG", size=(1, 1)), "a.png", "damaged"),
    "tiff of two pages": Bad(lambda: hostile_pages.tiff_of_pages(2), "a.tif", "too_many_pages"),
}


def _exif_with_preview() -> bytes:
    return b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + honest.picture(size=(64, 64))


HONEST = {
    "jpeg": (honest.picture, "a.jpg"),
    "jpeg with a preview inside": (lambda: honest.picture(exif=_exif_with_preview()), "a.jpg"),
    "pdf": (honest.pdf, "a.pdf"),
    "pdf that asks not to be copied": (lambda: hostile_pages.pdf_with_password(""), "a.pdf"),
    "pdf that opens at a page": (hostile_pages.pdf_that_goes_to_a_page, "a.pdf"),
    "pdf with blanks behind it": (lambda: honest.pdf() + b"\r\n\0\0", "a.pdf"),
    "pdf of four metres": (lambda: honest.pdf(size=(1000, 4000)), "a.pdf"),
    "pdf of 500 pages": (lambda: honest.pdf(*["x"] * 500), "a.pdf"),
    "pdf with a stream that grows within reason": (lambda: hostile_pages.pdf_with_flate_bomb(1024**2), "a.pdf"),
    "gif": (lambda: honest.picture("GIF"), "a.gif"),
    "png of 20 to 1": (lambda: honest.picture("PNG", size=(2000, 100)), "a.png"),
    "tiff of one page": (lambda: hostile_pages.tiff_of_pages(1), "a.tif"),
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


# --- the limits are where they say ---


def test_a_limit_of_pages_may_be_narrower(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.pdf("a", "b"))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.pdf", limits=IntakeLimits(most_pages=1))
    assert (refused.value.fault, refused.value.detail) == (FileFault.TOO_MANY_PAGES, "2 > 1")


def test_a_pdf_of_too_many_objects_is_a_bomb(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.pdf("a", "b"))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", "a.pdf", limits=IntakeLimits(most_objects=3))
    assert refused.value.fault is FileFault.BOMB


def test_a_picture_may_be_as_large_as_the_limit(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(honest.picture("PNG", size=(300, 200)))
    recognise(tmp_path / "sent", "a.png", limits=IntakeLimits(most_pixels=60_000))
    with pytest.raises(FileRefused):
        recognise(tmp_path / "sent", "a.png", limits=IntakeLimits(most_pixels=59_999))
