"""What runs in the cage: `python -m jiangxue.courseware.intake.caged SOURCE NAME LIMITS`; it answers with JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from jiangxue.courseware.intake import ole, ooxml, pdf, pictures
from jiangxue.courseware.intake.contents import Container, container_of, kind_of_film
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.names import hold_name
from jiangxue.courseware.intake.shapes import IntakeLimits, sample_of
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.kernel.cage import confine
from jiangxue.kernel.caged_answer import REFUSED
from jiangxue.kernel.view import View


def main(source: Path, name: str, limits: IntakeLimits) -> int:
    """Say what the file is, or which refusal applies."""
    confine(limits.walls, View(read=(source,)))
    return answer(lambda: {"kind": look_at(source, name, limits)})


def answer(work: Callable[[], object]) -> int:
    """Write what the work comes to as JSON, or its refusal."""
    try:
        written, status = json.dumps(work()), 0
    except FileRefused as refused:
        written, status = json.dumps({"fault": refused.fault, "detail": refused.detail}), REFUSED
    except (MemoryError, RecursionError) as beyond:
        written = json.dumps({"fault": FileFault.OVER_BUDGET, "detail": type(beyond).__name__})
        status = REFUSED
    sys.stdout.write(written)
    return status


def look_at(source: Path, name: str, limits: IntakeLimits) -> FileKind:
    """Return what a file is, after looking at all of it."""
    sample = sample_of(source)
    container = container_of(sample)
    match container:
        case Container.ZIP:
            return ooxml.look_at(source, name, limits)
        case Container.OLE:
            return ole.look_at(source, name)
        case Container.PDF:
            hold_name(name, "pdf")
            return pdf.look_at(source, sample, limits)
        case Container.JPEG | Container.PNG | Container.WEBP | Container.GIF | Container.BMP | Container.TIFF:
            hold_name(name, container)
            return pictures.look_at(source, sample, container, limits)
    hold_name(name, container)
    return kind_of_film(container, sample, name)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], IntakeLimits(**json.loads(sys.argv[3]))))
