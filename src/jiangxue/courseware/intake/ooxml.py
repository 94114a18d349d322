"""Word and PPT files since 2007: a zip of XML parts and of relationships between them (ECMA-376). Only in the caged process."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.fields import hold_fields
from jiangxue.courseware.intake.names import hold_name
from jiangxue.courseware.intake.parts import Element, elements_of, hold_xml
from jiangxue.courseware.intake.shapes import IntakeLimits
from jiangxue.courseware.intake.zips import opened_zip
from jiangxue.courseware.rules.files import FileFault, FileKind

_TYPES = "[Content_Types].xml"
_FORMAT = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_FORMAT}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_FORMAT}presentationml.presentation.main+xml": FileKind.PPTX,
    f"{_FORMAT}presentationml.slideshow.main+xml": FileKind.PPTX,
}
_WORKBOOK = f"{_FORMAT}spreadsheetml.sheet.main+xml"
_KEPT_OUTSIDE = "hyperlink"  # a link is printed, never followed
_MACROS = frozenset(
    {"vbaproject", "wordvbadata", "control", "activexcontrolbinary", "attachedtoolbars", "keymapcustomizations"}
)
_ATTACHED = frozenset({"oleobject", "package", "afchunk", "subdocument", "frame", "embeddedpackage"})
# A target with a scheme, a drive or a server leads outside, whatever its mode says.
_LEADS_OUTSIDE = re.compile(r"\s*[a-z][a-z0-9+.-]*:|\s*(?://|\\)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part: which part has it, the last word of its type, where it leads."""

    source: str
    kind: str
    target: str
    is_outside: bool


def look_at(source: Path, name: str, limits: IntakeLimits) -> FileKind:
    """Return DOCX or PPTX; refuse whatever else a zip may be, and what carries more than its own pages."""
    with opened_zip(source, limits) as archive:
        types = _content_types(archive)
        relationships = _relationships(archive)
        kind = _kind(types, relationships)
        if kind is None:
            raise FileRefused(FileFault.UNKNOWN, "xlsx" if _WORKBOOK in types.values() else "zip")
        _hold_macros(archive, types, relationships)
        hold_name(name, kind)
        _hold_relationships(relationships)
        charts = {each.target for each in relationships if _is_of_chart(each)}
        for part in archive.namelist():
            _hold_part(archive, part, charts, limits)
    return kind


def _kind(types: dict[str, str], relationships: list[Relationship]) -> FileKind | None:
    mains = {each.target for each in relationships if each.source == "" and each.kind == "officedocument"}
    if len(mains) != 1:
        return None
    main = types.get(mains.pop(), "")
    if "macroenabled" in main.lower():
        raise FileRefused(FileFault.MACRO, "macroEnabled")
    return _MAIN.get(main)


def _content_types(archive: ZipFile) -> dict[str, str]:
    """Return the content type of each part that is named one."""
    if _TYPES not in archive.namelist():
        raise FileRefused(FileFault.UNKNOWN, "zip")
    found = [each.attributes for each in elements_of(archive.read(_TYPES)) if each.name in ("Override", "Default")]
    return {
        each.get("PartName", "*." + each.get("Extension", "")).removeprefix("/"): each.get("ContentType", "")
        for each in found
    }


def _relationships(archive: ZipFile) -> list[Relationship]:
    return [
        _relationship(part, element)
        for part in archive.namelist()
        if part.lower().endswith(".rels")
        for element in elements_of(archive.read(part))
        if element.name == "Relationship"
    ]


def _relationship(part: str, element: Element) -> Relationship:
    folder, _, file = part.rpartition("_rels/")
    attributes = element.attributes
    target = attributes.get("Target", "")
    is_outside = attributes.get("TargetMode", "").lower() == "external" or _LEADS_OUTSIDE.match(target) is not None
    return Relationship(
        source=folder + file.removesuffix(".rels"),
        kind=attributes.get("Type", "").rpartition("/")[2].lower(),
        target=target if is_outside else _resolved(folder, target),
        is_outside=is_outside,
    )


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in PurePosixPath(folder, target).parts:
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    return "/".join(steps)


def _hold_macros(archive: ZipFile, types: dict[str, str], relationships: list[Relationship]) -> None:
    for content_type in types.values():
        if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
            raise FileRefused(FileFault.MACRO, content_type.rpartition("/")[2])
    named = [part for part in archive.namelist() if "vbaproject" in part.lower() or "/activex/" in part.lower()]
    named += [each.kind for each in relationships if each.kind in _MACROS]
    if named:
        raise FileRefused(FileFault.MACRO, named[0])


def _hold_relationships(relationships: list[Relationship]) -> None:
    for each in relationships:
        if each.is_outside and each.kind != _KEPT_OUTSIDE:
            raise FileRefused(FileFault.OUTSIDE_REFERENCE, each.kind)
        if each.kind in _ATTACHED and not _is_of_chart(each):
            raise FileRefused(FileFault.ATTACHMENT, each.kind)


def _is_of_chart(relationship: Relationship) -> bool:
    """A chart keeps its numbers in a workbook of its own; that one is looked at as well."""
    return relationship.kind == "package" and "/charts/" in relationship.source


def _hold_part(archive: ZipFile, part: str, charts: set[str], limits: IntakeLimits) -> None:
    with archive.open(part) as content:
        start = content.read(len(_OLE))
    if part in charts:
        _hold_workbook(archive, part, limits)
    elif start == _OLE or start.startswith(_ZIP):
        raise FileRefused(FileFault.ATTACHMENT, part)
    elif part.lower().endswith((".xml", ".rels", ".vml")):
        content_of_part = archive.read(part)
        hold_xml(content_of_part, limits)
        hold_fields(content_of_part)


def _hold_workbook(archive: ZipFile, part: str, limits: IntakeLimits) -> None:
    """Accept the numbers of a chart when they are a plain workbook and hold no zip in turn."""
    with archive.open(part) as content, opened_zip(content, limits) as workbook:
        types = _content_types(workbook)
        relationships = _relationships(workbook)
        _hold_macros(workbook, types, relationships)
        _hold_relationships(relationships)
        if _WORKBOOK not in types.values():
            raise FileRefused(FileFault.ATTACHMENT, part)
        for inner in workbook.namelist():
            _hold_part(workbook, inner, set(), limits)
