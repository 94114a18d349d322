"""How large a page is drawn, and what the quality report says of a document."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.document_quality import (
    LONGEST_SIDE_PX,
    DocumentFacts,
    PageFound,
    PageSize,
    marks_of,
    picture_size,
    report_of_document,
)
from jiangxue.courseware.rules.files import FileKind, LessonKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict

SIDES = st.floats(min_value=3, max_value=15_000)
PAGES = st.lists(st.booleans(), min_size=1, max_size=40)


def _report(kind: FileKind, *pages: PageFound, lacking: tuple[str, ...] = ()) -> QualityReport:
    return report_of_document(DocumentFacts(kind, pages, most_pages=500, lacking_fonts=lacking))


def _finding(report: QualityReport, check: Check) -> Finding:
    return next(finding for finding in report.findings if finding.check is check)


def test_an_upright_sheet_is_drawn_as_wide_as_wished() -> None:
    size = picture_size(PageSize(210, 297), 1400, 8_000_000)
    assert (size.width, size.height) == (1400, 1980)


@given(SIDES, SIDES, st.integers(100, 4000), st.integers(10_000, 50_000_000))
def test_a_drawn_page_never_exceeds_its_width_its_pixels_or_what_webp_holds(
    width: float, height: float, wished: int, most_pixels: int
) -> None:
    size = picture_size(PageSize(width, height), wished, most_pixels)
    assert 1 <= size.width <= wished
    assert 1 <= size.height <= LONGEST_SIDE_PX
    assert size.width * size.height <= max(most_pixels, LONGEST_SIDE_PX)


@given(st.floats(100, 3000), st.floats(100, 3000))
def test_a_drawn_page_keeps_its_shape(width: float, height: float) -> None:
    size = picture_size(PageSize(width, height), 1600, 8_000_000)
    assert abs(size.width / size.height - width / height) / (width / height) < 0.05


@given(st.sets(st.integers(1, 60)))
def test_marks_cover_exactly_the_numbered_pages(numbers: set[int]) -> None:
    marks = marks_of(sorted(numbers))
    assert {page for mark in marks for page in range(mark.at, mark.until + 1)} == numbers
    assert all(before.until + 1 < after.at for before, after in pairwise(marks))


@given(PAGES)
def test_pages_without_text_are_a_warning_with_marks(texts: list[bool]) -> None:
    found = _finding(_report(FileKind.PDF, *(PageFound(9, 9, has) for has in texts)), Check.TEXT)
    assert found.value == f"{sum(texts)} / {len(texts)}"
    assert (found.verdict is Verdict.PASS) == all(texts)
    assert bool(found.marks) != all(texts)


def test_no_finding_about_a_document_is_more_than_a_warning() -> None:
    report = _report(FileKind.DOCX, PageFound(9, 9, False, ("SimSun",)), lacking=("Papyrus",))
    assert report.verdict is Verdict.WARN
    assert report.kind is LessonKind.DOCUMENT


def test_fonts_that_are_missing_are_named_and_marked() -> None:
    pages = (PageFound(9, 9, True), PageFound(9, 9, True, ("SimSun",)), PageFound(9, 9, True, ("SimSun",)))
    found = _finding(_report(FileKind.PDF, *pages), Check.FONTS)
    assert (found.value, found.verdict, found.marks) == ("SimSun", Verdict.WARN, (Mark(2, 3),))


def test_of_many_missing_fonts_the_first_five_are_named() -> None:
    found = _finding(_report(FileKind.DOCX, PageFound(9, 9, True), lacking=tuple("abcdefg")), Check.FONTS)
    assert found.value == "a, b, c, d, e +2"


@pytest.mark.parametrize(
    ("width", "height", "verdict"), [(1280, 720, "pass"), (1280, 719, "warn"), (719, 2000, "warn")]
)
def test_a_picture_is_sharp_from_720_pixels_of_its_shorter_side(width: int, height: int, verdict: str) -> None:
    found = _finding(_report(FileKind.IMAGE, PageFound(width, height, False)), Check.RESOLUTION)
    assert (found.value, found.verdict.value) == (f"{width}×{height}", verdict)


def test_the_report_of_a_document_survives_json() -> None:
    report = _report(FileKind.PDF, PageFound(9, 9, False, ("SimSun",)))
    assert QualityReport.from_values(report.to_values()) == report
