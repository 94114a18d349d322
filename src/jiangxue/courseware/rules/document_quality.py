"""How large a page is drawn, and what the quality report (质量检测报告) says of a document. Pure. Clause T1.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict

LEAST_IMAGE_SIDE_PX = 720
"""The shorter side from which a picture is sharp on a page; that of the smallest film without a warning."""

LONGEST_SIDE_PX = 16_383
"""What WebP can hold."""

_NAMED_FONTS = 5


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height, in whatever unit."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Width and height in whole pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageFound:
    """What was found on a page: its size in pixels (that of a photo before it was made smaller), whether it has text, the fonts that it only names."""

    width: int
    height: int
    has_text: bool
    missing_fonts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What was found in a document; `lacking_fonts` are asked for by a Word or PPT file and not on the machine that converted it."""

    kind: FileKind
    pages: tuple[PageFound, ...]
    most_pages: int
    lacking_fonts: tuple[str, ...] = ()


def picture_size(page: PageSize, width_px: int, most_pixels: int) -> PictureSize:
    """Return the size in which a page is drawn: of the wished width, smaller where it would have too many pixels or too long a side."""
    scale = width_px / page.width
    scale = min(scale, sqrt(most_pixels / (page.width * page.height)), LONGEST_SIDE_PX / max(page.width, page.height))
    return PictureSize(max(1, int(page.width * scale)), max(1, int(page.height * scale)))


def report_of_document(facts: DocumentFacts) -> QualityReport:
    """Return the report of a document: pages and fonts, and what is missing on which page; nothing in it refuses a document."""
    findings = [_pages(facts)]
    if facts.kind is FileKind.IMAGE:
        findings += [_resolution(facts.pages[0])]
    else:
        findings += [_fonts(facts), _text(facts.pages)]
    return QualityReport(facts.kind.lesson_kind, len(facts.pages), tuple(findings))


def marks_of(numbers: Iterable[int]) -> tuple[Mark, ...]:
    """Return numbers of pages, which are in order, as stretches without gaps."""
    marks: list[Mark] = []
    for number in numbers:
        if marks and marks[-1].until == number - 1:
            marks[-1] = Mark(marks[-1].at, number)
        else:
            marks.append(Mark(number, number))
    return tuple(marks)


def _pages(facts: DocumentFacts) -> Finding:
    return Finding(Check.PAGES, str(len(facts.pages)), f"≤ {facts.most_pages}", Verdict.PASS)


def _fonts(facts: DocumentFacts) -> Finding:
    missing = sorted({name for page in facts.pages for name in page.missing_fonts} | set(facts.lacking_fonts))
    numbers = [number for number, page in enumerate(facts.pages, 1) if page.missing_fonts]
    said = ", ".join(missing[:_NAMED_FONTS]) + (
        f" +{len(missing) - _NAMED_FONTS}" if len(missing) > _NAMED_FONTS else ""
    )
    return Finding(Check.FONTS, said or "0", "0", Verdict.WARN if missing else Verdict.PASS, marks_of(numbers))


def _text(pages: Sequence[PageFound]) -> Finding:
    """Tell pages without text: nothing on them can be read aloud. Value and limit are pages with text and all pages."""
    without = [number for number, page in enumerate(pages, 1) if not page.has_text]
    value, limit = f"{len(pages) - len(without)} / {len(pages)}", f"{len(pages)} / {len(pages)}"
    return Finding(Check.TEXT, value, limit, Verdict.WARN if without else Verdict.PASS, marks_of(without))


def _resolution(page: PageFound) -> Finding:
    is_sharp = min(page.width, page.height) >= LEAST_IMAGE_SIDE_PX
    verdict = Verdict.PASS if is_sharp else Verdict.WARN
    return Finding(Check.RESOLUTION, f"{page.width}×{page.height}", f"≥ {LEAST_IMAGE_SIDE_PX}", verdict)
