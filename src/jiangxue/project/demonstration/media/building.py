"""Making the media of the whole course, side by side on the machine's processors."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from jiangxue.courseware.packaging import end_with_parent
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.lessons import BuiltLesson, LessonJob, build_lesson, standing_lesson

_TEST_SLIDES = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """One more lesson stands."""

    lesson: BuiltLesson
    done: int
    total: int


def build_course_media(
    target: Path, fonts: Path, *, workers: int = 2, progress: Callable[[Progress], None] = lambda _: None
) -> list[BuiltLesson]:
    """Make the folder of each lesson of `COURSE` in `target`, and return them in teaching order; those that stand are kept.

    `fonts` is the folder of the npm package's font files. Raises `MediaNotMade`.
    """
    jobs = course_jobs()
    built: dict[str, BuiltLesson] = {}
    for lesson in _made(jobs, target, fonts, workers):
        built[lesson.slug] = lesson
        progress(Progress(lesson, len(built), len(jobs)))
    return [built[job.lesson.slug] for job in jobs]


def _made(jobs: list[LessonJob], target: Path, fonts: Path, workers: int) -> Iterator[BuiltLesson]:
    """Yield each lesson as it stands; processes are started only when something is to be made."""
    standing = {job.lesson.slug: found for job in jobs if (found := standing_lesson(job, target)) is not None}
    yield from standing.values()
    missing = [job for job in jobs if job.lesson.slug not in standing]
    if not missing:
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=end_with_parent) as pool:
        for future in as_completed([pool.submit(build_lesson, job, target, fonts) for job in missing]):
            yield future.result()


def build_test_lesson(target: Path, fonts: Path) -> BuiltLesson:
    """Make the short lesson of the browser tests in `target`/short-lesson: the first lesson's beginning, under a minute."""
    job = course_jobs()[0]
    short = replace(job.lesson, slug="short-lesson", slides=job.lesson.slides[:_TEST_SLIDES])
    return build_lesson(replace(job, lesson=short), target, fonts)


def course_jobs() -> list[LessonJob]:
    """Return what is to be made, in teaching order."""
    return [
        LessonJob(lesson, place=f"第 {number} 节", course_title=COURSE.title, notice=COURSE.notice)
        for number, lesson in enumerate(COURSE.lessons, 1)
    ]
