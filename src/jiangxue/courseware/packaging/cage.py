"""The ways to the caged processes in which a film is decoded."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiangxue.courseware.packaging.errors import REFUSALS, Crashed, OverBudget
from jiangxue.courseware.packaging.shapes import ClearFilm, PackagingLimits, Rendition
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.kernel.cage import BeyondWalls
from jiangxue.kernel.caged_answer import CageBroke, answer_of, only_sense

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
    arguments = (str(source.absolute()), str(folder.absolute()), json.dumps(order))
    return answer_from_cage(_CAGED, *arguments, limits=limits, read=_film)


def _film(told: dict[str, Any]) -> ClearFilm:
    renditions = tuple(_rendition(rendition) for rendition in told["renditions"])
    return ClearFilm(LessonKind(told["kind"]), int(told["length_ms"]), renditions, told["more"] is True)


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


def measured_in_cage(source: Path, limits: PackagingLimits) -> QualityReport:
    """Let a caged process measure the quality of a source."""
    arguments = (str(source.absolute()), json.dumps(asdict(limits)))
    return answer_from_cage(_CAGED_PROBE, *arguments, limits=limits, read=QualityReport.from_values)


def answer_from_cage[T](
    module: str, *arguments: str, limits: PackagingLimits, read: Callable[[dict[str, Any]], T]
) -> T:
    """Run a module of this package in a cage and return what `read` makes of its answer, or raise the refusal that it answers with."""
    try:
        answer = answer_of(module, *arguments, walls=limits.walls)
        with only_sense():
            if not answer.is_refusal:
                return read(answer.values)
            refusal = REFUSALS[answer.values["refused"]](str(answer.values["detail"]).replace("\0", ""))
    except BeyondWalls as beyond:
        raise OverBudget(str(beyond)) from beyond
    except CageBroke as broke:
        raise Crashed(str(broke)) from broke
    raise refusal
