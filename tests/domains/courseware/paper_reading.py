"""Reading papers back: what stands in a PDF and in a Word file, without the blanks by which lines were broken."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pypdfium2
from docx.document import Document as WordDocument

from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.paper_facts import PaperFacts, ReviewLine
from jiangxue.courseware.services.papers import PaperFormat, PrintedPaper
from tests.factories.content import TODAY, complete_content, complete_facts

INSTITUTION = "广州市安培职业培训学校"
HOSTILE = "#let x = 1; #sys.inputs $a^2$ @b *c* _d_ [e] <f> \"g\" 'h' \\i `j` ~k //l /*m*/ =1+1 &amp; </w:t> {{ PAGE }} %(n)s %s"
"""Something of each language through which a title passes: typst, XML, SVG, field codes, spreadsheets, Python's formats."""


def paper_facts(content: CourseContent, **changes: Any) -> PaperFacts:
    """Return the facts of the third version, published and reviewed three times, with other values in the place of some."""
    facts = PaperFacts(
        institution=INSTITUTION,
        today=TODAY,
        version=3,
        sha256=content.sha256,
        published_on=date(2026, 11, 20),
        reviews=(
            ReviewLine("初审", "王**", "通过", date(2026, 11, 10)),
            ReviewLine("复审", "李**", "通过", date(2026, 11, 15)),
            ReviewLine("终审", "陈**", "通过", date(2026, 11, 19)),
        ),
    )
    return replace(facts, **changes)


def titled(title: str) -> CourseContent:
    """Return the complete course under another title."""
    return complete_content(facts=complete_facts(title=title))


def text_of(paper: PrintedPaper) -> str:
    """Return everything that stands in a paper, squeezed."""
    if paper.name.endswith(PaperFormat.PDF):
        return squeezed("".join(pages_of(paper)))
    return squeezed("".join(_texts(word(paper))))


def pages_of(paper: PrintedPaper) -> list[str]:
    """Return the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(paper.body)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def word(paper: PrintedPaper) -> WordDocument:
    """Return a Word file, opened."""
    return docx.Document(io.BytesIO(paper.body))


def squeezed(text: str) -> str:
    """Return a text without blanks, its signs in their plain form: a PDF may name a radical where a character is meant."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))


def _texts(document: WordDocument) -> Iterator[str]:
    section = document.sections[0]
    for part in (section.header, section.footer):
        yield from (paragraph.text for paragraph in part.paragraphs)
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)
