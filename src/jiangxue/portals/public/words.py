"""What the pages for everybody say of a course: its aim, its hours, what it costs, its lessons."""

from jiangxue.courseware.rules.content import (
    AssessmentPart,
    CourseContent,
    Facts,
    Mode,
    TaughtLesson,
)
from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.paper_words import hours_said
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.occupation_words import LEVEL_LABELS
from jiangxue.ui.course_words import FEES, MODES


def hours_by_mode(facts: Facts, pace: Pace) -> list[tuple[str, str]]:
    """Return each way of being taught that has hours, and how many."""
    declared = {Mode.ONLINE: facts.hours.online, Mode.LIVE: facts.hours.live, Mode.PRACTICE: facts.hours.practice}
    return [(str(MODES[mode]), hours_said(hours, pace)) for mode, hours in declared.items() if hours]


def aim_said(occupation: str, level: str, ability: str = "") -> str:
    """Return that to which a course leads: 电工 · 四级."""
    aim = str(LEVEL_LABELS[Level(level)]) if level else ability
    return " · ".join(part for part in (occupation, aim) if part)


def fee_label(fee: str) -> str:
    """Return who pays for a course, empty where nothing is known."""
    return str(FEES[fee]) if fee else ""


def assessment_said(part: AssessmentPart) -> dict[str, object]:
    """Return one part of the assessment scheme."""
    return {"name": part.name, "method": part.method, "weight": part.weight}


def modules_shown(content: CourseContent) -> list[dict[str, object]]:
    """Return the outline: titles, kinds and lengths, and nothing that could be played or answered."""
    return [
        {
            "title": module.title,
            "lessons": [{"title": lesson.title, "extent": _extent(lesson)} for lesson in module.lessons],
        }
        for module in content.modules
    ]


def _extent(lesson: TaughtLesson) -> str:
    return extent_said(Extent(lesson.kind, lesson.length_ms, lesson.pages))
