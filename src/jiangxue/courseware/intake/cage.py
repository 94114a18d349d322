"""The way to the caged process in which a file of unknown origin is looked at."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.office_program import find_office
from jiangxue.courseware.intake.shapes import IntakeLimits
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.kernel.cage import BeyondWalls, Walls, can_close_network
from jiangxue.kernel.caged_answer import CageBroke, answer_of, only_sense

OFFICE_KINDS = frozenset({FileKind.DOCX, FileKind.DOC, FileKind.PPTX, FileKind.PPT})
_CAGED = "jiangxue.courseware.intake.caged"
_USUAL = IntakeLimits()


def recognise(source: Path, name: str, *, limits: IntakeLimits = _USUAL, office: Path | None = None) -> FileKind:
    """Return what a file is by its content, or raise `FileRefused`; `name` is what its owner calls it.

    Word and PPT files are refused as NOT_READY on a machine that cannot convert them: no LibreOffice, or no way to take the
    network from it. `office` is its program, where it is not the one that the machine has.
    """
    if not source.is_file() or source.stat().st_size == 0:
        raise FileRefused(FileFault.EMPTY)
    arguments = (str(source.absolute()), name, json.dumps(asdict(limits)))
    kind = answer_from_cage(_CAGED, *arguments, walls=limits.walls, read=lambda values: FileKind(values["kind"]))
    if kind in OFFICE_KINDS:
        require_office(office)
    return kind


def require_office(office: Path | None = None) -> Path:
    """Return the program that converts Word and PPT files, or raise `FileRefused` when it must not or cannot run here."""
    program = office if office is not None else find_office()
    if program is None or not program.is_file():
        raise FileRefused(FileFault.NOT_READY, "LibreOffice")
    if not can_close_network():
        raise FileRefused(FileFault.NOT_READY, "network namespace")
    return program


def answer_from_cage[T](module: str, *arguments: str, walls: Walls, read: Callable[[dict[str, Any]], T]) -> T:
    """Run a caged module and return what `read` makes of its answer; raise the `FileRefused` that it answers with."""
    try:
        answer = answer_of(module, *arguments, walls=walls)
        with only_sense():
            if not answer.is_refusal:
                return read(answer.values)
            refusal = FileRefused(FileFault(answer.values["fault"]), str(answer.values["detail"]).replace("\0", ""))
    except BeyondWalls as beyond:
        raise FileRefused(FileFault.OVER_BUDGET, str(beyond)) from beyond
    except CageBroke as broke:
        raise FileRefused(FileFault.CRASHED, str(broke)) from broke
    raise refusal
