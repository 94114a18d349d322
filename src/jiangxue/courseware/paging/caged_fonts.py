"""What runs in the cage: `python -m jiangxue.courseware.paging.caged_fonts DOCUMENT KIND LIMITS`; it answers with JSON."""

import json
import sys
from pathlib import Path

from jiangxue.courseware.intake.caged import answer
from jiangxue.courseware.paging.asked_fonts import asked_fonts
from jiangxue.courseware.paging.shapes import PagingLimits
from jiangxue.courseware.rules.files import FileKind
from jiangxue.kernel.cage import confine
from jiangxue.kernel.view import View


def main(document: Path, kind: FileKind, limits: PagingLimits) -> int:
    """Say for which fonts a Word or PPT file asks."""
    confine(limits.pages_walls, View(read=(document,)))
    return answer(lambda: {"fonts": asked_fonts(document, kind)})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), FileKind(sys.argv[2]), PagingLimits(**json.loads(sys.argv[3]))))
