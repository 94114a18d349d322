"""The shape of a course's text: what a slide shows, and what the voice says while it shows it."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？]+[。！？]")


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a slide; it appears when its first sentence begins."""

    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number worth remembering, set large beside the lines."""

    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Slide:
    """A title and the lines below it; `opening` is spoken before the first line appears."""

    title: str
    opening: str
    points: tuple[Point, ...]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class LessonText:
    """One lesson; its slug names the folder of its media. The first slide is the cover."""

    slug: str
    title: str
    summary: str
    slides: tuple[Slide, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is spoken, sentence by sentence, in order."""
        spoken = [text for slide in self.slides for text in (slide.opening, *(point.spoken for point in slide.points))]
        return tuple(sentence for text in spoken for sentence in sentences(text))


@dataclass(frozen=True, slots=True)
class ModuleText:
    """One module (章) of the outline."""

    title: str
    lessons: tuple[LessonText, ...]


@dataclass(frozen=True, slots=True)
class CourseText:
    """The whole course in teaching order."""

    slug: str
    title: str
    summary: str
    notice: str
    modules: tuple[ModuleText, ...]

    @property
    def lessons(self) -> tuple[LessonText, ...]:
        """All lessons in teaching order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def sentences(spoken: str) -> list[str]:
    """Cut what is spoken at its full stops, which stay with their sentence."""
    return _SENTENCE.findall(spoken)
