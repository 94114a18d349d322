"""What runs in the cage: `python -m jiangxue.courseware.paging.caged SOURCE KIND FOLDER LIMITS PROGRESS`; it answers with JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.intake.caged import answer
from jiangxue.courseware.paging.drawing import draw_image, draw_pdf
from jiangxue.courseware.paging.progress import Progress
from jiangxue.courseware.paging.shapes import PagingLimits
from jiangxue.courseware.rules.files import FileKind
from jiangxue.kernel.cage import confine
from jiangxue.kernel.view import View


def main(source: Path, kind: FileKind, folder: Path, limits: PagingLimits, progress: Progress) -> int:
    """Draw the pages, or say which refusal applies."""
    told = (progress.file.parent,) if progress.file is not None else ()
    confine(limits.pages_walls, View(read=(source,), written=(folder, *told)))
    draw = draw_image if kind is FileKind.IMAGE else draw_pdf
    return answer(lambda: {"pages": [asdict(page) for page in draw(source, folder, limits, progress)]})


if __name__ == "__main__":
    _, _source, _kind, _folder, _limits, _progress = sys.argv
    sys.exit(
        main(
            Path(_source),
            FileKind(_kind),
            Path(_folder),
            PagingLimits(**json.loads(_limits)),
            Progress(Path(_progress) if _progress else None),
        )
    )
