"""For which fonts a Word or PPT file asks. Only in the caged process.

Sources: ECMA-376 (rFonts, latin, ea), MS-DOC (SttbfFfn at fcSttbfFfn), MS-PPT (FontEntityAtom).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import olefile  # type: ignore[import-untyped]

from jiangxue.courseware.intake.ole import records
from jiangxue.courseware.intake.parts import Element, parse
from jiangxue.courseware.rules.files import FileKind

_PARTS = re.compile(
    r"word/(document|styles|header\d*|footer\d*)\.xml|ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml"
)
_WORD_ATTRIBUTES = ("ascii", "hAnsi", "eastAsia")
_SLIDE_ELEMENTS = frozenset({"latin", "ea"})
_FIB_FLAGS_AT, _FIB_SECOND_TABLE = 0x0A, 0x0200
_FIB_FONTS_AT = 0x0112
_NAME_IN_FONT_AT = 39
_FONT_ENTITY, _FACE_NAME = 0x0FB7, 64


def asked_fonts(document: Path, kind: FileKind) -> list[str]:
    """Return the names of all fonts for which a document asks, sorted; those of its theme come under the theme's names and are left out."""
    if kind in (FileKind.DOCX, FileKind.PPTX):
        names = set(_of_parts(document))
    else:
        with olefile.OleFileIO(document) as ole:
            names = set(_of_word(ole) if kind is FileKind.DOC else _of_slides(ole))
    return sorted(name for name in names if name.strip() and not name.startswith("+"))


def _of_parts(document: Path) -> list[str]:
    found: list[str] = []

    def start(element: Element) -> None:
        if element.name == "rFonts":
            found.extend(element.attributes[key] for key in _WORD_ATTRIBUTES if key in element.attributes)
        elif element.name in _SLIDE_ELEMENTS:
            found.append(element.attributes.get("typeface", ""))

    with ZipFile(document) as archive:
        for part in archive.namelist():
            if _PARTS.fullmatch(part):
                parse(archive.read(part), start=start)
    return found


def _of_word(ole: olefile.OleFileIO) -> Iterator[str]:
    fib = ole.openstream("WordDocument").read()
    flags = int.from_bytes(fib[_FIB_FLAGS_AT : _FIB_FLAGS_AT + 2], "little")
    table = ole.openstream("1Table" if flags & _FIB_SECOND_TABLE else "0Table").read()
    start, length = (int.from_bytes(fib[at : at + 4], "little") for at in (_FIB_FONTS_AT, _FIB_FONTS_AT + 4))
    fonts = table[start : start + length]
    at = 4
    while at < len(fonts):
        size = fonts[at]
        font = fonts[at + 1 : at + 1 + size]
        yield font[_NAME_IN_FONT_AT:].decode("utf-16-le", "replace").partition("\0")[0]
        at += 1 + size


def _of_slides(ole: olefile.OleFileIO) -> Iterator[str]:
    for record in records(ole.openstream("PowerPoint Document").read()):
        if record.kind == _FONT_ENTITY:
            yield record.content[:_FACE_NAME].decode("utf-16-le", "replace").partition("\0")[0]
