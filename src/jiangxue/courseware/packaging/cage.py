"""The way to the caged process in which a film is decoded."""

import json
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.packaging.errors import REFUSALS, Crashed, OverBudget
from jiangxue.courseware.packaging.shapes import PackagingLimits, Rendition
from jiangxue.kernel.cage import BeyondWalls, run_caged

REFUSED = 3
_CAGED = "jiangxue.courseware.packaging.caged"


def renditions_made_in_cage(source: Path, folder: Path, limits: PackagingLimits) -> tuple[int, tuple[Rendition, ...]]:
    """Let a caged process write the renditions of a source into a folder; return the length in ms and what was written."""
    arguments = (str(source.absolute()), str(folder.absolute()), json.dumps(asdict(limits)))
    try:
        done = run_caged(_CAGED, *arguments, walls=limits.walls)
    except BeyondWalls as beyond:
        raise OverBudget(str(beyond)) from beyond
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        raise REFUSALS[refusal["refused"]](refusal["detail"])
    if done.returncode != 0:
        raise Crashed(_last_line(done.stderr) or f"exit {done.returncode}")
    made = json.loads(done.stdout)
    return made["length_ms"], tuple(Rendition(**rendition) for rendition in made["renditions"])


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
