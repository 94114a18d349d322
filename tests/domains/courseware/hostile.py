"""Word and PPT files that must be refused, each made in code from an honest one."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import olefile

from tests.domains.courseware import honest

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Bad:
    """A file, the name that it is sent under, and the fault that must be found."""

    make: Callable[[], bytes]
    name: str
    fault: str


# --- zips ---


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
        honest.word(),
        {
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                b"</Relationships>", line.encode() + b"</Relationships>"
            )
        },
    )


def word_with_body(xml: str) -> bytes:
    """Return a Word file with a further paragraph of raw XML."""
    return changed_zip(
        honest.word(),
        {"word/document.xml": lambda old: old.replace(b"<w:body>", b"<w:body><w:p>" + xml.encode() + b"</w:p>", 1)},
    )


def field(*instruction: str) -> str:
    """Return a field whose instruction is strewn over several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instruction)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def word_with_main_type(content_type: str) -> bytes:
    """Return a Word file whose text bears another content type."""
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed_zip(honest.word(), {"[Content_Types].xml": lambda xml: xml.replace(usual, content_type.encode())})


def word_with_doctype() -> bytes:
    """Return a Word file with entities that would grow a billion times."""
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return changed_zip(honest.word(), {"word/styles.xml": lambda xml: xml.replace(b"?>", b"?>" + entities, 1)})


def word_with_deep_xml(depth: int) -> bytes:
    """Return a Word file with a part that is nested deep."""
    return changed_zip(honest.word(), {"word/deep.xml": b"<a>" * depth + b"</a>" * depth})


def word_of_zeros(size: int) -> bytes:
    """Return a Word file with a part that packs a thousand times smaller."""
    return changed_zip(honest.word(), {"word/media/zeros.emf": bytes(size)})


def word_with_many_parts(count: int) -> bytes:
    """Return a Word file with many small parts."""
    return changed_zip(honest.word(), {f"word/media/{at}.txt": b"" for at in range(count)})


def word_with_lying_length() -> bytes:
    """Return a Word file whose directory states less for one part than unpacks from it."""
    content = bytearray(changed_zip(honest.word(), {"word/media/long.txt": b"a" * 5000}))
    stated = struct.pack("<I", 5000)
    for at in [at for at in range(len(content) - 4) if content[at : at + 4] == stated]:
        content[at : at + 4] = struct.pack("<I", 100)
    return bytes(content)


def word_with_encrypted_part() -> bytes:
    """Return a Word file whose directory says that a part is locked."""
    content = bytearray(honest.word())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def word_with_doubled_part() -> bytes:
    """Return a Word file with two texts, of which each reader may take another."""
    kept = io.BytesIO(honest.word())
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("Word/Document.xml", b"<a/>")
    return kept.getvalue()


def plain_zip() -> bytes:
    """Return a zip that is no document."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("letter.txt", "hello")
    return kept.getvalue()


def chart_with_workbook(inner: bytes) -> bytes:
    """Return a PPT file whose chart keeps its numbers in something else."""
    content = honest.slides_with_chart()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = next(part for part in archive.namelist() if part.endswith(".xlsx"))
    return changed_zip(content, {part: inner})


def slides_with_action(action: str) -> bytes:
    """Return a PPT file in which a click does something."""
    link = f'<a:hlinkClick xmlns:r="{_RELATIONSHIPS}" r:id="" action="{action}"/>'.encode()
    return changed_zip(
        honest.slides(),
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
