"""What runs in the cage: `python -m jiangxue.enrolment.intake.caged`; the file comes on its input, and it answers with JSON."""

import codecs
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from jiangxue.enrolment.errors import UnreadableRoster
from jiangxue.enrolment.intake.limits import WALLS
from jiangxue.enrolment.intake.shaping import TooMuch
from jiangxue.enrolment.intake.texts import sheets_of_text
from jiangxue.enrolment.intake.workbooks import sheets_of_ole, sheets_of_zip
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.shapes import Sheet
from jiangxue.kernel.cage import confine
from jiangxue.kernel.caged_answer import REFUSED
from jiangxue.kernel.view import View

_READERS: tuple[tuple[bytes, Callable[[bytes], list[Sheet]]], ...] = (
    (b"PK\x03\x04", sheets_of_zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", sheets_of_ole),
)
_OTHERS = (
    b"%PDF",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)


def main() -> int:
    """Say what the file shows, or which fault it has."""
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        codecs.lookup(encoding)  # afterwards nothing is loaded any more
    confine(WALLS, View())
    try:
        sheets = read(sys.stdin.buffer.read())
        answer, status = json.dumps({"sheets": [asdict(sheet) for sheet in sheets]}, ensure_ascii=False), 0
    except UnreadableRoster as refused:
        answer, status = json.dumps({"fault": refused.fault}), REFUSED
    except (TooMuch, MemoryError, RecursionError):
        answer, status = json.dumps({"fault": FileFault.TOO_MUCH}), REFUSED
    sys.stdout.write(answer)
    return status


def read(content: bytes) -> list[Sheet]:
    """Return the sheets of a file by its content, whatever its name says, or raise `UnreadableRoster` or `TooMuch`."""
    if not content.strip(b"\0 \r\n\t"):
        raise UnreadableRoster(FileFault.EMPTY)
    if content.startswith(_OTHERS):
        raise UnreadableRoster(FileFault.NOT_A_TABLE)
    reader = next((each for beginning, each in _READERS if content.startswith(beginning)), sheets_of_text)
    return reader(content)


if __name__ == "__main__":
    sys.exit(main())
