"""What the pages for everybody say of a course: its aim, its hours, what it costs, its lessons."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import (
    AssessmentPart,
    CourseContent,
    Facts,
    Fee,
    Mode,
    PriorityGroup,
    TaughtLesson,
)
from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.paper_words import hours_said
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.occupation_words import LEVEL_LABELS

FEE_LABELS: dict[Fee, str | Promise] = {
    Fee.FREE: gettext_lazy("Free of charge"),
    Fee.FREE_FOR_GROUPS: gettext_lazy("Free for some groups"),
    Fee.PAID: gettext_lazy("With a fee"),
}
GROUP_LABELS: dict[PriorityGroup, str | Promise] = {
    PriorityGroup.GRADUATES: gettext_lazy("College graduates"),
    PriorityGroup.MIGRANT_WORKERS: gettext_lazy("Migrant workers"),
    PriorityGroup.UNEMPLOYED: gettext_lazy("Unemployed persons"),
    PriorityGroup.VETERANS: gettext_lazy("Veterans"),
    PriorityGroup.LIFTED_OUT_OF_POVERTY: gettext_lazy("Persons lifted out of poverty"),
    PriorityGroup.HARD_TO_EMPLOY: gettext_lazy("Persons who find it hard to get employed"),
    PriorityGroup.DISABLED: gettext_lazy("Disabled persons"),
}
MODE_LABELS: dict[Mode, str | Promise] = {
    Mode.ONLINE: gettext_lazy("Online self-study"),
    Mode.LIVE: gettext_lazy("Live online teaching"),
    Mode.PRACTICE: gettext_lazy("Practice on site"),
}


def hours_by_mode(facts: Facts, pace: Pace) -> list[tuple[str, str]]:
    """Return each way of being taught that has hours, and how many."""
    declared = {Mode.ONLINE: facts.hours.online, Mode.LIVE: facts.hours.live, Mode.PRACTICE: facts.hours.practice}
    return [(str(MODE_LABELS[mode]), hours_said(hours, pace)) for mode, hours in declared.items() if hours]


def aim_said(occupation: str, level: str, ability: str = "") -> str:
    """Return that to which a course leads: 电工 · 四级."""
    aim = str(LEVEL_LABELS[Level(level)]) if level else ability
    return " · ".join(part for part in (occupation, aim) if part)


def fee_label(fee: str) -> str:
    """Return who pays for a course, empty where nothing is known."""
    return str(FEE_LABELS[Fee(fee)]) if fee else ""


def groups_said(groups: Iterable[PriorityGroup]) -> str:
    """Return the groups for whom a course is free, in a row."""
    separator = _("%(first)s, %(second)s") % {"first": "", "second": ""}
    return separator.join(str(GROUP_LABELS[group]) for group in groups)


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
