"""The way to LibreOffice, which runs in the cage: Word and PPT files become PDF."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jiangxue.courseware.intake.cage import answer_from_cage, require_office
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.paging.shapes import PagingLimits
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.kernel.cage import BeyondWalls, run_caged

NETWORK_IS_OPEN = 4
# Seen: with a new profile the program ends with this status at once, and asks to be started again.
_START_AGAIN = 81
_MOST_STARTS = 3
_CAGED = "jiangxue.courseware.paging.caged_office"
_FONTS = "jiangxue.courseware.paging.caged_fonts"


@dataclass(frozen=True, slots=True)
class Converted:
    """The PDF that LibreOffice made, and the fonts for which the file asks."""

    pdf: Path
    asked_fonts: tuple[str, ...]


def pdf_of_office(source: Path, kind: FileKind, work: Path, limits: PagingLimits) -> Converted:
    """Convert a Word or PPT file in a work folder of its own, with a profile of its own; the program's status is not believed.

    Raises `FileRefused`: NOT_READY, OVER_BUDGET, or DAMAGED when no PDF came of it.
    """
    program = require_office(limits.office_program)
    work.mkdir()
    # LibreOffice asks the name as well what a file is; this one is ours.
    copy = shutil.copyfile(source, work / f"document.{kind.value}")
    arguments = (str(program.resolve()), str(copy.absolute()), json.dumps(asdict(limits)))
    try:
        for _ in range(_MOST_STARTS):
            done = run_caged(_CAGED, *arguments, walls=limits.office_walls)
            if done.returncode != _START_AGAIN:
                break
    except BeyondWalls as beyond:
        raise FileRefused(FileFault.OVER_BUDGET, str(beyond)) from beyond
    if done.returncode == NETWORK_IS_OPEN:
        raise FileRefused(FileFault.NOT_READY, "network namespace")
    pdf = copy.with_suffix(".pdf")
    if pdf.is_symlink() or not pdf.is_file() or pdf.stat().st_size == 0:
        fault = FileFault.CRASHED if done.returncode != 0 else FileFault.DAMAGED
        raise FileRefused(fault, f"exit {done.returncode}")
    arguments = (str(copy.absolute()), kind.value, json.dumps(asdict(limits)))
    return Converted(pdf, answer_from_cage(_FONTS, *arguments, walls=limits.pages_walls, read=_fonts))


def _fonts(values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(font) for font in values["fonts"])
