"""The ways to the caged processes in which a film is decoded."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiangxue.courseware.packaging.errors import REFUSALS, Crashed, OverBudget
from jiangxue.courseware.packaging.shapes import ClearFilm, PackagingLimits, Rendition
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.kernel.cage import BeyondWalls, run_caged

REFUSED = 3
_NAME = re.compile(r"[0-9]{1,5}p|audio")
_CODECS = re.compile(r"[a-zA-Z0-9.]+(,[a-zA-Z0-9.]+)*")
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
    with _believed_only_where_it_makes_sense():
        renditions = tuple(_rendition(rendition) for rendition in made["renditions"])
        return ClearFilm(LessonKind(made["kind"]), int(made["length_ms"]), renditions, made["more"] is True)


def _rendition(told: dict[str, Any]) -> Rendition:
    """Return a rendition that the caged process tells of; its name becomes that of a folder, its codecs part of a playlist."""
    name, codecs = str(told["name"]), str(told["codecs"])
    if not _NAME.fullmatch(name) or not _CODECS.fullmatch(codecs):
        raise ValueError(name)
    return Rendition(
        name=name,
        codecs=codecs,
        width=int(told["width"]),
        height=int(told["height"]),
        peak_bits_per_s=int(told["peak_bits_per_s"]),
        average_bits_per_s=int(told["average_bits_per_s"]),
        segments=int(told["segments"]),
        length_ms=int(told["length_ms"]),
    )


@contextmanager
def _believed_only_where_it_makes_sense() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as nonsense:
        raise Crashed(f"the caged process answered nonsense: {nonsense}") from nonsense


def measured_in_cage(source: Path, limits: PackagingLimits) -> QualityReport:
    """Let a caged process measure the quality of a source."""
    told = answer_from_cage(_CAGED_PROBE, str(source.absolute()), json.dumps(asdict(limits)), limits=limits)
    with _believed_only_where_it_makes_sense():
        return QualityReport.from_values(told)


def answer_from_cage(module: str, *arguments: str, limits: PackagingLimits) -> dict[str, Any]:
    """Run a module of this package in a cage and return its answer, or raise the refusal that it answers with."""
    try:
        done = run_caged(module, *arguments, walls=limits.walls)
    except BeyondWalls as beyond:
        raise OverBudget(str(beyond)) from beyond
    if done.returncode not in (0, REFUSED):
        raise Crashed(_last_line(done.stderr) or f"exit {done.returncode}")
    with _believed_only_where_it_makes_sense():
        answer: dict[str, Any] = json.loads(done.stdout)
        if done.returncode == REFUSED:
            raise REFUSALS[answer["refused"]](answer["detail"])
    return answer


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
