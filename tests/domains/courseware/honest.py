"""Honest files of every kind, made in code."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import fpdf
import pptx
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from jiangxue.courseware.intake import find_office

CJK_FONT = subprocess.run(
    ["fc-match", "--format=%{file}", "Noto Sans CJK SC"], capture_output=True, text=True, check=True
).stdout
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str, font: str = "") -> bytes:
    """Return a Word file with each paragraph on a page of its own."""
    document = docx.Document()
    for at, text in enumerate(paragraphs or ("安全生产培训",)):
        if at:
            document.add_page_break()
        run = document.add_paragraph().add_run(text)
        if font:
            run.font.name = font
            run._element.rPr.rFonts.set(f"{{{_WORD}}}eastAsia", font)
    return saved(document.save)


def slides(*titles: str) -> bytes:
    """Return a PPT file with one slide for each title."""
    presentation = pptx.Presentation()
    for title in titles or ("消防安全",):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    return saved(presentation.save)


def slides_with_chart() -> bytes:
    """Return a PPT file with a chart, which keeps its numbers in a workbook within the file."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "事故统计"
    numbers = CategoryChartData()
    numbers.categories = ["一季度", "二季度"]
    numbers.add_series("起", (3, 1))
    place = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, numbers)
    return saved(presentation.save)


def pdf(*pages: str, size: tuple[float, float] = (210, 297), font: str = CJK_FONT) -> bytes:
    """Return a PDF with one page for each text; an empty font means one that the file only names."""
    made = fpdf.FPDF(unit="mm", format=size)
    if font:
        made.add_font("noto", fname=font)
    made.set_font("noto" if font else "helvetica", size=24)
    for text in pages or ("劳动保护",):
        made.add_page()
        if text:
            made.cell(text=text)
    return bytes(made.output())


def picture(format_: str = "JPEG", *, size: tuple[int, int] = (1000, 750), **options: object) -> bytes:
    """Return a picture with a bright left half."""
    image = Image.new("RGB", size, "navy")
    image.paste("gold", (0, 0, size[0] // 2, size[1]))
    return saved(lambda kept: image.save(kept, format_, **options))


def old_office(content: bytes, ending: str, place: Path) -> bytes:
    """Let LibreOffice write a Word or PPT file in the format until 2003."""
    (place / f"honest.{ending}x").write_bytes(content)
    command = [
        str(find_office()),
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        *("--convert-to", ending, "--outdir", str(place), str(place / f"honest.{ending}x")),
    ]
    for _ in range(2):  # a new profile makes it ask to be started again
        subprocess.run(command, capture_output=True, check=False, timeout=120)
    return (place / f"honest.{ending}").read_bytes()


def workbook() -> bytes:
    """Return the workbook of a chart."""
    with zipfile.ZipFile(io.BytesIO(slides_with_chart())) as archive:
        return archive.read(next(part for part in archive.namelist() if part.endswith(".xlsx")))


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what something saves."""
    kept = io.BytesIO()
    save(kept)
    return kept.getvalue()
