"""What has changed between two versions of a course, as a list that people read. Clauses T1.4, M6."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.changes import CourseChanges, FactChanged, LessonChange, LessonChanged, Part
from jiangxue.courseware.rules.content import Basis, Fee, Hours, Occupation, ProjectType
from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.occupations.rules.levels import Level
from jiangxue.ui.course_words import FEES, LEVELS, PRIORITY_GROUPS, PROJECT_TYPES
from jiangxue.ui.listing import listed

_FACTS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title of the course"),
    "summary": gettext_lazy("Summary"),
    "occupation": gettext_lazy("Occupation"),
    "level": gettext_lazy("Level"),
    "special_ability": gettext_lazy("Special ability"),
    "project_type": gettext_lazy("Type of training"),
    "basis": gettext_lazy("The standard it follows"),
    "target_group": gettext_lazy("For whom"),
    "entry_conditions": gettext_lazy("Conditions of entry"),
    "goals": gettext_lazy("Goals of the training"),
    "methods": gettext_lazy("Methods of teaching"),
    "materials": gettext_lazy("Teaching materials"),
    "hours": gettext_lazy("Declared class hours"),
    "fee": gettext_lazy("Fee"),
    "free_for": gettext_lazy("Free for these groups"),
    "supplier": gettext_lazy("Supplier of the resources"),
    "is_imported": gettext_lazy("Imported resources"),
}
_PARTS: dict[Part, str | Promise] = {
    Part.MODULES: gettext_lazy("The modules of the outline have changed."),
    Part.PLANNED: gettext_lazy("The live and practice items of the plan have changed."),
    Part.ASSESSMENT: gettext_lazy("The assessment scheme has changed."),
    Part.LECTURERS: gettext_lazy("The teachers have changed."),
    Part.LICENCES: gettext_lazy("The proofs of lawful use have changed."),
}
_LONGEST = 60


def change_lines(changes: CourseChanges) -> list[str]:
    """Return a sentence for everything that has changed."""
    return [
        *(_fact_said(each) for each in changes.facts),
        *(str(_PARTS[part]) for part in changes.parts),
        *(_lesson_said(each) for each in changes.lessons),
    ]


def lessons_changed(changes: CourseChanges) -> dict[int, str]:
    """Return, by lesson, whether it is new or has changed in any way."""
    return {
        each.after.ref: _("new") if each.what is LessonChange.ADDED else _("changed")
        for each in changes.lessons
        if each.after is not None
    }


def _fact_said(change: FactChanged) -> str:
    said = {
        "name": _FACTS[change.name],
        "before": _value(change.before) or _("none"),
        "after": _value(change.after) or _("none"),
    }
    return _("%(name)s: “%(before)s” became “%(after)s”.") % said


def _lesson_said(change: LessonChanged) -> str:
    lesson = change.after or change.before
    said = {
        "title": lesson.title if lesson else "",
        "before": change.before.title if change.before else "",
    }
    words = {
        LessonChange.ADDED: _("Lesson “%(title)s” is new."),
        LessonChange.REMOVED: _("Lesson “%(title)s” is taken out."),
        LessonChange.REPLACED: _("Lesson “%(title)s” has other courseware."),
        LessonChange.RENAMED: _("Lesson “%(before)s” is called “%(title)s” now."),
        LessonChange.MOVED: _("Lesson “%(title)s” stands in another place."),
        LessonChange.CAPTIONS: _("Lesson “%(title)s” has other captions."),
        LessonChange.KNOWLEDGE: _("The knowledge points of lesson “%(title)s” have changed."),
        LessonChange.QUESTIONS: _("The questions of lesson “%(title)s” have changed."),
    }
    return words[change.what] % said


def _value(value: object) -> str:
    """Return a fact in words, shortened where it is a long text."""
    if value is None:
        return ""
    for kind, said in _KINDS.items():
        if isinstance(value, kind):
            return said(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _hours_said(hours: Hours) -> str:
    said = {
        "online": hours_alone(hours.online),
        "live": hours_alone(hours.live),
        "practice": hours_alone(hours.practice),
    }
    return _("%(online)s online, %(live)s live, %(practice)s practice") % said


def _basis_said(basis: Basis) -> str:
    return " ".join(part for part in (basis.name, basis.number, basis.edition) if part)


_KINDS: dict[type, Callable[..., str]] = {
    bool: lambda value: _("yes") if value else _("no"),
    Level: lambda value: str(LEVELS[value]),
    ProjectType: lambda value: str(PROJECT_TYPES[value]),
    Fee: lambda value: str(FEES[value]),
    Occupation: lambda value: f"{value.name} {value.code}",
    Basis: _basis_said,
    Hours: _hours_said,
    tuple: lambda value: listed(*(PRIORITY_GROUPS[group] for group in value)),
}
