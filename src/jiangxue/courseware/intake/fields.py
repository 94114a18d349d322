"""Fields and actions of Word and PPT files that reach for programs or for other files. Only in the caged process."""

import re

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.parts import Element, parse
from jiangxue.courseware.rules.files import FileFault

REACHING = ("DDEAUTO", "DDE", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "RD")
"""Fields whose result comes from outside the file."""

_REACHING = re.compile(rf"\s*({'|'.join(REACHING)})\b", re.IGNORECASE)
_ANY = "|".join(REACHING)
_OLD_NARROW = re.compile(rb"\x13\s*(" + _ANY.encode() + rb")[\s\"\\]", re.IGNORECASE)
_OLD_WIDE = re.compile(
    b"\x13\x00(?:[ \t]\x00)*("
    + b"|".join(b"".join(b"[%c%c]\x00" % (letter, letter + 32) for letter in field.encode()) for field in REACHING)
    + b')[ \t"\\\\]\x00'
)
_ACTIONS = {
    "ppaction://macro": FileFault.MACRO,
    "ppaction://program": FileFault.SCRIPT,
    "ppaction://ole": FileFault.ATTACHMENT,
}


class _Fields:
    """Follows the fields of a part: an instruction may be strewn over many runs, and fields may stand in fields."""

    def __init__(self) -> None:
        self._instructions: list[str] = []
        self._is_instruction = False

    def start(self, element: Element) -> None:
        kind = element.attributes.get("fldCharType")
        if element.name == "fldSimple":
            _hold(element.attributes.get("instr", ""))
        elif element.name == "fldChar" and kind == "begin":
            self._instructions.append("")
        elif element.name == "fldChar" and self._instructions:
            _hold(self._instructions[-1])
            if kind == "end":
                self._instructions.pop()
        self._is_instruction = element.name == "instrText"
        _hold_action(element)

    def text(self, text: str) -> None:
        if self._is_instruction and self._instructions:
            self._instructions[-1] += text

    def end(self, _: str) -> None:
        self._is_instruction = False


def hold_fields(xml: bytes) -> None:
    """Refuse a part in which a field or an action reaches for something outside."""
    fields = _Fields()
    parse(xml, start=fields.start, end=fields.end, text=fields.text)


def hold_old_fields(document: bytes) -> None:
    """Refuse the text of an old Word file (narrow or wide letters) in which a field reaches for something outside."""
    if found := _OLD_NARROW.search(document) or _OLD_WIDE.search(document):
        raise FileRefused(FileFault.OUTSIDE_REFERENCE, found[1].replace(b"\0", b"").decode().upper())


def _hold(instruction: str) -> None:
    if found := _REACHING.match(instruction):
        raise FileRefused(FileFault.OUTSIDE_REFERENCE, found[1].upper())


def _hold_action(element: Element) -> None:
    action = element.attributes.get("action", "").lower()
    for start, fault in _ACTIONS.items():
        if action.startswith(start):
            raise FileRefused(fault, start)
