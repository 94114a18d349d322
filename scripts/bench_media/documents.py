"""What it costs to turn documents of twenty pages into pictures of pages, where the converter is there."""

import importlib
from collections.abc import Callable
from pathlib import Path

from docx import Document
from fpdf import FPDF
from pptx import Presentation

from jiangxue.courseware.rules.files import FileKind
from scripts.bench_media.measuring import spending
from scripts.terminal import say

_PAGES = 20
_LINES = 25
_SENTENCE = "Before you touch a wire, switch off, secure against switching on, and prove that it is dead."


def measure_documents(folder: Path) -> None:
    """Print a row for each kind of document; nothing but a line where nothing converts them."""
    try:
        write_pages: Callable[..., object] = importlib.import_module("jiangxue.courseware.paging").write_pages
    except (ImportError, AttributeError):
        say("\nDocuments: jiangxue.courseware.paging is not there yet.")
        return
    say(f"\n| document of {_PAGES} pages | processor s | wall s | pages/s |\n|---|---|---|---|")
    for kind, write in ((FileKind.DOCX, _docx), (FileKind.PPTX, _pptx), (FileKind.PDF, _pdf)):
        source = folder / f"document.{kind}"
        write(source)
        pages = folder / f"pages-{kind}"
        pages.mkdir()
        with spending() as spent:
            write_pages(source, kind, pages)
        say(f"| {kind} | {spent.processor_s:.2f} | {spent.wall_s:.2f} | {_PAGES / spent.wall_s:.1f} |")


def _docx(path: Path) -> None:
    document = Document()
    for page in range(_PAGES):
        heading = document.add_heading(f"Chapter {page + 1}")
        heading.paragraph_format.page_break_before = page > 0
        for _ in range(_LINES // 2):
            document.add_paragraph(_SENTENCE)
    document.save(str(path))


def _pptx(path: Path) -> None:
    slides = Presentation()
    for page in range(_PAGES):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        title = slide.shapes.title
        if title is not None:
            title.text = f"Slide {page + 1}"
        slide.placeholders[1].text = "\n".join([_SENTENCE] * 5)
    slides.save(str(path))


def _pdf(path: Path) -> None:
    document = FPDF()
    document.set_font("helvetica", size=11)
    for _ in range(_PAGES):
        document.add_page()
        for _ in range(_LINES):
            document.multi_cell(0, 8, _SENTENCE, new_x="LMARGIN", new_y="NEXT")
    document.output(str(path))
