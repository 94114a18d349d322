"""What runs in the cage: `python -m jiangxue.courseware.packaging.caged_probe SOURCE LIMITS`; it answers with a quality report."""

import json
import sys
from pathlib import Path

from jiangxue.courseware.packaging.caged import answer
from jiangxue.courseware.packaging.probe import measured_film
from jiangxue.courseware.packaging.shapes import PackagingLimits
from jiangxue.courseware.rules.film_quality import report_on
from jiangxue.kernel.cage import confine
from jiangxue.kernel.view import View


def main(source: Path, limits: PackagingLimits) -> int:
    """Measure the source, or say which refusal applies."""
    confine(limits.walls, View(read=(source,)))
    return answer(lambda: report_on(measured_film(source, limits)).to_values())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), PackagingLimits(**json.loads(sys.argv[2]))))
