"""Documents become pages, whole or not at all. The conversions are real ones."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageStat

from jiangxue.courseware.intake import FileRefused
from jiangxue.courseware.paging import PagedDocument, PagingLimits, read_document, write_pages
from jiangxue.courseware.paging.office import pdf_of_office
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, Verdict
from tests.domains.courseware import honest

FIRST, SECOND = "安全生产培训", "第二页"
_ORIENTATION, _PLACE = 0x0112, 0x8825


@dataclass(frozen=True)
class Made:
    folder: Path
    document: PagedDocument

    def text(self, page: int) -> str:
        return (self.folder / "pages" / f"{page:04d}.txt").read_text(encoding="utf-8")

    def picture(self, page: int) -> Image.Image:
        with Image.open(self.folder / "pages" / f"{page:04d}.webp") as picture:
            picture.load()
            return picture

    def finding(self, check: Check) -> Finding:
        return next(finding for finding in self.document.report.findings if finding.check is check)


def make(place: Path, kind: FileKind, content: bytes, limits: PagingLimits | None = None) -> Made:
    (place / "source").write_bytes(content)
    folder = place / "made"
    folder.mkdir()
    return Made(folder, write_pages(place / "source", kind, folder, limits=limits or PagingLimits()))


_MAKERS: dict[FileKind, Callable[[dict[str, bytes]], bytes]] = {
    FileKind.DOCX: lambda old: honest.word(FIRST, SECOND, font="宋体"),
    FileKind.PPTX: lambda old: honest.slides(FIRST, SECOND),
    FileKind.PDF: lambda old: honest.pdf(FIRST, SECOND),
    FileKind.DOC: lambda old: old["doc"],
    FileKind.PPT: lambda old: old["ppt"],
}


@pytest.fixture(scope="module", params=_MAKERS, ids=lambda kind: kind.value)
def made(request: pytest.FixtureRequest, old_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp(request.param), request.param, _MAKERS[request.param](old_files))


def test_each_page_becomes_a_picture(made: Made) -> None:
    assert sorted(path.name for path in made.folder.iterdir()) == ["document.json", "pages"]
    assert sorted(path.name for path in (made.folder / "pages").iterdir()) == [
        "0001.txt",
        "0001.webp",
        "0002.txt",
        "0002.webp",
    ]


def test_a_picture_has_the_size_that_the_record_says(made: Made) -> None:
    assert tuple(made.picture(page).size for page in (1, 2)) == made.document.page_sizes


def test_an_upright_page_is_1400_wide_and_a_broad_one_1600(made: Made) -> None:
    width, height = made.document.page_sizes[0]
    assert width == (1600 if width > height else 1400)


def test_the_text_of_a_page_lies_beside_it(made: Made) -> None:
    assert made.text(1) in (FIRST, "消防安全")
    assert made.text(2) in (SECOND, "第二张")


def test_a_picture_is_not_blank(made: Made) -> None:
    assert all(ImageStat.Stat(made.picture(page).convert("L")).stddev[0] > 1 for page in (1, 2))


def test_the_record_reads_back_what_was_made(made: Made) -> None:
    assert read_document(made.folder) == made.document


def test_the_report_counts_the_pages_and_finds_their_text(made: Made) -> None:
    assert (made.document.report.length, made.finding(Check.TEXT).value) == (2, "2 / 2")


def test_nothing_is_said_of_fonts_where_all_are_known(made: Made) -> None:
    assert made.finding(Check.FONTS).value == "0"


@pytest.mark.parametrize(
    ("asked", "used"),
    [("宋体", "NotoSerifCJKsc"), ("SimSun", "NotoSerifCJKsc"), ("微软雅黑", "NotoSansCJKsc"), ("", "CJKsc")],
)
def test_a_font_of_windows_becomes_a_chinese_one(tmp_path: Path, asked: str, used: str) -> None:
    (tmp_path / "source").write_bytes(honest.word(FIRST, font=asked))
    pdf = pdf_of_office(tmp_path / "source", FileKind.DOCX, tmp_path / "work", PagingLimits()).pdf
    with pikepdf.open(pdf) as opened:
        names = [
            str(each.BaseFont)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        ]
    assert any(used in name for name in names), names


def test_a_chart_is_drawn(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PPTX, honest.slides_with_chart())
    assert "一季度" in made.text(1)


def test_a_font_that_nobody_has_is_a_warning(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.DOCX, honest.word(FIRST, font="没有人有的字体"))
    assert (made.finding(Check.FONTS).value, made.finding(Check.FONTS).verdict) == ("没有人有的字体", Verdict.WARN)


def test_a_font_that_a_pdf_only_names_is_a_warning_with_its_pages(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(honest.pdf("one", "two", font=""))) as opened:
        named = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.SimSun)
        opened.pages[1].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=named))
        kept = io.BytesIO()
        opened.save(kept)
    made = make(tmp_path, FileKind.PDF, kept.getvalue())
    assert (made.finding(Check.FONTS).value, made.finding(Check.FONTS).marks) == ("SimSun", (Mark(2, 2),))


def test_a_standard_font_of_pdf_is_no_warning(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PDF, honest.pdf("one", font=""))
    assert made.finding(Check.FONTS).verdict is Verdict.PASS


def test_a_page_without_text_is_a_warning_with_its_number(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PDF, honest.pdf("one", "", "three"))
    assert (made.finding(Check.TEXT).value, made.finding(Check.TEXT).marks) == ("2 / 3", (Mark(2, 2),))
    assert made.text(2) == ""


# --- pictures ---


def test_a_photo_becomes_one_page_of_1600_pixels(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.IMAGE, honest.picture(size=(4000, 3000)))
    assert made.document.page_sizes == ((1600, 1200),)
    assert made.finding(Check.RESOLUTION).value == "4000×3000"


def test_a_small_picture_is_not_blown_up_and_is_a_warning(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.IMAGE, honest.picture("PNG", size=(600, 400)))
    assert made.document.page_sizes == ((600, 400),)
    assert made.finding(Check.RESOLUTION).verdict is Verdict.WARN


def test_a_photo_of_a_phone_held_upright_stays_upright_and_loses_what_the_phone_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[_PLACE] = {1: "N", 2: (31.0, 14.0, 0.0)}
    made = make(tmp_path, FileKind.IMAGE, honest.picture(size=(2000, 1000), exif=exif.tobytes()))
    assert made.document.page_sizes == ((1000, 2000),)
    # The bright left half comes up by a quarter turn to the right.
    picture = made.picture(1).convert("L")
    assert picture.getpixel((500, 100)) > picture.getpixel((500, 1900)) + 100
    assert dict(made.picture(1).getexif()) == {}


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    kept = io.BytesIO()
    Image.new("RGBA", (800, 800), (0, 0, 0, 0)).save(kept, "PNG")
    made = make(tmp_path, FileKind.IMAGE, kept.getvalue())
    assert made.picture(1).convert("RGB").getpixel((400, 400)) == (255, 255, 255)


# --- whole or not at all ---


def test_a_changed_byte_makes_the_document_incomplete(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PDF, honest.pdf("one"))
    (made.folder / "pages" / "0001.txt").write_text("other")
    assert read_document(made.folder) is None


def test_a_missing_page_makes_the_document_incomplete(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PDF, honest.pdf("one", "two"))
    (made.folder / "pages" / "0002.webp").unlink()
    assert read_document(made.folder) is None


def test_the_same_source_makes_the_same_pages(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    content = honest.pdf("one")
    assert make(tmp_path / "a", FileKind.PDF, content).document == make(tmp_path / "b", FileKind.PDF, content).document


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.IMAGE])
def test_noise_is_refused_and_leaves_nothing(tmp_path: Path, kind: FileKind) -> None:
    with pytest.raises(FileRefused) as refused:
        make(tmp_path, kind, bytes(range(256)) * 10)
    assert refused.value.fault is FileFault.DAMAGED
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.DOCX])
def test_too_many_pages_are_refused_and_leave_nothing(tmp_path: Path, kind: FileKind) -> None:
    content = honest.pdf("one", "two") if kind is FileKind.PDF else honest.word("one", "two")
    with pytest.raises(FileRefused) as refused:
        make(tmp_path, kind, content, PagingLimits(most_pages=1))
    assert (refused.value.fault, refused.value.detail) == (FileFault.TOO_MANY_PAGES, "2 > 1")
    assert list((tmp_path / "made").iterdir()) == []


def test_pages_of_too_many_pixels_are_drawn_smaller(tmp_path: Path) -> None:
    made = make(tmp_path, FileKind.PDF, honest.pdf("one"), PagingLimits(most_page_pixels=100_000))
    width, height = made.document.page_sizes[0]
    assert 90_000 < width * height <= 100_000


def test_a_film_has_no_pages(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="video"):
        make(tmp_path, FileKind.VIDEO, b"film")


def test_progress_ends_at_1000(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(honest.pdf("one", "two"))
    (tmp_path / "made").mkdir()
    write_pages(tmp_path / "source", FileKind.PDF, tmp_path / "made", progress=tmp_path / "progress")
    assert (tmp_path / "progress").read_text() == "1000"


def test_two_documents_are_converted_at_once(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("a", "b")]
    for place in places:
        place.mkdir()
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda place: make(place, FileKind.DOCX, honest.word(place.name)), places))
    assert [each.text(1) for each in made] == ["a", "b"]
