"""When each slide, line and caption of a lesson is there, from the lengths of its spoken sentences. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jiangxue.project.demonstration.media.text import LessonText, Slide, sentences

FRAMES_PER_S = 15

_BEFORE_FIRST_MS = 800
_BETWEEN_SENTENCES_MS = 280
_BETWEEN_LINES_MS = 440
_AFTER_SLIDE_MS = 900
_AFTER_LAST_MS = 500
_TITLE_AHEAD_MS = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of a slide: its first `points_shown` lines are there."""

    slide: int
    points_shown: int


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and the frame it begins with."""

    picture: Picture
    first_frame: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A spoken sentence and its time; also its caption."""

    sentence: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """A whole lesson in time."""

    shots: tuple[Shot, ...]
    cues: tuple[Cue, ...]
    frames: int

    @property
    def length_ms(self) -> int:
        """The length of the film, a whole number of frames, rounded up."""
        return -(-self.frames * 1000 // FRAMES_PER_S)


def timetable(lesson: LessonText, length_ms: Callable[[str], int]) -> Timetable:
    """Lay out a lesson one sentence after another; `length_ms` tells how long a sentence is spoken."""
    shots: list[Shot] = []
    cues: list[Cue] = []
    now_ms = _BEFORE_FIRST_MS
    for number, slide in enumerate(lesson.slides):
        for shown, spoken in enumerate(_spoken(slide)):
            now_ms += _BETWEEN_LINES_MS if shown else 0
            appears_ms = now_ms if shown else now_ms - _TITLE_AHEAD_MS
            shots.append(Shot(Picture(number, shown), _frame(appears_ms) if shots else 0))
            for at, sentence in enumerate(sentences(spoken)):
                now_ms += _BETWEEN_SENTENCES_MS if at else 0
                cues.append(Cue(sentence, now_ms, now_ms + length_ms(sentence)))
                now_ms = cues[-1].end_ms
        now_ms += _AFTER_SLIDE_MS
    return Timetable(tuple(shots), tuple(cues), frames=_frame(now_ms + _AFTER_LAST_MS) + 1)


def _frame(ms: int) -> int:
    return ms * FRAMES_PER_S // 1000


def _spoken(slide: Slide) -> Iterator[str]:
    yield slide.opening
    yield from (point.spoken for point in slide.points)
