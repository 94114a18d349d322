"""Files that must be refused, each made in code from an honest one, and the honest ones themselves."""

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import fpdf
import olefile
import pikepdf
import pptx
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from jiangxue.courseware.intake import find_office

CJK_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Bad:
    """A file, the name that it is sent under, and the fault that must be found."""

    make: Callable[[], bytes]
    name: str
    fault: str


# --- honest files ---


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
    return _saved(document.save)


def slides(*titles: str) -> bytes:
    """Return a PPT file with one slide for each title."""
    presentation = pptx.Presentation()
    for title in titles or ("消防安全",):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    return _saved(presentation.save)


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
    return _saved(presentation.save)


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
    return _saved(lambda kept: image.save(kept, format_, **options))


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


# --- zips ---


def with_parts(content: bytes, **changes: bytes | Callable[[bytes], bytes]) -> bytes:
    """Return a zip with parts added or changed; `__` in a name stands for a slash, `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): change for name, change in changes.items()}
    return changed_zip(content, named)


def changed_zip(content: bytes, changes: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return a zip with parts added or changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            change = changes.get(part, old.read(part))
            new.writestr(part, change(old.read(part)) if callable(change) else change)
        for part in changes.keys() - set(old.namelist()):
            new.writestr(part, changes[part])
    return kept.getvalue()


def word_with_relationship(kind: str, target: str, mode: str = "External") -> bytes:
    """Return a Word file whose text has one more relationship."""
    line = f'<Relationship Id="rId99" Type="{_RELATIONSHIPS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return changed_zip(
        word(),
        {
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                b"</Relationships>", line.encode() + b"</Relationships>"
            )
        },
    )


def word_with_body(xml: str) -> bytes:
    """Return a Word file with a further paragraph of raw XML."""
    return changed_zip(
        word(),
        {"word/document.xml": lambda old: old.replace(b"<w:body>", b"<w:body><w:p>" + xml.encode() + b"</w:p>", 1)},
    )


def field(*instruction: str) -> str:
    """Return a field whose instruction is strewn over several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instruction)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def word_with_main_type(content_type: str) -> bytes:
    """Return a Word file whose text bears another content type."""
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed_zip(word(), {"[Content_Types].xml": lambda xml: xml.replace(usual, content_type.encode())})


def word_with_doctype() -> bytes:
    """Return a Word file with entities that would grow a billion times."""
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return changed_zip(word(), {"word/styles.xml": lambda xml: xml.replace(b"?>", b"?>" + entities, 1)})


def word_with_deep_xml(depth: int) -> bytes:
    """Return a Word file with a part that is nested deep."""
    return changed_zip(word(), {"word/deep.xml": b"<a>" * depth + b"</a>" * depth})


def word_of_zeros(size: int) -> bytes:
    """Return a Word file with a part that packs a thousand times smaller."""
    return changed_zip(word(), {"word/media/zeros.emf": bytes(size)})


def word_with_many_parts(count: int) -> bytes:
    """Return a Word file with many small parts."""
    return changed_zip(word(), {f"word/media/{at}.txt": b"" for at in range(count)})


def word_with_lying_length() -> bytes:
    """Return a Word file whose directory states less for one part than unpacks from it."""
    content = bytearray(changed_zip(word(), {"word/media/long.txt": b"a" * 5000}))
    stated = struct.pack("<I", 5000)
    for at in [at for at in range(len(content) - 4) if content[at : at + 4] == stated]:
        content[at : at + 4] = struct.pack("<I", 100)
    return bytes(content)


def word_with_encrypted_part() -> bytes:
    """Return a Word file whose directory says that a part is locked."""
    content = bytearray(word())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def word_with_doubled_part() -> bytes:
    """Return a Word file with two texts, of which each reader may take another."""
    kept = io.BytesIO(word())
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("Word/Document.xml", b"<a/>")
    return kept.getvalue()


def plain_zip() -> bytes:
    """Return a zip that is no document."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("letter.txt", "hello")
    return kept.getvalue()


def workbook() -> bytes:
    """Return the workbook of a chart."""
    with zipfile.ZipFile(io.BytesIO(slides_with_chart())) as archive:
        return archive.read(next(part for part in archive.namelist() if part.endswith(".xlsx")))


def chart_with_workbook(inner: bytes) -> bytes:
    """Return a PPT file whose chart keeps its numbers in something else."""
    content = slides_with_chart()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = next(part for part in archive.namelist() if part.endswith(".xlsx"))
    return changed_zip(content, {part: inner})


def slides_with_action(action: str) -> bytes:
    """Return a PPT file in which a click does something."""
    link = f'<a:hlinkClick xmlns:r="{_RELATIONSHIPS}" r:id="" action="{action}"/>'.encode()
    return changed_zip(
        slides(),
        {
            "ppt/slides/slide1.xml": lambda xml: xml.replace(
                b'name="Title 1"/>', b'name="Title 1">' + link + b"</p:cNvPr>"
            )
        },
    )


# --- compound files ---


def with_entry_renamed(content: bytes, old: str, new: str) -> bytes:
    """Return a compound file in which one stream bears another name."""
    before = old.encode("utf-16-le").ljust(64, b"\0")
    at = content.index(before)
    after = new.encode("utf-16-le")
    entry = after.ljust(64, b"\0") + struct.pack("<H", len(after) + 2)
    return content[:at] + entry + content[at + len(entry) :]


def with_stream_patched(content: bytes, stream: str, at: int, new: bytes) -> bytes:
    """Return a compound file with some bytes of a stream changed."""
    kept = io.BytesIO(content)
    with olefile.OleFileIO(kept, write_mode=True) as ole:
        old = ole.openstream(stream).read()
        at = at if at >= 0 else len(old) + at
        if ole.get_size(stream) >= ole.minisectorcutoff:
            ole.write_stream(stream, old[:at] + new + old[at + len(new) :])
            return kept.getvalue()
    # olefile writes no small streams; theirs lie in one piece here.
    place = content.index(old)
    return content[: place + at] + new + content[place + at + len(new) :]


# --- PDF ---


def pdf_with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a PDF changed by hand."""
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        change(opened)
        return _saved(opened.save)


def _opens_with(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.OpenAction = action

    return change


def pdf_with_script() -> bytes:
    """Return a PDF that runs a script when it is opened."""
    return pdf_with(_opens_with(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))))


def pdf_with_hidden_script() -> bytes:
    """Return a PDF with a script in an object that nothing names."""

    def change(opened: pikepdf.Pdf) -> None:
        hidden = pikepdf.Dictionary(Inner=pikepdf.Array([pikepdf.Dictionary(JS=pikepdf.String("app.alert(1)"))]))
        opened.Root.Odd = opened.make_indirect(hidden)

    return pdf_with(change)


def pdf_with_launch() -> bytes:
    """Return a PDF that starts a program when it is opened."""
    return pdf_with(_opens_with(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))))


def pdf_that_goes_to_a_page() -> bytes:
    """Return an honest PDF that is opened at its first page."""

    def change(opened: pikepdf.Pdf) -> None:
        goal = pikepdf.Array([opened.pages[0].obj, pikepdf.Name.Fit])
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=goal)

    return pdf_with(change)


def pdf_with_attachment() -> bytes:
    """Return a PDF that carries another file."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.attachments["letter.txt"] = b"hello"

    return pdf_with(change)


def pdf_with_xfa() -> bytes:
    """Return a PDF with a form that is a program."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=opened.make_stream(b"<xdp/>"))

    return pdf_with(change)


def pdf_with_outside_stream() -> bytes:
    """Return a PDF whose content lies in another file."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Contents = opened.make_stream(b"", F=pikepdf.String("/etc/passwd"))

    return pdf_with(change)


def pdf_with_flate_bomb(size: int) -> bytes:
    """Return a PDF with a stream that grows a thousand times."""

    def change(opened: pikepdf.Pdf) -> None:
        packing = zlib.compressobj()
        packed = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(size >> 20)) + packing.flush()
        stream = opened.make_stream(b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        opened.pages[0].obj.Contents = stream

    return pdf_with(change)


def pdf_with_huge_picture() -> bytes:
    """Return a PDF with a picture that says to be enormous."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.Odd = opened.make_stream(b"", Subtype=pikepdf.Name.Image, Width=50_000, Height=50_000)

    return pdf_with(change)


def pdf_with_password(user: str, owner: str = "owner") -> bytes:
    """Return a locked PDF; without a user's password it opens for everybody, and only asks not to be copied."""
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        return _saved(lambda kept: opened.save(kept, encryption=pikepdf.Encryption(owner=owner, user=user)))


def pdf_without_pages() -> bytes:
    """Return a PDF that has none."""
    return _saved(pikepdf.new().save)


# --- pictures ---


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is, and holds little."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def tiff_of_pages(count: int) -> bytes:
    """Return a TIFF with several pictures."""
    first, *more = [Image.new("RGB", (200, 200), "navy") for _ in range(count)]
    return _saved(lambda kept: first.save(kept, "TIFF", save_all=True, append_images=more))


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    kept = io.BytesIO()
    save(kept)
    return kept.getvalue()
