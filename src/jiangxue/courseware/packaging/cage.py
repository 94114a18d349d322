"""The ways to the caged processes in which a film is decoded."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiangxue.courseware.packaging.errors import REFUSALS, Crashed, OverBudget
from jiangxue.courseware.packaging.shapes import ClearFilm, PackagingLimits, Rendition
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.kernel.cage import BeyondWalls, run_caged

REFUSED = 3
_CAGED = "jiangxue.courseware.packaging.caged"
_CAGED_PROBE = "jiangxue.courseware.packaging.caged_probe"


def made_in_cage(
    source: Path, folder: Path, limits: PackagingLimits, *, most_renditions: int | None, progress: Path | None
) -> ClearFilm:
    """Let a caged process write the renditions of a source into a folder; return what was written."""
    order = {
        "limits": asdict(limits),
        "most_renditions": most_renditions,
        "progress": None if progress is None else str(progress.absolute()),
    }
    made = answer_from_cage(_CAGED, str(source.absolute()), str(folder.absolute()), json.dumps(order), limits=limits)
    renditions = tuple(Rendition(**rendition) for rendition in made["renditions"])
    return ClearFilm(LessonKind(made["kind"]), made["length_ms"], renditions, made["more"])


def measured_in_cage(source: Path, limits: PackagingLimits) -> QualityReport:
    """Let a caged process measure the quality of a source."""
    return QualityReport.from_values(
        answer_from_cage(_CAGED_PROBE, str(source.absolute()), json.dumps(asdict(limits)), limits=limits)
    )


def answer_from_cage(module: str, *arguments: str, limits: PackagingLimits) -> dict[str, Any]:
    """Run a module of this package in a cage and return its answer, or raise the refusal that it answers with."""
    try:
        done = run_caged(module, *arguments, walls=limits.walls)
    except BeyondWalls as beyond:
        raise OverBudget(str(beyond)) from beyond
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        raise REFUSALS[refusal["refused"]](refusal["detail"])
    if done.returncode != 0:
        raise Crashed(_last_line(done.stderr) or f"exit {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
