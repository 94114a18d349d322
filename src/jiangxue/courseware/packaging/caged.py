"""What runs in the cage: `python -m jiangxue.courseware.packaging.caged SOURCE FOLDER ORDER`; it answers with JSON."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import av

from jiangxue.courseware.packaging.errors import Damaged, OverBudget, PackagingRefused
from jiangxue.courseware.packaging.plan import plan_renditions, plans_for_now
from jiangxue.courseware.packaging.poster import write_poster
from jiangxue.courseware.packaging.progress import Progress
from jiangxue.courseware.packaging.renditions import Reel, write_rendition
from jiangxue.courseware.packaging.shapes import (
    ClearFilm,
    PackagingLimits,
    Rendition,
    RenditionPlan,
    SourceFacts,
)
from jiangxue.courseware.packaging.sound import SoundTape, even_sound
from jiangxue.courseware.packaging.sources import measure, undecodable
from jiangxue.courseware.packaging.tracks import Window
from jiangxue.kernel.cage import confine
from jiangxue.kernel.caged_answer import REFUSED
from jiangxue.kernel.view import View

_MOST_APART_MS = 100
_SOUND = "sound"
# What each work costs beside the encoding of a 720p picture track; only the bar that shows progress depends on it.
_SOUND_WEIGHT, _COPY_WEIGHT = 0.1, 0.02
_PIXELS_OF_WEIGHT_1 = 1280 * 720


def main(source: Path, folder: Path, order: str) -> int:
    """Make the renditions, or say which refusal applies."""
    ordered = json.loads(order)
    limits = PackagingLimits(**ordered["limits"])
    progress = Path(ordered["progress"]) if ordered["progress"] else None
    told = (progress.parent,) if progress is not None else ()
    confine(limits.walls, View(read=(source,), written=(folder, *told)))
    return answer(lambda: asdict(_Making(source, folder, limits, progress).make(ordered["most_renditions"])))


def answer(work: Callable[[], object]) -> int:
    """Write what a work in the cage comes to, or which refusal applies, and return the status of the process."""
    try:
        made = work()
    except PackagingRefused as refusal:
        return _refuse(refusal)
    except MemoryError:
        return _refuse(OverBudget("memory"))
    except av.FFmpegError as fault:
        return _refuse(undecodable(fault))
    except ValueError as fault:  # of the library: a track of no codec, a picture of no size
        return _refuse(Damaged(str(fault)))
    sys.stdout.write(json.dumps(made))
    return 0


class _Making:
    """Making all renditions of one source."""

    def __init__(self, source: Path, folder: Path, limits: PackagingLimits, progress: Path | None) -> None:
        self._source = source
        self._folder = folder
        self._limits = limits
        self._facts = measure(source, limits)
        self._window = Window(self._facts.start, self._facts.length)
        self._plans = plan_renditions(self._facts)
        self._progress_file = progress

    def make(self, most_renditions: int | None) -> ClearFilm:
        """Make what is wanted now."""
        plans = plans_for_now(self._plans, most_renditions)
        progress = Progress(self._progress_file, _weights(plans, self._facts))
        sound = self._sound(progress)
        renditions = [self._rendition(plan, sound, progress) for plan in plans]
        self._must_be_alike(renditions)
        write_poster(self._source, self._folder, self._facts)
        return ClearFilm(self._facts.kind, self._facts.length_ms, tuple(renditions), more=len(plans) < len(self._plans))

    def _sound(self, progress: Progress) -> SoundTape | None:
        facts = self._facts.sound
        if facts is None:
            return None
        tape = even_sound(
            self._source,
            self._folder,
            self._window,
            plays_everywhere=facts.plays_everywhere,
            heard=lambda time: progress.reach(_SOUND, (time - self._window.start) / self._window.length),
        )
        progress.finish(_SOUND)
        return tape

    def _rendition(self, plan: RenditionPlan, sound: SoundTape | None, progress: Progress) -> Rendition:
        def reached(time: Fraction) -> None:
            progress.reach(plan.name, (time - self._window.placed.start) / self._window.length)

        reel = Reel(self._source, self._window, sound, self._limits.threads, reached)
        made = write_rendition(reel, self._folder, plan)
        progress.finish(plan.name)
        return made

    def _must_be_alike(self, renditions: list[Rendition]) -> None:
        lengths = [self._facts.length_ms, *(rendition.length_ms for rendition in renditions)]
        if max(lengths) - min(lengths) > _MOST_APART_MS:
            raise Damaged("the renditions differ in length: not everything could be decoded")


def _weights(plans: tuple[RenditionPlan, ...], facts: SourceFacts) -> dict[str, float]:
    weights = {} if facts.sound is None else {_SOUND: _SOUND_WEIGHT}
    for plan in plans:
        is_copied = plan.copies_video or plan.width == 0
        weights[plan.name] = _COPY_WEIGHT if is_copied else plan.width * plan.height / _PIXELS_OF_WEIGHT_1
    return weights


def _refuse(refusal: PackagingRefused) -> int:
    sys.stdout.write(json.dumps({"refused": type(refusal).__name__, "detail": str(refusal)}))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
