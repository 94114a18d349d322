"""Printing the papers of a course: what pages call, since they may not reach into `papers`. Clause M7."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.safestring import SafeString

from jiangxue.courseware import papers
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.paper_facts import PaperFacts, ReviewStep


class PaperFormat(StrEnum):
    """The two kinds of file that a paper can become; the value is the ending of its name."""

    PDF = "pdf"
    WORD = "docx"

    @property
    def media_type(self) -> str:
        """Return what a browser is told about the file."""
        if self is PaperFormat.PDF:
            return "application/pdf"
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A finished file; `name` is what it is called when it is kept, with its ending."""

    name: str
    media_type: str
    body: bytes


def print_outline(*, content: CourseContent, facts: PaperFacts, form: PaperFormat) -> PrintedPaper:
    """Return the outline (培训大纲) of a course; `FontsMissing` where a PDF is wanted and no Chinese font is here."""
    return _printed(papers.outline(content, facts), form)


def print_introduction(*, content: CourseContent, facts: PaperFacts, form: PaperFormat) -> PrintedPaper:
    """Return the introduction (课程介绍) of a course; `FontsMissing` as above."""
    return _printed(papers.introduction(content, facts), form)


def print_review_sheet(
    *, content: CourseContent, facts: PaperFacts, steps: Sequence[ReviewStep], form: PaperFormat
) -> PrintedPaper:
    """Return the sheet of review opinions (审核意见表); `FontsMissing` as above."""
    return _printed(papers.review_sheet(content, facts, steps), form)


def print_inventory(*, contents: Sequence[CourseContent], facts: PaperFacts, form: PaperFormat) -> PrintedPaper:
    """Return the inventory (资源情况) of an institution's courses; `FontsMissing` as above."""
    return _printed(papers.inventory(contents, facts), form)


def draw_flow(*, content: CourseContent, pace: Pace) -> SafeString:
    """Return the training flow (培训流程) as SVG that may stand within a page."""
    return papers.flow_of(content, pace).svg


def _printed(paper: papers.Paper, form: PaperFormat) -> PrintedPaper:
    body = papers.pdf_of(paper, settings.PAPER_FONTS) if form is PaperFormat.PDF else papers.word_of(paper)
    return PrintedPaper(f"{_file_name(paper)}.{form.value}", form.media_type, body)


def _file_name(paper: papers.Paper) -> str:
    """Return title and subject without what file systems refuse."""
    said = f"{paper.title}-{paper.subject}"
    return "".join("_" if sign in '\\/:*?"<>|\n' else sign for sign in said)[:80].strip(" .")
