"""Drawing pages: each becomes a WebP with its text beside it. Only in the caged process."""

import re
import unicodedata
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.paging.pdf_fonts import fonts_only_named
from jiangxue.courseware.paging.progress import Progress
from jiangxue.courseware.paging.record import page_name
from jiangxue.courseware.paging.shapes import PageFacts, PagingLimits
from jiangxue.courseware.rules.document_quality import PageSize, picture_size
from jiangxue.courseware.rules.files import FileFault
from jiangxue.kernel.unreadable import UNREADABLE

# The reader of JPEG also opens those of phones that hold several pictures.
_IMAGES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+\n")


def draw_pdf(source: Path, folder: Path, limits: PagingLimits, progress: Progress) -> list[PageFacts]:
    """Draw every page of a PDF."""
    try:
        document = pypdfium2.PdfDocument(source)
        count = len(document)
        if count == 0:
            raise FileRefused(FileFault.NO_PAGES)
        if count > limits.most_pages:
            raise FileRefused(FileFault.TOO_MANY_PAGES, f"{count} > {limits.most_pages}")
        missing = fonts_only_named(source)
        drawn = []
        for number in range(1, count + 1):
            drawn.append(_draw_page(document, number, folder, limits, missing.get(number, ())))
            progress.tell(number, count)
    except pypdfium2.PdfiumError as bad:
        raise FileRefused(FileFault.DAMAGED, "pdf") from bad
    return drawn


def draw_image(source: Path, folder: Path, limits: PagingLimits, progress: Progress) -> list[PageFacts]:
    """Make the one page of a picture: upright, on white, without what the camera wrote into it."""
    Image.MAX_IMAGE_PIXELS = None  # intake has held it to its limits
    try:
        with Image.open(source, formats=_IMAGES) as image:
            found = PageSize(*image.size)
            image.draft("RGB", (limits.landscape_width_px * 2, limits.landscape_width_px * 2))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except UNREADABLE as bad:
        raise FileRefused(FileFault.DAMAGED, "image") from bad
    is_turned = (found.width > found.height) != (upright.width > upright.height)
    shown = PageSize(found.height, found.width) if is_turned else found
    # A small picture is not blown up.
    size = picture_size(shown, min(_width_px(shown, limits), int(shown.width)), limits.most_page_pixels)
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    if (size.width, size.height) != plain.size:
        plain = plain.resize((size.width, size.height), Image.Resampling.LANCZOS)
    _write(plain, "", folder, page_name(1), limits)
    progress.tell(1, 1)
    return [PageFacts(plain.width, plain.height, has_text=False, shown_size=(int(shown.width), int(shown.height)))]


def _draw_page(
    document: pypdfium2.PdfDocument, number: int, folder: Path, limits: PagingLimits, missing_fonts: tuple[str, ...]
) -> PageFacts:
    page = document[number - 1]
    width, height = page.get_size()
    found = PageSize(width, height)
    size = picture_size(found, _width_px(found, limits), limits.most_page_pixels)
    # The drawn width is rounded up; half a dot less comes out as the width that was asked for.
    picture = page.render(scale=(size.width - 0.5) / width).to_pil().convert("RGB")
    text = readable(page.get_textpage().get_text_bounded())
    _write(picture, text, folder, page_name(number), limits)
    page.close()
    return PageFacts(picture.width, picture.height, bool(text), missing_fonts)


def readable(text: str) -> str:
    """Return a page's text with plain ends of lines, and without signs that nobody can read aloud."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cn", "Co", "Cs"))
    return _BLANKS.sub("\n", kept + "\n").strip()


def _width_px(size: PageSize, limits: PagingLimits) -> int:
    return limits.landscape_width_px if size.width >= size.height else limits.portrait_width_px


def _write(picture: Image.Image, text: str, folder: Path, name: str, limits: PagingLimits) -> None:
    picture.save(folder / f"{name}.webp", "WEBP", quality=limits.quality)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
