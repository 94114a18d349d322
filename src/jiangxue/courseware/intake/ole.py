"""Word and PPT files until 2003: streams in a compound file (MS-CFB, MS-DOC, MS-PPT). Only in the caged process."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.fields import hold_old_fields
from jiangxue.courseware.intake.names import hold_name
from jiangxue.courseware.intake.shapes import sample_of
from jiangxue.courseware.rules.files import FileFault, FileKind

_WORD, _SLIDES, _USER = "worddocument", "powerpoint document", "current user"
_LOCKED_PACKAGE = frozenset({"encryptedpackage", "encryptioninfo", "encryptedsummary", "encryption"})
_MACROS = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur"})
_ATTACHED = frozenset({"objectpool", "\x01ole10native"})
_OTHERS = {"workbook": "xls", "book": "xls", "visiodocument": "vsd", "__properties_version1.0": "msg"}
_FIB_FLAGS_AT, _FIB_ENCRYPTED = 0x0A, 0x0100
_USER_TOKEN_AT, _USER_ENCRYPTED = 12, 0xF3D1C4DF
_CONTAINER = 0xF
_VBA_ATOM = 0x0400
_KEPT = 128
_RECORDS = {
    0x0FCC: (FileFault.ATTACHMENT, "ExOleEmbed"),
    0x0FCE: (FileFault.OUTSIDE_REFERENCE, "ExOleLink"),
    0x0FEE: (FileFault.MACRO, "ExControl"),
}
_SECTOR = 512
_SIGNS_OF_A_CUT = ("incomplete", "out of range", "larger than file")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the stream of slides, and the first bytes of what it holds."""

    kind: int
    content: bytes


def look_at(source: Path, name: str) -> FileKind:
    """Return DOC or PPT; refuse whatever else a compound file may be, and what carries more than its own pages."""
    try:
        with olefile.OleFileIO(source, raise_defects=olefile.DEFECT_INCORRECT) as ole:
            return _look_into(ole, name)
    except (OSError, ValueError, IndexError, KeyError) as bad:
        is_cut = sample_of(source).size % _SECTOR or any(sign in str(bad) for sign in _SIGNS_OF_A_CUT)
        raise FileRefused(FileFault.TRUNCATED if is_cut else FileFault.DAMAGED, "ole") from bad


def _look_into(ole: olefile.OleFileIO, name: str) -> FileKind:
    paths = [[step.lower() for step in path] for path in ole.listdir(streams=True, storages=True)]
    tops, steps = {path[0] for path in paths}, {step for path in paths for step in path}
    if tops & _LOCKED_PACKAGE:
        raise FileRefused(FileFault.ENCRYPTED, "ole")
    if _WORD in tops:
        kind = FileKind.DOC
    elif _SLIDES in tops:
        kind = FileKind.PPT
    else:
        raise FileRefused(FileFault.UNKNOWN, next((_OTHERS[top] for top in tops if top in _OTHERS), "ole"))
    if found := steps & _MACROS:
        raise FileRefused(FileFault.MACRO, found.pop())
    hold_name(name, kind)
    contents = {"/".join(path).lower(): ole.openstream(path).read() for path in ole.listdir()}
    if kind is FileKind.DOC:
        _hold_word(contents[_WORD])
    else:
        _hold_slides(contents)
    if any((path[0] == "objectpool" and len(path) > 1) or path[-1] == "\x01ole10native" for path in paths):
        raise FileRefused(FileFault.ATTACHMENT, "ObjectPool")
    return kind


def _hold_word(document: bytes) -> None:
    if int.from_bytes(document[_FIB_FLAGS_AT : _FIB_FLAGS_AT + 2], "little") & _FIB_ENCRYPTED:
        raise FileRefused(FileFault.ENCRYPTED, "doc")
    hold_old_fields(document)


def _hold_slides(contents: dict[str, bytes]) -> None:
    user = contents.get(_USER, b"")
    if int.from_bytes(user[_USER_TOKEN_AT : _USER_TOKEN_AT + 4], "little") == _USER_ENCRYPTED:
        raise FileRefused(FileFault.ENCRYPTED, "ppt")
    for record in records(contents[_SLIDES]):
        if record.kind in _RECORDS:
            raise FileRefused(*_RECORDS[record.kind])
        if record.kind == _VBA_ATOM and int.from_bytes(record.content[4:8], "little"):
            raise FileRefused(FileFault.MACRO, "VbaInfoAtom")


def records(stream: bytes) -> Iterator[Record]:
    """Yield every record: containers hold further records, and are gone into by reading on."""
    at = 0
    while at + 8 <= len(stream):
        version, kind = stream[at] & 0xF, int.from_bytes(stream[at + 2 : at + 4], "little")
        length = int.from_bytes(stream[at + 4 : at + 8], "little")
        at += 8
        if version == _CONTAINER:
            yield Record(kind, b"")
        else:
            yield Record(kind, stream[at : at + min(length, _KEPT)])
            at += length
