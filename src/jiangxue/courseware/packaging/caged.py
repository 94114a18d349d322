"""What runs in the cage: `python -m jiangxue.courseware.packaging.caged SOURCE FOLDER LIMITS`; it answers with JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.packaging.cage import REFUSED
from jiangxue.courseware.packaging.errors import Damaged, OverBudget, PackagingRefused
from jiangxue.courseware.packaging.plan import plan_renditions
from jiangxue.courseware.packaging.playlist import MASTER_PLAYLIST, master_playlist
from jiangxue.courseware.packaging.renditions import write_rendition
from jiangxue.courseware.packaging.shapes import PackagingLimits, Rendition
from jiangxue.courseware.packaging.sources import measure
from jiangxue.kernel.cage import confine

_MOST_APART_MS = 100


def main(source: Path, folder: Path, limits: PackagingLimits) -> int:
    """Make the renditions and their playlists, or say which refusal applies."""
    confine(limits.walls)
    try:
        length_ms, renditions = _make(source, folder, limits)
    except PackagingRefused as refusal:
        return _refuse(refusal)
    except MemoryError:
        return _refuse(OverBudget("memory"))
    sys.stdout.write(
        json.dumps({"length_ms": length_ms, "renditions": [asdict(rendition) for rendition in renditions]})
    )
    return 0


def _make(source: Path, folder: Path, limits: PackagingLimits) -> tuple[int, list[Rendition]]:
    facts = measure(source, limits)
    renditions = [write_rendition(source, folder, plan, facts, limits.threads) for plan in plan_renditions(facts)]
    lengths = [facts.length_ms, *(rendition.length_ms for rendition in renditions)]
    if max(lengths) - min(lengths) > _MOST_APART_MS:
        raise Damaged("the renditions differ in length: not every picture could be decoded")
    (folder / MASTER_PLAYLIST).write_text(master_playlist(renditions))
    return facts.length_ms, renditions


def _refuse(refusal: PackagingRefused) -> int:
    sys.stdout.write(json.dumps({"refused": type(refusal).__name__, "detail": str(refusal)}))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), PackagingLimits(**json.loads(sys.argv[3]))))
